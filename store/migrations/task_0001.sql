-- The register of tasks.

CREATE TABLE task (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	title    TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	side     TEXT    NOT NULL,
	owner    TEXT    NOT NULL,
	reviewer TEXT    NOT NULL,
	due      INTEGER NOT NULL,
	source   TEXT    NOT NULL,
	told     INTEGER NOT NULL,
	stale_on INTEGER NOT NULL,
	quality  TEXT    NOT NULL
) STRICT;
CREATE INDEX task_number ON task (number, id);
CREATE INDEX task_title ON task (title, id);
CREATE INDEX task_side ON task (side, id);
CREATE INDEX task_due ON task (due, id);
CREATE INDEX task_told ON task (told, id);
CREATE INDEX task_stale_on ON task (stale_on, id);

-- One index for each named list.
CREATE INDEX task_state_due ON task (state, due, id);
CREATE INDEX task_quality_due ON task (quality, due, id);
CREATE INDEX task_source_due ON task (source, due, id);
CREATE INDEX task_owner_state_due ON task (owner, state, due, id);
CREATE INDEX task_reviewer_state_due ON task (reviewer, state, due, id);
CREATE INDEX task_reviewer_due ON task (reviewer, due, id);
