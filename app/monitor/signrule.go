package monitor

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// SignRule says from what on something counts as a sign of a failure to come. What its
// numbers mean is said by what it looks at.
type SignRule struct {
	Name  string // in records, for ever
	Says  string // as people read it
	Looks Look
	Times int // the usual
	Least int // below which nothing counts
	Days  int // that it looks back
}

// Look is what a rule looks at.
type Look string

// The looks.
const (
	LogErrors   Look = "log_errors"   // a day's errors: over Times the usual, and Least
	LogLines    Look = "log_lines"    // a day's lines: the same
	LogSilence  Look = "log_silence"  // a day without a line, where Least are usual
	BackupFails Look = "backup_fails" // the last Least runs failed, in part at least
	BackupLate  Look = "backup_late"  // none has run for longer than Times what is allowed between two
	Flapping    Look = "flapping"     // one event came Least times in Days
	SpaceGoes   Look = "space_goes"   // events of free space came Least times in Days, more than in the Days before
)

// SignRules are those in force.
var SignRules = []SignRule{
	{"log-errors", "ログのエラーが普段の3倍を超え、20行以上", LogErrors, 3, 20, 28},
	{"log-lines", "ログの行数が普段の5倍を超え、1,000行以上", LogLines, 5, 1_000, 28},
	{"log-silence", "普段は1日100行以上あるログが1行もない", LogSilence, 0, 100, 28},
	{"backup-fails", "バックアップの失敗が3回続く", BackupFails, 0, 3, 0},
	{"backup-late", "バックアップが、許容間隔の2倍を超えて実行されていない", BackupLate, 2, 0, 0},
	{"flapping", "同じ事象が24時間に5回以上発生", Flapping, 0, 5, 1},
	{"space-goes", "空き容量の警報が7日間に3回以上あり、その前の7日間より多い", SpaceGoes, 0, 3, 7},
}

const (
	judged = 7 // days gone by on which logs are still judged: what is older is no sign any more
	usual  = 7 // days that must be known before what is usual can be told
)

// Facts are what is known of one target.
type Facts struct {
	Target  *Target
	Logs    []*LogDay
	Backups []*Backup
	Events  []*Event
	Past    []*Sign // that were seen of it before
	Now     app.Stamp
}

// Cause is why a sign is one: one rule, on one thing of the target.
type Cause struct {
	Rule            string // with what it is about: log-errors/syslog
	Sort            SignSort
	Title, Evidence string
	Last            app.Stamp // of what it goes by
}

// Causes tells what the rules find. What stands in a sign that is open is not told again,
// and what went into one that is closed does not count a second time.
func Causes(rules []SignRule, f Facts) (all []Cause) {
	for _, r := range rules {
		look := map[Look]func(SignRule) []Cause{LogErrors: f.errors, LogLines: f.lines, LogSilence: f.silence, BackupFails: f.fails, BackupLate: f.late,
			Flapping: f.flapping, SpaceGoes: f.space}[r.Looks]
		for _, c := range look(r) {
			c.Evidence = "規則「" + r.Says + "」（" + r.Name + "）による。\n" + c.Evidence
			all = append(all, c)
		}
	}
	return all
}

// since is until when facts went into signs of a cause that are closed; open says that
// one is not.
func (f Facts) since(rule string) (at app.Stamp, open bool) {
	for _, s := range f.Past {
		if s.Rule == rule {
			at, open = max(at, s.Last), open || s.State != Prevented
		}
	}
	return at, open
}

// day is what a day of one log holds, from however many files.
type day struct{ lines, errors int }

// logs are the days of each log.
func (f Facts) logs() map[string]map[app.Day]day {
	all := map[string]map[app.Day]day{}
	for _, d := range f.Logs {
		if all[d.Log] == nil {
			all[d.Log] = map[app.Day]day{}
		}
		sum := all[d.Log][d.Day]
		all[d.Log][d.Day] = day{sum.lines + d.Lines, sum.errors + d.Errors}
	}
	return all
}

// unusual looks at the days of each log that may still be judged, the last first, and
// tells the first that a rule finds.
func (f Facts) unusual(r SignRule, sort SignSort, count func(day) int, over func(n, usual int) bool, say func(log string, n, usual int) (title, evidence string)) (all []Cause) {
	today := app.DayOf(civil.DateOf(f.Now.Time()))
	logs := f.logs()
	for _, log := range slices.Sorted(maps.Keys(logs)) {
		rule := r.Name + "/" + log
		since, open := f.since(rule)
		for d := today; d > today-judged && !open; d-- {
			is, there := logs[log][d]
			at := app.StampOf(d.Civil().Start())
			if !there || at <= since {
				continue
			}
			n, known := count(is), before(logs[log], d, r.Days, count)
			if len(known) < usual {
				continue
			}
			if is := median(known); over(n, is) {
				title, evidence := say(log, n, is)
				evidence = fmt.Sprintf("%s: %s普段は、前の%d日間のうち記録のある%d日の中央値です。", d.Civil(), evidence, r.Days, len(known))
				all = append(all, Cause{rule, sort, title, evidence, at})
				break
			}
		}
	}
	return all
}

// before are the counts of the days before one.
func before(days map[app.Day]day, of app.Day, back int, count func(day) int) (known []int) {
	for d := of - app.Day(back); d < of; d++ {
		if is, there := days[d]; there {
			known = append(known, count(is))
		}
	}
	return known
}

