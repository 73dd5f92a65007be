package monitor

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// The kinds of what is kept of backups.
const (
	BackupKind  app.Kind = "backup_result"
	RestoreKind app.Kind = "restore_test"
)

// Backup is what came of one run of a backup.
type Backup struct {
	app.Head
	Title  string // when it ended, as people read it
	Target app.Ref
	At     app.Stamp // it ended
	Result Result
	Size   int // MB
	Detail string
}

// Result is how something ended.
type Result string

// The results.
const (
	Good    Result = "good"
	Partial Result = "partial" // counts as no good one: something is missing
	Failed  Result = "failed"
)

var results = []app.Option[Result]{app.Is(Good, "成功", "Good"), app.Is(Partial, "一部失敗", "Partial"), app.Is(Failed, "失敗", "Failed")}

// Backups is the register of results.
var Backups = app.Describe(BackupKind, "バックアップの結果", "Backup results",
	app.Text("title", "件名", "Title", func(b *Backup) *string { return &b.Title }).ByRule().Index(),
	app.Link("target", "監視対象", "Target", TargetKind, func(b *Backup) *app.Ref { return &b.Target }).Must().Index(),
	app.At("at", "終了日時", "Ended", func(b *Backup) *app.Stamp { return &b.At }).Must().Index(),
	app.One("result", "結果", "Result", func(b *Backup) *Result { return &b.Result }, results...).Must().Index(),
	app.Int("size", "容量（MB）", "Size (MB)", func(b *Backup) *int { return &b.Size }).Range(0, 1_000_000_000_000),
	app.Text("detail", "詳細", "Detail", func(b *Backup) *string { return &b.Detail }).Search(),
).Clause("3.2.1").Within(func(b *Backup) app.Ref { return b.Target }).Rule(titled).Lists(
	app.Listed("all", "全て", "All").Newest("at"),
	app.Listed("failed", "失敗", "Failed", app.Where("result", "=", string(Failed))).Newest("at"),
	app.Listed("target", "監視対象別", "By target").Of("target").Newest("at"),
)

func titled(_ *app.Act, _, after *Backup) error {
	after.Title = after.At.Time().Format("2006-01-02 15:04") + " のバックアップ"
	return nil
}

// Restore is a test that what was backed up can be restored.
type Restore struct {
	app.Head
	Target  app.Ref
	On      app.Day
	What    string
	Result  Result
	Minutes int
	Who     string
	Problem string
}

// Restores is the register of restore tests.
var Restores = app.Describe(RestoreKind, "復元試験", "Restore tests",
	app.Link("target", "監視対象", "Target", TargetKind, func(r *Restore) *app.Ref { return &r.Target }).Must().Index(),
	app.On("on", "実施日", "Day", func(r *Restore) *app.Day { return &r.On }).Must().Index(),
	app.Text("what", "復元したもの", "Restored", func(r *Restore) *string { return &r.What }).Must().Search(),
	app.One("result", "結果", "Result", func(r *Restore) *Result { return &r.Result }, results...).Must(),
	app.Int("minutes", "所要時間（分）", "Minutes", func(r *Restore) *int { return &r.Minutes }).Range(0, 100_000),
	app.Text("who", "実施者", "Who", func(r *Restore) *string { return &r.Who }).Seal(),
	app.Long("problem", "問題と対応", "Problems", func(r *Restore) *string { return &r.Problem }).Search().Seal(),
).Clause("3.2.1").Within(func(r *Restore) app.Ref { return r.Target }).Lists(
	app.Listed("all", "全て", "All").Newest("on"),
	app.Listed("target", "監視対象別", "By target").Of("target").Newest("on"),
)

// Job is a line of a backup program's list.
type Job struct {
	Host   string
	At     app.Stamp
	Result Result
	Size   int // MB
	Detail string
}

// resultWords are how programs say it.
var resultWords = map[string]Result{
	"成功": Good, "正常終了": Good, "good": Good, "ok": Good, "success": Good, "succeeded": Good,
	"一部失敗": Partial, "警告": Partial, "partial": Partial, "warning": Partial,
	"失敗": Failed, "異常終了": Failed, "failed": Failed, "error": Failed,
}

