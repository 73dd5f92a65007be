-- The registers of holds and of disposals.

CREATE TABLE hold (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	about    TEXT    NOT NULL,
	basis    TEXT    NOT NULL,
	"by"     TEXT    NOT NULL,
	since    INTEGER NOT NULL,
	released INTEGER NOT NULL
) STRICT;
CREATE INDEX hold_number ON hold (number, id);
CREATE INDEX hold_about ON hold (about, id);
CREATE INDEX hold_by ON hold ("by", id);
CREATE INDEX hold_since ON hold (since, id);
CREATE INDEX hold_basis_since ON hold (basis, since, id);
CREATE INDEX hold_released_since ON hold (released, since, id);

CREATE TABLE disposal (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	document TEXT    NOT NULL,
	paper_no TEXT    NOT NULL,
	title    TEXT    NOT NULL,
	expires  INTEGER NOT NULL,
	state    TEXT    NOT NULL,
	"by"     TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	disposed INTEGER NOT NULL
) STRICT;
CREATE INDEX disposal_number ON disposal (number, id);
CREATE INDEX disposal_document ON disposal (document, id);
CREATE INDEX disposal_paper_no ON disposal (paper_no, id);
CREATE INDEX disposal_title ON disposal (title, id);
CREATE INDEX disposal_expires ON disposal (expires, id);
CREATE INDEX disposal_by ON disposal ("by", id);
CREATE INDEX disposal_at ON disposal (at, id);
CREATE INDEX disposal_disposed ON disposal (disposed, id);
CREATE INDEX disposal_state_expires ON disposal (state, expires, id);
