package sla_test

import (
	"testing"
	"time"

	"daicho/app/calendar"
	"daicho/app/sla"
)

// What other programs got wrong with clocks that pause.

// GLPI counted too long where a limit in days met a weekend of waiting.
func TestWaitingOverAWeekendAddsOnlyServiceHours(t *testing.T) {
	c := fourHours(t)
	c.Limit = 19 * time.Hour // two days of staff time
	r := ran(t, c, "2026-11-24 09:30", start(t, "2026-11-20 08:30"), pause(t, sla.City, "2026-11-20 17:00"), resume(t, "2026-11-24 09:30"))
	// 8.5 hours on Friday, 10.5 of 19 left: 8.5 on Tuesday from 9:30, 2 on Wednesday
	wantAt(t, "due", r.Due, "2026-11-25 10:30")
	if got := r.Parties[sla.City]; got.Open != 2*time.Hour || got.Wall != 88*time.Hour+30*time.Minute {
		t.Errorf("waited %+v, want 2 hours of service time", got)
	}
}

// GLPI's waiting time did not know closing hours.
func TestWaitingOutsideOfServiceHoursMovesNothing(t *testing.T) {
	without := ran(t, fourHours(t), "2026-11-20 17:00", start(t, "2026-11-20 16:00"))
	with := ran(t, fourHours(t), "2026-11-24 08:30", start(t, "2026-11-20 16:00"), pause(t, sla.City, "2026-11-20 18:00"), resume(t, "2026-11-24 08:30"))
	wantAt(t, "due", with.Due, "2026-11-24 10:30")
	if !with.Due.Equal(without.Due) {
		t.Errorf("due %s with waiting overnight, %s without", with.Due, without.Due)
	}
}

// GLPI gave what was made outside of the hours a delay of nothing.
func TestWhatComesInOutsideOfTheHoursHasItsWholeLimit(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-21 12:00", start(t, "2026-11-20 20:00"))
	wantAt(t, "due", r.Due, "2026-11-24 12:30")
	if r.Used.Time != 0 {
		t.Errorf("used %s", r.Used.Time)
	}
}

// Dynamics 365 did not pause a timer that was put on hold on a holiday.
func TestAClockPutOnHoldOnAHolidayIsOnHold(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-25 12:00", start(t, "2026-11-20 17:00"), pause(t, sla.City, "2026-11-23 10:00"), resume(t, "2026-11-25 08:30"))
	wantAt(t, "due", r.Due, "2026-11-25 11:30")
	r = ran(t, fourHours(t), "2026-11-24 17:00", start(t, "2026-11-20 17:00"), pause(t, sla.City, "2026-11-23 10:00"))
	if r.Used.Time != time.Hour {
		t.Errorf("a working day on hold counted: %s", r.Used.Time)
	}
}

// Frappe lost the time on hold when a ticket went from hold to resolved.
func TestTheTimeOnHoldIsKeptWhenResolvedFromHold(t *testing.T) {
	r := ran(t, fourHours(t), "2026-11-20 18:00", start(t, "2026-11-20 09:00"), pause(t, sla.City, "2026-11-20 10:00"), stop(t, "2026-11-20 17:00"))
	wantVerdict(t, "verdict", r.Verdict, sla.Met)
	if r.Used.Time != time.Hour || r.Parties[sla.City].Wall != 7*time.Hour {
		t.Errorf("used %s, waited %+v", r.Used.Time, r.Parties[sla.City])
	}
}

// Frappe read deadlines in the zone of whoever looked.
func TestWhoLooksFromAnotherZoneSeesTheSameDeadline(t *testing.T) {
	far := sla.Exactly(at(t, "2026-11-20 16:00").In(time.FixedZone("EST", -5*3600)))
	r := ran(t, fourHours(t), "2026-11-20 17:00", sla.Event{Kind: sla.Start, At: far})
	if got := r.Due.Format(time.RFC3339); got != "2026-11-24T10:30:00+09:00" {
		t.Error(got)
	}
}

// Zammad reminded at midnight and on weekends.
func TestNoWarningComesOutsideOfServiceHours(t *testing.T) {
	c := fourHours(t)
	for i := range 8 {
		c.Warn = append(c.Warn, time.Duration(i+1)*29*time.Minute)
	}
	for _, from := range []string{"2026-11-20 16:00", "2026-11-20 23:30", "2026-11-21 09:00", "2026-12-28 17:59"} {
		for _, w := range ran(t, c, from, start(t, from)).Warnings {
			before, err := c.Hours.Elapsed(w.At.Add(-1), w.At)
			if err != nil || before == 0 {
				t.Errorf("from %s: a warning at %s, %v", from, w.At, err)
			}
		}
	}
}

// Zammad's days of 00:00 to 23:59 lost a minute at midnight.
func TestTenMinutesOverMidnightAreTenMinutes(t *testing.T) {
	c := sla.Clock{Hours: contract(t).Always, Limit: sla.NoticeLimit}
	r := ran(t, c, "2026-11-21 00:05", start(t, "2026-11-20 23:55"), stop(t, "2026-11-21 00:05"))
	wantVerdict(t, "verdict", r.Verdict, sla.Met)
	wantAt(t, "due", r.Due, "2026-11-21 00:05")
}

// osTicket miscalculated with schedules that leave days out.
func TestAClockOverDaysThatTheScheduleLeavesOut(t *testing.T) {
	c := fourHours(t)
	c.Hours = made(t, calendar.Version{Name: "火水金", Week: calendar.On(calendar.Span{From: calendar.At(9, 0), To: calendar.At(17, 0)}, time.Tuesday, time.Wednesday, time.Friday)})
	r := ran(t, c, "2026-11-19 10:00", start(t, "2026-11-18 15:00"), pause(t, sla.City, "2026-11-19 08:00"), resume(t, "2026-11-20 10:00"))
	wantAt(t, "due", r.Due, "2026-11-20 12:00")
}
