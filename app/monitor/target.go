package monitor

import (
	"strings"

	"daicho/app"
	"daicho/app/people"
)

// The kinds of what is monitored, and of what was done to steady it.
const (
	TargetKind     app.Kind = "monitor_target"
	AdjustmentKind app.Kind = "monitor_adjustment"

	severityKind app.Kind = "severity" // of the module of incidents
)

// Target is something that is monitored; a managed server (管理対象サーバ) is backed up, too.
type Target struct {
	app.Head
	Name      string
	Host      string // as tools call it
	Role      string
	Site      app.Ref
	Owner     string
	Zone      app.Zone
	Managed   bool
	Logs      []string // kinds of logs that are acquired
	KeepDays  int      // how long they are kept
	Schedule  string   // of backups, as people read it; empty: none
	BackupAge int      // hours that the last good backup may be old; 0: 24
	State     State
	Since     app.Stamp // it is unstable
	Note      string
	Names     []string // what tools call it beside its host; NAME/ITEM: of that one item
	Systems   []string // the city's work that stops with it
	Severity  app.Ref  // of a failure of it, until people grade that otherwise
}

// Grade is how grave a failure of a target is.
type Grade struct{ Severity app.Ref }

// State is whether a target runs as it should.
type State string

// The states.
const (
	Stable   State = ""
	Unstable State = "unstable"
)

// Unrest is what somebody saw.
type Unrest struct{ Text string }

// Change is what was set otherwise to steady a target.
type Change struct {
	Setting, Before, After, Reason, Result string
}

// Targets is the register of targets.
var Targets = app.Describe(TargetKind, "監視対象", "Monitoring targets",
	app.Text("title", "名称", "Name", func(t *Target) *string { return &t.Name }).Must().Search().Index(),
	app.Text("host", "ホスト", "Host", func(t *Target) *string { return &t.Host }).Must().Search().Index(),
	app.Tags("names", "監視装置での名称", "Names in the tool", func(t *Target) *[]string { return &t.Names }).Search(),
	app.Text("role", "役割", "Role", func(t *Target) *string { return &t.Role }).Search(),
	app.Link("site", "拠点", "Site", people.SiteKind, func(t *Target) *app.Ref { return &t.Site }),
	app.Text("owner", "主管", "Owner", func(t *Target) *string { return &t.Owner }).Search().Seal(),
	app.One("zone", "領域", "Zone", func(t *Target) *app.Zone { return &t.Zone }, app.Zones...),
	app.Bool("managed", "管理対象サーバ", "Managed server", func(t *Target) *bool { return &t.Managed }).Index(),
	app.Tags("logs", "取得するログ", "Logs acquired", func(t *Target) *[]string { return &t.Logs }),
	app.Int("keep_days", "ログの保存日数", "Days that logs are kept", func(t *Target) *int { return &t.KeepDays }).Range(0, 36_500),
	app.Text("schedule", "バックアップの予定", "Backup schedule", func(t *Target) *string { return &t.Schedule }).Search(),
	app.Int("backup_age", "バックアップの許容間隔（時間）", "Hours between backups", func(t *Target) *int { return &t.BackupAge }).Range(0, 100_000),
	app.Shown("unscheduled", "バックアップの予定なし", "No backup schedule", func(t *Target) int64 { return one(t.Managed && t.Schedule == "") }).Index(),
	app.One("state", "状態", "State", func(t *Target) *State { return &t.State },
		app.First(Stable, "stable", "安定", "Stable"), app.Is(Unstable, "不安定", "Unstable")).ByRule().Index(),
	app.At("since", "不安定になった日時", "Unstable since", func(t *Target) *app.Stamp { return &t.Since }).ByRule(),
	app.Long("note", "備考", "Note", func(t *Target) *string { return &t.Note }).Search().Seal(),
	app.Tags("systems", "影響する業務", "Systems affected", func(t *Target) *[]string { return &t.Systems }),
	app.Link("severity", "障害の重大度", "Severity of failures", severityKind, func(t *Target) *app.Ref { return &t.Severity }).ByRule(),
).Clause("3.2.1").Zoned(func(t *Target) app.Zone { return t.Zone }).Rule(unpadded).Can(
	app.Do("unsettle", "不安定と記録する", "Unstable", unsettle,
		app.Long("text", "何が起きているか", "What happens", func(u *Unrest) *string { return &u.Text }).Must().Seal()).Saw("state"),
	app.Do("adjust", "設定の変更を記録する", "Setting changed", adjust,
		app.Text("setting", "設定", "Setting", func(c *Change) *string { return &c.Setting }).Must(),
		app.Text("before", "変更前", "Before", func(c *Change) *string { return &c.Before }).Must(),
		app.Text("after", "変更後", "After", func(c *Change) *string { return &c.After }).Must(),
		app.Long("reason", "理由", "Reason", func(c *Change) *string { return &c.Reason }).Must().Seal(),
		app.Long("result", "結果", "Result", func(c *Change) *string { return &c.Result }).Seal()).Saw("state"),
	app.Do("settle", "安定と記録する", "Stable again", settle,
		app.Long("text", "確認したこと", "What was seen", func(u *Unrest) *string { return &u.Text }).Must().Seal()).Saw("state"),
	app.Do("grade", "障害の重大度を決める", "Grade its failures", graded,
		app.Link("severity", "重大度（空欄は未定）", "Severity (empty: none)", severityKind, func(g *Grade) *app.Ref { return &g.Severity })).Saw("severity"),
).Lists(
	app.Listed("all", "全て", "All").By("title"),
	app.Listed("unstable", "不安定", "Unstable", app.Where("state", "=", string(Unstable))).By("title"),
	app.Listed("unscheduled", "バックアップの予定がない管理対象サーバ", "Managed servers without a schedule", app.Where("unscheduled", "=", int64(1))).By("title"),
)

