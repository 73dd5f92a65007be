-- What is not closed and has no visit wished, in the order of arrival: the page
-- of today shows the first of these after those with a time, of all and of one
-- person.
CREATE INDEX ticket_unclosed_unwished ON ticket (wished, received, id, state) WHERE state <> 'closed';
CREATE INDEX ticket_unclosed_assignee_wished ON ticket (assignee, wished, received, id, state) WHERE state <> 'closed';
