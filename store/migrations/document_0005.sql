-- What revisions lack.

ALTER TABLE revision ADD COLUMN lacking TEXT NOT NULL DEFAULT '';
CREATE INDEX revision_lacking_due ON revision (lacking, due, id);
