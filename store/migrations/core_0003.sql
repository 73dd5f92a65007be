-- A second copy of what nobody else has: the changes that the server does not have
-- yet, with the keys that their values are sealed under (subject and key, 16 and 32
-- bytes, one after the other), and who this device is. It stands on other pages, so
-- one that goes bad takes neither copy with it.
CREATE TABLE spare (
	seq     INTEGER PRIMARY KEY,
	kind    TEXT    NOT NULL,
	id      BLOB    NOT NULL,
	command TEXT    NOT NULL,
	body    BLOB    NOT NULL,
	bh      BLOB    NOT NULL,
	link    BLOB    NOT NULL,
	hlc     INTEGER NOT NULL,
	keys    BLOB    NOT NULL
) STRICT;
INSERT INTO spare SELECT seq, kind, id, command, body, bh, link, hlc, x'' FROM journal WHERE state = 'pending' AND seq > (SELECT acked FROM cursor);

CREATE TABLE spare_self (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	replica TEXT NOT NULL,
	device  BLOB NOT NULL,
	seed    BLOB NOT NULL
) STRICT;
INSERT INTO spare_self SELECT one, replica, device, seed FROM self;