// ReadJobs reads the results of backups: CSV with host, ended, result, size (MB), detail
// (ホスト, 終了日時, 結果, 容量, 詳細). Times without a zone are Japan's.
func ReadJobs(r io.Reader) (jobs []Job, err error) {
	err = readTable(r, []column{
		{"host", []string{"ホスト", "host"}, true}, {"ended", []string{"終了日時", "ended"}, true}, {"result", []string{"結果", "result"}, true},
		{"size", []string{"容量", "容量(mb)", "size"}, false}, {"detail", []string{"詳細", "detail"}, false},
	}, func(row map[string]string) error {
		j := Job{Host: row["host"], Result: resultWords[strings.ToLower(row["result"])], Detail: row["detail"]}
		at, ok := readTime(row["ended"])
		switch {
		case j.Host == "":
			return tableError("host", "ホストが空です。監視対象のホスト名を入力してください。", "the host is empty; write the name of the target's host")
		case !ok:
			return tableError("ended", "終了日時を読み取れません。「2026-11-20 23:10」の形にしてください。", "the time is none; write 2026-11-20 23:10")
		case j.Result == "":
			return tableError("result", "結果「"+row["result"]+"」が分かりません。成功、一部失敗、失敗のいずれかにしてください。", "the result is none; write good, partial or failed")
		}
		j.At = app.StampOf(at)
		if s := strings.ReplaceAll(row["size"], ",", ""); s != "" {
			n, err := strconv.ParseFloat(s, 64)
			if err != nil || n < 0 || n > 1e12 {
				return tableError("size", "容量は MB の数字で入力してください。", "the size is a number of MB")
			}
			j.Size = int(n)
		}
		jobs = append(jobs, j)
		return nil
	})
	return jobs, err
}

var timeLayouts = []string{time.RFC3339Nano, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006/1/2 15:04:05", "2006/1/2 15:04", "2006.01.02 15:04:05"}

// readTime reads a time as programs write it; without a zone it is Japan's.
func readTime(text string) (time.Time, bool) {
	for _, l := range timeLayouts {
		if t, err := time.ParseInLocation(l, text, civil.Tokyo); err == nil {
			return t, t.Year() >= 2000 && t.Year() < 2200
		}
	}
	return time.Time{}, false
}

// Health is how the backups of a managed server stand.
type Health string

// The healths, the worst first.
const (
	Unscheduled Health = "unscheduled" // it has no schedule
	Never       Health = "never"       // no good one is known
	Overdue     Health = "overdue"     // the last good one is too old
	Fine        Health = "fine"
)

// Runs are the results that are known of a server's backups.
type Runs struct {
	LastGood  app.Stamp
	Good, All int
}

// Cover is how one managed server is backed up.
type Cover struct {
	Target *Target
	Health Health
	Runs
}

// Covered judges every managed server (clause 3.2.1: 管理対象サーバの定期的なバックアップ), the
// worst first.
func Covered(targets []*Target, runs map[app.Ref]Runs, now app.Stamp) (all []Cover) {
	for _, t := range targets {
		if t.Managed {
			all = append(all, t.cover(runs[t.Ref], now))
		}
	}
	order := []Health{Unscheduled, Never, Overdue, Fine}
	slices.SortStableFunc(all, func(a, b Cover) int { return slices.Index(order, a.Health) - slices.Index(order, b.Health) })
	return all
}

func (t *Target) cover(runs Runs, now app.Stamp) Cover {
	c := Cover{Target: t, Runs: runs}
	switch {
	case t.Schedule == "":
		c.Health = Unscheduled
	case c.LastGood == 0:
		c.Health = Never
	case now-c.LastGood > app.Stamp(t.allowed()/time.Millisecond):
		c.Health = Overdue
	default:
		c.Health = Fine
	}
	return c
}

// allowed is how old the last good backup may be.
func (t *Target) allowed() time.Duration {
	if t.BackupAge == 0 {
		return 24 * time.Hour
	}
	return time.Duration(t.BackupAge) * time.Hour
}
