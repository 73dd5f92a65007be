-- The register of consultations, agreements and requests.

CREATE TABLE agreement (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	type       TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	held       INTEGER NOT NULL,
	letter     TEXT    NOT NULL,
	clause     TEXT    NOT NULL,
	reply_due  INTEGER NOT NULL,
	reflect_by INTEGER NOT NULL,
	exemption  TEXT    NOT NULL
) STRICT;
CREATE INDEX agreement_number ON agreement (number, id);
CREATE INDEX agreement_title ON agreement (title, id);
CREATE INDEX agreement_held ON agreement (held, id);
CREATE INDEX agreement_letter ON agreement (letter, id);
CREATE INDEX agreement_reply_due ON agreement (reply_due, id);
CREATE INDEX agreement_reflect_by ON agreement (reflect_by, id);

-- One index for each named list.
CREATE INDEX agreement_type_held ON agreement (type, held, id);
CREATE INDEX agreement_state_held ON agreement (state, held, id);
CREATE INDEX agreement_clause_held ON agreement (clause, held, id);
CREATE INDEX agreement_state_reflect_by ON agreement (state, reflect_by, id);
CREATE INDEX agreement_state_reply_due ON agreement (state, reply_due, id);
CREATE INDEX agreement_exemption_reflect_by ON agreement (exemption, reflect_by, id);
