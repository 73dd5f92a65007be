-- What the contract asks for, how it was judged, and what is done where it is not met.

CREATE TABLE requirement (
	id            BLOB PRIMARY KEY,
	gsn           INTEGER NOT NULL,
	doc           BLOB    NOT NULL,
	number        TEXT    NOT NULL,
	code          TEXT    NOT NULL,
	clause        TEXT    NOT NULL,
	tag           TEXT    NOT NULL,
	text          TEXT    NOT NULL,
	origin        TEXT    NOT NULL,
	contractor    TEXT    NOT NULL,
	contractor_on INTEGER NOT NULL,
	city          TEXT    NOT NULL,
	city_on       INTEGER NOT NULL
) STRICT;
CREATE INDEX requirement_number ON requirement (number, id);
CREATE INDEX requirement_code ON requirement (code, id);
CREATE INDEX requirement_text ON requirement (text, id);
CREATE INDEX requirement_origin ON requirement (origin, id);
CREATE INDEX requirement_contractor_on ON requirement (contractor_on, id);
CREATE INDEX requirement_city_on ON requirement (city_on, id);
CREATE INDEX requirement_clause_code ON requirement (clause, code, id);
CREATE INDEX requirement_tag_code ON requirement (tag, code, id);
CREATE INDEX requirement_contractor_code ON requirement (contractor, code, id);
CREATE INDEX requirement_city_code ON requirement (city, code, id);

CREATE TABLE judgement (
	id          BLOB PRIMARY KEY,
	gsn         INTEGER NOT NULL,
	doc         BLOB    NOT NULL,
	number      TEXT    NOT NULL,
	requirement TEXT    NOT NULL,
	side        TEXT    NOT NULL,
	verdict     TEXT    NOT NULL,
	at          INTEGER NOT NULL
) STRICT;
CREATE INDEX judgement_number ON judgement (number, id);
CREATE INDEX judgement_side ON judgement (side, id);
CREATE INDEX judgement_verdict ON judgement (verdict, id);
CREATE INDEX judgement_at ON judgement (at, id);
CREATE INDEX judgement_requirement_at ON judgement (requirement, at, id);

CREATE TABLE fulfilment_measure (
	id          BLOB PRIMARY KEY,
	gsn         INTEGER NOT NULL,
	doc         BLOB    NOT NULL,
	number      TEXT    NOT NULL,
	requirement TEXT    NOT NULL,
	title       TEXT    NOT NULL,
	state       TEXT    NOT NULL,
	opened      INTEGER NOT NULL,
	alarm       INTEGER NOT NULL
) STRICT;
CREATE INDEX fulfilment_measure_number ON fulfilment_measure (number, id);
CREATE INDEX fulfilment_measure_requirement ON fulfilment_measure (requirement, id);
CREATE INDEX fulfilment_measure_title ON fulfilment_measure (title, id);
CREATE INDEX fulfilment_measure_opened ON fulfilment_measure (opened, id);
CREATE INDEX fulfilment_measure_alarm ON fulfilment_measure (alarm, id);
CREATE INDEX fulfilment_measure_state_opened ON fulfilment_measure (state, opened, id);
