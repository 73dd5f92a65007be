-- The questions of the ledger of readings; a reading names its question.

CREATE TABLE reading_topic (
	id       BLOB PRIMARY KEY,
	gsn      INTEGER NOT NULL,
	doc      BLOB    NOT NULL,
	number   TEXT    NOT NULL,
	item     INTEGER NOT NULL,
	clause   TEXT    NOT NULL,
	question TEXT    NOT NULL,
	engine   TEXT    NOT NULL,
	choice   TEXT    NOT NULL,
	"from"   INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_topic_number ON reading_topic (number, id);
CREATE INDEX reading_topic_item ON reading_topic (item, id);
CREATE INDEX reading_topic_question ON reading_topic (question, id);
CREATE INDEX reading_topic_engine ON reading_topic (engine, id);
CREATE INDEX reading_topic_from ON reading_topic ("from", id);
CREATE INDEX reading_topic_clause_item ON reading_topic (clause, item, id);
CREATE INDEX reading_topic_choice_item ON reading_topic (choice, item, id);

ALTER TABLE reading ADD COLUMN topic TEXT NOT NULL DEFAULT '';
CREATE INDEX reading_topic_from_id ON reading (topic, "from", id);
