-- The register of voided numbers.

CREATE TABLE voided_number (
	id      BLOB PRIMARY KEY,
	gsn     INTEGER NOT NULL,
	doc     BLOB    NOT NULL,
	number  TEXT    NOT NULL,
	numbers TEXT    NOT NULL,
	series  TEXT    NOT NULL,
	first   INTEGER NOT NULL,
	reason  TEXT    NOT NULL,
	decided INTEGER NOT NULL
) STRICT;
CREATE INDEX voided_number_number ON voided_number (number, id);
CREATE INDEX voided_number_numbers ON voided_number (numbers, id);
CREATE INDEX voided_number_series ON voided_number (series, id);
CREATE INDEX voided_number_first ON voided_number (first, id);
CREATE INDEX voided_number_reason ON voided_number (reason, id);
CREATE INDEX voided_number_decided ON voided_number (decided, id);

-- One index for each named list.
CREATE INDEX voided_number_series_first ON voided_number (series, first, id);
