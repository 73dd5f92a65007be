// Package modules is the one list of modules and of what belongs to no single
// one of them: the number table and the rights. Rules of a kind do not belong here; they
// stand in the kind's own package.
package modules

import (
	"daicho/app"
	"daicho/app/disaster"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/app/voided"
)

// All is every module of the product.
func All() []app.Module {
	return []app.Module{
		{Name: "core", Registers: []app.AnyRegister{app.Conflicts, app.Dismissals}},
		ticket.Module(),
		document.Module(),
		emergency.Module(),
		people.Module(),
		erasure.Module(),
		voided.Module(),
		disaster.Module(),
	}
}

// numbers are the templates of official numbers: of tickets by fiscal year,
// of documents as municipal letters are numbered.
var numbers = map[app.Kind]app.NumberTemplate{
	ticket.Kind:   "{FY}-{n:6}",
	document.Kind: "{FY:R}葉情第{n}号",

	emergency.Kind: "{FY}-{n:6}",

	erasure.Kind: "E{FY}-{n:4}",

	disaster.Kind: "D{FY}-{n:4}",

	app.PersonKind:          "P-{n:5}",
	people.OrganisationKind: "O-{n:4}",
	people.SiteKind:         "S-{n:4}",
	people.GrantKind:        "G-{n:5}",
}

// Book is what all decisions of the product are made by.
func Book() app.Book {
	return app.Book{Registers: app.Collect(All()), Numbers: numbers, Access: people.Rights{Table: rights}}
}
