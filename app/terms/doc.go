// Package terms is what the city and the contractor agreed on beside the contract, as
// far as clocks are judged by it: travel times of sites (clause 3.3.2), the ledger of
// readings (解釈台帳: questions that the specification leaves open, and from which day
// each is read how by which agreement), hours that were asked for in addition (clause 3.1.4), and the
// times in which the helpdesk did not run (clause 3.3.1). [Read] makes of them what
// [daicho/app/sla] is asked with.
//
// Judging is not here, nor the calendars themselves.
package terms

import "daicho/app"

// Module is what the product takes from this package.
func Module(number Number) app.Module {
	return app.Module{Name: "terms", Registers: []app.AnyRegister{Travels, topics(number), Readings, Extras, Outages}}
}

// errAgreed keeps what results were computed by.
var errAgreed = app.Refuse(app.Forbidden, "", "合意の記録は変更できません。新しい施行日で登録してください。",
	"what was agreed on is never changed; enter another with a new first day")

// errOrder refuses a time that ends before it begins.
var errOrder = app.Refuse(app.Invalid, "until", "終わりは始まりより後にしてください。日時を確かめてください。", "it ends before it begins; look at both")
