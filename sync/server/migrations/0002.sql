-- A table of page tags stands beside the database now. A program that does not know
-- of it must not write here, and a database that says so is never without it.
PRAGMA user_version = 1;
