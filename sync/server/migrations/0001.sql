-- The first schema of the server's database. Only the types of columns differ
-- between SQLite and PostgreSQL (BLOB is BYTEA there, INTEGER is BIGINT); times
-- are milliseconds since 1970 UTC. A file that was released never changes.

-- Every change in the order, for ever.
CREATE TABLE log (
  gsn       INTEGER NOT NULL PRIMARY KEY,
  device    BLOB    NOT NULL,
  seq       INTEGER NOT NULL,
  body_hash BLOB    NOT NULL,
  chain     BLOB    NOT NULL,
  received  INTEGER NOT NULL,
  verdict   TEXT    NOT NULL,
  body      BLOB    NOT NULL,
  outcome   BLOB    NOT NULL,
  UNIQUE (device, seq)
);

-- The keys that a reader of an outcome needs.
CREATE TABLE log_key (
  gsn     INTEGER NOT NULL,
  subject BLOB    NOT NULL,
  key_id  BLOB    NOT NULL,
  PRIMARY KEY (gsn, subject, key_id)
);

-- Records as they stand: the fold of the log.
CREATE TABLE record (
  kind  TEXT    NOT NULL,
  id    BLOB    NOT NULL,
  gsn   INTEGER NOT NULL,
  doc   BLOB    NOT NULL,
  ticks BLOB    NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE TABLE link (
  dst_kind TEXT NOT NULL,
  dst_id   BLOB NOT NULL,
  src_kind TEXT NOT NULL,
  src_id   BLOB NOT NULL,
  PRIMARY KEY (dst_kind, dst_id, src_kind, src_id)
);
CREATE INDEX link_src ON link (src_kind, src_id);

CREATE TABLE counter (
  name TEXT    NOT NULL PRIMARY KEY,
  n    INTEGER NOT NULL
);

-- Official numbers, each given once.
CREATE TABLE number (
  series TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  gsn    INTEGER NOT NULL,
  PRIMARY KEY (series, n)
);

-- Segments that wait for what comes before them.
CREATE TABLE held (
  device   BLOB    NOT NULL,
  first    INTEGER NOT NULL,
  segment  BLOB    NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (device, first)
);

-- Segments that wait for a person.
CREATE TABLE impounded (
  device   BLOB    NOT NULL,
  first    INTEGER NOT NULL,
  head     BLOB    NOT NULL,
  why      TEXT    NOT NULL,
  segment  BLOB    NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (device, first, head)
);

CREATE TABLE person (
  id   BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE device (
  id        BLOB    NOT NULL PRIMARY KEY,
  public    BLOB    NOT NULL,
  person    BLOB    NOT NULL,
  name      TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  enrolled  INTEGER NOT NULL,
  seen      INTEGER NOT NULL,
  watermark INTEGER NOT NULL
);

CREATE TABLE invitation (
  secret  BLOB    NOT NULL PRIMARY KEY,
  person  BLOB    NOT NULL,
  until   INTEGER NOT NULL,
  used_by BLOB    NOT NULL
);

-- Outside the log, so that a subject can be erased.
CREATE TABLE subject_key (
  subject  BLOB    NOT NULL,
  key_id   BLOB    NOT NULL,
  key      BLOB    NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (subject, key_id)
);

CREATE TABLE attachment (
  id     BLOB    NOT NULL PRIMARY KEY,
  device BLOB    NOT NULL,
  here   INTEGER NOT NULL
);
CREATE INDEX attachment_missing ON attachment (device, here);

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
);
