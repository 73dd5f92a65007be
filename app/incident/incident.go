// Package incident is the register of failures and security incidents (障害・セキュリティ
// インシデント, clauses 3.2.2 and 3.4.3): what is affected and how badly, and each moment
// that counts with what it was taken from. Whether limits were kept is judged by
// [daicho/app/sla], which [Load] hands the moments to; nothing of it is stored.
//
// Telling people is not here: the server's job does it.
package incident

import "daicho/app"

// The kinds.
const (
	Kind         app.Kind = "incident"
	StepKind     app.Kind = "incident_step"
	SeverityKind app.Kind = "severity"
	MeasureKind  app.Kind = "measure"
)

// Incident is one failure or security incident. Its times are its steps'; what stands
// here of them is for lists.
type Incident struct {
	app.Head
	Title     string
	Nature    Nature
	State     State
	Affects   bool // the city's work: only then the limits of 3.2.2 hold
	Severity  app.Ref
	Urgency   Urgency
	Occurred  app.Stamp
	Recovered app.Stamp
	Target    string // what failed
	Systems   []string
	Sites     []app.Ref
	People    int // whom it concerns
	Impact    string
	Interim   string // 暫定対応
	Cause     string
	Lasting   string // 恒久対策
	Prevent   string // 再発防止
	First     string // 速報
	Middle    string // 中間報告
	Last      string // 最終報告
	Leak      Leak
	MyNumber  bool // 個人番号 (番号法) is concerned
	Tickets   []app.Ref
	Files     []app.Blob
	Zone      app.Zone
}

// Nature is what kind of incident it is.
type Nature string

// The natures.
const (
	Failure  Nature = ""
	Security Nature = "security"
)

// State is where an incident stands.
type State string

// The states.
const (
	Going     State = ""
	Stopped   State = "stopped" // 即時停止
	Recovered State = "recovered"
	Closed    State = "closed"
)

// Urgency is how soon something must be done about a security incident (緊急性).
type Urgency string

// The classes, the most urgent first.
const (
	Immediate Urgency = "immediate"
	Urgent    Urgency = "urgent"
	Usual     Urgency = "usual"
)

var urgencies = []app.Option[Urgency]{
	app.Is(Immediate, "即時停止", "Stop at once"), app.Is(Urgent, "緊急", "Urgent"), app.Is(Usual, "通常", "Usual"),
}

// Leak is whether personal data may have come out, and why.
type Leak string

// The leaks.
const (
	NoLeak    Leak = ""
	Possible  Leak = "possible"
	Wrongful  Leak = "wrongful" // 不正の目的をもって行われたおそれ
	Confirmed Leak = "confirmed"
)

