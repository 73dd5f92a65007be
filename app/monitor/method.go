package monitor

import (
	"math"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/sla"
)

// MethodKind is the kind of versions of monitoring methods.
const MethodKind app.Kind = "monitor_method"

// Method is a version of how one thing of a target is monitored (監視手法): what the city
// approves (clause 3.2.1). What was submitted is never changed; another version is made.
type Method struct {
	app.Head
	Name          string
	Target        app.Ref
	Item          string // as the tool calls it
	Tool          string
	Interval      int       // seconds between two checks
	Confirmations int       // how many checks in a row must fail; 0 counts as 1
	Delivery      int       // seconds from the last of them until the notice arrives
	Settings      []Setting // parameters and thresholds
	Version       int
	Previous      app.Ref // the version that this one replaces
	State         Approval
	Reason        string // of the change
	AskedBy       app.Ref
	AskedAt       app.Stamp
	DecidedBy     app.Ref
	DecidedAt     app.Stamp
	Document      string  // the city's number of the approval
	Review        app.Day // by when it is reported and approved again
	Why           string  // it was declined
}

// Setting is one parameter or threshold, as the tool has it.
type Setting struct{ Name, Value string }

// Approval is where a version stands.
type Approval string

// The states of a version.
const (
	Drafted   Approval = ""
	Submitted Approval = "submitted"
	Approved  Approval = "approved"
	Declined  Approval = "declined"
	Replaced  Approval = "replaced" // a later version was approved
)

// Decision is what the city decided.
type Decision struct {
	Document string
	Review   app.Day
	Why      string
}

// Revision is why another version is made.
type Revision struct{ Reason string }

var settings = []app.Field[Setting]{
	app.Text("name", "パラメータ・閾値の名称", "Parameter or threshold", func(s *Setting) *string { return &s.Name }).Must(),
	app.Text("value", "値", "Value", func(s *Setting) *string { return &s.Value }),
}

// Methods is the register of versions.
var Methods = app.Describe(MethodKind, "監視手法", "Monitoring methods",
	app.Text("title", "名称", "Name", func(m *Method) *string { return &m.Name }).Must().Search().Index(),
	app.Link("target", "監視対象", "Target", TargetKind, func(m *Method) *app.Ref { return &m.Target }).Must().Index(),
	app.Text("item", "監視項目", "Item", func(m *Method) *string { return &m.Item }).Must().Search().Index(),
	app.Text("tool", "監視装置", "Tool", func(m *Method) *string { return &m.Tool }).Must().Search(),
	app.Int("interval", "間隔（秒）", "Interval (s)", func(m *Method) *int { return &m.Interval }).Must().Range(1, 31_536_000),
	app.Int("confirmations", "確認回数", "Confirmations", func(m *Method) *int { return &m.Confirmations }).Range(0, 1_000),
	app.Int("delivery", "通知にかかる時間（秒）", "Delivery (s)", func(m *Method) *int { return &m.Delivery }).Range(0, 86_400),
	app.Rows("settings", "パラメータ・閾値", "Settings", func(m *Method) *[]Setting { return &m.Settings }, settings...),
	app.Shown("worst", "通知までの最長（秒）", "Notice at worst (s)", func(m *Method) int64 { return m.worst() }),
	app.Shown("late", "10分を超える", "Over 10 minutes", func(m *Method) int64 { return one(m.counts() && !m.Budget().Kept()) }).Index(),
	app.Int("version", "版", "Version", func(m *Method) *int { return &m.Version }).ByRule(),
	app.Link("previous", "前の版", "Version before", MethodKind, func(m *Method) *app.Ref { return &m.Previous }).ByRule(),
	app.One("state", "状態", "State", func(m *Method) *Approval { return &m.State },
		app.First(Drafted, "drafted", "作成中", "Drafted"), app.Is(Submitted, "承認待ち", "Waits for approval"), app.Is(Approved, "承認済み", "Approved"),
		app.Is(Declined, "却下", "Declined"), app.Is(Replaced, "旧版", "Replaced")).ByRule().Index(),
	app.Long("reason", "変更の理由", "Why it changes", func(m *Method) *string { return &m.Reason }).Seal(),
	app.Link("asked_by", "申請者", "Asked by", app.PersonKind, func(m *Method) *app.Ref { return &m.AskedBy }).ByRule(),
	app.At("asked_at", "申請日時", "Asked at", func(m *Method) *app.Stamp { return &m.AskedAt }).ByRule(),
	app.Link("decided_by", "決定者", "Decided by", app.PersonKind, func(m *Method) *app.Ref { return &m.DecidedBy }).ByRule(),
	app.At("decided_at", "決定日時", "Decided at", func(m *Method) *app.Stamp { return &m.DecidedAt }).ByRule(),
	app.Text("document", "承認の文書番号", "Approval no.", func(m *Method) *string { return &m.Document }).ByRule().Search(),
	app.On("review", "次回の報告・承認", "Next review", func(m *Method) *app.Day { return &m.Review }).ByRule().Index(),
	app.Long("why", "却下の理由", "Why it was declined", func(m *Method) *string { return &m.Why }).ByRule().Seal(),
).Clause("3.2.1", "3.2.2").Within(func(m *Method) app.Ref { return m.Target }).Rule(kept).Can(
	app.Do("submit", "承認を申請する", "Ask for approval", submit).Saw("state"),
	app.Do("approve", "承認する", "Approve", approve,
		app.Text("document", "承認の文書番号", "Approval no.", func(d *Decision) *string { return &d.Document }).Must(),
		app.On("review", "次回の報告・承認", "Next review", func(d *Decision) *app.Day { return &d.Review }).Must()).Saw("state", "settings", "interval", "confirmations"),
	app.Do("decline", "却下する", "Decline", decline,
		app.Long("why", "却下の理由", "Why", func(d *Decision) *string { return &d.Why }).Must().Seal()).Saw("state"),
	app.Do("revise", "次の版を作る", "Make the next version", revise,
		app.Long("reason", "変更の理由", "Why", func(r *Revision) *string { return &r.Reason }).Must().Seal()).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").By("title"),
	app.Listed("force", "承認済み", "In force", app.Where("state", "=", string(Approved))).By("title"),
	app.Listed("waiting", "承認待ち", "Waits for approval", app.Where("state", "=", string(Submitted))).By("title"),
	app.Listed("drafted", "作成中", "Drafted", app.Where("state", "=", string(Drafted))).By("title"),
	app.Listed("late", "通知が10分を超えるもの", "Notice over 10 minutes", app.Where("late", "=", int64(1))).By("title"),
	app.Listed("due", "報告・承認の時期", "To be approved again", app.Where("state", "=", string(Approved)), app.Where("review", "<=", app.Today)).By("review"),
	app.Listed("target", "監視対象別", "By target").Of("target").By("title"),
)

