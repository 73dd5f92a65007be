-- Mails that came in, and what is held of them.

CREATE TABLE letter (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	received   INTEGER NOT NULL,
	outcome    TEXT    NOT NULL,
	why        TEXT    NOT NULL,
	ticket     TEXT    NOT NULL,
	key        TEXT    NOT NULL,
	message_id TEXT    NOT NULL
) STRICT;
CREATE INDEX letter_number ON letter (number, id);
CREATE INDEX letter_title ON letter (title, id);
CREATE INDEX letter_received ON letter (received, id);
CREATE INDEX letter_outcome ON letter (outcome, id);
CREATE INDEX letter_why ON letter (why, id);
CREATE INDEX letter_ticket ON letter (ticket, id);
CREATE INDEX letter_key ON letter (key, id);
CREATE INDEX letter_message_id ON letter (message_id, id);

-- One index for each named list.
CREATE INDEX letter_outcome_received ON letter (outcome, received, id);

CREATE TABLE held_letter (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	letter TEXT    NOT NULL,
	why    TEXT    NOT NULL,
	held   INTEGER NOT NULL
) STRICT;
CREATE INDEX held_letter_number ON held_letter (number, id);
CREATE INDEX held_letter_letter ON held_letter (letter, id);
CREATE INDEX held_letter_why ON held_letter (why, id);
CREATE INDEX held_letter_held ON held_letter (held, id);
