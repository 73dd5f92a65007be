-- The receipts of the web desk.

CREATE TABLE ticket_slip (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	about  TEXT    NOT NULL,
	first  TEXT    NOT NULL,
	form   TEXT    NOT NULL
) STRICT;
CREATE INDEX ticket_slip_number ON ticket_slip (number, id);
CREATE INDEX ticket_slip_about ON ticket_slip (about, id);
CREATE INDEX ticket_slip_first ON ticket_slip (first, id);
CREATE INDEX ticket_slip_form ON ticket_slip (form, id);
