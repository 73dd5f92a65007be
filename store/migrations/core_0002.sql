-- Which records name which attachments now.
CREATE TABLE attached (
	blob BLOB NOT NULL,
	kind TEXT NOT NULL,
	id   BLOB NOT NULL,
	PRIMARY KEY (blob, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attached_record ON attached (kind, id);

-- When it was first seen that no record names the attachment, in milliseconds
-- since 1970 by the device's clock; 0 while one does.
ALTER TABLE blob ADD COLUMN unused INTEGER NOT NULL DEFAULT 0;

-- Words are merged in idle moments (usermerge, 4 pieces); a write does it only
-- when these do not come. What is deleted from an index without content stays
-- in it until it is merged, secure-delete or not.
INSERT INTO search (search, rank) VALUES ('automerge', 8);
