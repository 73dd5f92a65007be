-- Failures and security incidents with their course, the table of severities, and
-- what to do in an emergency.

CREATE TABLE incident (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	title    TEXT    NOT NULL,
	nature   TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	occurred INTEGER NOT NULL,
	target   TEXT    NOT NULL
) STRICT;
CREATE INDEX incident_number ON incident (number, id);
CREATE INDEX incident_title ON incident (title, id);
CREATE INDEX incident_state ON incident (state, id);
CREATE INDEX incident_occurred ON incident (occurred, id);
CREATE INDEX incident_target ON incident (target, id);

CREATE TABLE incident_step (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	incident TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	noted     INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_step_number ON incident_step (number, id);
CREATE INDEX incident_step_at ON incident_step (at, id);
CREATE INDEX incident_step_noted ON incident_step (noted, id);

CREATE TABLE severity (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL
) STRICT;
CREATE INDEX severity_number ON severity (number, id);
CREATE INDEX severity_name ON severity (name, id);

CREATE TABLE measure (
	id      BLOB PRIMARY KEY,
	gsn     INTEGER NOT NULL,
	doc     BLOB    NOT NULL,
	number  TEXT    NOT NULL,
	target  TEXT    NOT NULL,
	urgency TEXT    NOT NULL
) STRICT;
CREATE INDEX measure_number ON measure (number, id);
CREATE INDEX measure_target ON measure (target, id);

-- One index for each named list.
CREATE INDEX incident_open ON incident (occurred, id, state) WHERE state <> 'closed';
CREATE INDEX incident_nature_occurred ON incident (nature, occurred, id);
CREATE INDEX incident_step_incident_noted ON incident_step (incident, noted, id);
CREATE INDEX measure_urgency_target ON measure (urgency, target, id);
