package modules

import (
	"daicho/app"
	"daicho/app/access"
	"daicho/app/disaster"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/app/voided"
)

// Who is spoken of together in the table of rights.
var (
	inquirer = access.Roles{access.Inquirer}
	city     = access.Roles{access.CityOfficer, access.CityApprover}
	lookers  = access.Roles{access.CIO, access.CityAuditor, access.Auditor} // they only read
	leaders  = access.Roles{access.PM, access.PhaseLeader}
	desk     = access.Roles{access.Helpdesk, access.Monitor, access.Security}
	field    = access.Roles{access.FieldEngineer}
	office   = access.Roles{access.PMO, access.Improvement, access.Accountant}
	reviews  = access.Roles{access.Reviewer1, access.Reviewer2, access.Expert}
	owner    = access.Roles{access.CityOwner}
	better   = access.Roles{access.PMO, access.Improvement}
	secure   = access.Roles{access.Security, access.PM, access.CityApprover}
	admin    = access.Roles{access.Admin}
	auditors = access.Roles{access.CityAuditor, access.Auditor}
	approver = access.Roles{access.CityApprover}
)

// finding is the kind of what the scanner finds: it is closed to the helpdesk.
const finding app.Kind = "finding"

// rights say who may do what, one line for each kind.
var rights = access.Table{
	app.ConflictKind:  access.Within("answer"),
	app.DismissalKind: access.Within().CreateByAnybody(),
	ticket.Kind: access.ReadBy(inquirer, city, lookers, leaders, desk, field, better).EditBy(city, leaders, desk, field).
		CreateBy(inquirer, city, leaders, desk, field).Only("dispatch", leaders, desk).OwnOnly(inquirer),
	document.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, field, office),
	voided.Kind:   access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews),

	emergency.Kind: access.ReadBy(secure, lookers).CreateByAnybody(),
	erasure.Kind:   access.ReadBy(city, lookers, leaders, secure).WriteBy(city, leaders, secure).Only("approve", approver).Only("decline", approver),
	disaster.Kind: access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders).
		Only("declare", approver, leaders).Only("end", approver, leaders),
	finding:       access.ReadBy(secure, lookers).WriteBy(access.Roles{access.Security}),
	app.AuditKind: access.ReadBy(auditors),

	app.PersonKind:          access.ReadBy(admin, city, lookers, leaders, desk, field).WriteBy(admin).Personal(),
	people.OrganisationKind: access.ReadBy(admin, inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(admin, city, leaders),
	people.SiteKind:         access.ReadBy(admin, inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(admin, city, leaders),
	people.GrantKind:        access.ReadBy(admin, secure, lookers).WriteBy(admin).Personal(),
}