// Budget is how long a notice takes by this method.
func (m *Method) Budget() sla.Budget {
	return sla.Budget{Interval: time.Duration(m.Interval) * time.Second, Confirmations: m.Confirmations, Delivery: time.Duration(m.Delivery) * time.Second}
}

func (m *Method) worst() int64 {
	if w := m.Budget().Worst(); w != math.MaxInt64 {
		return int64(w / time.Second)
	}
	return 0
}

// counts says whether a version is in force or may come to be.
func (m *Method) counts() bool { return m.State != Declined && m.State != Replaced }

// The settings that every method has, by the names that they have in files of a tool.
const (
	toolName          = "tool"
	intervalName      = "interval"
	confirmationsName = "confirmations"
)

// all are the settings with those that every method has.
func (m *Method) all() []Setting {
	return append([]Setting{{toolName, m.Tool}, {intervalName, strconv.Itoa(m.Interval)}, {confirmationsName, strconv.Itoa(max(1, m.Confirmations))}}, m.Settings...)
}

// value is what a setting is; empty: there is none.
func (m *Method) value(name string) string {
	for _, s := range m.all() {
		if s.Name == name {
			return s.Value
		}
	}
	return ""
}

// set takes a setting over; an empty value takes it out.
func (m *Method) set(name, value string) error {
	switch name {
	case toolName:
		m.Tool = value
		return nil
	case intervalName:
		return number(value, &m.Interval)
	case confirmationsName:
		return number(value, &m.Confirmations)
	}
	var all []Setting
	for _, s := range m.Settings {
		if s.Name != name {
			all = append(all, s)
		}
	}
	if value != "" {
		all = append(all, Setting{name, value})
	}
	m.Settings = all
	return nil
}

func number(text string, into *int) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return app.Refuse(app.Invalid, "found", "間隔と確認回数は1以上の整数です。監視装置の設定を確かめてください。", "interval and confirmations are whole numbers from 1; look at the tool's settings")
	}
	*into = n
	return nil
}
