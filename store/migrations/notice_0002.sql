-- Who is told of incidents.

CREATE TABLE escalation (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	after  INTEGER NOT NULL
) STRICT;
CREATE INDEX escalation_number ON escalation (number, id);
CREATE INDEX escalation_name ON escalation (name, id);
CREATE INDEX escalation_after ON escalation (after, id);
