-- One index for each named list. Few inquiries are not closed, so the indexes
-- of these hold no others: they stay small, whatever the years bring. They hold
-- the state too, so that counting looks at no row.
DROP INDEX ticket_assignee_received;
CREATE INDEX ticket_unclosed ON ticket (received, id, state) WHERE state <> 'closed';
CREATE INDEX ticket_unclosed_assignee ON ticket (assignee, received, id, state) WHERE state <> 'closed';
CREATE INDEX ticket_unclosed_wished ON ticket (wished, id, state) WHERE state <> 'closed';
CREATE INDEX ticket_department_received ON ticket (department, received, id);
CREATE INDEX ticket_site_received ON ticket (site, received, id);
