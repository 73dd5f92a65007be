-- The register of inquiries.

CREATE TABLE ticket (
	id           BLOB PRIMARY KEY,
	gsn          INTEGER NOT NULL,
	doc          BLOB    NOT NULL,
	number       TEXT    NOT NULL,
	title        TEXT    NOT NULL,
	state        TEXT    NOT NULL,
	channel      TEXT    NOT NULL,
	category     TEXT    NOT NULL,
	impact       TEXT    NOT NULL,
	department   TEXT    NOT NULL,
	site         TEXT    NOT NULL,
	assignee     TEXT    NOT NULL,
	received     INTEGER NOT NULL,
	wished       INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_number ON ticket (number, id);
CREATE INDEX ticket_title ON ticket (title, id);
CREATE INDEX ticket_state ON ticket (state, id);
CREATE INDEX ticket_channel ON ticket (channel, id);
CREATE INDEX ticket_category ON ticket (category, id);
CREATE INDEX ticket_impact ON ticket (impact, id);
CREATE INDEX ticket_department ON ticket (department, id);
CREATE INDEX ticket_site ON ticket (site, id);
CREATE INDEX ticket_assignee ON ticket (assignee, id);
CREATE INDEX ticket_received ON ticket (received, id);
CREATE INDEX ticket_wished ON ticket (wished, id);

-- Lists that are filtered by one field and sorted by another.
CREATE INDEX ticket_state_received ON ticket (state, received, id);
CREATE INDEX ticket_assignee_received ON ticket (assignee, received, id);
