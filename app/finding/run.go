package finding

import (
	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract"
)

// RunKind is the kind of runs.
const RunKind app.Kind = "scan_run"

// Run is one run of a job. It holds counts alone: where something lies is a [Place].
type Run struct {
	app.Head
	Job         app.Ref
	Agent       app.Ref
	Zone        app.Zone
	Server      string
	Department  string // of the job
	State       RunState
	Begun       app.Stamp
	Ended       app.Stamp
	Files       int64 // on the disk; of what is in archives, see Entries
	Entries     int64
	Bytes       int64
	Known       int64 // files that were not opened, for they are as they were
	Unread      int64 // files and folders that could not be read
	Partial     int64 // files and entries that were read in part
	Unscannable int64 // files and entries of formats that cannot be read
	Protected   int64 // files that a password or a key protects
	Weak        int64 // of them, whose protection is less than it seems
	Exposed     int64 // files with important data that nothing protects
	Fresh       int64 // findings that are new
	Reopened    int64 // findings that came back
	Verified    int64 // findings that were seen settled
	Waiting     int64 // findings of which the run could not tell what has become of them
	Kinds       []KindCount
	Departments []DepartmentCount
	Folders     []FolderCount
	Errors      []ErrorCount
	Edition     string // of the rules
	Program     string
}

// RunState is how far a run has come.
type RunState string

// The states of a run.
const (
	Running   RunState = ""
	Paused    RunState = "paused" // its hours are over; it goes on in the next
	Done      RunState = "done"
	RunFailed RunState = "failed"
)

var runStates = []app.Option[RunState]{
	app.First(Running, "running", "実行中", "Running"), app.Is(Paused, "中断", "Paused"), app.Is(Done, "完了", "Done"), app.Is(RunFailed, "失敗", "Failed"),
}

// KindCount is how many exposed files hold a kind of data, by how many different
// values are in each.
type KindCount struct {
	Kind                           detect.Kind
	Few, Tens, Hundreds, Thousands int
}

// DepartmentCount is the figures of a department.
type DepartmentCount struct {
	Department                       string
	Files, Bytes, Protected, Exposed int64
}

// FolderCount is the figures of a folder and all below it, or of all folders that
// are not listed, whose Place is empty.
type FolderCount struct {
	Place                 string // the id of its [Place]
	Department            string
	Files, Bytes, Exposed int64
}

// ErrorCount is how often something could not be read for one reason.
type ErrorCount struct {
	Reason extract.Reason
	Count  int64
}

