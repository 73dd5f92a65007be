package meeting

import "daicho/app"

// Kind is the kind of meetings.
const Kind app.Kind = "meeting"

// Meeting is one meeting of a body.
type Meeting struct {
	app.Head
	Title    string // unless named: that of the body, with the day
	Body     app.Ref
	State    State
	Begins   app.Stamp
	Ends     app.Stamp
	Place    string
	Present  []Attendee
	Agenda   string
	Papers   []app.Ref // 配布資料
	Next     app.Stamp // 次回
	Reason   string    // why it was called off
	Sequence int       // how often what invitations say has changed

	PapersBy  app.Day // last day on which papers are in time; zero: there is none
	PapersOn  app.Day // on which there were some
	MinutesBy app.Day // last day on which the city is given the minutes in time
	GivenOn   app.Day // on which it was given them
	Final     app.Day // on which it confirmed them
	Stage     Stage
	Minutes   app.Ref // the document
}

// Attendee is somebody who was asked to come.
type Attendee struct {
	Name   string
	Side   Side
	Absent bool
}

// State is whether a meeting has been.
type State string

// The states.
const (
	Planned   State = ""
	Held      State = "held"
	Cancelled State = "cancelled"
)

// Stage is how far the minutes are.
type Stage string

// The stages.
const (
	Unwritten Stage = ""
	Draft     Stage = "draft"
	Check     Stage = "check" // by the contractor
	Confirm   Stage = "confirm"
	Confirmed Stage = "confirmed"
)

// Reason is why something is called off.
type Reason struct{ Reason string }

func register(office Office) *app.Register[Meeting] {
	return Register.Can(
		app.Do("enter", "決定・対応・要望を台帳に登録する", "Enter what was said", enter(office)).Saw("state"),
		app.Do("minutes", "議事録を作る", "Write the minutes", minutes(office)).Saw("state", "stage"),
	)
}

// Register is the register of meetings, without the commands that make records of
// others: [Module] adds them.
var Register = app.Describe(Kind, "会議", "Meetings",
	app.Text("title", "件名", "Title", func(m *Meeting) *string { return &m.Title }).Search().Index(),
	app.Link("body", "会議体", "Body", BodyKind, func(m *Meeting) *app.Ref { return &m.Body }).Must().Index(),
	app.One("state", "状態", "State", func(m *Meeting) *State { return &m.State },
		app.First(Planned, "planned", "予定", "Planned"), app.Is(Held, "開催済", "Held"), app.Is(Cancelled, "中止", "Cancelled")).ByRule().Index(),
	app.At("begins", "開始", "Begins", func(m *Meeting) *app.Stamp { return &m.Begins }).Must().Index(),
	app.At("ends", "終了", "Ends", func(m *Meeting) *app.Stamp { return &m.Ends }),
	app.Text("place", "場所", "Place", func(m *Meeting) *string { return &m.Place }).Search(),
	app.Rows("present", "出席者", "Present", func(m *Meeting) *[]Attendee { return &m.Present },
		app.Text("name", "氏名", "Name", func(p *Attendee) *string { return &p.Name }).Must(),
		app.One("side", "所属", "Side", func(p *Attendee) *Side { return &p.Side }, sides...),
		app.Bool("absent", "欠席", "Absent", func(p *Attendee) *bool { return &p.Absent }),
	).Search().Seal(),
	app.Long("agenda", "議題", "Agenda", func(m *Meeting) *string { return &m.Agenda }).Search().Seal(),
	app.Links("papers", "配布資料", "Papers", func(m *Meeting) *[]app.Ref { return &m.Papers }),
	app.At("next", "次回", "Next", func(m *Meeting) *app.Stamp { return &m.Next }),
	app.Long("reason", "中止の理由", "Why it was called off", func(m *Meeting) *string { return &m.Reason }).ByRule().Seal(),
	app.Int("sequence", "通知の改訂", "Changes", func(m *Meeting) *int { return &m.Sequence }).ByRule(),
	app.On("papers_by", "資料の提出期限", "Papers due", func(m *Meeting) *app.Day { return &m.PapersBy }).ByRule().Index(),
	app.On("papers_on", "資料の提出日", "Papers given", func(m *Meeting) *app.Day { return &m.PapersOn }).ByRule().Index(),
	app.On("minutes_by", "議事録の提出期限", "Minutes due", func(m *Meeting) *app.Day { return &m.MinutesBy }).ByRule().Index(),
	app.On("given_on", "議事録の提出日", "Minutes given", func(m *Meeting) *app.Day { return &m.GivenOn }).ByRule().Index(),
	app.On("final", "議事録の確定日", "Minutes confirmed", func(m *Meeting) *app.Day { return &m.Final }).ByRule(),
	app.One("stage", "議事録", "Minutes", func(m *Meeting) *Stage { return &m.Stage },
		app.First(Unwritten, "unwritten", "未作成", "Not written"), app.Is(Draft, "作成中", "Draft"), app.Is(Check, "事業者確認中", "Contractor checks"),
		app.Is(Confirm, "市確認中", "City confirms"), app.Is(Confirmed, "確定", "Confirmed")).ByRule().Index(),
	app.Link("minutes", "議事録の文書", "Document of the minutes", documentKind, func(m *Meeting) *app.Ref { return &m.Minutes }).ByRule().Index(),
).Clause("1.1.1", "2.1.1").Rule(stands).Rule(planned).Rule(renewed).Can(
	app.Do("hold", "開催した", "It was held", hold).Saw("state"),
	app.Do("cancel", "中止する", "Call it off", cancel,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("begins"),
	app.Listed("coming", "今後の予定", "Coming", app.Where("state", "=", string(Planned)), app.Where("begins", ">=", app.Today)).By("begins"),
	app.Listed("late", "議事録の遅れ", "Minutes late", app.Where("state", "=", string(Held)), app.Where("given_on", "=", int64(0)), app.Where("minutes_by", "<", app.Today)).By("minutes_by"),
	app.Listed("unwritten", "議事録が未提出", "Minutes not given", app.Where("state", "=", string(Held)), app.Where("given_on", "=", int64(0))).By("minutes_by"),
	app.Listed("confirm", "市の確認待ち", "Waits for the city", app.Where("stage", "=", string(Confirm))).By("minutes_by"),
	app.Listed("papers", "資料の遅れ", "Papers late", app.Where("state", "=", string(Planned)), app.Where("papers_on", "=", int64(0)), app.Where("papers_by", ">", int64(0)), app.Where("papers_by", "<", app.Today)).By("papers_by"),
	app.Listed("body", "会議体別", "By body").Of("body").Newest("begins"),
)

// Module is what the product takes from this package.
func Module(office Office) app.Module {
	return app.Module{Name: "meeting", Registers: []app.AnyRegister{Bodies, register(office), Items}}
}
