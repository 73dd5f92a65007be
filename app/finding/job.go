package finding

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"daicho/app"
)

// JobKind is the kind of jobs.
const JobKind app.Kind = "scan_job"

// Job is a place that is scanned again and again, by one agent.
type Job struct {
	app.Head
	Title      string
	Root       string // a folder of the agent's machine, or smb://server/share/folder
	Server     string
	Department string // of what no part names another for
	Owner      string // who is responsible
	Parts      []Part
	Include    string // folders below the root, one a line; empty: all of it
	Exclude    string // patterns of names that are left out, one a line
	Windows    []Window
	EveryDays  int // days from the beginning of one run to that of the next; 0: a week
	Agent      app.Ref
	Zone       app.Zone
	State      JobState
	AskedAt    app.Stamp // somebody wants it run at the next opportunity
	Note       string

	// What the last run that ended said.
	LastRun     app.Ref
	LastBegun   app.Stamp
	LastEnded   app.Stamp
	LastState   RunState
	LastFiles   int64
	LastUnread  int64
	LastExposed int64
	Edition     string // of the rules it went by
}

// Part is a folder below the root that belongs to somebody else.
type Part struct {
	Folder     string // below the root, with slashes
	Department string
	Owner      string
}

// JobState is whether a job is run.
type JobState string

// The states of a job.
const (
	Active  JobState = ""
	Stopped JobState = "stopped"
	Retired JobState = "retired"
)

// Jobs is the register of jobs.
var Jobs = app.Describe(JobKind, "点検", "Scans",
	app.Text("title", "名称", "Name", func(j *Job) *string { return &j.Title }).Must().Search().Index(),
	app.Text("root", "対象", "What is scanned", func(j *Job) *string { return &j.Root }).Must().Search().Seal(),
	app.Text("server", "サーバー", "Server", func(j *Job) *string { return &j.Server }).Must().Search().Index(),
	app.Text("department", "所属", "Department", func(j *Job) *string { return &j.Department }).Must().Search().Index(),
	app.Text("owner", "管理責任者", "Responsible", func(j *Job) *string { return &j.Owner }).Seal(),
	app.Rows("parts", "フォルダーごとの所属", "Folders of others", func(j *Job) *[]Part { return &j.Parts },
		app.Text("folder", "フォルダー", "Folder", func(p *Part) *string { return &p.Folder }),
		app.Text("department", "所属", "Department", func(p *Part) *string { return &p.Department }),
		app.Text("owner", "管理責任者", "Responsible", func(p *Part) *string { return &p.Owner })).Seal(),
	app.Long("include", "限定するフォルダー", "Only these folders", func(j *Job) *string { return &j.Include }).Seal(),
	app.Long("exclude", "除外する名前", "Names left out", func(j *Job) *string { return &j.Exclude }).Seal(),
	app.Rows("windows", "実行時間帯", "Hours", func(j *Job) *[]Window { return &j.Windows },
		app.One("day", "曜日", "Day", func(w *Window) *Weekday { return &w.Day }, Weekdays...),
		app.Text("begin", "開始", "From", func(w *Window) *string { return &w.Begin }),
		app.Int("hours", "時間", "Hours", func(w *Window) *int { return &w.Hours }).Range(1, 24)),
	app.Int("every", "間隔（日）", "Every (days)", func(j *Job) *int { return &j.EveryDays }).Range(1, 366),
	app.Link("agent", "実行者", "Agent", app.PersonKind, func(j *Job) *app.Ref { return &j.Agent }).Must().Index(),
	app.One("zone", "領域", "Zone", func(j *Job) *app.Zone { return &j.Zone }, app.Zones...),
	app.One("state", "状態", "State", func(j *Job) *JobState { return &j.State },
		app.First(Active, "active", "実施中", "Active"), app.Is(Stopped, "停止中", "Stopped"), app.Is(Retired, "廃止", "Retired")).ByRule().Index(),
	app.At("asked", "臨時実行の依頼", "Run wanted", func(j *Job) *app.Stamp { return &j.AskedAt }).ByRule(),
	app.Long("note", "備考", "Note", func(j *Job) *string { return &j.Note }).Seal(),
	app.Link("last_run", "前回の実行", "Last run", RunKind, func(j *Job) *app.Ref { return &j.LastRun }).ByRule(),
	app.At("last_begun", "前回の開始", "Last begun", func(j *Job) *app.Stamp { return &j.LastBegun }).ByRule(),
	app.At("last_ended", "前回の終了", "Last ended", func(j *Job) *app.Stamp { return &j.LastEnded }).ByRule().Index(),
	app.One("last_state", "前回の結果", "Last result", func(j *Job) *RunState { return &j.LastState }, runStates...).ByRule(),
	app.Int("last_files", "前回のファイル数", "Files last time", func(j *Job) *int64 { return &j.LastFiles }).ByRule(),
	app.Int("last_unread", "前回の読取不可", "Not read last time", func(j *Job) *int64 { return &j.LastUnread }).ByRule(),
	app.Int("last_exposed", "前回の未保護", "Unprotected last time", func(j *Job) *int64 { return &j.LastExposed }).ByRule(),
	app.Text("edition", "ルールの版", "Edition of the rules", func(j *Job) *string { return &j.Edition }).ByRule(),
).Clause("3.4.2").Rule(sound).Zoned(func(j *Job) app.Zone { return j.Zone }).Of(func(j *Job) app.ID { return j.Agent.ID }).Can(
	app.Do("run", "次の機会に実行する", "Run soon", func(a *app.Act, j *Job, _ struct{}) error { return j.want(a) }),
	app.Do("stop", "停止する", "Stop", jobTo(Stopped, Active)).Saw("state"),
	app.Do("resume", "再開する", "Resume", jobTo(Active, Stopped)).Saw("state"),
	app.Do("retire", "廃止する", "Retire", jobTo(Retired, Active, Stopped)).Saw("state"),
).Lists(
	app.Listed("active", "実施中", "Active", app.Where("state", "=", string(Active))).By("title"),
	app.Listed("mine", "この端末の点検", "Of this agent", app.Where("agent", "=", app.Me)).By("title"),
	app.Listed("department", "所属別", "By department").Of("department").By("title"),
	app.Listed("all", "全て", "All").By("title"),
)

