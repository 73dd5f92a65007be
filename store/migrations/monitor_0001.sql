-- What monitoring tools report.

CREATE TABLE monitor_event (
	id        BLOB PRIMARY KEY,
	gsn       INTEGER NOT NULL,
	doc       BLOB    NOT NULL,
	number    TEXT    NOT NULL,
	title     TEXT    NOT NULL,
	"key"     TEXT    NOT NULL,
	host      TEXT    NOT NULL,
	severity  TEXT    NOT NULL,
	occurred  INTEGER NOT NULL,
	recovered INTEGER NOT NULL,
	incident  TEXT    NOT NULL
) STRICT;
CREATE INDEX monitor_event_number ON monitor_event (number, id);
CREATE INDEX monitor_event_title ON monitor_event (title, id);
CREATE INDEX monitor_event_key ON monitor_event ("key", id);
CREATE INDEX monitor_event_severity ON monitor_event (severity, id);
CREATE INDEX monitor_event_occurred ON monitor_event (occurred, id);
CREATE INDEX monitor_event_recovered ON monitor_event (recovered, id);

-- One index for each named list.
CREATE INDEX monitor_event_recovered_occurred ON monitor_event (recovered, occurred, id);
CREATE INDEX monitor_event_host_occurred ON monitor_event (host, occurred, id);
CREATE INDEX monitor_event_incident_occurred ON monitor_event (incident, occurred, id);
