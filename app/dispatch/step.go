package dispatch

import (
	"daicho/app"
	"daicho/app/sla"
)

// Step is something that happened on the way to a visit's end. It has an author and a
// time of its own, so it is never changed.
type Step struct {
	app.Head
	Visit   app.Ref
	What    What
	At      app.Stamp
	Claimed app.Stamp // by the device's own clock
	Error   int       // milliseconds
	Vouched bool      // the error is known
	Source  sla.Source
	Wish    app.Stamp // of a wish: the time that is wished for
	Who     string    // who wished, or confirmed
	Note    string
	By      app.Ref   // who recorded it
	Made    app.Stamp // it was recorded
}

// What is what happened.
type What string

// What can happen.
const (
	Wish    What = "wish"
	Depart  What = "depart"
	Arrive  What = "arrive"
	Begin   What = "begin"
	Remote  What = "remote"
	Finish  What = "finish"
	Absent  What = "absent"
	Confirm What = "confirm"
	Cancel  What = "cancel"
)

// Steps is the register of them.
var Steps = app.Describe(StepKind, "現地対応の記録", "Steps of visits",
	app.Link("visit", "現地対応", "Visit", Kind, func(s *Step) *app.Ref { return &s.Visit }).Must().Index(),
	app.One("what", "内容", "What", func(s *Step) *What { return &s.What },
		app.Is(Wish, "希望時間", "Wish"), app.Is(Depart, "出発", "Left"), app.Is(Arrive, "到着", "Arrived"), app.Is(Begin, "作業開始", "Began"),
		app.Is(Remote, "遠隔着手", "Began from afar"), app.Is(Finish, "完了", "Done"), app.Is(Absent, "不在", "Nobody there"),
		app.Is(Confirm, "確認", "Confirmed"), app.Is(Cancel, "取消", "Cancelled")).Must(),
	app.At("at", "日時", "Time", func(s *Step) *app.Stamp { return &s.At }).Must().Index(),
	app.At("claimed", "端末の時計", "Device's clock", func(s *Step) *app.Stamp { return &s.Claimed }),
	app.Int("error", "誤差（ミリ秒）", "Error (ms)", func(s *Step) *int { return &s.Error }),
	app.Bool("vouched", "誤差の裏付け", "Error known", func(s *Step) *bool { return &s.Vouched }),
	app.One("source", "時刻の出所", "Source of the time", func(s *Step) *sla.Source { return &s.Source }, sla.Sources...),
	app.At("wish", "希望時間", "Wished time", func(s *Step) *app.Stamp { return &s.Wish }),
	app.Text("who", "相手", "Who", func(s *Step) *string { return &s.Who }).Seal(),
	app.Long("note", "備考", "Note", func(s *Step) *string { return &s.Note }).Search().Seal(),
	app.Link("by", "記録者", "Recorded by", app.PersonKind, func(s *Step) *app.Ref { return &s.By }),
	app.At("noted", "記録日時", "Recorded at", func(s *Step) *app.Stamp { return &s.Made }),
).Clause("3.3.2").Within(func(s *Step) app.Ref { return s.Visit }).Rule(stands).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("visit", "現地対応別", "By visit").Of("visit").By("at"),
)

var errStands = app.Refuse(app.Forbidden, "", "現地対応の記録は、現地対応の操作で作られ、変更できません。", "steps are made by the commands of a visit, and are never changed")

// stands lets the commands of a visit alone make a step.
func stands(a *app.Act, before, _ *Step) error {
	if !before.IsNew() || a.Own().Kind != Kind {
		return errStands
	}
	return nil
}

// Told is the step's time as clocks count it.
func (s *Step) Told() sla.Told {
	return sla.Told{At: s.At, Claimed: s.Claimed, Error: s.Error, Vouched: s.Vouched, Source: s.Source}
}

// step writes down what happened.
func (v *Visit) step(a *app.Act, what What, t sla.Told) *Step {
	s := Steps.Draft(a.NewID())
	s.Visit, s.What, s.At, s.Claimed, s.Error, s.Vouched, s.Source = v.Ref, what, t.At, t.Claimed, t.Error, t.Vouched, t.Source
	s.By, s.Made = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, a.At
	a.Save(s)
	return s
}
