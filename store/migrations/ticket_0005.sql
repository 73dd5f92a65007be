-- When an inquiry was closed, for the report of a month gone by, and which of them
-- stand among the frequent questions.
ALTER TABLE ticket ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN faq_entry INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ticket_closed ON ticket (closed, id);
CREATE INDEX ticket_faq_entry_received ON ticket (faq_entry, received, id);
