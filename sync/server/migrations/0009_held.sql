-- Two segments may wait that begin at one change and end otherwise: a copied folder
-- made one of them, or somebody who carried it altered it. Which is which shows when
-- what precedes them comes. For those of before the device stands in place of the end.
CREATE TABLE held_by_end (
  device   BLOB    NOT NULL,
  first    INTEGER NOT NULL,
  head     BLOB    NOT NULL,
  segment  BLOB    NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (device, first, head)
);
INSERT INTO held_by_end (device, first, head, segment, received) SELECT device, first, device, segment, received FROM held;
DROP TABLE held;
ALTER TABLE held_by_end RENAME TO held;
