// Package modules is the one list of modules and of what belongs to no single
// one of them: the number table and the rights. Rules of a kind do not belong here; they
// stand in the kind's own package.
package modules

import (
	"daicho/app"
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

// All is every module of the product.
func All() []app.Module {
	all := others()
	return append(all, numbering.Module(voided.Leased, numbered(all)))
}

// numbered are the registers whose numbers can be leased and written otherwise.
func numbered(all []app.Module) (n numbering.Numbered) {
	for _, m := range all {
		for _, g := range m.Registers {
			about := g.About()
			if numbers[about.Kind] == "" {
				continue
			}
			n.Registers = append(n.Registers, app.Choice{Value: string(about.Kind), Name: string(about.Kind), Label: about.Label})
			if _, typed := g.New().(numbering.Typed); typed {
				types, _ := app.SpecOf(g, "type")
				n.Types = append(n.Types, types.Choices...)
			}
		}
	}
	return n
}

// others are the modules but that of numbers, which knows what they number.
func others() []app.Module {
	return []app.Module{
		{Name: "core", Registers: []app.AnyRegister{app.Conflicts, app.Dismissals}},
		ticket.Module(),
		document.Module(discard, minuted, changed),
		agreement.Module(document.VersionsSince),
		staffing.Module(document.Paper),
		task.Module(),
		requirement.Module(),
		changerequest.Module(document.ApprovedVersions),
		meeting.Module(meeting.Office{Enter: enter, Minute: minute}),
		emergency.Module(),
		people.Module(),
		erasure.Module(retention.Free),
		retention.Module(shelf),
		voided.Module(),
		disaster.Module(),
		finding.Module(putRight),
		letter.Module(),
		notice.Module(),
		terms.Module(agreement.InForce),
		dispatch.Module(ticket.Send),
		incident.Module(),
		monitor.Module(concern),
		synonym.Module(),
		search.Module(),
	}
}

// numbers are the templates of official numbers: of tickets by fiscal year,
// of documents as municipal letters are numbered.
var numbers = map[app.Kind]app.NumberTemplate{
	ticket.Kind:   "{FY}-{n:6}",
	document.Kind: "{FY:R}葉情第{n}号",

	dispatch.Kind:  "V{FY}-{n:5}",
	incident.Kind:  "I{FY}-{n:4}",
	agreement.Kind: "A{FY}-{n:4}",
	task.Kind:      "T{FY}-{n:4}",

	meeting.BodyKind: "MB-{n:3}",
	meeting.Kind:     "MT{FY}-{n:4}",

	changerequest.Kind:      "C{FY}-{n:4}",
	requirement.Kind:        "RQ-{n:4}",
	requirement.MeasureKind: "RM{FY}-{n:3}",

	staffing.MemberKind:      "M-{n:4}",
	staffing.ReplacementKind: "MR{FY}-{n:3}",

	emergency.Kind: "{FY}-{n:6}",

	erasure.Kind: "E{FY}-{n:4}",

	retention.HoldKind:     "H{FY}-{n:4}",
	retention.DisposalKind: "DP{FY}-{n:4}",

	disaster.Kind: "D{FY}-{n:4}",

	monitor.TargetKind: "MT-{n:4}",
	monitor.MethodKind: "MM{FY}-{n:4}",
	monitor.DriftKind:  "MC{FY}-{n:4}",

	finding.Kind:      "F{FY}-{n:5}",
	finding.JobKind:   "J-{n:4}",
	finding.RunKind:   "S{FY}-{n:5}",
	finding.AssetKind: "IA-{n:5}",

	app.PersonKind:          "P-{n:5}",
	people.OrganisationKind: "O-{n:4}",
	people.SiteKind:         "S-{n:4}",
	people.GrantKind:        "G-{n:5}",
}

// strict are the registers whose numbers follow one another: formal letters.
var strict = map[app.Kind]bool{document.Kind: true}

// Book is what all decisions of the product are made by.
func Book() app.Book {
	return app.Book{Registers: app.Collect(All()), Numbers: numbers, Strict: strict, Numbering: numbering.Numbering(voided.Leased), Access: people.Rights{Table: rights}}
}
