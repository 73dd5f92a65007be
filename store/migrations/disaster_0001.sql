-- The register of disaster declarations.

CREATE TABLE disaster (
	id          BLOB PRIMARY KEY,
	gsn         INTEGER NOT NULL,
	doc         BLOB    NOT NULL,
	number      TEXT    NOT NULL,
	title       TEXT    NOT NULL,
	type        TEXT    NOT NULL,
	nature      TEXT    NOT NULL,
	since       INTEGER NOT NULL,
	state       TEXT    NOT NULL,
	declared_by TEXT    NOT NULL
) STRICT;
CREATE INDEX disaster_number ON disaster (number, id);
CREATE INDEX disaster_title ON disaster (title, id);
CREATE INDEX disaster_type ON disaster (type, id);
CREATE INDEX disaster_nature ON disaster (nature, id);
CREATE INDEX disaster_since ON disaster (since, id);
CREATE INDEX disaster_state ON disaster (state, id);
CREATE INDEX disaster_declared_by ON disaster (declared_by, id);

-- One index for each named list.
CREATE INDEX disaster_state_since ON disaster (state, since, id);
