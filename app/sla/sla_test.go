package sla_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
	"daicho/app/sla"
	"daicho/assets"
)

// at reads 2026-11-20 17:30, with seconds and parts of them if need be, in Tokyo.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if v, err := time.ParseInLocation(layout, text, civil.Tokyo); err == nil {
			return v
		}
	}
	t.Fatalf("%q is no time", text)
	return time.Time{}
}

// exactly is a moment without an error.
func exactly(t testing.TB, text string) sla.Moment { return sla.Exactly(at(t, text)) }

// within is a moment that may be so much off.
func within(t testing.TB, text string, off time.Duration) sla.Moment {
	return sla.Moment{At: app.StampOf(at(t, text)), Err: off.Milliseconds()}
}

func made(t testing.TB, versions ...calendar.Version) *calendar.Calendar {
	t.Helper()
	h, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.New(h, versions...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// three are the calendars of the contract; to make them takes some milliseconds.
var three = sync.OnceValues(func() (c sla.Contract, err error) {
	h, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		return c, err
	}
	always, err := calendar.New(h, calendar.Always())
	city, err2 := calendar.New(h, calendar.City())
	onsite, err3 := calendar.New(h, calendar.Onsite())
	return sla.Contract{Always: always, City: city, Onsite: onsite}, errors.Join(err, err2, err3)
})

func contract(t testing.TB, ledger ...sla.Reading) sla.Contract {
	t.Helper()
	c, err := three()
	if err != nil {
		t.Fatal(err)
	}
	c.Ledger = ledger
	return c
}

func wantAt(t *testing.T, what string, got time.Time, want string) {
	t.Helper()
	if want == "" && !got.IsZero() || want != "" && !got.Equal(at(t, want)) {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func wantVerdict(t *testing.T, what string, got, want sla.Verdict) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// fourHours is a clock of four hours of staff time that waiting for the city stops.
func fourHours(t testing.TB) sla.Clock {
	return sla.Clock{Name: app.Label{JA: "対応", EN: "work"}, Hours: contract(t).Onsite, Limit: 4 * time.Hour, Pauses: []sla.Party{sla.City, sla.Third}}
}

func ran(t *testing.T, c sla.Clock, now string, events ...sla.Event) sla.Result {
	t.Helper()
	r, err := c.Run(events, exactly(t, now))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func start(t testing.TB, text string) sla.Event {
	return sla.Event{Kind: sla.Start, At: exactly(t, text)}
}
func pause(t testing.TB, p sla.Party, text string) sla.Event {
	return sla.Event{Kind: sla.Pause, For: p, At: exactly(t, text)}
}
func resume(t testing.TB, text string) sla.Event {
	return sla.Event{Kind: sla.Resume, At: exactly(t, text)}
}
func stop(t testing.TB, text string) sla.Event {
	return sla.Event{Kind: sla.Stop, At: exactly(t, text)}
}

func TestAClockWithoutACalendarRefusesToRun(t *testing.T) {
	if _, err := (sla.Clock{Limit: time.Hour}).Run(nil, sla.Moment{}); !errors.Is(err, sla.ErrNoCalendar) {
		t.Errorf("clock: %v", err)
	}
	c := contract(t)
	c.City = nil
	if _, err := c.Failure(sla.Failure{}, sla.Moment{}); !errors.Is(err, sla.ErrNoCalendar) {
		t.Errorf("failure: %v", err)
	}
	if _, err := c.Visit(sla.Visit{}, sla.Moment{}); !errors.Is(err, sla.ErrNoCalendar) {
		t.Errorf("visit: %v", err)
	}
	if _, err := c.Uptime(time.Time{}, time.Time{}, nil); !errors.Is(err, sla.ErrNoCalendar) {
		t.Errorf("uptime: %v", err)
	}
}

func TestWaitingForOthersStopsTheClockAndIsToldApart(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-20 18:00",
		start(t, "2026-11-20 09:00"), pause(t, sla.City, "2026-11-20 10:00"), pause(t, sla.Third, "2026-11-20 11:30"),
		resume(t, "2026-11-20 13:00"), stop(t, "2026-11-20 15:00"))
	wantVerdict(t, "verdict", r.Verdict, sla.Met)
	wantAt(t, "due", r.Due, "2026-11-20 16:00")
	if r.Used.Time != 3*time.Hour || r.Remaining != time.Hour {
		t.Errorf("used %s, remaining %s", r.Used.Time, r.Remaining)
	}
	for p, want := range map[sla.Party]time.Duration{sla.Vendor: 3 * time.Hour, sla.City: 90 * time.Minute, sla.Third: 90 * time.Minute} {
		if got := r.Parties[p]; got.Wall != want || got.Open != want {
			t.Errorf("%s: %+v, want %s", p, got, want)
		}
	}
}

func TestWhileItIsStoppedAClockHasNoDueTime(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-20 18:00", start(t, "2026-11-20 09:00"), pause(t, sla.City, "2026-11-20 10:00"))
	wantVerdict(t, "verdict", r.Verdict, sla.Pending)
	wantAt(t, "due", r.Due, "")
	if r.Remaining != 3*time.Hour {
		t.Errorf("remaining %s", r.Remaining)
	}
}

func TestAClockThatNothingStopsCountsOnWhileTheCityIsAwaited(t *testing.T) {
	c := fourHours(t)
	c.Pauses = nil
	r := ran(t, c, "2026-11-20 18:00", start(t, "2026-11-20 09:00"), pause(t, sla.City, "2026-11-20 10:00"))
	wantVerdict(t, "verdict", r.Verdict, sla.Missed)
	wantAt(t, "due", r.Due, "2026-11-20 13:00")
	if r.Parties[sla.City].Wall != 8*time.Hour || r.Parties[sla.Vendor].Wall != time.Hour {
		t.Errorf("%+v", r.Parties)
	}
}

// What was done without a network arrives in any order, and is counted as if it had
// come at once.
func TestEventsThatComeLateAreSortedIn(t *testing.T) {
	events := []sla.Event{start(t, "2026-11-20 09:00"), pause(t, sla.City, "2026-11-20 10:00"), resume(t, "2026-11-20 13:00"), stop(t, "2026-11-20 15:00")}
	want := ran(t, fourHours(t), "2026-11-20 18:00", events...).Explain(app.JA)
	for _, order := range [][]int{{3, 2, 1, 0}, {2, 0, 3, 1}} {
		var late []sla.Event
		for _, i := range order {
			late = append(late, events[i])
		}
		if got := ran(t, fourHours(t), "2026-11-20 18:00", late...).Explain(app.JA); got != want {
			t.Errorf("order %v:\n%s\nwant\n%s", order, got, want)
		}
	}
}

func TestWhatCannotHaveHappenedIsLeftOutAndTold(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-20 18:00", stop(t, "2026-11-20 08:00"), start(t, "2026-11-20 09:00"), start(t, "2026-11-20 09:30"),
		stop(t, "2026-11-20 10:00"), stop(t, "2026-11-20 11:00"), pause(t, sla.City, "2026-11-20 12:00"))
	if r.Used.Time != time.Hour || len(r.Ignored) != 4 || !strings.Contains(r.Explain(app.JA), "計上外 2026-11-20 12:00:00 pause") {
		t.Errorf("used %s, ignored %v", r.Used.Time, r.Ignored)
	}
}

func TestOpenedAgainAClockGoesOn(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-24 18:00", start(t, "2026-11-20 09:00"), stop(t, "2026-11-20 11:00"), resume(t, "2026-11-24 09:00"), stop(t, "2026-11-24 12:00"))
	wantVerdict(t, "verdict", r.Verdict, sla.Missed)
	wantAt(t, "due", r.Due, "2026-11-24 11:00")
}

func TestTheErrorOfTheTimesDecidesWhetherThereIsAVerdict(t *testing.T) {
	c := fourHours(t)
	for _, x := range []struct {
		end  string
		off  time.Duration
		want sla.Verdict
	}{
		{"2026-11-20 13:00", 0, sla.Met},
		{"2026-11-20 13:00:01", 0, sla.Missed},
		{"2026-11-20 12:59:50", 10 * time.Second, sla.Met},
		{"2026-11-20 12:59:50", 11 * time.Second, sla.Undecided},
		{"2026-11-20 13:00:10", 10 * time.Second, sla.Undecided},
		{"2026-11-20 13:00:10", 9 * time.Second, sla.Missed},
		{"2026-11-20 10:00", -time.Millisecond, sla.Undecided}, // nothing vouches for it
		{"2026-11-20 17:00", -time.Millisecond, sla.Undecided},
	} {
		end := within(t, x.end, x.off)
		r := ran(t, c, "2026-11-20 18:00", start(t, "2026-11-20 09:00"), sla.Event{Kind: sla.Stop, At: end})
		wantVerdict(t, x.end+" ± "+x.off.String(), r.Verdict, x.want)
		if x.off >= 0 && (r.Used.Time-r.Used.Least != x.off || r.Used.Most-r.Used.Time != x.off || !r.Used.Bounded) || x.off < 0 && r.Used.Bounded {
			t.Errorf("%s ± %s: %+v", x.end, x.off, r.Used)
		}
	}
}

func TestOtherEvidenceMakesUpForAClockNobodyVouchesFor(t *testing.T) {
	c := fourHours(t)
	for evidence, want := range map[string]sla.Verdict{"2026-11-20 12:30": sla.Met, "2026-11-20 13:30": sla.Undecided} {
		end := within(t, "2026-11-20 12:00", -time.Millisecond)
		end.NotBefore, end.NotAfter = app.StampOf(at(t, "2026-11-20 11:00")), app.StampOf(at(t, evidence))
		r := ran(t, c, "2026-11-20 18:00", start(t, "2026-11-20 09:00"), sla.Event{Kind: sla.Stop, At: end})
		wantVerdict(t, "known before "+evidence, r.Verdict, want)
	}
	end := within(t, "2026-11-20 12:00", time.Second)
	end.NotBefore = app.StampOf(at(t, "2026-11-20 12:10")) // the two contradict each other
	r := ran(t, c, "2026-11-20 18:00", start(t, "2026-11-20 09:00"), sla.Event{Kind: sla.Stop, At: end})
	wantVerdict(t, "contradicted", r.Verdict, sla.Undecided)
}

func TestWarningsComeBeforeTheLimit(t *testing.T) {
	c := fourHours(t)
	c.Warn = []time.Duration{2 * time.Hour, 3 * time.Hour}
	r := ran(t, c, "2026-11-20 17:00", start(t, "2026-11-20 16:30"))
	if len(r.Warnings) != 2 {
		t.Fatalf("%v", r.Warnings)
	}
	wantAt(t, "first", r.Warnings[0].At, "2026-11-24 09:00")
	wantAt(t, "second", r.Warnings[1].At, "2026-11-24 10:00")
	wantAt(t, "due", r.Due, "2026-11-24 11:00")
}

func TestAResultExplainsItself(t *testing.T) {
	c := fourHours(t)
	c.Warn = []time.Duration{2 * time.Hour}
	end := within(t, "2026-11-24 10:00", 2*time.Second)
	r := ran(t, c, "2026-11-24 18:00", start(t, "2026-11-20 15:00"), pause(t, sla.City, "2026-11-20 16:00"), resume(t, "2026-11-20 17:00"), sla.Event{Kind: sla.Stop, At: end})
	r.Reading = sla.Reading{Question: sla.ReportWhen, Choice: sla.Counted, Agreement: "甲情第12号"}
	want := `対応: 達成
計上 3時間30分 / 上限 4時間（3時間29分58秒 – 3時間30分2秒）
期限 2026-11-24 10:30:00
警告 2026-11-20 18:00:00（2時間）
解釈 counted（甲情第12号）
  2026-11-20 15:00:00 – 2026-11-20 16:00:00  1時間  稼働時間  常駐 第1版
  2026-11-20 17:00:00 – 2026-11-20 18:00:00  1時間  稼働時間  常駐 第1版
  2026-11-24 08:30:00 – 2026-11-24 10:00:00  1時間30分  稼働時間  常駐 第1版
対応待ち 事業者: 3日18時間（うち稼働時間 3時間30分）
対応待ち 市: 1時間（うち稼働時間 1時間）
`
	if got := r.Explain(app.JA); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := r.Explain(app.EN); !strings.Contains(got, "counted 3h30m0s of 4h0m0s (3h29m58s – 3h30m2s)") {
		t.Error(got)
	}
}

func TestALimitUsedUpAsTheClockIsStoppedIsDueThen(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-20 18:00", start(t, "2026-11-20 09:00"), pause(t, sla.City, "2026-11-20 13:00"), resume(t, "2026-11-20 15:00"))
	wantAt(t, "due", r.Due, "2026-11-20 13:00")
	wantVerdict(t, "verdict", r.Verdict, sla.Missed)
}

// A pause shorter than the error of its times may not have been; what lies around it
// counts once all the same.
func TestNoTimeCountsTwiceForItsError(t *testing.T) {
	from, to := within(t, "2026-11-20 10:00", 10*time.Minute), within(t, "2026-11-20 10:01", 10*time.Minute)
	r := ran(t, fourHours(t), "2026-11-20 18:00", start(t, "2026-11-20 09:00"), sla.Event{Kind: sla.Pause, For: sla.City, At: from}, sla.Event{Kind: sla.Resume, At: to}, stop(t, "2026-11-20 11:00"))
	if want := (sla.Used{Time: 119 * time.Minute, Least: 99 * time.Minute, Most: 2 * time.Hour, Bounded: true}); r.Used != want {
		t.Errorf("%+v, want %+v", r.Used, want)
	}
}
