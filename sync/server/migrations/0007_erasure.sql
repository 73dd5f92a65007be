-- Subjects that were erased, as they were: their keys are never taken in again.
CREATE TABLE erased (
  n    INTEGER NOT NULL PRIMARY KEY,
  kind TEXT    NOT NULL,
  id   BLOB    NOT NULL UNIQUE,
  gsn  INTEGER NOT NULL,
  at   INTEGER NOT NULL
);

-- Attachments of them whose bytes may still lie in the folder.
CREATE TABLE doomed (
  blob BLOB NOT NULL PRIMARY KEY
);

-- The number of the last erasure that each device says it has carried out.
ALTER TABLE standing ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

CREATE INDEX naming_record ON naming (kind, id);
CREATE INDEX impounded_key_subject ON impounded_key (subject);