var (
	errJobAgent   = app.Refuse(app.Forbidden, "agent", "一度実行した点検の実行者は変更できません。この点検を廃止し、新しい点検を登録してください。", "the agent of a scan that ran is never changed; retire it and make another")
	errJobRetired = app.Refuse(app.Forbidden, "state", "廃止した点検は変更できません。新しい点検を登録してください。", "a retired scan is never changed; make another")
	errJobState   = app.Refuse(app.Stale, "state", "今の状態からは行えません。記録を開いて状態を確認してください。", "not possible from the state it is in; look at it")
	errRoot       = app.Refuse(app.Invalid, "root", "「対象」は、/srv/share や D:\\共有 のようなフォルダー、または smb://サーバー/共有 で入力してください。", "name a folder from its beginning, such as /srv/share or D:\\share, or smb://server/share")
	errInclude    = app.Refuse(app.Invalid, "include", "「限定するフォルダー」は、対象より下のフォルダーを / で区切って入力してください。「..」は使えません。", "name folders below what is scanned, with slashes and without ..")
	errNotAgent   = app.Refuse(app.Forbidden, "job", "この点検の実行者ではありません。点検の「実行者」を確認してください。", "you are not the agent of this scan; look at its agent")
	errOtherJob   = app.Refuse(app.Forbidden, "job", "点検は変更できません。", "it stays with its scan")
)

// sound is what a job must be: one that has run keeps its agent, who alone has what
// it found.
func sound(_ *app.Act, before, after *Job) error {
	switch {
	case before.State == Retired:
		return errJobRetired
	case !before.LastRun.IsZero() && before.Agent != after.Agent:
		return errJobAgent
	}
	if !absolute.MatchString(after.Root) {
		return errRoot
	}
	for _, w := range after.Windows {
		if _, err := w.from(); err != nil {
			return err
		}
	}
	for _, folder := range Lines(after.Include) {
		if slices.Contains(strings.Split(folder, "/"), "..") || strings.Contains(folder, `\`) {
			return errInclude
		}
	}
	return patterned(after.Exclude)
}

// absolute is a place that is the same whoever looks, and wherever he stands.
var absolute = regexp.MustCompile(`^(/|smb://[^/]+/[^/]|[A-Za-z]:[\\/]|\\\\[^\\])`)

func patterned(exclude string) error {
	for _, p := range Lines(exclude) {
		if _, err := path.Match(p, ""); err != nil {
			return app.Refuse(app.Invalid, "exclude", "「除外する名前」に読めない行があります。* は任意の文字列、? は任意の1文字です。", "a line is no pattern; * stands for any letters, ? for one")
		}
	}
	return nil
}

// Lines are the lines of a field that holds one thing a line.
func Lines(text string) (lines []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func jobTo(to JobState, from ...JobState) func(*app.Act, *Job, struct{}) error {
	return func(_ *app.Act, j *Job, _ struct{}) error {
		for _, s := range from {
			if j.State == s {
				j.State = to
				return nil
			}
		}
		return errJobState
	}
}

func (j *Job) want(a *app.Act) error {
	if j.State != Active {
		return errJobState
	}
	j.AskedAt = a.At
	return nil
}

// jobOf is the job that an agent writes about: its own.
func jobOf(a *app.Act, ref app.Ref) (*Job, error) {
	j, err := app.Get(a, Jobs, ref)
	if err == nil && j.Agent != person(a) {
		return nil, errNotAgent
	}
	return j, err
}

func person(a *app.Act) app.Ref { return app.Ref{Kind: app.PersonKind, ID: a.Actor.ID} }

// Responsible is whose department a path below the root is of, and who answers for it.
func (j *Job) Responsible(below string) (department, owner string) {
	longest := -1
	department, owner = j.Department, j.Owner
	for _, p := range j.Parts {
		folder := strings.Trim(p.Folder, "/")
		if len(folder) > longest && (below == folder || strings.HasPrefix(below, folder+"/")) {
			longest, department, owner = len(folder), cmp.Or(p.Department, j.Department), cmp.Or(p.Owner, j.Owner)
		}
	}
	return department, owner
}
