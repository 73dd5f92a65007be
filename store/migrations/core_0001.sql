-- What every replica has, whatever registers the program knows.

-- How far the server's order has been taken in, and how far it has our changes.
CREATE TABLE cursor (
	one   INTEGER PRIMARY KEY CHECK (one = 1),
	epoch BLOB    NOT NULL,
	gsn   INTEGER NOT NULL,
	acked INTEGER NOT NULL
) STRICT;
INSERT INTO cursor VALUES (1, zeroblob(16), 0, 0);

-- Settings of this device, never synced.
CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Own changes, as they were signed, and what the server said.
CREATE TABLE journal (
	seq     INTEGER PRIMARY KEY,
	kind    TEXT    NOT NULL,
	id      BLOB    NOT NULL,
	command TEXT    NOT NULL,
	body    BLOB    NOT NULL,
	bh      BLOB    NOT NULL,
	link    BLOB    NOT NULL,
	hlc     INTEGER NOT NULL,
	state   TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'rejected', 'quarantined', 'dismissed')),
	gsn     INTEGER NOT NULL DEFAULT 0,
	verdict TEXT    NOT NULL DEFAULT '',
	code    TEXT    NOT NULL DEFAULT '',
	field   TEXT    NOT NULL DEFAULT '',
	ja      TEXT    NOT NULL DEFAULT '',
	en      TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX journal_open ON journal (state, seq) WHERE state IN ('pending', 'rejected', 'quarantined');
CREATE INDEX journal_record ON journal (kind, id, seq) WHERE state IN ('pending', 'rejected', 'quarantined');

CREATE TABLE segment (
	first INTEGER PRIMARY KEY,
	last  INTEGER NOT NULL,
	head  BLOB    NOT NULL,
	sig   BLOB    NOT NULL
) STRICT;

-- Rows that pending changes touched, as the server last confirmed them; an
-- empty document is a row that the server does not have.
CREATE TABLE confirmed (
	kind TEXT    NOT NULL,
	id   BLOB    NOT NULL,
	gsn  INTEGER NOT NULL,
	doc  BLOB    NOT NULL,
	PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Which pending change touched which rows.
CREATE TABLE touched (
	seq  INTEGER NOT NULL,
	kind TEXT    NOT NULL,
	id   BLOB    NOT NULL,
	PRIMARY KEY (seq, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX touched_row ON touched (kind, id);

-- The server's order, as it came: its personal values stay sealed here.
CREATE TABLE outcome (
	gsn  INTEGER PRIMARY KEY,
	body BLOB NOT NULL
) STRICT;

CREATE TABLE history (
	kind TEXT    NOT NULL,
	id   BLOB    NOT NULL,
	gsn  INTEGER NOT NULL,
	PRIMARY KEY (kind, id, gsn)
) STRICT, WITHOUT ROWID;

-- Effects on kinds that only a newer version of the program knows.
CREATE TABLE deferred (
	kind TEXT    NOT NULL,
	gsn  INTEGER NOT NULL,
	PRIMARY KEY (kind, gsn)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
	to_kind   TEXT NOT NULL,
	to_id     BLOB NOT NULL,
	from_kind TEXT NOT NULL,
	from_id   BLOB NOT NULL,
	PRIMARY KEY (to_kind, to_id, from_kind, from_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_from ON link (from_kind, from_id);

-- Keys of subjects; one that was erased is empty, and its values are gone.
CREATE TABLE subject_key (
	n       INTEGER PRIMARY KEY,
	subject BLOB NOT NULL,
	id      BLOB NOT NULL,
	key     BLOB NOT NULL,
	UNIQUE (subject, id)
) STRICT;

CREATE TABLE person (
	id   BLOB PRIMARY KEY,
	name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Attachments: here alone, here and at the server, or at the server alone.
CREATE TABLE blob (
	id    BLOB PRIMARY KEY,
	state TEXT NOT NULL CHECK (state IN ('unsent', 'here', 'missing'))
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_open ON blob (state, id) WHERE state <> 'here';

-- How many rows a kind has.
CREATE TABLE counter (
	kind TEXT PRIMARY KEY,
	n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a kind's columns, links and search text were made for, and up to which
-- record they have been made anew.
CREATE TABLE projection (
	kind  TEXT PRIMARY KEY,
	made  TEXT NOT NULL,
	upto  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE searched (
	row  INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL,
	id   BLOB NOT NULL,
	UNIQUE (kind, id)
) STRICT;

CREATE TABLE conflict (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	about    TEXT    NOT NULL,
	shown_at INTEGER NOT NULL,
	state    TEXT    NOT NULL
) STRICT;
CREATE INDEX conflict_number ON conflict (number, id);
CREATE INDEX conflict_about ON conflict (about, id);
CREATE INDEX conflict_shown_at ON conflict (shown_at, id);
CREATE INDEX conflict_state ON conflict (state, id);

-- The words of each record, without the text itself: it is in the document.
CREATE VIRTUAL TABLE search USING fts5 (text, content='', contentless_delete=1, tokenize='bigram');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
