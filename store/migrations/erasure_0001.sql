-- The register of erasures.

CREATE TABLE erasure (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	about      TEXT    NOT NULL,
	basis      TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	"by"       TEXT    NOT NULL,
	at         INTEGER NOT NULL,
	decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX erasure_number ON erasure (number, id);
CREATE INDEX erasure_about ON erasure (about, id);
CREATE INDEX erasure_basis ON erasure (basis, id);
CREATE INDEX erasure_state ON erasure (state, id);
CREATE INDEX erasure_by ON erasure ("by", id);
CREATE INDEX erasure_decided_at ON erasure (decided_at, id);
CREATE INDEX erasure_at ON erasure (at, id);

-- One index for each named list.
CREATE INDEX erasure_state_at ON erasure (state, at, id);
