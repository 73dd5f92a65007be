-- Records whose personal values were erased, with the server's number of that: their
-- keys are never taken in again.
CREATE TABLE erased (
	id   BLOB PRIMARY KEY,
	kind TEXT    NOT NULL,
	n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The number of the last erasure that was carried out here.
ALTER TABLE cursor ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
