-- Bodies that meet, their meetings, and what was said there.

CREATE TABLE meeting_body (
	id        BLOB PRIMARY KEY,
	gsn       INTEGER NOT NULL,
	doc       BLOB    NOT NULL,
	number    TEXT    NOT NULL,
	name      TEXT    NOT NULL,
	host      TEXT    NOT NULL,
	authority TEXT    NOT NULL,
	ended     INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_body_number ON meeting_body (number, id);
CREATE INDEX meeting_body_name ON meeting_body (name, id);
CREATE INDEX meeting_body_host_name ON meeting_body (host, name, id);
CREATE INDEX meeting_body_authority ON meeting_body (authority, id);
CREATE INDEX meeting_body_ended ON meeting_body (ended, id);

CREATE TABLE meeting (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	body       TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	begins     INTEGER NOT NULL,
	papers_by  INTEGER NOT NULL,
	papers_on  INTEGER NOT NULL,
	minutes_by INTEGER NOT NULL,
	given_on   INTEGER NOT NULL,
	stage      TEXT    NOT NULL,
	minutes    TEXT    NOT NULL
) STRICT;
CREATE INDEX meeting_number ON meeting (number, id);
CREATE INDEX meeting_title ON meeting (title, id);
CREATE INDEX meeting_begins ON meeting (begins, id);
CREATE INDEX meeting_papers_by ON meeting (papers_by, id);
CREATE INDEX meeting_papers_on ON meeting (papers_on, id);
CREATE INDEX meeting_minutes_by ON meeting (minutes_by, id);
CREATE INDEX meeting_given_on ON meeting (given_on, id);
CREATE INDEX meeting_minutes ON meeting (minutes, id);

-- One index for each named list.
CREATE INDEX meeting_body_begins ON meeting (body, begins, id);
CREATE INDEX meeting_state_begins ON meeting (state, begins, id);
CREATE INDEX meeting_stage_minutes_by ON meeting (stage, minutes_by, id);
CREATE INDEX meeting_state_given_on_minutes_by ON meeting (state, given_on, minutes_by, id);
CREATE INDEX meeting_state_papers_on_papers_by ON meeting (state, papers_on, papers_by, id);

CREATE TABLE minute_item (
	id      BLOB PRIMARY KEY,
	gsn     INTEGER NOT NULL,
	doc     BLOB    NOT NULL,
	number  TEXT    NOT NULL,
	meeting TEXT    NOT NULL,
	type    TEXT    NOT NULL,
	at      INTEGER NOT NULL,
	struck  INTEGER NOT NULL
) STRICT;
CREATE INDEX minute_item_number ON minute_item (number, id);
CREATE INDEX minute_item_meeting_at ON minute_item (meeting, at, id);
CREATE INDEX minute_item_type ON minute_item (type, id);
CREATE INDEX minute_item_at ON minute_item (at, id);
CREATE INDEX minute_item_struck ON minute_item (struck, id);
