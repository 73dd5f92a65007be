-- How each device stands: its certificate, what it has heard, and whether it was
-- reported lost. A device without a row was enrolled before there were any.
CREATE TABLE standing (
  device    BLOB    NOT NULL PRIMARY KEY,
  class     TEXT    NOT NULL,
  issued    INTEGER NOT NULL,
  until     INTEGER NOT NULL,
  pulled    INTEGER NOT NULL,
  pulled_at INTEGER NOT NULL,
  lost      INTEGER NOT NULL,
  lost_by   TEXT    NOT NULL,
  reason    TEXT    NOT NULL,
  wiped     INTEGER NOT NULL
);

ALTER TABLE invitation ADD COLUMN class TEXT NOT NULL DEFAULT '';

-- What people prove to be there with.
CREATE TABLE credential (
  person   BLOB    NOT NULL PRIMARY KEY,
  password TEXT    NOT NULL,
  totp     BLOB    NOT NULL,
  step     INTEGER NOT NULL,
  recovery BLOB    NOT NULL,
  tries    INTEGER NOT NULL,
  barred   INTEGER NOT NULL
);

-- When a person looked at a segment and decided that it stays outside the order.
ALTER TABLE impounded ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

-- Keys that came with impounded segments: nobody is given them before a person
-- has let the segments in.
CREATE TABLE impounded_key (
  device   BLOB    NOT NULL,
  subject  BLOB    NOT NULL,
  key_id   BLOB    NOT NULL,
  key      BLOB    NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (device, subject, key_id)
);
