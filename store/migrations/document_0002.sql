-- One index for each named list.
CREATE INDEX document_owner_issued ON document (owner, issued, id);
