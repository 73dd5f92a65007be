-- The numbers of one change: a second place is told them with it.
CREATE INDEX number_change ON number (gsn);