// median is the lower one of two.
func median(all []int) int {
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

func (f Facts) errors(r SignRule) []Cause {
	return f.unusual(r, Errors, func(d day) int { return d.errors }, r.over, func(log string, n, usual int) (string, string) {
		return "ログのエラーが増えている（" + log + "）", fmt.Sprintf("ログ「%s」のエラーは%d行、普段は%d行です。", log, n, usual)
	})
}

func (f Facts) lines(r SignRule) []Cause {
	return f.unusual(r, Unusual, func(d day) int { return d.lines }, r.over, func(log string, n, usual int) (string, string) {
		return "ログが普段より多い（" + log + "）", fmt.Sprintf("ログ「%s」は%d行、普段は%d行です。", log, n, usual)
	})
}

func (r SignRule) over(n, usual int) bool { return n >= r.Least && n > r.Times*usual }

func (f Facts) silence(r SignRule) []Cause {
	return f.unusual(r, Silence, func(d day) int { return d.lines }, func(n, usual int) bool { return n == 0 && usual >= r.Least }, func(log string, _, usual int) (string, string) {
		return "ログが途絶えた（" + log + "）", fmt.Sprintf("ログ「%s」は0行、普段は%d行です。", log, usual)
	})
}

// runs are those of the backup, the last first.
func (f Facts) runs() []*Backup {
	runs := slices.DeleteFunc(slices.Clone(f.Backups), func(b *Backup) bool { return b.At > f.Now })
	slices.SortFunc(runs, func(a, b *Backup) int { return cmp.Compare(b.At, a.At) })
	return runs
}

func (f Facts) fails(r SignRule) []Cause {
	since, open := f.since(r.Name)
	runs := f.runs()
	if open || len(runs) < r.Least {
		return nil
	}
	var said []string
	for _, b := range runs[:r.Least] {
		if b.Result == Good || b.At <= since {
			return nil
		}
		said = append(said, b.At.Time().Format("2006-01-02 15:04")+" "+Backups.Show(b, "result", app.JA))
	}
	return []Cause{{r.Name, Errors, "バックアップの失敗が続いている", fmt.Sprintf("直近の%d回: %s。", r.Least, strings.Join(said, "、")), runs[0].At}}
}

func (f Facts) late(r SignRule) []Cause {
	since, open := f.since(r.Name)
	runs := f.runs()
	if open || f.Target.Schedule == "" || len(runs) == 0 || runs[0].At <= since {
		return nil
	}
	age := time.Duration(f.Now-runs[0].At) * time.Millisecond
	if age <= time.Duration(r.Times)*f.Target.allowed() {
		return nil
	}
	return []Cause{{r.Name, Silence, "バックアップが実行されていない", fmt.Sprintf("最後の実行は %s で、%d時間前です。許容間隔は%d時間です。",
		runs[0].At.Time().Format("2006-01-02 15:04"), int(age.Hours()), int(f.Target.allowed().Hours())), f.Now}}
}

// lately are the events of so many days that end so many days ago.
func (f Facts) lately(days, ago int, since app.Stamp, is func(*Event) bool) (all []*Event) {
	end := f.Now.Time().AddDate(0, 0, -ago)
	from := app.StampOf(end.AddDate(0, 0, -days))
	for _, e := range f.Events {
		if e.Occurred > max(from, since) && e.Occurred <= app.StampOf(end) && !e.Silenced && is(e) {
			all = append(all, e)
		}
	}
	return all
}

func (f Facts) flapping(r SignRule) (all []Cause) {
	titles := map[string]bool{}
	for _, e := range f.Events {
		titles[e.Title] = true
	}
	for _, title := range slices.Sorted(maps.Keys(titles)) {
		rule := r.Name + "/" + title
		since, open := f.since(rule)
		came := f.lately(r.Days, 0, since, func(e *Event) bool { return e.Title == title })
		if open || len(came) < r.Least {
			continue
		}
		back, last := 0, app.Stamp(0)
		for _, e := range came {
			last = max(last, e.Occurred)
			if e.Recovered != 0 {
				back++
			}
		}
		all = append(all, Cause{rule, Unusual, "発生と復旧を繰り返している（" + title + "）", fmt.Sprintf("事象「%s」が、%sまでの%d時間に%d回発生し、%d回復旧しました。",
			title, last.Time().Format("2006-01-02 15:04"), r.Days*24, len(came), back), last})
	}
	return all
}

// spaceWords are what tools call events of free space by.
var spaceWords = regexp.MustCompile(`(?i)空き|容量|ディスク|\bdisk\b|\bspace\b|filesystem|storage`)

func (f Facts) space(r SignRule) []Cause {
	since, open := f.since(r.Name)
	of := func(e *Event) bool { return spaceWords.MatchString(e.Title) }
	came, before := f.lately(r.Days, 0, since, of), f.lately(r.Days, r.Days, 0, of)
	if open || len(came) < r.Least || len(came) <= len(before) {
		return nil
	}
	var last app.Stamp
	for _, e := range came {
		last = max(last, e.Occurred)
	}
	return []Cause{{r.Name, Trend, "空き容量の警報が増えている", fmt.Sprintf("空き容量の警報は、この%d日間に%d回、その前の%d日間に%d回です。", r.Days, len(came), r.Days, len(before)), last}}
}
