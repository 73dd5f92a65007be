-- What the server tells people by itself.

CREATE TABLE notice (
	id         BLOB PRIMARY KEY,
	gsn        INTEGER NOT NULL,
	doc        BLOB    NOT NULL,
	number     TEXT    NOT NULL,
	title      TEXT    NOT NULL,
	about      TEXT    NOT NULL,
	message_id TEXT    NOT NULL,
	chain      TEXT    NOT NULL,
	due        INTEGER NOT NULL,
	state      TEXT    NOT NULL
) STRICT;
CREATE INDEX notice_number ON notice (number, id);
CREATE INDEX notice_title ON notice (title, id);
CREATE INDEX notice_about ON notice (about, id);
CREATE INDEX notice_message_id ON notice (message_id, id);
CREATE INDEX notice_chain ON notice (chain, id);
CREATE INDEX notice_due ON notice (due, id);
CREATE INDEX notice_state ON notice (state, id);

-- One index for each named list.
CREATE INDEX notice_state_due ON notice (state, due, id);
