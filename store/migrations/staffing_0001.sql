-- Phases, posts, skills, who holds which post, and replacements.

CREATE TABLE phase (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	type   TEXT    NOT NULL,
	"from" INTEGER NOT NULL,
	"to"   INTEGER NOT NULL
) STRICT;
CREATE INDEX phase_number ON phase (number, id);
CREATE INDEX phase_name ON phase (name, id);
CREATE INDEX phase_type ON phase (type, id);
CREATE INDEX phase_from ON phase ("from", id);
CREATE INDEX phase_to ON phase ("to", id);

CREATE TABLE post (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	rank   TEXT    NOT NULL
) STRICT;
CREATE INDEX post_number ON post (number, id);
CREATE INDEX post_name ON post (name, id);
CREATE INDEX post_rank ON post (rank, id);

CREATE TABLE skill (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	person TEXT    NOT NULL,
	skill  TEXT    NOT NULL,
	until  INTEGER NOT NULL
) STRICT;
CREATE INDEX skill_number ON skill (number, id);
CREATE INDEX skill_person_skill ON skill (person, skill, id);
CREATE INDEX skill_skill ON skill (skill, id);
CREATE INDEX skill_until ON skill (until, id);

CREATE TABLE member (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	title  TEXT    NOT NULL,
	person TEXT    NOT NULL,
	post   TEXT    NOT NULL,
	rank   TEXT    NOT NULL,
	state  TEXT    NOT NULL,
	"from" INTEGER NOT NULL,
	until  INTEGER NOT NULL
) STRICT;
CREATE INDEX member_title ON member (title, id);
CREATE INDEX member_number ON member (number, id);
CREATE INDEX member_person_from ON member (person, "from", id);
CREATE INDEX member_post_from ON member (post, "from", id);
CREATE INDEX member_rank_from ON member (rank, "from", id);
CREATE INDEX member_state_from ON member (state, "from", id);
CREATE INDEX member_from ON member ("from", id);
CREATE INDEX member_until ON member (until, id);

CREATE TABLE replacement (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	member     TEXT    NOT NULL,
	"on"       INTEGER NOT NULL,
	substitute TEXT    NOT NULL,
	state      TEXT    NOT NULL
) STRICT;
CREATE INDEX replacement_title ON replacement (title, id);
CREATE INDEX replacement_number ON replacement (number, id);
CREATE INDEX replacement_member ON replacement (member, id);
CREATE INDEX replacement_on ON replacement ("on", id);
CREATE INDEX replacement_substitute ON replacement (substitute, id);
CREATE INDEX replacement_state_on ON replacement (state, "on", id);
