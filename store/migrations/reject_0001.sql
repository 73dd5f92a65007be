-- Whom a conflict waits for, and what people decided about rejected changes.

ALTER TABLE conflict ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
CREATE INDEX conflict_waits_for ON conflict (waits_for, id);
-- Few conflicts are open and wait for somebody: the list of these holds no others.
CREATE INDEX conflict_asked ON conflict (waits_for, state, id);

CREATE TABLE dismissal (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	about  TEXT    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;
CREATE INDEX dismissal_number ON dismissal (number, id);
CREATE INDEX dismissal_about ON dismissal (about, id);
CREATE INDEX dismissal_at ON dismissal (at, id);
