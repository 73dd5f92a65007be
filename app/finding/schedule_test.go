package finding_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/finding"
)

func tokyo(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, civil.Tokyo)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestHours: 2026-11-23 is a Monday.
func TestHours(t *testing.T) {
	nights := finding.Job{Windows: []finding.Window{{Day: "mon", Begin: "22:00", Hours: 8}, {Day: "sat", Begin: "00:00", Hours: 24}, {Day: "sun", Begin: "12:00", Hours: 1}}}
	for _, c := range []struct{ now, until string }{
		{"2026-11-23 21:59", ""}, {"2026-11-23 22:00", "2026-11-24 06:00"}, {"2026-11-24 05:59", "2026-11-24 06:00"}, {"2026-11-24 06:00", ""},
		{"2026-11-28 00:00", "2026-11-29 00:00"}, {"2026-11-28 23:59", "2026-11-29 00:00"}, {"2026-11-29 00:00", ""}, {"2026-11-29 12:30", "2026-11-29 13:00"},
	} {
		got := nights.Until(tokyo(t, c.now))
		if c.until == "" && !got.IsZero() || c.until != "" && !got.Equal(tokyo(t, c.until)) {
			t.Errorf("%s: until %v, want %s", c.now, got, c.until)
		}
		if utc := nights.Until(tokyo(t, c.now).UTC()); !utc.Equal(got) {
			t.Errorf("%s in UTC: %v", c.now, utc)
		}
	}
}

func TestDue(t *testing.T) {
	at := func(s string) app.Stamp { return app.StampOf(tokyo(t, s)) }
	window := []finding.Window{{Day: "mon", Begin: "22:00", Hours: 8}}
	for _, c := range []struct {
		name string
		job  finding.Job
		now  string
		want bool
	}{
		{"never run", finding.Job{}, "2026-11-23 12:00", true},
		{"never run, not its hours", finding.Job{Windows: window}, "2026-11-23 12:00", false},
		{"stopped", finding.Job{State: finding.Stopped}, "2026-11-23 12:00", false},
		{"retired", finding.Job{State: finding.Retired, AskedAt: 1}, "2026-11-23 12:00", false},
		{"run six days ago", finding.Job{LastBegun: at("2026-11-17 12:00")}, "2026-11-23 12:00", false},
		{"run a week ago", finding.Job{LastBegun: at("2026-11-16 12:00")}, "2026-11-23 12:00", true},
		{"run a week ago, later in its hours", finding.Job{Windows: window, LastBegun: at("2026-11-16 22:05")}, "2026-11-23 22:00", true},
		{"run an hour ago, in the same hours", finding.Job{Windows: window, EveryDays: 1, LastBegun: at("2026-11-23 22:00")}, "2026-11-23 23:00", false},
		{"each month", finding.Job{EveryDays: 30, LastBegun: at("2026-11-01 12:00")}, "2026-11-23 12:00", false},
		{"asked for since", finding.Job{LastBegun: at("2026-11-22 12:00"), AskedAt: at("2026-11-22 13:00")}, "2026-11-23 12:00", true},
		{"asked for, not its hours", finding.Job{Windows: window, LastBegun: at("2026-11-22 12:00"), AskedAt: at("2026-11-22 13:00")}, "2026-11-23 12:00", false},
		{"asked for before", finding.Job{LastBegun: at("2026-11-22 12:00"), AskedAt: at("2026-11-22 11:00")}, "2026-11-23 12:00", false},
		{"failed an hour ago", finding.Job{LastBegun: at("2026-11-23 10:00"), LastEnded: at("2026-11-23 11:00"), LastState: finding.RunFailed}, "2026-11-23 12:00", false},
		{"failed this morning", finding.Job{LastBegun: at("2026-11-23 07:00"), LastEnded: at("2026-11-23 08:00"), LastState: finding.RunFailed}, "2026-11-23 12:00", true},
	} {
		if got := c.job.Due(tokyo(t, c.now)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestHoursThatAreNone(t *testing.T) {
	w := newWorld(t)
	for _, begin := range []string{"", "25:00", "22時", "22"} {
		j := w.job(t)
		j.Windows = []finding.Window{{Day: "mon", Begin: begin, Hours: 8}}
		refused(t, w.try(finding.Jobs, j), app.Invalid)
	}
	j := w.job(t)
	j.Exclude = "[a"
	refused(t, w.try(finding.Jobs, j), app.Invalid)
}

func TestWhoAnswersForAFolder(t *testing.T) {
	j := finding.Job{Department: "総務課", Owner: "総務係長", Parts: []finding.Part{{"福祉", "福祉課", "福祉係長"}, {"福祉/障害/", "障害福祉課", ""}, {"福祉2", "", "二係長"}}}
	for below, want := range map[string][2]string{
		"a.txt": {"総務課", "総務係長"}, "福祉/a.txt": {"福祉課", "福祉係長"}, "福祉/障害/a.txt": {"障害福祉課", "総務係長"}, "福祉/障害者.txt": {"福祉課", "福祉係長"},
		"福祉2/a.txt": {"総務課", "二係長"}, "福祉3/a.txt": {"総務課", "総務係長"},
	} {
		if d, o := j.Responsible(below); d != want[0] || o != want[1] {
			t.Errorf("%s: %s %s", below, d, o)
		}
	}
}

// TestRoots: a place is named from its beginning, and its lines are known by it.
func TestRoots(t *testing.T) {
	for root, good := range map[string]bool{"/srv/fukushi": true, "/": true, "smb://fs1/x": true, `D:\共有`: true, `\\fs1\x`: true, "D:/x": true,
		"share": false, "./share": false, "smb://": false, "smb://fs1": false, "smb://fs1/": false, "http://fs1/x": false} {
		w := newWorld(t)
		j := w.job(t)
		j.Root = root
		if err := w.try(finding.Jobs, j); good != (err == nil) {
			t.Errorf("%s: %v", root, err)
		}
	}
	for _, include := range []string{"../x", "a/../../b", `a\b`} {
		w := newWorld(t)
		j := w.job(t)
		j.Include = "様式\n" + include
		refused(t, w.try(finding.Jobs, j), app.Invalid)
	}
	for root, below := range map[string]string{"/srv/x/": "/srv/x", "/srv//y/../x": "/srv/x", "/": "", "smb://fs1/x/": "smb://fs1/x", `D:\x`: "D:/x"} {
		w, paths := newWorld(t), map[app.ID]string{}
		j := w.job(t)
		j.Root, j.Parts = root, []finding.Part{{Folder: "福祉", Department: "障害福祉課"}}
		w.save(t, finding.Jobs, j)
		file := below + "/福祉/a.xlsx"
		run, _ := w.run(t, paths, exposed(file))
		if f := w.finding(t, key.Mark(job.ID, file)); f.Department != "障害福祉課" || run.Departments[0].Department != "障害福祉課" {
			t.Errorf("%s: %s", root, f.Department)
		}
		if run, _ = w.run(t, paths, failed(root)); run.Verified != 0 || run.Waiting != 1 {
			t.Errorf("%s: verified, though none of it could be read", root)
		}
		if run, _ = w.run(t, paths, clean(below+"/a.txt")); run.Verified != 1 {
			t.Errorf("%s: a file that is gone is not seen so", root)
		}
	}
}
