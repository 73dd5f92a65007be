-- The register of information assets.

CREATE TABLE info_asset (
	id              BLOB PRIMARY KEY,
	gsn             INTEGER NOT NULL,
	doc             BLOB    NOT NULL,
	number          TEXT    NOT NULL,
	title           TEXT    NOT NULL,
	department      TEXT    NOT NULL,
	confidentiality TEXT    NOT NULL,
	integrity       TEXT    NOT NULL,
	availability    TEXT    NOT NULL,
	personal        INTEGER NOT NULL,
	job             TEXT    NOT NULL,
	state           TEXT    NOT NULL,
	review_by       INTEGER NOT NULL
) STRICT;
CREATE INDEX info_asset_number ON info_asset (number, id);
CREATE INDEX info_asset_title ON info_asset (title, id);
CREATE INDEX info_asset_department ON info_asset (department, id);
CREATE INDEX info_asset_confidentiality ON info_asset (confidentiality, id);
CREATE INDEX info_asset_integrity ON info_asset (integrity, id);
CREATE INDEX info_asset_availability ON info_asset (availability, id);
CREATE INDEX info_asset_personal ON info_asset (personal, id);
CREATE INDEX info_asset_review_by ON info_asset (review_by, id);

-- One index for each named list.
CREATE INDEX info_asset_state_title ON info_asset (state, title, id);
CREATE INDEX info_asset_state_personal_title ON info_asset (state, personal, title, id);
CREATE INDEX info_asset_state_department_title ON info_asset (state, department, title, id);
CREATE INDEX info_asset_state_review_by ON info_asset (state, review_by, id);
CREATE INDEX info_asset_job_title ON info_asset (job, title, id);
