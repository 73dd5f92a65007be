-- Runs of the server's order, after one line and up to another, whose lines about
-- some extents have not come: the replica began with records as they stood, or
-- may read more since. Extents as in setting store/clearance.
CREATE TABLE past (
	n     INTEGER PRIMARY KEY,
	after INTEGER NOT NULL,
	upto  INTEGER NOT NULL,
	only  BLOB    NOT NULL
) STRICT;
CREATE INDEX past_upto ON past (upto);

-- Records as they stood, of kinds that only a newer version of the program knows.
CREATE TABLE deferred_row (
	kind TEXT    NOT NULL,
	id   BLOB    NOT NULL,
	gsn  INTEGER NOT NULL,
	doc  BLOB    NOT NULL,
	PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Lines may come after newer ones: which made a record is seen when it is read.
ALTER TABLE history DROP COLUMN new;

-- The last line that the replica did not follow but was filled with; 0: it
-- followed the order from its beginning.
ALTER TABLE cursor ADD COLUMN base INTEGER NOT NULL DEFAULT 0;

-- A verdict on an own change puts its number among the words, in place of what was
-- there: a write that merged the pieces with what is deleted in them would do hardly
-- anything else. Idle moments do both. Pieces are written at 32 MB: a first filling
-- writes few.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('deletemerge', 0);
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
