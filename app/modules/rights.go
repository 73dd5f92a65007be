package modules

import (
	"daicho/app"
	"daicho/app/access"
	"daicho/app/agreement"
	"daicho/app/changerequest"
	"daicho/app/disaster"
	"daicho/app/dispatch"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/finding"
	"daicho/app/incident"
	"daicho/app/letter"
	"daicho/app/meeting"
	"daicho/app/monitor"
	"daicho/app/notice"
	"daicho/app/numbering"
	"daicho/app/people"
	"daicho/app/requirement"
	"daicho/app/retention"
	"daicho/app/search"
	"daicho/app/staffing"
	"daicho/app/synonym"
	"daicho/app/task"
	"daicho/app/terms"
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
	security = access.Roles{access.Security}
	agent    = access.Roles{access.ScanAgent}
)

// rights say who may do what, one line for each kind.
var rights = access.Table{
	app.ConflictKind:  access.Within("answer"),
	app.DismissalKind: access.Within().CreateByAnybody(),
	ticket.Kind: access.ReadBy(inquirer, city, lookers, leaders, desk, field, better).EditBy(city, leaders, desk, field).
		CreateBy(inquirer, city, leaders, desk, field).Only("dispatch", leaders, desk).OwnOnly(inquirer),
	document.Kind:           access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, field, office).Only("discard", city, leaders),
	document.RevisionKind:   access.Within("approve", "return"),
	document.ApprovalKind:   access.Within(),
	document.ReceiptKind:    access.Within("read"),
	document.FlowKind:       access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city), // it may leave the city's step out
	document.DelegationKind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders, reviews),

	agreement.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, office).
		Only("allow", approver).Only("decline", approver),

	task.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, field, office, reviews),

	meeting.BodyKind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, office),
	meeting.Kind:     access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, office),
	meeting.ItemKind: access.Within(),

	changerequest.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, owner, leaders, desk, office).
		Only("agree", leaders).Only("approve", approver).Only("decline", approver, leaders),

	requirement.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders, better).
		Only("judge", leaders, better).Only("assess", city).Only("warn", city, owner),
	requirement.JudgementKind: access.Within(),
	requirement.MeasureKind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).EditBy(city, leaders, better).
		Only("propose", leaders, better).Only("finish", leaders, better).Only("approve", approver).Only("close", city).Only("return", city),

	staffing.PhaseKind:  access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city), // replacements depend on it
	staffing.PostKind:   access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders),
	staffing.SkillKind:  access.ReadBy(city, lookers, leaders).WriteBy(leaders),
	staffing.MemberKind: access.ReadBy(city, lookers, leaders).WriteBy(leaders).Only("approve", approver).Only("decline", approver),
	staffing.ReplacementKind: access.ReadBy(city, lookers, leaders).WriteBy(leaders).
		Only("permit", approver).Only("pass", approver).Only("fail", approver),

	voided.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews),

	emergency.Kind:         access.ReadBy(secure, lookers).CreateByAnybody(),
	erasure.Kind:           access.ReadBy(city, lookers, leaders, secure).WriteBy(city, leaders, secure).Only("approve", approver).Only("decline", approver),
	retention.HoldKind:     access.ReadBy(city, lookers, leaders, secure).WriteBy(city, leaders, secure).Only("release", approver),
	retention.DisposalKind: access.ReadBy(city, lookers, leaders).WriteBy(city, leaders).Only("approve", approver).Only("decline", approver),
	disaster.Kind: access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders).
		Only("declare", approver, leaders).Only("end", approver, leaders),
	numbering.LeaseKind:  access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders, desk, field),
	numbering.FormatKind: access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders),

	app.AuditKind:       access.ReadBy(auditors),
	ticket.NoteKind:     access.Within(),
	ticket.TemplateKind: access.ReadBy(city, lookers, leaders, desk, field, better).WriteBy(leaders, desk),
	synonym.Kind:        access.ReadBy(inquirer, city, lookers, leaders, desk, field, better).WriteBy(city, leaders), // all find by them
	search.Kind:         access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(inquirer, city, owner, leaders, desk, field, office, reviews).SharedOrSelf(),
	ticket.SlipKind:     access.ReadBy(lookers, desk).WriteBy(desk),
	letter.Kind:         access.ReadBy(city, lookers, leaders, desk).CreateBy(desk),
	letter.HeldKind:     access.ReadBy(secure, lookers).CreateBy(secure),
	notice.Kind:         access.ReadBy(city, lookers, leaders, desk).WriteBy(city, leaders, desk),
	notice.LineKind:     access.ReadBy(city, lookers, leaders, desk).WriteBy(city, leaders),

	dispatch.Kind:     access.Within(),
	dispatch.StepKind: access.Within(),
	incident.Kind: access.ReadBy(city, owner, lookers, leaders, desk, field, better).EditBy(city, leaders, desk).
		CreateBy(city, leaders, desk, field).Only("stop", city, leaders, desk, field).Only("grade", city, leaders).Only("resume", approver, leaders),
	incident.StepKind:     access.Within(),
	incident.SeverityKind: access.ReadBy(city, owner, lookers, leaders, desk, field, better).WriteBy(city, leaders),
	incident.MeasureKind:  access.ReadBy(city, lookers, leaders, desk, field).WriteBy(city, leaders, security),

	monitor.EventKind:      access.ReadBy(city, owner, lookers, leaders, desk, field, better).WriteBy(leaders, desk),
	monitor.TargetKind:     access.ReadBy(city, owner, lookers, leaders, desk, field, better).WriteBy(city, leaders, desk).Only("grade", city, leaders),
	monitor.AdjustmentKind: access.Within(),
	monitor.BackupKind:     access.Within(),
	monitor.RestoreKind:    access.Within(),
	monitor.SignKind:       access.Within("report", "close"),
	monitor.LogKind:        access.Within(),
	monitor.MethodKind:     access.ReadBy(city, owner, lookers, leaders, desk, field, better).WriteBy(city, leaders, desk).Only("approve", approver).Only("decline", approver),
	monitor.DriftKind:      access.ReadBy(city, owner, lookers, leaders, desk, field, better).WriteBy(city, leaders, desk),

	terms.TravelKind:  access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders),
	terms.TopicKind:   access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders).Only("adopt", approver),
	terms.ReadingKind: access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city), // the contractor is judged by them
	terms.ExtraKind:   access.ReadBy(inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders),
	terms.OutageKind:  access.ReadBy(city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(city, leaders),

	finding.JobKind:   access.ReadBy(secure, lookers, agent).WriteBy(security).SelfOnly(agent),
	finding.RunKind:   access.ReadBy(secure, lookers, agent).WriteBy(agent).SelfOnly(agent),
	finding.Kind:      access.ReadBy(secure, lookers, agent).EditBy(security).Only("approve", secure).Only("decline", secure).Only("lapse", security, agent).SelfOnly(agent),
	finding.AssetKind: access.ReadBy(city, owner, secure, lookers).WriteBy(city, security),
	finding.PlaceKind: access.ReadBy(security, agent).WriteBy(agent).SelfOnly(agent),

	app.PersonKind:          access.ReadBy(admin, city, lookers, leaders, desk, field).WriteBy(admin).Personal(),
	people.OrganisationKind: access.ReadBy(admin, inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(admin, city, leaders),
	people.SiteKind:         access.ReadBy(admin, inquirer, city, owner, lookers, leaders, desk, field, office, reviews).WriteBy(admin, city, leaders),
	people.GrantKind:        access.ReadBy(admin, secure, lookers).WriteBy(admin).Personal(),
}
