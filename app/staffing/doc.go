// Package staffing is who works for the contract (clause 3.1.3): the posts with what
// they take, the managers and leaders with the city's approval, what each person can,
// and the replacement of one by another, which the city examines and which is not
// granted in a construction phase (構築フェーズ) unless a document of the city says so.
//
// Who may do what in this program is the grants' matter (app/people), not this one's.
package staffing

import (
	"daicho/app"
	"daicho/app/civil"
)

// documentKind is that of app/document, which modules name and never import.
const documentKind app.Kind = "document"

// Paper tells of a document its number and whether it was issued: the module that has
// documents answers.
type Paper func(a *app.Act, document app.Ref) (number string, issued bool, err error)

// Module is what the product takes from this package.
func Module(paper Paper) app.Module {
	return app.Module{Name: "staffing", Registers: []app.AnyRegister{Phases, Posts, Skills, Members, replacements(paper)}}
}

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }
