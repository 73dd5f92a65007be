-- What was agreed on beside the contract: travel times, readings, extra hours, outages.

CREATE TABLE travel (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	site   TEXT    NOT NULL,
	"from" INTEGER NOT NULL
) STRICT;
CREATE INDEX travel_number ON travel (number, id);
CREATE INDEX travel_from ON travel ("from", id);

CREATE TABLE reading (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	question TEXT    NOT NULL,
	"from"   INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_number ON reading (number, id);
CREATE INDEX reading_from ON reading ("from", id);

CREATE TABLE extra_hours (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	begins INTEGER NOT NULL
) STRICT;
CREATE INDEX extra_hours_number ON extra_hours (number, id);
CREATE INDEX extra_hours_begins ON extra_hours (begins, id);

CREATE TABLE outage (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	begins INTEGER NOT NULL
) STRICT;
CREATE INDEX outage_number ON outage (number, id);
CREATE INDEX outage_begins ON outage (begins, id);

-- One index for each named list.
CREATE INDEX travel_site_from ON travel (site, "from", id);
CREATE INDEX reading_question_from ON reading (question, "from", id);
