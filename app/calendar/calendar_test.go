package calendar_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
)

// at reads 2026-11-20 17:30, with seconds if need be, in Tokyo.
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

func made(t testing.TB, versions ...calendar.Version) *calendar.Calendar {
	t.Helper()
	c, err := calendar.New(shipped(t), versions...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantDue(t *testing.T, c *calendar.Calendar, start string, budget time.Duration, want string) {
	t.Helper()
	got, err := c.Due(at(t, start), budget)
	if err != nil || !got.Equal(at(t, want)) {
		t.Errorf("%s of open time from %s: due %v, %v; want %s", budget, start, got, err, want)
	}
}

// TestTwoHoursInTheThreeCalendars are the starts around the holidays of 2026 and
// 2027: 2 hours on the wall, in the city's hours (reading (a)) and in those of the
// staff on site.
func TestTwoHoursInTheThreeCalendars(t *testing.T) {
	always, city, onsite := made(t, calendar.Always()), made(t, calendar.City()), made(t, calendar.Onsite())
	for _, c := range [][4]string{
		{"2026-11-20 17:30", "2026-11-20 19:30", "2026-11-22 09:00", "2026-11-24 10:00"},
		{"2026-11-21 10:00", "2026-11-21 12:00", "2026-11-22 10:30", "2026-11-24 10:30"},
		{"2026-11-22 10:00", "2026-11-22 12:00", "2026-11-22 12:00", "2026-11-24 10:30"},
		{"2026-11-23 09:00", "2026-11-23 11:00", "2026-11-24 10:30", "2026-11-24 10:30"},
		{"2026-12-28 18:00", "2026-12-28 20:00", "2027-01-04 09:30", "2027-01-04 10:30"},
		{"2026-05-02 12:00", "2026-05-02 14:00", "2026-05-07 10:30", "2026-05-07 10:30"},
		{"2026-09-18 18:30", "2026-09-18 20:30", "2026-09-20 10:00", "2026-09-24 10:30"},
	} {
		wantDue(t, always, c[0], 2*time.Hour, c[1])
		wantDue(t, city, c[0], 2*time.Hour, c[2])
		wantDue(t, onsite, c[0], 2*time.Hour, c[3])
	}
}

func TestTenMinutesAtTheEdgesOfTheCitysDay(t *testing.T) {
	city := made(t, calendar.City())
	for start, want := range map[string]string{
		"2026-11-24 08:29:59": "2026-11-24 08:40:00",
		"2026-11-24 18:59:59": "2026-11-25 08:39:59",
		"2026-11-24 19:00:00": "2026-11-25 08:40:00",
	} {
		wantDue(t, city, start, 10*time.Minute, want)
	}
}

func TestElapsedOverTheNewYear(t *testing.T) {
	for v, want := range map[string]time.Duration{"city": 21 * time.Hour, "onsite": 19 * time.Hour} {
		c := made(t, map[string]calendar.Version{"city": calendar.City(), "onsite": calendar.Onsite()}[v])
		got, err := c.Elapsed(at(t, "2026-12-28 08:30"), at(t, "2027-01-04 19:00"))
		if err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", v, got, err, want)
		}
	}
}

// TestFiscalYear2026 are the figures by which the city's 95 % was found to be out of
// reach for staff on site alone.
func TestFiscalYear2026(t *testing.T) {
	from, to := day(2026, 4, 1), day(2027, 4, 1)
	for _, c := range []struct {
		version calendar.Version
		days    int
		hours   time.Duration
	}{{calendar.City(), 290, 3045 * time.Hour}, {calendar.Onsite(), 241, 2289*time.Hour + 30*time.Minute}} {
		cal := made(t, c.version)
		days, err := cal.BusinessDays(from, to)
		open, err2 := cal.Elapsed(from.Start(), to.Start())
		if err != nil || err2 != nil || days != c.days || open != c.hours {
			t.Errorf("%s: %d days, %s, %v, %v; want %d, %s", c.version.Name, days, open, err, err2, c.days, c.hours)
		}
	}
}

func TestABudgetUsedUpAtClosingTimeIsDueThen(t *testing.T) {
	onsite := made(t, calendar.Onsite())
	wantDue(t, onsite, "2026-11-20 17:00", time.Hour, "2026-11-20 18:00")
	wantDue(t, onsite, "2026-11-20 17:00", time.Hour+time.Second, "2026-11-24 08:30:01")
	wantDue(t, onsite, "2026-11-20 18:00", 9*time.Hour+30*time.Minute, "2026-11-24 18:00")
}

func TestNoBudgetIsDueAtTheStart(t *testing.T) {
	onsite := made(t, calendar.Onsite())
	wantDue(t, onsite, "2026-11-21 03:00", 0, "2026-11-21 03:00")
	wantDue(t, onsite, "2026-11-20 10:00", 0, "2026-11-20 10:00")
}

func TestOpenIsHalfOpen(t *testing.T) {
	onsite := made(t, calendar.Onsite())
	for text, want := range map[string]bool{
		"2026-11-20 08:29:59": false, "2026-11-20 08:30": true, "2026-11-20 17:59:59": true, "2026-11-20 18:00": false,
	} {
		if got, err := onsite.Open(at(t, text)); got != want || err != nil {
			t.Errorf("open at %s: %v, %v", text, got, err)
		}
	}
	if got, err := onsite.Open(at(t, "2026-11-20 18:00").Add(-time.Nanosecond)); !got || err != nil {
		t.Errorf("open a nanosecond before closing time: %v, %v", got, err)
	}
}

func extra(t testing.TB, from, to, agreed string) calendar.Extra {
	e := calendar.Extra{From: at(t, from), To: at(t, to), Document: "甲情第12号"}
	if agreed != "" {
		e.Agreed = at(t, agreed)
	}
	return e
}

func TestExtraHoursCountOnlyIfAgreedOnBefore(t *testing.T) {
	for agreed, want := range map[string]string{
		"2026-11-20 10:00":    "2026-11-21 11:00",
		"2026-11-21 08:59:59": "2026-11-21 11:00",
		"2026-11-21 09:00":    "2026-11-24 10:30", // as it begins is not before
		"2026-11-22 10:00":    "2026-11-24 10:30",
		"":                    "2026-11-24 10:30",
	} {
		c, err := made(t, calendar.Onsite()).Plus(extra(t, "2026-11-21 09:00", "2026-11-21 12:00", agreed))
		if err != nil {
			t.Fatal(err)
		}
		wantDue(t, c, "2026-11-20 18:00", 2*time.Hour, want)
	}
}

func TestHoursBothRegularAndExtraCountOnce(t *testing.T) {
	const before = "2026-11-01 00:00"
	c, err := made(t, calendar.Onsite()).Plus(
		extra(t, "2026-11-20 17:00", "2026-11-20 20:00", before),
		extra(t, "2026-11-20 19:00", "2026-11-20 21:00", before),
		extra(t, "2026-11-20 19:30", "2026-11-20 19:45", before),
		extra(t, "2026-11-20 07:00", "2026-11-20 22:00", before)) // around the whole day
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Elapsed(at(t, "2026-11-20 00:00"), at(t, "2026-11-21 00:00"))
	if err != nil || got != 15*time.Hour {
		t.Errorf("%s, %v; want 15 hours", got, err)
	}
	wantDue(t, c, "2026-11-20 06:00", 15*time.Hour, "2026-11-20 22:00")
}

func TestExtraHoursThatEndBeforeTheyBeginAreRefused(t *testing.T) {
	_, err := made(t, calendar.Onsite()).Plus(extra(t, "2026-11-20 20:00", "2026-11-20 20:00", "2026-11-01 00:00"))
	if !app.IsCode(err, app.Invalid) {
		t.Error(err)
	}
}

func TestACalendarWithoutHoursSaysSo(t *testing.T) {
	c := made(t, calendar.Version{Name: "閉"})
	if _, err := c.Due(at(t, "2026-11-20 10:00"), time.Minute); !errors.Is(err, calendar.ErrNoHours) {
		t.Errorf("due: %v", err)
	}
	if _, err := c.Next(at(t, "2026-11-20 10:00")); !errors.Is(err, calendar.ErrNoHours) {
		t.Errorf("next: %v", err)
	}
	if _, err := c.BusinessDay(day(2026, 11, 20), 1); !errors.Is(err, calendar.ErrNoHours) {
		t.Errorf("business day: %v", err)
	}
	ended := calendar.City()
	ended.Until = day(2026, 11, 20)
	if _, err := made(t, ended).Due(at(t, "2026-11-20 19:00"), time.Minute); !errors.Is(err, calendar.ErrNoHours) {
		t.Errorf("after the last version has ended: %v", err)
	}
}

func TestWhatLiesOutsideIsRefused(t *testing.T) {
	c := made(t, calendar.City())
	early, late := calendar.First.Add(-time.Nanosecond), calendar.End.Add(time.Nanosecond)
	for name, ask := range map[string]func(time.Time) error{
		"open":    func(t time.Time) error { _, err := c.Open(t); return err },
		"next":    func(t time.Time) error { _, err := c.Next(t); return err },
		"due":     func(t time.Time) error { _, err := c.Due(t, time.Minute); return err },
		"elapsed": func(t time.Time) error { _, err := c.Elapsed(t, calendar.End); return err },
		"walk":    func(t time.Time) error { _, err := c.Intervals(calendar.First, t); return err },
		"day":     func(t time.Time) error { _, err := c.BusinessDay(civil.DateOf(t), 0); return err },
		"before":  func(t time.Time) error { _, err := c.BusinessDayBefore(civil.DateOf(t), 0); return err },
	} {
		for _, when := range []time.Time{early, late.AddDate(0, 0, 1)} {
			if err := ask(when); !errors.Is(err, calendar.ErrRange) {
				t.Errorf("%s of %s: %v", name, when, err)
			}
		}
	}
	if _, err := c.Due(at(t, "2050-12-28 10:00"), 24*time.Hour); !errors.Is(err, calendar.ErrRange) {
		t.Errorf("a budget that outlasts the calendar: %v", err)
	}
	if _, err := c.Elapsed(at(t, "2026-11-21 10:00"), at(t, "2026-11-20 10:00")); !errors.Is(err, calendar.ErrBackwards) {
		t.Errorf("backwards: %v", err)
	}
	if _, err := c.Due(at(t, "2026-11-21 10:00"), -time.Second); !errors.Is(err, calendar.ErrBackwards) {
		t.Errorf("a budget below nothing: %v", err)
	}
}

// longer is the city's calendar, an hour longer from 2027-04-01 on.
func longer() []calendar.Version {
	second := calendar.City()
	second.Name, second.Document, second.From = "業務時間 第2版", "甲情第34号", day(2027, 4, 1)
	for d, spans := range second.Week {
		if len(spans) > 0 {
			second.Week[d] = []calendar.Span{{From: calendar.At(8, 30), To: calendar.At(20, 0)}}
		}
	}
	return []calendar.Version{calendar.City(), second}
}

func TestThePastIsJudgedByTheVersionInForceThen(t *testing.T) {
	c := made(t, longer()...)
	wantDue(t, c, "2027-03-30 18:00", 2*time.Hour, "2027-03-31 09:30")
	wantDue(t, c, "2027-03-31 18:00", 2*time.Hour, "2027-04-01 09:30")
	wantDue(t, c, "2027-04-01 18:00", 2*time.Hour, "2027-04-01 20:00")
	got, err := c.Intervals(at(t, "2027-03-31 18:00"), at(t, "2027-04-01 19:30"))
	want := "[{2027-03-31 18:00 2027-03-31 19:00 業務時間 第1版 稼働時間} {2027-04-01 08:30 2027-04-01 19:30 業務時間 第2版（甲情第34号） 稼働時間}]"
	if said := written(got); err != nil || said != want {
		t.Errorf("%s, %v; want %s", said, err, want)
	}
}

func written(all []calendar.Interval) string {
	type line struct{ from, to, version, why string }
	var lines []line
	for _, i := range all {
		lines = append(lines, line{i.From.Format("2006-01-02 15:04"), i.To.Format("2006-01-02 15:04"), i.Version, i.Why.JA})
	}
	return fmt.Sprint(lines)
}

func TestExtraHoursAreExplainedByTheirDocument(t *testing.T) {
	c, err := made(t, calendar.Onsite()).Plus(extra(t, "2026-11-20 17:00", "2026-11-20 20:00", "2026-11-20 10:00"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Intervals(at(t, "2026-11-20 17:30"), at(t, "2026-11-24 09:00"))
	want := "[{2026-11-20 17:30 2026-11-20 18:00 常駐 第1版 稼働時間} {2026-11-20 18:00 2026-11-20 20:00 甲情第12号 追加稼動時間（事前協議）} {2026-11-24 08:30 2026-11-24 09:00 常駐 第1版 稼働時間}]"
	if said := written(got); err != nil || said != want {
		t.Errorf("%s, %v; want %s", said, err, want)
	}
}

func TestNoTimeHasNoIntervals(t *testing.T) {
	noon := at(t, "2026-11-20 12:00")
	if all, err := made(t, calendar.City()).Intervals(noon, noon); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestADaySaysWhyItIsClosed(t *testing.T) {
	city := made(t, calendar.City())
	for date, want := range map[civil.Date]string{
		day(2026, 11, 20): "", day(2026, 11, 21): "定休日", day(2026, 11, 22): "", day(2026, 11, 23): "勤労感謝の日", day(2026, 9, 22): "国民の休日",
		day(2026, 12, 28): "", day(2026, 12, 29): "年末年始", day(2027, 1, 1): "元日", day(2027, 1, 3): "年末年始", day(2027, 1, 4): "",
	} {
		got, err := city.On(date)
		if err != nil || got.Shut != want || (want == "") != (fmt.Sprint(got.Hours) == "[08:30-19:00]") || got.Version != "業務時間 第1版" {
			t.Errorf("%s: %+v, %v; want %q", date, got, err, want)
		}
	}
}

func TestTheMoreSpecialCalendarCounts(t *testing.T) {
	night := calendar.Always()
	night.Name, night.Document, night.From, night.Until = "夜間窓口", "甲情第56号", day(2026, 12, 1), day(2026, 12, 31)
	site := calendar.Onsite()
	site.Name, site.Document = "支所", "甲情第57号"
	both := calendar.Version{Name: "支所の窓口は休止", Document: "甲情第58号", From: day(2026, 12, 10)}
	book := calendar.Book{Holidays: shipped(t), Base: []calendar.Version{calendar.City()}, Overrides: []calendar.Override{
		{Service: "窓口", Versions: []calendar.Version{night}},
		{Site: "支所", Versions: []calendar.Version{site}},
		{Service: "窓口", Site: "支所", Versions: []calendar.Version{both}},
	}}
	for _, c := range []struct {
		service, site string
		date          civil.Date
		want          string
	}{
		{"監視", "本庁舎", day(2026, 12, 1), "業務時間 第1版"},
		{"窓口", "本庁舎", day(2026, 11, 30), "業務時間 第1版"},
		{"窓口", "本庁舎", day(2026, 12, 31), "夜間窓口（甲情第56号）"},
		{"窓口", "本庁舎", day(2027, 1, 1), "業務時間 第1版"},
		{"監視", "支所", day(2026, 12, 1), "支所（甲情第57号）"},
		{"窓口", "支所", day(2026, 12, 9), "支所（甲情第57号）"},
		{"窓口", "支所", day(2026, 12, 10), "支所の窓口は休止（甲情第58号）"},
	} {
		cal, err := book.For(c.service, c.site)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := cal.On(c.date); err != nil || got.Version != c.want {
			t.Errorf("%s, %s, %s: %q, %v; want %q", c.service, c.site, c.date, got.Version, err, c.want)
		}
	}
}

func TestAnOverrideCitesItsDocument(t *testing.T) {
	documented := calendar.Onsite()
	documented.Document = "甲情第57号"
	for name, overrides := range map[string][]calendar.Override{
		"no document":        {{Site: "支所", Versions: []calendar.Version{calendar.Onsite()}}},
		"for nothing":        {{Versions: []calendar.Version{documented}}},
		"twice for the same": {{Site: "支所", Versions: []calendar.Version{documented}}, {Site: "支所", Versions: []calendar.Version{documented}}},
		"without versions":   {{Site: "支所"}},
	} {
		b := calendar.Book{Holidays: shipped(t), Base: []calendar.Version{calendar.City()}, Overrides: overrides}
		if _, err := b.For("", "支所"); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVersionsThatDoNotFitAreRefused(t *testing.T) {
	upside := calendar.City()
	upside.Week[1] = []calendar.Span{{From: calendar.At(19, 0), To: calendar.At(8, 30)}}
	for name, versions := range map[string][]calendar.Version{
		"none": {}, "two from one day": {calendar.City(), calendar.City()}, "no name": {{}}, "hours upside down": {upside},
	} {
		if _, err := calendar.New(shipped(t), versions...); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := calendar.New(nil, calendar.City()); !app.IsCode(err, app.Damaged) {
		t.Errorf("without a table of holidays: %v", err)
	}
}

func TestWorkingDays(t *testing.T) {
	city := made(t, calendar.City())
	for n, want := range map[int]civil.Date{0: day(2026, 11, 20), 1: day(2026, 11, 22), 2: day(2026, 11, 24), 10: day(2026, 12, 3)} {
		if got, err := city.BusinessDay(day(2026, 11, 20), n); err != nil || got != want {
			t.Errorf("%d working days on: %s, %v; want %s", n, got, err, want)
		}
	}
	for n, want := range map[int]civil.Date{0: day(2026, 11, 25), 1: day(2026, 11, 24), 2: day(2026, 11, 22), 3: day(2026, 11, 20)} {
		if got, err := city.BusinessDayBefore(day(2026, 11, 25), n); err != nil || got != want {
			t.Errorf("%d working days before: %s, %v; want %s", n, got, err, want)
		}
	}
	if _, err := city.BusinessDayBefore(civil.DateOf(calendar.First), 1); !errors.Is(err, calendar.ErrRange) {
		t.Errorf("before the first day: %v", err)
	}
}

// The calendar of rules is the city's, and the same with the table that is shipped.
func TestCityByLaw(t *testing.T) {
	law, err := calendar.CityByLaw()
	if err != nil {
		t.Fatal(err)
	}
	from, to := day(2026, 1, 1), day(2028, 1, 1)
	a, err1 := law.BusinessDays(from, to)
	b, err2 := made(t, calendar.City()).BusinessDays(from, to)
	if a != b || err1 != nil || err2 != nil {
		t.Errorf("%d and %d business days, %v, %v", a, b, err1, err2)
	}
}
