-- Texts that are used again and again.

CREATE TABLE ticket_template (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	name     TEXT    NOT NULL,
	category TEXT    NOT NULL
) STRICT;
CREATE INDEX ticket_template_number ON ticket_template (number, id);
CREATE INDEX ticket_template_name ON ticket_template (name, id);

-- One index for each named list.
CREATE INDEX ticket_template_category_name ON ticket_template (category, name, id);
