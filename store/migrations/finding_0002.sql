-- Findings can be narrowed by the gravest kind of data in them, and by their protection.

ALTER TABLE finding ADD COLUMN gravest TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN protection TEXT NOT NULL DEFAULT '';
CREATE INDEX finding_gravest ON finding (gravest, id);
CREATE INDEX finding_protection ON finding (protection, id);
