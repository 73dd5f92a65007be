-- The register of numbered documents.

CREATE TABLE document (
	id           BLOB PRIMARY KEY,
	gsn          INTEGER NOT NULL,
	doc          BLOB    NOT NULL,
	number       TEXT    NOT NULL,
	title        TEXT    NOT NULL,
	type         TEXT    NOT NULL,
	version      TEXT    NOT NULL,
	issued       INTEGER NOT NULL,
	reply_due    INTEGER NOT NULL,
	owner        TEXT    NOT NULL
) STRICT;
CREATE INDEX document_number ON document (number, id);
CREATE INDEX document_title ON document (title, id);
CREATE INDEX document_type ON document (type, id);
CREATE INDEX document_version ON document (version, id);
CREATE INDEX document_issued ON document (issued, id);
CREATE INDEX document_reply_due ON document (reply_due, id);
CREATE INDEX document_owner ON document (owner, id);

-- Lists that are filtered by one field and sorted by another.
CREATE INDEX document_type_issued ON document (type, issued, id);
