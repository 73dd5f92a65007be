-- The tree over the log: what it stores with each line, which is the hash of the
-- line's leaf and of each subtree that it completes. Lines that were there before
-- get theirs when the server opens.
CREATE TABLE audit (
  gsn    INTEGER NOT NULL PRIMARY KEY,
  hashes BLOB    NOT NULL
);
