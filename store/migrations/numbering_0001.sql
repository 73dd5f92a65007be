-- Leased numbers, and how numbers are written.

CREATE TABLE number_lease (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	register TEXT    NOT NULL,
	form     TEXT    NOT NULL,
	state    TEXT    NOT NULL,
	station  TEXT    NOT NULL,
	series   TEXT    NOT NULL,
	at       INTEGER NOT NULL
) STRICT;
CREATE INDEX number_lease_number ON number_lease (number, id);
CREATE INDEX number_lease_register ON number_lease (register, id);
CREATE INDEX number_lease_form ON number_lease (form, id);
CREATE INDEX number_lease_state ON number_lease (state, id);
CREATE INDEX number_lease_station ON number_lease (station, id);
CREATE INDEX number_lease_series ON number_lease (series, id);
CREATE INDEX number_lease_at ON number_lease (at, id);

CREATE TABLE number_format (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	register TEXT    NOT NULL,
	year     INTEGER NOT NULL
) STRICT;
CREATE INDEX number_format_number ON number_format (number, id);
CREATE INDEX number_format_register ON number_format (register, id);
CREATE INDEX number_format_year ON number_format (year, id);

-- One index for each named list.
CREATE INDEX number_lease_state_at ON number_lease (state, at, id);
