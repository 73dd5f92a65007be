// Package task is the register of tasks and to-dos (2.1.1): who does what by when,
// how far it is, and what its reviewer thinks of it. Every member sees all of them.
//
// What has a plan of its own (effort, successors, milestones) is work of a WBS; an
// inquiry is a ticket. Here stands what somebody promised, such as the actions
// (対応事項) of a meeting.
package task

import "daicho/app"

// Kind is the kind of tasks.
const Kind app.Kind = "task"

// Task is one thing to do.
type Task struct {
	app.Head
	Title    string
	State    State
	Side     Side
	Owner    app.Ref // who does it; none: who is named in Charge
	Charge   string  // somebody who is in no register, such as an officer of another section
	Reviewer app.Ref // who looks at how far it is, and how good; unless named, who entered it
	Due      app.Day
	Body     string
	Source   app.Ref // the meeting, or whatever it came from
	Clause   string

	Progress int // percent, as the owner told it
	Note     string
	Told     app.Stamp // when he did
	StaleOn  app.Day   // last day by which something should be heard of it; zero: of none any more
	Quality  Quality
	Verdict  string // the reviewer's words
	Ended    app.Day
}

// State is where a task stands.
type State string

// The states.
const (
	Open     State = ""
	Reported State = "reported" // its owner says that it is done
	Done     State = "done"     // and its reviewer says so, too
	Dropped  State = "dropped"
)

// Side is whose task it is.
type Side string

// The sides.
const (
	Contractor Side = "contractor"
	City       Side = "city"
)

// Quality is what the reviewer thinks of it.
type Quality string

// The qualities.
const (
	Unseen  Quality = ""
	Good    Quality = "good"
	Wanting Quality = "wanting" // something has to be mended
	Poor    Quality = "poor"    // it has to be done anew
)

var qualities = []app.Option[Quality]{
	app.First(Unseen, "unseen", "未確認", "Not looked at"), app.Is(Good, "良好", "Good"), app.Is(Wanting, "要改善", "Wanting"), app.Is(Poor, "不良", "Poor"),
}

// Report is how far a task is.
type Report struct {
	Progress int
	Note     string
}

// Finding is what the reviewer found.
type Finding struct {
	Quality Quality
	Note    string
}

// Words are a reason, or a result.
type Words struct{ Text string }

// Register is the register of tasks.
var Register = app.Describe(Kind, "タスク・ToDo", "Tasks",
	app.Text("title", "件名", "Title", func(t *Task) *string { return &t.Title }).Must().Search().Index().Seal(),
	app.One("state", "状態", "State", func(t *Task) *State { return &t.State }, app.First(Open, "open", "未了", "Open"),
		app.Is(Reported, "確認待ち", "Waits for its reviewer"), app.Is(Done, "完了", "Done"), app.Is(Dropped, "取りやめ", "Dropped")).ByRule().Index(),
	app.One("side", "区分", "Side", func(t *Task) *Side { return &t.Side }, app.Is(Contractor, "事業者", "Contractor"), app.Is(City, "市", "City")).Must().Index(),
	app.Link("owner", "担当", "Owner", app.PersonKind, func(t *Task) *app.Ref { return &t.Owner }).Index(),
	app.Text("charge", "担当（名簿にない者）", "Owner, if in no register", func(t *Task) *string { return &t.Charge }).Search().Seal(),
	app.Link("reviewer", "レビュー者", "Reviewer", app.PersonKind, func(t *Task) *app.Ref { return &t.Reviewer }).Index(),
	app.On("due", "期限", "Due", func(t *Task) *app.Day { return &t.Due }).Must().Index(),
	app.Long("body", "内容", "What to do", func(t *Task) *string { return &t.Body }).Search().Seal(),
	app.Link("source", "発端の記録", "Source", "", func(t *Task) *app.Ref { return &t.Source }).Index(),
	app.Text("clause", "条項", "Clause", func(t *Task) *string { return &t.Clause }).Search(),
	app.Int("progress", "進捗率（％）", "Progress (%)", func(t *Task) *int { return &t.Progress }).ByRule(),
	app.Long("note", "状況", "How it stands", func(t *Task) *string { return &t.Note }).ByRule().Search().Seal(),
	app.At("told", "状況の報告日時", "Told at", func(t *Task) *app.Stamp { return &t.Told }).ByRule().Index(),
	app.On("stale_on", "次の報告期限", "To be heard of by", func(t *Task) *app.Day { return &t.StaleOn }).ByRule().Index(),
	app.One("quality", "品質", "Quality", func(t *Task) *Quality { return &t.Quality }, qualities...).ByRule().Index(),
	app.Long("verdict", "レビュー者の所見", "What the reviewer says", func(t *Task) *string { return &t.Verdict }).ByRule().Seal(),
	app.On("ended", "完了日", "Ended on", func(t *Task) *app.Day { return &t.Ended }).ByRule(),
).Clause("2.1.1").Rule(owned).Rule(heard).Can(
	app.Do("report", "状況を報告する", "Report", report,
		app.Int("progress", "進捗率（％）", "Progress (%)", func(r *Report) *int { return &r.Progress }).Must().Range(1, 99),
		app.Long("note", "状況", "How it stands", func(r *Report) *string { return &r.Note }).Must().Seal()).Saw("state"),
	app.Do("finish", "完了を報告する", "Report it done", finish,
		app.Long("text", "結果", "Result", func(w *Words) *string { return &w.Text }).Must().Seal()).Saw("state"),
	app.Do("judge", "品質を確認する", "Judge its quality", judge,
		app.One("quality", "品質", "Quality", func(f *Finding) *Quality { return &f.Quality }, qualities[1:]...).Must(),
		app.Long("note", "所見", "What you say", func(f *Finding) *string { return &f.Note }).Seal()).Saw("state"),
	app.Do("accept", "完了を認める", "Accept it", accept,
		app.Long("text", "所見", "What you say", func(w *Words) *string { return &w.Text }).Seal()).Saw("state"),
	app.Do("return", "差し戻す", "Return it", sendBack,
		app.Long("text", "理由", "Why", func(w *Words) *string { return &w.Text }).Must().Seal()).Saw("state"),
	app.Do("drop", "取りやめる", "Drop it", drop,
		app.Long("text", "理由", "Why", func(w *Words) *string { return &w.Text }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("open", "未了", "Open", app.Where("state", "=", string(Open))).By("due"),
	app.Listed("mine", "自分の担当", "Mine", app.Where("owner", "=", app.Me), app.Where("state", "=", string(Open))).By("due"),
	app.Listed("inbox", "自分の確認待ち", "For me to review", app.Where("reviewer", "=", app.Me), app.Where("state", "=", string(Reported))).By("due"),
	app.Listed("reviewing", "自分がレビューする件", "That I review", app.Where("reviewer", "=", app.Me)).By("due"),
	app.Listed("late", "期限切れ", "Late", app.Where("state", "=", string(Open)), app.Where("due", "<", app.Today)).By("due"),
	app.Listed("stale", "報告の途絶え", "Not heard of", app.Where("stale_on", ">", int64(0)), app.Where("stale_on", "<", app.Today)).By("stale_on"),
	app.Listed("state", "状態別", "By state").Of("state").By("due"),
	app.Listed("quality", "品質別", "By quality").Of("quality").By("due"),
	app.Listed("source", "発端の記録別", "By source").Of("source").By("due"),
	app.Listed("all", "全て", "All").Newest("due"),
)

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "task", Registers: []app.AnyRegister{Register}}
}
