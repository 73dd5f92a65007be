-- The register of change requests.

CREATE TABLE change_request (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	title    TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	urgency  TEXT    NOT NULL,
	document TEXT    NOT NULL,
	"by"     TEXT    NOT NULL,
	asked    INTEGER NOT NULL,
	letter   TEXT    NOT NULL
) STRICT;
CREATE INDEX change_request_number ON change_request (number, id);
CREATE INDEX change_request_title ON change_request (title, id);
CREATE INDEX change_request_urgency ON change_request (urgency, id);
CREATE INDEX change_request_by ON change_request ("by", id);
CREATE INDEX change_request_asked ON change_request (asked, id);
CREATE INDEX change_request_letter ON change_request (letter, id);
CREATE INDEX change_request_state_asked ON change_request (state, asked, id);
CREATE INDEX change_request_document_asked ON change_request (document, asked, id);
