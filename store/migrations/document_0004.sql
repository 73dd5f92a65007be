-- How long documents are kept.

ALTER TABLE document ADD COLUMN retention TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN completed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN disposed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_retention ON document (retention, id);
CREATE INDEX document_completed_disposed_issued ON document (completed, disposed, issued, id);
CREATE INDEX document_expires ON document (expires, id);
CREATE INDEX document_held_disposed_expires ON document (held, disposed, expires, id);
CREATE INDEX document_disposed ON document (disposed, id);
