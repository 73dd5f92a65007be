-- What is written in attachments, as far as it was read: full, partial, unscannable
-- or error, why not all, and the text. Their words stand in the index as those of
-- records do, under no kind and the attachment's id.
CREATE TABLE content (
	blob   BLOB PRIMARY KEY,
	extent TEXT NOT NULL,
	reason TEXT NOT NULL,
	text   TEXT NOT NULL
) STRICT;

-- Text and words go with the attachment, whoever lets go of it.
CREATE TRIGGER blob_content AFTER DELETE ON blob BEGIN
	DELETE FROM search WHERE rowid = (SELECT row FROM searched WHERE kind = '' AND id = OLD.id);
	DELETE FROM searched WHERE kind = '' AND id = OLD.id;
	DELETE FROM content WHERE blob = OLD.id;
END;
