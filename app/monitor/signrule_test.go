package monitor_test

import (
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/monitor"
)

var signDay = civil.DateOf(time.Date(2026, 11, 20, 12, 0, 0, 0, civil.Tokyo))

// known is a server whose log has 10 errors and 500 lines a day, and that is backed up
// each night.
func known() monitor.Facts {
	t := monitor.Targets.Draft(app.ID{100})
	t.Name, t.Host, t.Managed, t.Schedule = "財務会計サーバー", "fin01", true, "毎日 23:00"
	f := monitor.Facts{Target: t, Now: app.StampOf(signDay.Start().Add(12 * time.Hour))}
	for ago := 1; ago <= 28; ago++ {
		f.Logs = append(f.Logs, logDay(ago, 500, 10))
		f.Backups = append(f.Backups, run(ago, monitor.Good))
	}
	return f
}

func logDay(ago, lines, errors int) *monitor.LogDay {
	return &monitor.LogDay{Log: "syslog", Day: app.DayOf(signDay.AddDays(-ago)), Lines: lines, Errors: errors}
}

func run(ago int, result monitor.Result) *monitor.Backup {
	return &monitor.Backup{Target: app.Ref{Kind: monitor.TargetKind, ID: app.ID{100}}, At: app.StampOf(signDay.AddDays(1 - ago).Start().Add(-time.Hour)), Result: result}
}

func event(title string, hours int) *monitor.Event {
	at := app.StampOf(signDay.Start().Add(12 * time.Hour).Add(-time.Duration(hours) * time.Hour))
	return &monitor.Event{Title: title, Occurred: at, Recovered: at + 60_000}
}

// TestCauses: each rule at its limit and just below it, with the numbers that it went by.
func TestCauses(t *testing.T) {
	events := func(title string, hours ...int) func(*monitor.Facts) {
		return func(f *monitor.Facts) {
			for _, h := range hours {
				f.Events = append(f.Events, event(title, h))
			}
		}
	}
	runs := func(results ...monitor.Result) func(*monitor.Facts) {
		return func(f *monitor.Facts) {
			for i, r := range results {
				f.Backups[i].Result = r
			}
		}
	}
	today := func(lines, errors int) func(*monitor.Facts) {
		return func(f *monitor.Facts) { f.Logs = append(f.Logs, logDay(0, lines, errors)) }
	}
	const bad, part, good = monitor.Failed, monitor.Partial, monitor.Good
	for name, c := range map[string]struct {
		change func(*monitor.Facts)
		rule   string // none: nothing is found
		says   string
	}{
		"as ever":                {func(*monitor.Facts) {}, "", ""},
		"errors, three times":    {today(500, 30), "", ""},
		"errors, over":           {today(500, 31), "log-errors/syslog", "2026-11-20: ログ「syslog」のエラーは31行、普段は10行です。普段は、前の28日間のうち記録のある28日の中央値です。"},
		"errors, in two files":   {func(f *monitor.Facts) { f.Logs = append(f.Logs, logDay(0, 1, 15), logDay(0, 1, 16)) }, "log-errors/syslog", "31行"},
		"errors, few days known": {func(f *monitor.Facts) { f.Logs = append(f.Logs[:6], logDay(0, 500, 99)) }, "", ""},
		"errors, where none are usual": {func(f *monitor.Facts) {
			for _, d := range f.Logs {
				d.Errors = 0
			}
			f.Logs = append(f.Logs, logDay(0, 500, 19))
		}, "", ""},
		"errors, long ago":  {func(f *monitor.Facts) { f.Logs[7].Errors = 500 }, "", ""},
		"errors, a week":    {func(f *monitor.Facts) { f.Logs[5].Errors = 500 }, "log-errors/syslog", "2026-11-14: "},
		"lines":             {today(2501, 0), "log-lines/syslog", "2501行、普段は500行"},
		"lines, below":      {today(2500, 0), "", ""},
		"silence":           {func(f *monitor.Facts) { f.Logs[0].Lines = 0 }, "log-silence/syslog", "0行、普段は500行"},
		"three failed":      {runs(bad, part, bad), "backup-fails", "直近の3回: 2026-11-19 23:00 失敗、2026-11-18 23:00 一部失敗、2026-11-17 23:00 失敗。"},
		"two failed":        {runs(bad, bad, good), "", ""},
		"late":              {func(f *monitor.Facts) { f.Backups = f.Backups[2:] }, "backup-late", "最後の実行は 2026-11-17 23:00 で、61時間前です。許容間隔は24時間です。"},
		"not yet late":      {func(f *monitor.Facts) { f.Backups = f.Backups[1:] }, "", ""},
		"late, but allowed": {func(f *monitor.Facts) { f.Backups, f.Target.BackupAge = f.Backups[2:], 48 }, "", ""},
		"flapping":          {events("応答なし", 1, 2, 3, 4, 23), "flapping/応答なし", "事象「応答なし」が、2026-11-20 11:00までの24時間に5回発生し、5回復旧しました。"},
		"four times":        {events("応答なし", 1, 2, 3, 4, 25), "", ""},
		"space":             {events("ディスクの空きが10%未満", 1, 30, 60, 200, 230), "space-goes", "この7日間に3回、その前の7日間に2回"},
		"space, as before":  {events("ディスクの空きが10%未満", 1, 30, 60, 200, 230, 250), "", ""},
		"maintenance": {func(f *monitor.Facts) {
			events("応答なし", 1, 2, 3, 4, 5)(f)
			f.Events[0].Silenced = true
		}, "", ""},
	} {
		f := known()
		c.change(&f)
		got := monitor.Causes(monitor.SignRules, f)
		switch {
		case c.rule == "" && len(got) > 0:
			t.Errorf("%s: %+v", name, got)
		case c.rule != "" && (len(got) != 1 || got[0].Rule != c.rule || !strings.Contains(got[0].Evidence, c.says) || !strings.HasPrefix(got[0].Evidence, "規則「")):
			t.Errorf("%s: %+v, want %s %s", name, got, c.rule, c.says)
		}
		if c.rule == "" {
			continue
		}
		f.Past = []*monitor.Sign{{Rule: c.rule, Last: got[0].Last, State: monitor.Reported}}
		if again := monitor.Causes(monitor.SignRules, f); len(again) != 0 {
			t.Errorf("%s: again while it is open: %+v", name, again)
		}
		f.Past[0].State = monitor.Prevented
		if again := monitor.Causes(monitor.SignRules, f); len(again) != 0 {
			t.Errorf("%s: again of the same: %+v", name, again)
		}
		f.Past[0].Rule = "another"
		if again := monitor.Causes(monitor.SignRules, f); len(again) != 1 {
			t.Errorf("%s: another sign hides it", name)
		}
	}
}
