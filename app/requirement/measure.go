package requirement

import "daicho/app"

// MeasureKind is the kind of measures.
const MeasureKind app.Kind = "fulfilment_measure"

// Measure is what is done about a requirement that is not met, or that the city says is
// likely not to be (3.1.1: 必要な措置を取ること). It stays an alarm until the city closes it.
type Measure struct {
	app.Head
	Requirement app.Ref
	Title       string // of the requirement, for lists
	State       MeasureState
	Side        Side   // who opened it
	Pointed     string // why
	Opened      app.Day
	Alarm       app.Day // since when, or from when on, it is one: the day it was opened, then its due day; zero: closed
	Cause       string
	What        string
	Due         app.Day
	Letter      string // the city's approval
	Reply       string // why the city did not approve or close it
	Result      string
	Ended       app.Day
}

// MeasureState is where a measure stands.
type MeasureState string

// The states.
const (
	Wanted   MeasureState = ""
	Proposed MeasureState = "proposed"
	Approved MeasureState = "approved"
	Finished MeasureState = "finished"
	Closed   MeasureState = "closed"
)

// Proposal is what the contractor means to do.
type Proposal struct {
	Cause, What string
	Due         app.Day
}

// Permit is the city's approval.
type Permit struct{ Letter string }

// Measures is the register of measures: commands alone write it.
var Measures = app.Describe(MeasureKind, "措置", "Measures",
	app.Link("requirement", "要件", "Requirement", Kind, func(m *Measure) *app.Ref { return &m.Requirement }).ByRule().Index(),
	app.Text("title", "要件の内容", "Title", func(m *Measure) *string { return &m.Title }).ByRule().Search().Index(),
	app.One("state", "状態", "State", func(m *Measure) *MeasureState { return &m.State }, app.First(Wanted, "wanted", "措置が必要", "Wanted"), app.Is(Proposed, "市の承認待ち", "Proposed"),
		app.Is(Approved, "実施中", "Approved"), app.Is(Finished, "市の確認待ち", "Finished"), app.Is(Closed, "完了", "Closed")).ByRule().Index(),
	app.One("side", "指摘した者", "Pointed out by", func(m *Measure) *Side { return &m.Side }, app.Is(OfContractor, "事業者", "Contractor"), app.Is(OfCity, "市", "City")).ByRule(),
	app.Long("pointed", "指摘の内容", "What was pointed out", func(m *Measure) *string { return &m.Pointed }).ByRule().Search().Seal(),
	app.On("opened", "指摘日", "Pointed out on", func(m *Measure) *app.Day { return &m.Opened }).ByRule().Index(),
	app.On("alarm", "警告の起算日", "Alarm from", func(m *Measure) *app.Day { return &m.Alarm }).ByRule().Index(),
	app.Long("cause", "原因", "Cause", func(m *Measure) *string { return &m.Cause }).ByRule().Search().Seal(),
	app.Long("what", "措置", "Measure", func(m *Measure) *string { return &m.What }).ByRule().Search().Seal(),
	app.On("due", "期限", "Due", func(m *Measure) *app.Day { return &m.Due }).ByRule(),
	app.Text("letter", "市の文書番号", "The city's number", func(m *Measure) *string { return &m.Letter }).ByRule().Search(),
	app.Long("reply", "市の差戻しの理由", "Why it was sent back", func(m *Measure) *string { return &m.Reply }).ByRule().Seal(),
	app.Long("result", "結果", "Result", func(m *Measure) *string { return &m.Result }).ByRule().Seal(),
	app.On("ended", "完了日", "Closed on", func(m *Measure) *app.Day { return &m.Ended }).ByRule(),
).Clause("3.1.1").Can(
	app.Do("propose", "措置を提案する", "Propose a measure", propose,
		app.Long("cause", "原因", "Cause", func(p *Proposal) *string { return &p.Cause }).Must().Seal(),
		app.Long("what", "措置", "Measure", func(p *Proposal) *string { return &p.What }).Must().Seal(),
		app.On("due", "期限", "Due", func(p *Proposal) *app.Day { return &p.Due }).Must()).Saw("state"),
	app.Do("approve", "措置を承認する", "Approve it", approve,
		app.Text("letter", "市の文書番号", "The city's number", func(p *Permit) *string { return &p.Letter }).Must()).Saw("state", "cause", "what", "due"),
	app.Do("finish", "実施を報告する", "Report it done", finish,
		app.Long("reason", "結果", "Result", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
	app.Do("close", "完了を確認する", "Close it", closed).Saw("state", "pointed", "result"),
	app.Do("return", "差し戻す", "Send it back", sendBack,
		app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("alarms", "警告中", "Alarms", app.Where("alarm", ">", int64(0)), app.Where("alarm", "<=", app.Today)).By("alarm"),
	app.Listed("state", "状態別", "By state").Of("state").By("opened"),
	app.Listed("all", "全て", "All").Newest("opened"),
)

var errStep = app.Refuse(app.Stale, "state", "この措置は、今その段階にありません。状態を確認してください。", "the measure is not at that step now; look at its state")

func propose(_ *app.Act, m *Measure, in Proposal) error {
	if m.State != Wanted && m.State != Proposed {
		return errStep
	}
	m.State, m.Cause, m.What, m.Due = Proposed, in.Cause, in.What, in.Due
	return nil
}

// approve lets the alarm rest until the day by which it is to be done.
func approve(_ *app.Act, m *Measure, in Permit) error {
	if m.State != Proposed {
		return errStep
	}
	m.State, m.Letter, m.Alarm = Approved, in.Letter, m.Due+1
	return nil
}

func finish(_ *app.Act, m *Measure, in Reason) error {
	if m.State != Approved {
		return errStep
	}
	m.State, m.Result = Finished, in.Reason
	return nil
}

func closed(a *app.Act, m *Measure, _ struct{}) error {
	if m.State != Finished {
		return errStep
	}
	m.State, m.Alarm, m.Ended = Closed, 0, day(a.At)
	return nil
}

// sendBack undoes a step of the contractor.
func sendBack(_ *app.Act, m *Measure, in Reason) error {
	switch m.State {
	case Proposed:
		m.State = Wanted
	case Finished:
		m.State = Approved
	default:
		return errStep
	}
	m.Reply = in.Reason
	return nil
}