// Register is the register of incidents.
var Register = app.Describe(Kind, "障害・インシデント", "Incidents",
	app.Text("title", "件名", "Title", func(i *Incident) *string { return &i.Title }).Must().Search().Index().Seal(),
	app.One("nature", "種別", "Nature", func(i *Incident) *Nature { return &i.Nature },
		app.First(Failure, "failure", "障害", "Failure"), app.Is(Security, "セキュリティ", "Security")).Index(),
	app.One("state", "状態", "State", func(i *Incident) *State { return &i.State },
		app.First(Going, "going", "対応中", "Going on"), app.Is(Stopped, "停止中", "Stopped"), app.Is(Recovered, "復旧", "Recovered"), app.Is(Closed, "終結", "Closed")).ByRule().Index(),
	app.Bool("affects", "業務影響", "Affects the city's work", func(i *Incident) *bool { return &i.Affects }),
	app.Link("severity", "重大度", "Severity", SeverityKind, func(i *Incident) *app.Ref { return &i.Severity }).ByRule(),
	app.One("urgency", "緊急性", "Urgency", func(i *Incident) *Urgency { return &i.Urgency }, urgencies...),
	app.At("occurred", "発生日時", "Occurred", func(i *Incident) *app.Stamp { return &i.Occurred }).ByRule().Index(),
	app.At("recovered", "復旧日時", "Recovered", func(i *Incident) *app.Stamp { return &i.Recovered }).ByRule(),
	app.Text("target", "対象", "Target", func(i *Incident) *string { return &i.Target }).Search().Index(),
	app.Tags("systems", "影響する業務", "Systems affected", func(i *Incident) *[]string { return &i.Systems }),
	app.Links("sites", "影響する拠点", "Sites affected", func(i *Incident) *[]app.Ref { return &i.Sites }),
	app.Int("people", "影響人数", "People affected", func(i *Incident) *int { return &i.People }).Range(0, 1_000_000),
	app.Long("impact", "影響範囲", "Impact", func(i *Incident) *string { return &i.Impact }).Search().Seal(),
	app.Long("interim", "暫定対応", "Interim measure", func(i *Incident) *string { return &i.Interim }).Search().Seal(),
	app.Long("cause", "原因", "Cause", func(i *Incident) *string { return &i.Cause }).Search().Seal(),
	app.Long("lasting", "恒久対策", "Lasting measure", func(i *Incident) *string { return &i.Lasting }).Search().Seal(),
	app.Long("prevent", "再発防止", "Prevention", func(i *Incident) *string { return &i.Prevent }).Search().Seal(),
	app.Long("first", "速報", "First report", func(i *Incident) *string { return &i.First }).Seal(),
	app.Long("middle", "中間報告", "Interim report", func(i *Incident) *string { return &i.Middle }).Seal(),
	app.Long("last", "最終報告", "Final report", func(i *Incident) *string { return &i.Last }).Seal(),
	app.One("leak", "個人データの漏えい等", "Leak of personal data", func(i *Incident) *Leak { return &i.Leak },
		app.First(NoLeak, "none", "なし", "None"), app.Is(Possible, "おそれあり", "Possible"), app.Is(Wrongful, "不正の目的のおそれあり", "Possible, for a wrongful purpose"),
		app.Is(Confirmed, "あり", "Confirmed")),
	app.Bool("individual_number", "番号法の対象", "Individual numbers", func(i *Incident) *bool { return &i.MyNumber }),
	app.Links("tickets", "関連する問い合わせ", "Tickets", func(i *Incident) *[]app.Ref { return &i.Tickets }),
	app.Files("files", "添付", "Files", func(i *Incident) *[]app.Blob { return &i.Files }),
	app.One("zone", "領域", "Zone", func(i *Incident) *app.Zone { return &i.Zone }, app.Zones...),
).Clause("3.2.2", "3.4.3").Zoned(func(i *Incident) app.Zone { return i.Zone }).Rule(drafted).Can(commands()...).Lists(
	app.Listed("open", "対応中", "Open", app.Where("state", "<>", string(Closed))).Newest("occurred"),
	app.Listed("security", "セキュリティ", "Security", app.Where("nature", "=", string(Security))).Newest("occurred"),
	app.Listed("all", "全て", "All").Newest("occurred"),
)

// Severity is a line of the city's table of severities (重大度).
type Severity struct {
	app.Head
	Name      string
	Serious   bool // 重大: the report is due in 2 hours on the wall
	Means     string
	Agreement string
	From      app.Day
}

// Severities is the register of them. What a failure was graded by stands in its steps.
var Severities = app.Describe(SeverityKind, "重大度の定義", "Severities",
	app.Text("name", "名称", "Name", func(s *Severity) *string { return &s.Name }).Must().Search().Index(),
	app.Bool("serious", "重大な障害", "Serious", func(s *Severity) *bool { return &s.Serious }),
	app.Long("means", "定義", "Definition", func(s *Severity) *string { return &s.Means }).Must().Search().Seal(),
	app.Text("agreement", "合意文書", "Agreement", func(s *Severity) *string { return &s.Agreement }).Search(),
	app.On("from", "施行日", "First day", func(s *Severity) *app.Day { return &s.From }),
).Clause("3.2.2").Lists(app.Listed("all", "全て", "All").By("name"))

// Measure is what to do about security incidents of a class: how to stop what, never
// whether (clause 3.4.3).
type Measure struct {
	app.Head
	Urgency Urgency
	Target  string
	How     string
}

// Measures is the register of them.
var Measures = app.Describe(MeasureKind, "緊急時の措置", "Emergency measures",
	app.Text("target", "対象", "Target", func(m *Measure) *string { return &m.Target }).Must().Search().Index(),
	app.One("urgency", "緊急性", "Urgency", func(m *Measure) *Urgency { return &m.Urgency }, urgencies...).Must().Index(),
	app.Long("how", "措置", "What to do", func(m *Measure) *string { return &m.How }).Must().Search().Seal(),
).Clause("3.4.3").Lists(
	app.Listed("all", "全て", "All").By("target"),
	app.Listed("urgency", "緊急性別", "By urgency").Of("urgency").By("target"),
)

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "incident", Registers: []app.AnyRegister{Register, Steps, Severities, Measures}}
}
