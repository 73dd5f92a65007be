-- Visits and their steps.

CREATE TABLE visit (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	ticket   TEXT    NOT NULL,
	site     TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	engineer TEXT    NOT NULL,
	wished   INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_number ON visit (number, id);
CREATE INDEX visit_state ON visit (state, id);
CREATE INDEX visit_wished ON visit (wished, id);

CREATE TABLE visit_step (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	visit  TEXT    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_step_number ON visit_step (number, id);
CREATE INDEX visit_step_at ON visit_step (at, id);

-- One index for each named list. Few visits are not done, so these hold no others.
CREATE INDEX visit_unfinished ON visit (wished, id, state) WHERE state <> 'done' AND state <> 'cancelled';
CREATE INDEX visit_unfinished_engineer ON visit (engineer, wished, id, state) WHERE state <> 'done' AND state <> 'cancelled';
CREATE INDEX visit_ticket_wished ON visit (ticket, wished, id);
CREATE INDEX visit_site_wished ON visit (site, wished, id);
CREATE INDEX visit_step_visit_at ON visit_step (visit, at, id);
