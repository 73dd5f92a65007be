-- What is monitored, by which methods, and what is set otherwise.

CREATE TABLE monitor_target (
	id          BLOB PRIMARY KEY,
	gsn         INTEGER NOT NULL,
	doc         BLOB    NOT NULL,
	number      TEXT    NOT NULL,
	title       TEXT    NOT NULL,
	host        TEXT    NOT NULL,
	managed     INTEGER NOT NULL,
	unscheduled INTEGER NOT NULL,
	state       TEXT    NOT NULL
) STRICT;
CREATE INDEX monitor_target_number ON monitor_target (number, id);
CREATE INDEX monitor_target_title ON monitor_target (title, id);
CREATE INDEX monitor_target_host ON monitor_target (host, id);
CREATE INDEX monitor_target_managed ON monitor_target (managed, id);

CREATE TABLE monitor_adjustment (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	target TEXT    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;
CREATE INDEX monitor_adjustment_number ON monitor_adjustment (number, id);
CREATE INDEX monitor_adjustment_at ON monitor_adjustment (at, id);

CREATE TABLE monitor_method (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	title  TEXT    NOT NULL,
	target TEXT    NOT NULL,
	item   TEXT    NOT NULL,
	late   INTEGER NOT NULL,
	state  TEXT    NOT NULL,
	review INTEGER NOT NULL
) STRICT;
CREATE INDEX monitor_method_number ON monitor_method (number, id);
CREATE INDEX monitor_method_title ON monitor_method (title, id);
CREATE INDEX monitor_method_item ON monitor_method (item, id);

CREATE TABLE monitor_drift (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	title  TEXT    NOT NULL,
	host   TEXT    NOT NULL,
	method TEXT    NOT NULL,
	state  TEXT    NOT NULL,
	seen   INTEGER NOT NULL
) STRICT;
CREATE INDEX monitor_drift_number ON monitor_drift (number, id);
CREATE INDEX monitor_drift_title ON monitor_drift (title, id);
CREATE INDEX monitor_drift_host ON monitor_drift (host, id);
CREATE INDEX monitor_drift_method ON monitor_drift (method, id);
CREATE INDEX monitor_drift_seen ON monitor_drift (seen, id);

-- One index for each named list. Few changes are not settled.
CREATE INDEX monitor_target_state_title ON monitor_target (state, title, id);
CREATE INDEX monitor_target_unscheduled_title ON monitor_target (unscheduled, title, id);
CREATE INDEX monitor_adjustment_target_at ON monitor_adjustment (target, at, id);
CREATE INDEX monitor_method_target_title ON monitor_method (target, title, id);
CREATE INDEX monitor_method_state_title ON monitor_method (state, title, id);
CREATE INDEX monitor_method_late_title ON monitor_method (late, title, id);
CREATE INDEX monitor_method_state_review ON monitor_method (state, review, id);
CREATE INDEX monitor_drift_unsettled ON monitor_drift (seen, id, state) WHERE state <> 'settled';
CREATE INDEX monitor_drift_state_seen ON monitor_drift (state, seen, id);
