-- Words that somebody looks for again and again.

CREATE TABLE saved_search (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	owner  TEXT    NOT NULL
) STRICT;
CREATE INDEX saved_search_number ON saved_search (number, id);
CREATE INDEX saved_search_name ON saved_search (name, id);
CREATE INDEX saved_search_owner_name ON saved_search (owner, name, id);
