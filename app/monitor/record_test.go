package monitor_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/modules/modulestest"
	"daicho/app/monitor"
)

var latest20 = time.Date(2026, 11, 20, 15, 0, 0, 0, civil.Tokyo)

// TestParseLine: what real programs write, by the standards that they name.
func TestParseLine(t *testing.T) {
	for text, want := range map[string]monitor.Line{
		// RFC 5424, section 6.5, examples 1 and 3; their times are UTC and −7 hours.
		`<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - BOM'su root' failed`: {At: on(2003, 10, 12, 7, 14, 15), Host: "mymachine.example.com", Error: true},
		`<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time`:       {At: on(2003, 8, 24, 21, 14, 15), Host: "192.0.2.1"},
		`<165>1 2026-11-20T10:00:00+09:00 - app - - - x`:                                       {At: on(2026, 11, 20, 10, 0, 0)},
		// RFC 3164, section 5.4; the year is that before the latest time.
		`<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8`: {At: on(2026, 10, 11, 22, 14, 15), Host: "mymachine", Error: true},
		`Nov 20 14:00:00 fin01 kernel: I/O error, dev sda`:                             {At: on(2026, 11, 20, 14, 0, 0), Host: "fin01", Error: true},
		`Nov  2 14:00:00 fin01 cron[1]: session opened`:                                {At: on(2026, 11, 2, 14, 0, 0), Host: "fin01"},
		`Nov 21 14:00:00 fin01 x: within a day of the latest`:                          {At: on(2026, 11, 21, 14, 0, 0), Host: "fin01"},
		`Dec 31 23:59:59 fin01 x: of the year before`:                                  {At: on(2025, 12, 31, 23, 59, 59), Host: "fin01"},
		`Feb 29 12:00:00 fin01 x: of the last leap year`:                               {At: on(2024, 2, 29, 12, 0, 0), Host: "fin01"},
		// rsyslog's file format, snmptrapd's, and a web server's.
		`2026-11-20T14:00:00.123456+09:00 fin01 app: 異常終了`:                                       {At: on(2026, 11, 20, 14, 0, 0), Host: "fin01", Error: true},
		`2026-11-20 14:00:00 sw-2f [UDP: [192.0.2.7]:50000->[192.0.2.1]:162]:`:                   {At: on(2026, 11, 20, 14, 0, 0), Host: "sw-2f", Error: true},
		`2026-11-20 14:00:00 <UNKNOWN> [UDP: [192.0.2.7]:50000->[192.0.2.1]:162]:`:               {At: on(2026, 11, 20, 14, 0, 0), Host: "192.0.2.7", Error: true},
		`192.0.2.9 - taro [20/Nov/2026:14:00:00 +0900] "GET / HTTP/1.1" 503 12`:                  {At: on(2026, 11, 20, 14, 0, 0), Error: true},
		`192.0.2.9 - - [20/Nov/2026:14:00:00 +0900] "GET /error HTTP/1.1" 200 500 "-" "Mozilla"`: {At: on(2026, 11, 20, 14, 0, 0)},
	} {
		got, ok := monitor.ParseLine(text, latest20)
		if got.At = got.At.In(civil.Tokyo).Truncate(time.Second); !ok || !got.At.Equal(want.At) || got.Host != want.Host || got.Error != want.Error {
			t.Errorf("%s\n got %+v %v\nwant %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "no log at all", "<192>1 2026-11-20T10:00:00Z h a - - - x", "<34>1 2026-13-20T10:00:00Z h a - - - x", "Feb 30 12:00:00 fin01 x", "Nov 20 25:00:00 fin01 x"} {
		if l, ok := monitor.ParseLine(text, latest20); ok {
			t.Errorf("%q: %+v", text, l)
		}
	}
}

func on(y int, m time.Month, d, hour, minute, second int) time.Time {
	return time.Date(y, m, d, hour, minute, second, 0, civil.Tokyo)
}

func how() monitor.Reading {
	return monitor.Reading{Host: "web01", Latest: latest20, MaxGap: time.Hour}
}

// TestCountLog: days without a line are there, gaps go over midnight, entries of many
// lines count once, and what is not understood is counted.
func TestCountLog(t *testing.T) {
	c, err := monitor.CountLog(strings.NewReader(`Nov 16 23:30:00 fin01 a: x
Nov 16 23:50:00 fin01 a: error
	at main.go:1
Nov 19 00:40:00 fin01 a: x
Nov 19 00:10:00 fin01 a: earlier than the line before
what is this
192.0.2.9 - - [19/Nov/2026:14:00:00 +0900] "GET / HTTP/1.1" 200 5
`), how())
	if err != nil {
		t.Fatal(err)
	}
	day := func(d int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: d} }
	want := []monitor.Count{
		{Host: "fin01", Day: day(16), Lines: 2, Errors: 1, Gap: 20 * time.Minute},
		{Host: "fin01", Day: day(17), Gap: 24 * time.Hour, Gapped: true},
		{Host: "fin01", Day: day(18), Gap: 24 * time.Hour, Gapped: true},
		{Host: "fin01", Day: day(19), Lines: 2, Gap: 30 * time.Minute},
		{Host: "web01", Day: day(19), Lines: 1},
	}
	if !slices.Equal(c.Days, want) || c.Unread != 1 || c.First != 6 {
		t.Errorf("%+v", c)
	}
}

func TestCountCSV(t *testing.T) {
	c, err := monitor.CountCSV(strings.NewReader("\xef\xbb\xbfレベル,日付と時刻,ソース\r\nエラー,2026/11/19 9:00:00,Disk\r\n情報,2026/11/19 9:30:00,Service\r\n情報,いつか,Service\r\n"), how())
	if err != nil || len(c.Days) != 1 || c.Days[0].Lines != 2 || c.Days[0].Errors != 1 || c.Days[0].Host != "web01" || c.Unread != 1 || c.First != 4 {
		t.Errorf("%+v %v", c, err)
	}
}

// TestNoLineIsLost: whatever the order, the lines of all days are those that came, no day
// between is missing, and no gap is longer than its day.
func TestNoLineIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "lines")
		var b strings.Builder
		for range n {
			at := latest20.Add(-time.Duration(rapid.IntRange(0, 20*86_400).Draw(t, "ago")) * time.Second)
			b.WriteString("<13>1 " + at.Format(time.RFC3339) + " h a - - - x\n")
		}
		c, err := monitor.CountLog(strings.NewReader(b.String()), how())
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for i, d := range c.Days {
			lines += d.Lines
			if d.Gap > 24*time.Hour || d.Lines == 0 && d.Gap != 24*time.Hour || i > 0 && c.Days[i-1].Day.AddDays(1) != d.Day {
				t.Fatalf("%+v", c.Days)
			}
		}
		if lines != n || c.Unread != 0 {
			t.Fatalf("%d of %d lines", lines, n)
		}
	})
}