// Adjustment is one entry of how an unstable target was steadied. It is never changed.
type Adjustment struct {
	app.Head
	Target  app.Ref
	At      app.Stamp
	By      app.Ref
	Setting string
	Before  string
	After   string
	Reason  string
	Result  string
}

// Adjustments is the register of them.
var Adjustments = app.Describe(AdjustmentKind, "安定化の経過", "Course of unstable targets",
	app.Link("target", "監視対象", "Target", TargetKind, func(d *Adjustment) *app.Ref { return &d.Target }).Must().Index(),
	app.At("at", "日時", "Time", func(d *Adjustment) *app.Stamp { return &d.At }).Must().Index(),
	app.Link("by", "記録者", "Recorded by", app.PersonKind, func(d *Adjustment) *app.Ref { return &d.By }),
	app.Text("setting", "設定", "Setting", func(d *Adjustment) *string { return &d.Setting }).Must(),
	app.Text("before", "変更前", "Before", func(d *Adjustment) *string { return &d.Before }),
	app.Text("after", "変更後", "After", func(d *Adjustment) *string { return &d.After }),
	app.Long("reason", "理由", "Reason", func(d *Adjustment) *string { return &d.Reason }).Seal(),
	app.Long("result", "結果", "Result", func(d *Adjustment) *string { return &d.Result }).Seal(),
).Clause("3.2.1").Within(func(d *Adjustment) app.Ref { return d.Target }).Rule(written).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("target", "監視対象別", "By target").Of("target").By("at"),
)

var (
	errRest    = app.Refuse(app.Stale, "state", "不安定と記録されていません。先に「不安定と記録する」を行ってください。", "the target is not recorded as unstable; do that first")
	errAgain   = app.Refuse(app.Stale, "state", "既に不安定と記録されています。設定を変更したときは「設定の変更を記録する」を行ってください。", "the target is recorded as unstable already; record what was set otherwise")
	errWritten = app.Refuse(app.Forbidden, "", "経過は監視対象の操作で作られ、変更できません。訂正は同じ操作をもう一度行ってください。", "the course is written by the commands of a target and never changed; to correct one, do the command again")
	errHost    = app.Refuse(app.Invalid, "host", "ホストに空白は使えません。監視装置が使う名前をそのまま入力してください。", "a host has no blanks around it; write the name that the tool uses")
)

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

func unpadded(_ *app.Act, _, after *Target) error {
	if after.Host != strings.TrimSpace(after.Host) {
		return errHost
	}
	return nil
}

// graded says how grave a failure is that nobody has graded yet.
func graded(_ *app.Act, t *Target, g Grade) error {
	t.Severity = g.Severity
	return nil
}

func unsettle(a *app.Act, t *Target, u Unrest) error {
	if t.State == Unstable {
		return errAgain
	}
	t.State, t.Since = Unstable, a.At
	t.entry(a, Change{Setting: "不安定", Reason: u.Text})
	return nil
}

// adjust is written down until the target is stable, whatever the first change did.
func adjust(a *app.Act, t *Target, c Change) error {
	if t.State != Unstable {
		return errRest
	}
	t.entry(a, c)
	return nil
}

func settle(a *app.Act, t *Target, u Unrest) error {
	if t.State != Unstable {
		return errRest
	}
	t.State, t.Since = Stable, 0
	t.entry(a, Change{Setting: "安定", Result: u.Text})
	return nil
}

func (t *Target) entry(a *app.Act, c Change) {
	d := Adjustments.Draft(a.NewID())
	d.Target, d.At, d.By = t.Ref, a.At, person(a)
	d.Setting, d.Before, d.After, d.Reason, d.Result = c.Setting, c.Before, c.After, c.Reason, c.Result
	a.Save(d)
}

func person(a *app.Act) app.Ref { return app.Ref{Kind: app.PersonKind, ID: a.Actor.ID} }

// written lets the commands of a target alone make an entry.
func written(a *app.Act, before, _ *Adjustment) error {
	if !before.IsNew() || a.Own().Kind != TargetKind {
		return errWritten
	}
	return nil
}
