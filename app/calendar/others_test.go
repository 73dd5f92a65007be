package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"daicho/app/calendar"
	"daicho/app/civil"
)

// What other programs got wrong, as far as a calendar alone shows it. The rest is in
// app/sla.

// Zammad counted 00:00 to 23:59 as whole days, so a minute was lost at each midnight.
func TestNoMinuteIsClosedAtMidnight(t *testing.T) {
	always := made(t, calendar.Always())
	got, err := always.Elapsed(at(t, "2026-11-20 23:59"), at(t, "2026-11-21 00:01"))
	if err != nil || got != 2*time.Minute {
		t.Errorf("over midnight: %s, %v", got, err)
	}
	if all, err := always.Intervals(at(t, "2026-01-01 00:00"), at(t, "2027-01-01 00:00")); err != nil || len(all) != 1 {
		t.Errorf("a year without a gap is %d intervals, %v", len(all), err)
	}
	wantDue(t, always, "2026-11-20 23:59", 2*time.Minute, "2026-11-21 00:01")
}

// osTicket miscalculated with schedules that leave days of the week out.
func TestAScheduleWithoutMondayAndThursday(t *testing.T) {
	c := made(t, calendar.Version{Name: "火水金", Week: calendar.On(calendar.Span{From: calendar.At(9, 0), To: calendar.At(17, 0)}, time.Tuesday, time.Wednesday, time.Friday)})
	wantDue(t, c, "2026-11-18 16:00", 2*time.Hour, "2026-11-20 10:00") // Wednesday to Friday
	wantDue(t, c, "2026-11-20 16:00", 2*time.Hour, "2026-11-24 10:00") // Friday to Tuesday
	wantDue(t, c, "2026-11-16 12:00", 24*time.Hour, "2026-11-20 17:00")
	if got, err := c.Elapsed(at(t, "2026-11-16 00:00"), at(t, "2026-11-23 00:00")); err != nil || got != 24*time.Hour {
		t.Errorf("a week: %s, %v", got, err)
	}
}

// GLPI gave what was made outside of the hours a delay of nothing.
func TestWhatBeginsOutsideTheHoursHasItsWholeBudget(t *testing.T) {
	city := made(t, calendar.City())
	for _, start := range []string{"2026-11-20 19:00", "2026-11-20 23:00", "2026-11-21 12:00", "2026-11-22 08:29:59"} {
		wantDue(t, city, start, 4*time.Hour, "2026-11-22 12:30")
	}
}

// Frappe read deadlines in the zone of whoever looked, and iTop's calendars changed
// when edited in a browser in another zone.
func TestTheZoneOfTheDeviceChangesNothing(t *testing.T) {
	city := made(t, calendar.City())
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("EST", -5*3600), time.FixedZone("LINT", 14*3600)} {
		start := at(t, "2026-11-20 18:00").In(zone)
		due, err := city.Due(start, 2*time.Hour)
		if err != nil || due.Format(time.RFC3339) != "2026-11-22T09:30:00+09:00" {
			t.Errorf("in %s: %s, %v", zone, due.Format(time.RFC3339), err)
		}
		if due, err := city.Due(start, 0); err != nil || due.Location() != civil.Tokyo {
			t.Errorf("in %s without a budget: %s, %v", zone, due, err)
		}
	}
	span := calendar.Span{From: calendar.At(8, 30), To: calendar.At(24, 0)}
	text, _ := span.MarshalText()
	var back calendar.Span
	if err := back.UnmarshalText(text); err != nil || back != span || fmt.Sprint(span) != "08:30-24:00" {
		t.Errorf("%s became %v, %v", text, back, err)
	}
}
