package incident

import (
	"daicho/app"
	"daicho/app/sla"
)

// Step is a moment of an incident. It has an author and a time of its own, so it is
// never changed: who was wrong records another, and the last one counts.
type Step struct {
	app.Head
	Incident app.Ref
	What     What
	At       app.Stamp
	LastGood app.Stamp // of the beginning: the last check before it that was good
	Claimed  app.Stamp // by the device's own clock
	Error    int       // milliseconds
	Vouched  bool      // the error is known
	Source   sla.Source
	Way      string  // by which a notice went
	Who      string  // whom it was told, or who decided
	Grade    app.Ref // that was given
	Serious  bool    // what that grade meant then
	Decision app.Ref // the record by which work was taken up again
	Note     string
	By       app.Ref   // who recorded it
	Made     app.Stamp // it was recorded
}

// What is what a moment is of.
type What string

// The moments.
const (
	Occur   What = "occur"   // 発生
	Detect  What = "detect"  // 検知
	Draft   What = "draft"   // 起票
	Send    What = "send"    // 通知: sent
	Deliver What = "deliver" // it arrived
	Ack     What = "ack"     // somebody confirmed it
	Scope   What = "scope"   // 影響範囲の特定
	Plan    What = "plan"    // 対応手法の策定
	Report  What = "report"  // 報告
	Recover What = "recover" // 復旧
	Regrade What = "grade"
	Know    What = "know"   // 認知
	Judge   What = "judge"  // 判断
	Stop    What = "stop"   // 停止
	Resume  What = "resume" // 再開
	Prompt  What = "prompt" // 速報 to the commission
	Full    What = "full"   // 確報 to the commission
	Close   What = "close"
)

var whats = []app.Option[What]{
	app.Is(Occur, "発生", "Occurred"), app.Is(Detect, "検知", "Detected"), app.Is(Draft, "起票", "Drafted"),
	app.Is(Send, "通知（発信）", "Notice sent"), app.Is(Deliver, "通知（到達）", "Notice delivered"), app.Is(Ack, "通知（受領確認）", "Notice acknowledged"),
	app.Is(Scope, "影響範囲の特定", "Scope found"), app.Is(Plan, "対応手法の策定", "Measures planned"), app.Is(Report, "報告", "Reported"),
	app.Is(Recover, "復旧", "Recovered"), app.Is(Regrade, "重大度", "Graded"), app.Is(Know, "認知", "Became known"), app.Is(Judge, "判断", "Decided"),
	app.Is(Stop, "停止", "Stopped"), app.Is(Resume, "再開", "Taken up again"), app.Is(Prompt, "個人情報保護委員会への速報", "Prompt report to the commission"),
	app.Is(Full, "個人情報保護委員会への確報", "Full report to the commission"), app.Is(Close, "終結", "Closed"),
}

// Steps is the register of them.
var Steps = app.Describe(StepKind, "障害の経過", "Course of incidents",
	app.Link("incident", "障害", "Incident", Kind, func(s *Step) *app.Ref { return &s.Incident }).Must().Index(),
	app.One("what", "内容", "What", func(s *Step) *What { return &s.What }, whats...).Must(),
	app.At("at", "日時", "Time", func(s *Step) *app.Stamp { return &s.At }).Must().Index(),
	app.At("last_good", "最後に正常だった日時", "Last good check", func(s *Step) *app.Stamp { return &s.LastGood }),
	app.At("claimed", "端末の時計", "Device's clock", func(s *Step) *app.Stamp { return &s.Claimed }),
	app.Int("error", "誤差（ミリ秒）", "Error (ms)", func(s *Step) *int { return &s.Error }),
	app.Bool("vouched", "誤差の裏付け", "Error known", func(s *Step) *bool { return &s.Vouched }),
	app.One("source", "時刻の出所", "Source of the time", func(s *Step) *sla.Source { return &s.Source }, sla.Sources...),
	app.Text("way", "方法", "Way", func(s *Step) *string { return &s.Way }),
	app.Text("who", "相手", "Who", func(s *Step) *string { return &s.Who }).Seal(),
	app.Link("grade", "重大度", "Severity", SeverityKind, func(s *Step) *app.Ref { return &s.Grade }),
	app.Bool("serious", "重大な障害", "Serious", func(s *Step) *bool { return &s.Serious }),
	app.Link("decision", "決定の記録", "Decision", "", func(s *Step) *app.Ref { return &s.Decision }),
	app.Long("note", "備考", "Note", func(s *Step) *string { return &s.Note }).Search().Seal(),
	app.Link("by", "記録者", "Recorded by", app.PersonKind, func(s *Step) *app.Ref { return &s.By }),
	app.At("noted", "記録日時", "Recorded at", func(s *Step) *app.Stamp { return &s.Made }).Index(),
).Clause("3.2.2", "3.4.3").Within(func(s *Step) app.Ref { return s.Incident }).Rule(stands).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("incident", "障害別", "By incident").Of("incident").By("noted"),
)

var errStands = app.Refuse(app.Forbidden, "", "障害の経過は、障害の操作で作られ、変更できません。訂正は同じ操作をもう一度行ってください。",
	"the course is written by the commands of an incident and never changed; to correct one, do the command again")

// stands lets the commands of an incident alone make a step, and those of an event that
// say which target failed.
func stands(a *app.Act, before, _ *Step) error {
	if own := a.Own().Kind; !before.IsNew() || own != Kind && own != "monitor_event" {
		return errStands
	}
	return nil
}

// Told is the step's time as clocks count it.
func (s *Step) Told() sla.Told {
	return sla.Told{At: s.At, Claimed: s.Claimed, Error: s.Error, Vouched: s.Vouched, Source: s.Source}
}

// step writes down a moment.
func (i *Incident) step(a *app.Act, what What, t sla.Told) *Step {
	s := Steps.Draft(a.NewID())
	s.Incident, s.What, s.At, s.Claimed, s.Error, s.Vouched, s.Source = i.Ref, what, t.At, t.Claimed, t.Error, t.Vouched, t.Source
	s.By, s.Made = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, a.At
	a.Save(s)
	return s
}