func FuzzLog(f *testing.F) {
	for _, seed := range []string{"Nov 16 23:30:00 fin01 a: x", "<34>1 2003-10-11T22:14:15.003Z h a - - - x", "1 - - [20/Nov/2026:14:00:00 +0900] \"GET\" 503 12", "\xff\n\t\n"} {
		f.Add(seed + "\n" + seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := monitor.CountLog(strings.NewReader(text), how())
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, d := range c.Days {
			lines += d.Lines
		}
		if all := strings.Count(text, "\n") + 1; lines+c.Unread > all {
			t.Errorf("%d lines of %d", lines+c.Unread, all)
		}
	})
}

func TestReadJobs(t *testing.T) {
	jobs, err := monitor.ReadJobs(strings.NewReader("ホスト,終了日時,結果,容量,詳細\nfin01,2026-11-20 02:10,成功,\"12,345\",\nfin02,2026/11/20 2:10,異常終了,,テープ切れ\n"))
	want := []monitor.Job{
		{Host: "fin01", At: app.StampOf(on(2026, 11, 20, 2, 10, 0)), Result: monitor.Good, Size: 12345},
		{Host: "fin02", At: app.StampOf(on(2026, 11, 20, 2, 10, 0)), Result: monitor.Failed, Detail: "テープ切れ"},
	}
	if err != nil || !slices.Equal(jobs, want) {
		t.Errorf("%+v %v", jobs, err)
	}
	for _, bad := range []string{",2026-11-20 02:10,成功,", "a,きのう,成功,", "a,2026-11-20 02:10,たぶん,", "a,2026-11-20 02:10,成功,many"} {
		if _, err := monitor.ReadJobs(strings.NewReader("host,ended,result,size\n" + bad)); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestCovered: each managed server is judged, what is not managed is not.
func TestCovered(t *testing.T) {
	now := app.StampOf(latest20)
	hours := func(n int) app.Stamp { return now - app.Stamp(n)*3_600_000 }
	target := func(n byte, schedule string, age int) *monitor.Target {
		g := monitor.Targets.Draft(app.ID{n})
		g.Managed, g.Schedule, g.BackupAge = true, schedule, age
		return g
	}
	fine, old, weekly, never, bare := target(1, "毎日", 0), target(2, "毎日", 0), target(3, "毎週", 168), target(4, "毎日", 0), target(5, "", 0)
	other := target(6, "", 0)
	other.Managed = false
	all := monitor.Covered([]*monitor.Target{fine, old, weekly, never, bare, other}, map[app.Ref]monitor.Runs{
		fine.Ref: {LastGood: hours(24), Good: 1, All: 2}, old.Ref: {LastGood: hours(24) - 1, Good: 1, All: 2},
		weekly.Ref: {LastGood: hours(100), Good: 1, All: 1}, never.Ref: {All: 1}, bare.Ref: {LastGood: hours(1), Good: 1, All: 1},
	}, now)
	var got []string
	for _, c := range all {
		got = append(got, string([]byte{'0' + c.Target.Ref.ID[0]})+" "+string(c.Health))
	}
	if !slices.Equal(got, []string{"5 unscheduled", "4 never", "2 overdue", "1 fine", "3 fine"}) {
		t.Errorf("%q", got)
	}
	if all[3].Good != 1 || all[3].All != 2 || all[3].LastGood != hours(24) {
		t.Errorf("%+v", all[3])
	}
}

// TestASignIsReported before it is closed.
func TestASignIsReported(t *testing.T) {
	o := newOffice(t)
	s := monitor.Signs.Draft(app.ID{120})
	s.Title, s.Target, s.Sort, s.Evidence = "ディスクの空きが減っている", server, monitor.Trend, "1日に2GB減っている。"
	o.OK(o.Save(watcher, s))
	o.Is(o.Do(watcher, s.Ref, "close", "result=増設した"), app.Stale, "報告していません")
	o.OK(o.Do(watcher, s.Ref, "report", "document=報告第12号"))
	o.Is(o.Do(watcher, s.Ref, "report", "document=報告第13号"), app.Stale, "今の状態")
	o.OK(o.Do(watcher, s.Ref, "close", "result=増設した"))
	if g := modulestest.Load(o, monitor.Signs, s.Ref); g.State != monitor.Prevented || g.Report != "報告第12号" || g.Reported == 0 || g.SeenAt == 0 {
		t.Errorf("%+v", g)
	}
}
