-- The registers of scans: jobs, runs, findings, and where these lie.

CREATE TABLE scan_job (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	server     TEXT    NOT NULL,
	department TEXT    NOT NULL,
	agent      TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	last_ended INTEGER NOT NULL
) STRICT;
CREATE INDEX scan_job_number ON scan_job (number, id);
CREATE INDEX scan_job_title ON scan_job (title, id);
CREATE INDEX scan_job_server ON scan_job (server, id);
CREATE INDEX scan_job_department ON scan_job (department, id);
CREATE INDEX scan_job_agent ON scan_job (agent, id);
CREATE INDEX scan_job_state ON scan_job (state, id);
CREATE INDEX scan_job_last_ended ON scan_job (last_ended, id);

CREATE TABLE scan_run (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	job        TEXT    NOT NULL,
	server     TEXT    NOT NULL,
	department TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	begun      INTEGER NOT NULL,
	ended      INTEGER NOT NULL
) STRICT;
CREATE INDEX scan_run_number ON scan_run (number, id);
CREATE INDEX scan_run_job ON scan_run (job, id);
CREATE INDEX scan_run_server ON scan_run (server, id);
CREATE INDEX scan_run_department ON scan_run (department, id);
CREATE INDEX scan_run_state ON scan_run (state, id);
CREATE INDEX scan_run_begun ON scan_run (begun, id);
CREATE INDEX scan_run_ended ON scan_run (ended, id);

CREATE TABLE finding (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	job        TEXT    NOT NULL,
	server     TEXT    NOT NULL,
	department TEXT    NOT NULL,
	persons    TEXT    NOT NULL,
	first_seen INTEGER NOT NULL,
	first_run  TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	open       INTEGER NOT NULL,
	exposed    INTEGER NOT NULL,
	due        INTEGER NOT NULL,
	settled_at INTEGER NOT NULL,
	exception  TEXT    NOT NULL,
	until      INTEGER NOT NULL
) STRICT;
CREATE INDEX finding_number ON finding (number, id);
CREATE INDEX finding_job ON finding (job, id);
CREATE INDEX finding_server ON finding (server, id);
CREATE INDEX finding_department ON finding (department, id);
CREATE INDEX finding_persons ON finding (persons, id);
CREATE INDEX finding_first_seen ON finding (first_seen, id);
CREATE INDEX finding_first_run ON finding (first_run, id);
CREATE INDEX finding_state ON finding (state, id);
CREATE INDEX finding_open ON finding (open, id);
CREATE INDEX finding_exposed ON finding (exposed, id);
CREATE INDEX finding_due ON finding (due, id);
CREATE INDEX finding_settled_at ON finding (settled_at, id);
CREATE INDEX finding_exception ON finding (exception, id);
CREATE INDEX finding_until ON finding (until, id);

CREATE TABLE finding_path (
	id  BLOB PRIMARY KEY,
	gsn INTEGER NOT NULL,
	doc BLOB    NOT NULL,
	number TEXT NOT NULL,
	job TEXT    NOT NULL
) STRICT;
CREATE INDEX finding_path_number ON finding_path (number, id);
CREATE INDEX finding_path_job ON finding_path (job, id);

-- One index for each named list.
CREATE INDEX scan_job_state_title ON scan_job (state, title, id);
CREATE INDEX scan_job_agent_title ON scan_job (agent, title, id);
CREATE INDEX scan_job_department_title ON scan_job (department, title, id);
CREATE INDEX scan_run_job_begun ON scan_run (job, begun, id);
CREATE INDEX scan_run_ended_begun ON scan_run (ended, begun, id);
CREATE INDEX finding_open_first_seen ON finding (open, first_seen, id);
CREATE INDEX finding_state_first_seen ON finding (state, first_seen, id);
CREATE INDEX finding_exposed_first_seen ON finding (exposed, first_seen, id);
CREATE INDEX finding_open_department_first_seen ON finding (open, department, first_seen, id);
CREATE INDEX finding_open_due ON finding (open, due, id);
CREATE INDEX finding_exception_until ON finding (exception, until, id);
CREATE INDEX finding_state_until ON finding (state, until, id);
CREATE INDEX finding_run_first_seen ON finding (first_run, first_seen, id);
CREATE INDEX finding_job_first_seen ON finding (job, first_seen, id);
CREATE INDEX finding_state_settled_at ON finding (state, settled_at, id);
