-- Results of backups, restore tests, signs of failures, counts of logs.

CREATE TABLE backup_result (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	title  TEXT    NOT NULL,
	target TEXT    NOT NULL,
	at     INTEGER NOT NULL,
	result TEXT    NOT NULL
) STRICT;
CREATE INDEX backup_result_number ON backup_result (number, id);
CREATE INDEX backup_result_title ON backup_result (title, id);
CREATE INDEX backup_result_at ON backup_result (at, id);

CREATE TABLE restore_test (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	target TEXT    NOT NULL,
	"on"   INTEGER NOT NULL
) STRICT;
CREATE INDEX restore_test_number ON restore_test (number, id);
CREATE INDEX restore_test_on ON restore_test ("on", id);

CREATE TABLE monitor_sign (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	title  TEXT    NOT NULL,
	target TEXT    NOT NULL,
	sort   TEXT    NOT NULL,
	seen   INTEGER NOT NULL,
	state  TEXT    NOT NULL
) STRICT;
CREATE INDEX monitor_sign_number ON monitor_sign (number, id);
CREATE INDEX monitor_sign_title ON monitor_sign (title, id);
CREATE INDEX monitor_sign_target ON monitor_sign (target, id);
CREATE INDEX monitor_sign_sort ON monitor_sign (sort, id);
CREATE INDEX monitor_sign_seen ON monitor_sign (seen, id);

CREATE TABLE log_day (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	target TEXT    NOT NULL,
	log    TEXT    NOT NULL,
	day    INTEGER NOT NULL,
	gapped INTEGER NOT NULL
) STRICT;
CREATE INDEX log_day_number ON log_day (number, id);
CREATE INDEX log_day_log ON log_day (log, id);
CREATE INDEX log_day_day ON log_day (day, id);

-- One index for each named list.
CREATE INDEX backup_result_result_at ON backup_result (result, at, id);
CREATE INDEX backup_result_target_at ON backup_result (target, at, id);
CREATE INDEX restore_test_target_on ON restore_test (target, "on", id);
CREATE INDEX monitor_sign_open ON monitor_sign (seen, id, state) WHERE state <> 'closed';
CREATE INDEX monitor_sign_state_seen ON monitor_sign (state, seen, id);
CREATE INDEX log_day_gapped_day ON log_day (gapped, day, id);
CREATE INDEX log_day_target_day ON log_day (target, day, id);
