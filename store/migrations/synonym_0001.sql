-- Words for one thing.

CREATE TABLE synonym (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	words  TEXT    NOT NULL
) STRICT;
CREATE INDEX synonym_number ON synonym (number, id);
CREATE INDEX synonym_words ON synonym (words, id);
