-- Two small registers for tests of the store.
CREATE TABLE item (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	title  TEXT    NOT NULL,
	count  INTEGER NOT NULL,
	state  TEXT    NOT NULL,
	due    INTEGER NOT NULL,
	double INTEGER NOT NULL
) STRICT;
CREATE INDEX item_number ON item (number, id);
CREATE INDEX item_title ON item (title, id);
CREATE INDEX item_count ON item (count, id);
CREATE INDEX item_state ON item (state, id);
CREATE INDEX item_due ON item (due, id);

CREATE TABLE part (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	item   TEXT    NOT NULL
) STRICT;
CREATE INDEX part_item ON part (item, id);
