-- The register of emergency accesses.

CREATE TABLE emergency_access (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	way    TEXT    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;
CREATE INDEX emergency_access_number ON emergency_access (number, id);
CREATE INDEX emergency_access_way ON emergency_access (way, id);
CREATE INDEX emergency_access_at ON emergency_access (at, id);

-- One index for each named list.
CREATE INDEX emergency_access_way_at ON emergency_access (way, at, id);
