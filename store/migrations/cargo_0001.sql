-- Changes of other devices on their way to the server: what their devices
-- signed stands in the open, what they say is in a box that the server alone
-- can open. said is why the server did not take them, empty before it was asked.
CREATE TABLE cargo (
	n      INTEGER PRIMARY KEY,
	device BLOB    NOT NULL,
	first  INTEGER NOT NULL,
	last   INTEGER NOT NULL,
	head   BLOB    NOT NULL,
	sig    BLOB    NOT NULL,
	public BLOB    NOT NULL,
	blobs  BLOB    NOT NULL,
	via    BLOB    NOT NULL,
	at     INTEGER NOT NULL,
	said   TEXT    NOT NULL,
	box    BLOB    NOT NULL,
	UNIQUE (device, first, last, head)
) STRICT;