// Runs is the register of runs.
var Runs = app.Describe(RunKind, "点検の実行", "Runs of scans",
	app.Link("job", "点検", "Scan", JobKind, func(r *Run) *app.Ref { return &r.Job }).Must().Index(),
	app.Link("agent", "実行者", "Agent", app.PersonKind, func(r *Run) *app.Ref { return &r.Agent }).ByRule(),
	app.One("zone", "領域", "Zone", func(r *Run) *app.Zone { return &r.Zone }, app.Zones...).ByRule(),
	app.Text("server", "サーバー", "Server", func(r *Run) *string { return &r.Server }).ByRule().Index(),
	app.Text("department", "所属", "Department", func(r *Run) *string { return &r.Department }).ByRule().Index(),
	app.One("state", "状態", "State", func(r *Run) *RunState { return &r.State }, runStates...).Index(),
	app.At("begun", "開始", "Begun", func(r *Run) *app.Stamp { return &r.Begun }).ByRule().Index(),
	app.At("ended", "終了", "Ended", func(r *Run) *app.Stamp { return &r.Ended }).ByRule().Index(),
	app.Int("files", "ファイル数", "Files", func(r *Run) *int64 { return &r.Files }),
	app.Int("entries", "書庫内のファイル数", "Files in archives", func(r *Run) *int64 { return &r.Entries }),
	app.Int("bytes", "バイト数", "Bytes", func(r *Run) *int64 { return &r.Bytes }),
	app.Int("known", "変更なし", "As they were", func(r *Run) *int64 { return &r.Known }),
	app.Int("unread", "読取不可", "Could not be read", func(r *Run) *int64 { return &r.Unread }),
	app.Int("partial", "一部のみ読取", "Read in part", func(r *Run) *int64 { return &r.Partial }),
	app.Int("unscannable", "点検できない形式", "Unreadable formats", func(r *Run) *int64 { return &r.Unscannable }),
	app.Int("protected", "保護済", "Protected", func(r *Run) *int64 { return &r.Protected }),
	app.Int("weak", "保護の弱点あり", "Weakly protected", func(r *Run) *int64 { return &r.Weak }),
	app.Int("exposed", "未保護", "Unprotected", func(r *Run) *int64 { return &r.Exposed }),
	app.Int("fresh", "新規", "New", func(r *Run) *int64 { return &r.Fresh }).ByRule(),
	app.Int("reopened", "再発", "Came back", func(r *Run) *int64 { return &r.Reopened }).ByRule(),
	app.Int("verified", "是正を確認", "Seen put right", func(r *Run) *int64 { return &r.Verified }).ByRule(),
	app.Int("waiting", "確認できず", "Could not be told", func(r *Run) *int64 { return &r.Waiting }),
	app.Rows("kinds", "種別ごとの未保護ファイル数", "Unprotected files by kind", func(r *Run) *[]KindCount { return &r.Kinds },
		app.One("kind", "種別", "Kind", func(k *KindCount) *detect.Kind { return &k.Kind }, Kinds...),
		app.Int("few", "1～9件", "1-9 values", func(k *KindCount) *int { return &k.Few }),
		app.Int("tens", "10～99件", "10-99 values", func(k *KindCount) *int { return &k.Tens }),
		app.Int("hundreds", "100～999件", "100-999 values", func(k *KindCount) *int { return &k.Hundreds }),
		app.Int("thousands", "1,000件以上", "1,000 values or more", func(k *KindCount) *int { return &k.Thousands })),
	app.Rows("departments", "所属ごとの数", "By department", func(r *Run) *[]DepartmentCount { return &r.Departments },
		app.Text("department", "所属", "Department", func(d *DepartmentCount) *string { return &d.Department }),
		app.Int("files", "ファイル数", "Files", func(d *DepartmentCount) *int64 { return &d.Files }),
		app.Int("bytes", "バイト数", "Bytes", func(d *DepartmentCount) *int64 { return &d.Bytes }),
		app.Int("protected", "保護済", "Protected", func(d *DepartmentCount) *int64 { return &d.Protected }),
		app.Int("exposed", "未保護", "Unprotected", func(d *DepartmentCount) *int64 { return &d.Exposed })),
	app.Rows("folders", "フォルダーごとの数", "By folder", func(r *Run) *[]FolderCount { return &r.Folders },
		app.Text("place", "場所", "Place", func(f *FolderCount) *string { return &f.Place }),
		app.Text("department", "所属", "Department", func(f *FolderCount) *string { return &f.Department }),
		app.Int("files", "ファイル数", "Files", func(f *FolderCount) *int64 { return &f.Files }),
		app.Int("bytes", "バイト数", "Bytes", func(f *FolderCount) *int64 { return &f.Bytes }),
		app.Int("exposed", "未保護", "Unprotected", func(f *FolderCount) *int64 { return &f.Exposed })),
	app.Rows("errors", "読み取れなかった理由", "Why not read", func(r *Run) *[]ErrorCount { return &r.Errors },
		app.One("reason", "理由", "Reason", func(e *ErrorCount) *extract.Reason { return &e.Reason }, reasonNames()...),
		app.Int("count", "件数", "Count", func(e *ErrorCount) *int64 { return &e.Count })),
	app.Text("edition", "ルールの版", "Edition of the rules", func(r *Run) *string { return &r.Edition }),
	app.Text("program", "プログラム", "Program", func(r *Run) *string { return &r.Program }),
).Clause("3.4.2").Rule(ran).Zoned(func(r *Run) app.Zone { return r.Zone }).Of(func(r *Run) app.ID { return r.Agent.ID }).Can(
	app.Do("tell", "点検結果を記録する", "Tell what was found", tell, tellings).Saw("state"),
).Lists(
	app.Listed("all", "全て", "All").Newest("begun"),
	app.Listed("job", "点検別", "By scan").Of("job").Newest("begun"),
	app.Listed("unended", "終わっていない実行", "Not ended", app.Where("ended", "=", int64(0))).By("begun"),
)

var errRunEnded = app.Refuse(app.Forbidden, "state", "終了した実行は変更できません。", "a run that has ended is never changed")

// ran lets the job's agent alone say how a run went, and tells the job when it ends.
func ran(a *app.Act, before, after *Run) error {
	switch {
	case before.Ended != 0:
		return errRunEnded
	case !before.IsNew() && before.Job != after.Job:
		return errOtherJob
	}
	job, err := jobOf(a, after.Job)
	if err != nil {
		return err
	}
	if before.IsNew() {
		after.Agent, after.Zone, after.Server, after.Department, after.Begun = job.Agent, job.Zone, job.Server, job.Department, a.At
	}
	if after.State == Done || after.State == RunFailed {
		after.Ended = a.At
		if job.State != Retired {
			job.last(after)
			a.Save(job)
		}
	}
	return nil
}

// last notes what a run said that has ended. One that failed has no figures.
func (j *Job) last(r *Run) {
	j.LastBegun, j.LastEnded, j.LastState = r.Begun, r.Ended, r.State
	if r.State == Done {
		j.LastRun, j.LastFiles, j.LastUnread, j.LastExposed, j.Edition = r.Ref, r.Files, r.Unread, r.Exposed, r.Edition
	}
}
