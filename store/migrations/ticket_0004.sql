-- The course of inquiries.

CREATE TABLE ticket_note (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	about  TEXT    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_note_number ON ticket_note (number, id);
CREATE INDEX ticket_note_about ON ticket_note (about, id);
CREATE INDEX ticket_note_at ON ticket_note (at, id);

-- One index for each named list.
CREATE INDEX ticket_note_about_at ON ticket_note (about, at, id);
