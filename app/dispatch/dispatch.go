// Package dispatch is the register of visits (現地対応, clause 3.3.2): who goes where for
// which inquiry, at what time somebody is wished for, and each step of the way with its
// time. Whether somebody was there in time is judged by [daicho/app/sla], which
// [Load] hands the steps to; nothing of it is stored.
package dispatch

import (
	"daicho/app"
	"daicho/app/people"
)

// The kinds.
const (
	Kind     app.Kind = "visit"
	StepKind app.Kind = "visit_step"

	ticketKind app.Kind = "ticket" // which a visit stands within
)

// Visit is one call for somebody to come. Its times are its steps'; what stands here of
// them is for lists.
type Visit struct {
	app.Head
	Ticket    app.Ref
	Site      app.Ref
	State     State
	Engineer  string
	Wished    app.Stamp // as wished last
	WishedBy  string
	Arrived   app.Stamp
	Ended     app.Stamp
	Work      string
	Parts     string
	Next      string // what is still to be done
	Confirmed string // who confirmed the work
	Signature []app.Blob
	Photos    []app.Blob
}

// State is where a visit stands.
type State string

// The states.
const (
	Asked     State = ""
	OnTheWay  State = "on_the_way"
	There     State = "there"
	Working   State = "working"
	Remotely  State = "remotely" // somebody works on it from afar
	Done      State = "done"
	Cancelled State = "cancelled"
)

// Register is the register of visits.
var Register = app.Describe(Kind, "現地対応", "Visits",
	app.Link("ticket", "問い合わせ", "Ticket", ticketKind, func(v *Visit) *app.Ref { return &v.Ticket }).Must().Index(),
	app.Link("site", "拠点", "Site", people.SiteKind, func(v *Visit) *app.Ref { return &v.Site }).Must().Index(),
	app.One("state", "状態", "State", func(v *Visit) *State { return &v.State },
		app.First(Asked, "asked", "手配済み", "Asked for"), app.Is(OnTheWay, "移動中", "On the way"), app.Is(There, "到着", "Arrived"),
		app.Is(Working, "作業中", "Working"), app.Is(Remotely, "遠隔対応中", "From afar"), app.Is(Done, "完了", "Done"), app.Is(Cancelled, "取消", "Cancelled")).ByRule().Index(),
	app.Text("engineer", "技術者", "Engineer", func(v *Visit) *string { return &v.Engineer }).Must().Index().Seal(),
	app.At("wished", "希望時間", "Wished time", func(v *Visit) *app.Stamp { return &v.Wished }).Must().Index(),
	app.Text("wished_by", "希望した者", "Wished by", func(v *Visit) *string { return &v.WishedBy }).Seal(),
	app.At("arrived", "到着", "Arrived", func(v *Visit) *app.Stamp { return &v.Arrived }).ByRule(),
	app.At("ended", "完了日時", "Ended", func(v *Visit) *app.Stamp { return &v.Ended }).ByRule(),
	app.Long("work", "作業内容", "Work done", func(v *Visit) *string { return &v.Work }).Search().Seal(),
	app.Text("parts", "交換部品", "Parts", func(v *Visit) *string { return &v.Parts }).Search(),
	app.Long("next", "次の対応", "What is left", func(v *Visit) *string { return &v.Next }).Search().Seal(),
	app.Text("confirmed", "確認者", "Confirmed by", func(v *Visit) *string { return &v.Confirmed }).ByRule().Seal(),
	app.Files("signature", "署名", "Signature", func(v *Visit) *[]app.Blob { return &v.Signature }),
	app.Files("photos", "写真・証拠", "Photos and evidence", func(v *Visit) *[]app.Blob { return &v.Photos }),
).Clause("3.3.2").Within(func(v *Visit) app.Ref { return v.Ticket }).Rule(wishes).Can(commands()...).Lists(
	app.Listed("open", "未完了", "Not done", unfinished...).By("wished"),
	app.Listed("mine", "自分の担当", "Mine", append(unfinished[:2:2], app.Where("engineer", "=", app.Me))...).By("wished"),
	app.Listed("ticket", "問い合わせ別", "By ticket").Of("ticket").By("wished"),
	app.Listed("site", "拠点別", "By site").Of("site").Newest("wished"),
	app.Listed("all", "全て", "All").Newest("wished"),
)

var unfinished = []app.Cond{app.Where("state", "<>", string(Done)), app.Where("state", "<>", string(Cancelled))}

// Send tells the inquiry that somebody was sent to it.
type Send func(a *app.Act, ticket app.Ref, engineer string, wished app.Stamp) error

// Module is what the product takes from this package.
func Module(send Send) app.Module {
	visits := Register.Can() // a register of its own: this one sends
	return app.Module{Name: "dispatch", Registers: []app.AnyRegister{visits.Rule(sending(send)), Steps}}
}
