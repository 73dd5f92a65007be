-- The registers of persons, organisations, sites and grants.

-- Who wrote what is the server's directory, which everybody has. The register of
-- persons has its name from now on.
ALTER TABLE person RENAME TO directory;

CREATE TABLE person (
	id           BLOB PRIMARY KEY,
	gsn          INTEGER NOT NULL,
	doc          BLOB    NOT NULL,
	number       TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	kana         TEXT    NOT NULL,
	organisation TEXT    NOT NULL,
	site         TEXT    NOT NULL
) STRICT;
CREATE INDEX person_number ON person (number, id);
CREATE INDEX person_name ON person (name, id);
CREATE INDEX person_kana ON person (kana, id);
CREATE INDEX person_organisation ON person (organisation, id);
CREATE INDEX person_site ON person (site, id);

CREATE TABLE organisation (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	side   TEXT    NOT NULL,
	above  TEXT    NOT NULL
) STRICT;
CREATE INDEX organisation_number ON organisation (number, id);
CREATE INDEX organisation_name ON organisation (name, id);
CREATE INDEX organisation_side ON organisation (side, id);
CREATE INDEX organisation_above ON organisation (above, id);

CREATE TABLE site (
	id     BLOB PRIMARY KEY,
	gsn    INTEGER NOT NULL,
	doc    BLOB    NOT NULL,
	number TEXT    NOT NULL,
	name   TEXT    NOT NULL
) STRICT;
CREATE INDEX site_number ON site (number, id);
CREATE INDEX site_name ON site (name, id);

CREATE TABLE "grant" (
	id      BLOB PRIMARY KEY,
	gsn     INTEGER NOT NULL,
	doc     BLOB    NOT NULL,
	number  TEXT    NOT NULL,
	person  TEXT    NOT NULL,
	name    TEXT    NOT NULL,
	role    TEXT    NOT NULL,
	"from"  INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	revoked INTEGER NOT NULL
) STRICT;
CREATE INDEX grant_number ON "grant" (number, id);
CREATE INDEX grant_person ON "grant" (person, id);
CREATE INDEX grant_name ON "grant" (name, id);
CREATE INDEX grant_role ON "grant" (role, id);
CREATE INDEX grant_from ON "grant" ("from", id);
CREATE INDEX grant_until ON "grant" (until, id);
CREATE INDEX grant_revoked ON "grant" (revoked, id);

-- One index for each named list.
CREATE INDEX person_organisation_kana ON person (organisation, kana, id);
CREATE INDEX person_site_kana ON person (site, kana, id);
CREATE INDEX organisation_side_name ON organisation (side, name, id);
CREATE INDEX grant_revoked_name ON "grant" (revoked, name, id);
CREATE INDEX grant_role_name ON "grant" (role, name, id);
CREATE INDEX grant_revoked_until ON "grant" (revoked, until, id);
