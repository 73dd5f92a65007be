-- Numbers that changes had in an order which ended when the server was restored:
-- each gets its own again when its device brings it.
CREATE TABLE reserved (
  series TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  device BLOB    NOT NULL,
  seq    INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (series, n)
);
CREATE INDEX reserved_change ON reserved (device, seq);

-- Changes that had been accepted in it, or are about records that had been, as
-- their own devices say: each waits for its record.
CREATE TABLE stood (
  device BLOB    NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (device, seq)
);
