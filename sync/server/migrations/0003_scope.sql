-- Every scope that a record ever had. A record, and each effect in the log, names
-- one by its number; what was there before is told its scope when the server opens.
CREATE TABLE scope (
  n    INTEGER NOT NULL PRIMARY KEY,
  kind TEXT    NOT NULL,
  zone TEXT    NOT NULL,
  org  BLOB    NOT NULL,
  UNIQUE (kind, zone, org)
);

ALTER TABLE record ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;
CREATE INDEX record_scope ON record (kind, id, scope);

-- Where each line of the log reaches: who wrote it, the scope of the record it is
-- about, and those of each record it changed, before and after.
CREATE TABLE reach (
  gsn    INTEGER NOT NULL PRIMARY KEY,
  device BLOB    NOT NULL,
  scopes BLOB    NOT NULL
);

-- The records that ever named an attachment.
CREATE TABLE naming (
  blob BLOB NOT NULL,
  kind TEXT NOT NULL,
  id   BLOB NOT NULL,
  PRIMARY KEY (blob, kind, id)
);
