-- Correspondence and key documents; revisions with their approvals, receipts.

ALTER TABLE document ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN review_on INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN clause TEXT NOT NULL DEFAULT '';
CREATE INDEX document_state_issued ON document (state, issued, id);
CREATE INDEX document_key ON document (key, id);
CREATE INDEX document_keyed ON document (title, id, key) WHERE key <> '';
CREATE INDEX document_answered_due ON document (answered, reply_due, id);
CREATE INDEX document_review_on ON document (review_on, id);
CREATE INDEX document_published ON document (published, id);
CREATE INDEX document_submitted_published ON document (submitted, published, id);
CREATE INDEX document_clause_issued ON document (clause, issued, id);

CREATE TABLE revision (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	document TEXT    NOT NULL,
	title    TEXT    NOT NULL,
	version  TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	author   TEXT    NOT NULL,
	begun    INTEGER NOT NULL,
	due      INTEGER NOT NULL
) STRICT;
CREATE INDEX revision_number ON revision (number, id);
CREATE INDEX revision_document_begun ON revision (document, begun, id);
CREATE INDEX revision_title ON revision (title, id);
CREATE INDEX revision_version ON revision (version, id);
CREATE INDEX revision_state_due ON revision (state, due, id);
CREATE INDEX revision_author_begun ON revision (author, begun, id);
CREATE INDEX revision_begun ON revision (begun, id);
CREATE INDEX revision_due ON revision (due, id);

CREATE TABLE approval (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	document TEXT    NOT NULL,
	step     TEXT    NOT NULL,
	verdict  TEXT    NOT NULL,
	by       TEXT    NOT NULL,
	at       INTEGER NOT NULL
) STRICT;
CREATE INDEX approval_number ON approval (number, id);
CREATE INDEX approval_revision ON approval (revision, id);
CREATE INDEX approval_document ON approval (document, id);
CREATE INDEX approval_step ON approval (step, id);
CREATE INDEX approval_verdict ON approval (verdict, id);
CREATE INDEX approval_by_at ON approval (by, at, id);
CREATE INDEX approval_at ON approval (at, id);

CREATE TABLE approval_flow (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	type   TEXT    NOT NULL
) STRICT;
CREATE INDEX approval_flow_number ON approval_flow (number, id);
CREATE INDEX approval_flow_type ON approval_flow (type, id);

CREATE TABLE delegation (
	id      BLOB PRIMARY KEY,
	gsn     INTEGER NOT NULL,
	doc     BLOB    NOT NULL,
	number  TEXT    NOT NULL,
	delegator TEXT    NOT NULL,
	delegate  TEXT    NOT NULL,
	step    TEXT    NOT NULL,
	since   INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	revoked INTEGER NOT NULL
) STRICT;
CREATE INDEX delegation_number ON delegation (number, id);
CREATE INDEX delegation_delegator ON delegation (delegator, id);
CREATE INDEX delegation_delegate ON delegation (delegate, id);
CREATE INDEX delegation_step ON delegation (step, id);
CREATE INDEX delegation_since ON delegation (since, id);
CREATE INDEX delegation_until ON delegation (until, id);
CREATE INDEX delegation_revoked ON delegation (revoked, id);

CREATE TABLE receipt (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	document TEXT    NOT NULL,
	title    TEXT    NOT NULL,
	person   TEXT    NOT NULL,
	form     TEXT    NOT NULL,
	due      INTEGER NOT NULL,
	asked    INTEGER NOT NULL,
	read     INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_number ON receipt (number, id);
CREATE INDEX receipt_document ON receipt (document, id);
CREATE INDEX receipt_title ON receipt (title, id);
CREATE INDEX receipt_form ON receipt (form, id);
CREATE INDEX receipt_due ON receipt (due, id);
CREATE INDEX receipt_asked ON receipt (asked, id);
CREATE INDEX receipt_read_due ON receipt (read, due, id);
CREATE INDEX receipt_person_read_due ON receipt (person, read, due, id);
