-- Indexes that a filling goes without, and that are made when it is over.
CREATE TABLE postponed (
	name TEXT PRIMARY KEY,
	made TEXT NOT NULL -- the statement that makes it
) STRICT, WITHOUT ROWID;
