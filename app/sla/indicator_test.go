package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/sla"
)

func TestPercentIsCutOffAndNeverRoundedUp(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		decimals    int
		want        string
	}{
		{48, 49, 2, "97.95 %"}, {48, 49, 1, "97.9 %"}, {48, 49, 0, "97 %"}, {49, 50, 2, "98.00 %"}, {1, 3, 2, "33.33 %"}, {2, 3, 2, "66.66 %"},
		{0, 5, 2, "0.00 %"}, {5, 5, 2, "100.00 %"}, {999_999, 1_000_000, 2, "99.99 %"}, {1, 20_000, 2, "0.00 %"}, {1, 2000, 2, "0.05 %"}, {0, 0, 2, "–"},
		{1 << 62, 1<<62 + 1, 3, "99.999 %"},
	} {
		if got := (sla.Fraction{Part: c.part, Whole: c.whole}).Percent(c.decimals); got != c.want {
			t.Errorf("%d/%d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

// TestWhatIsShownNeverReachesWhatIsNotReached: a figure that reads 98.00 % is at
// least 98 %, and one that is reads 98 or more.
func TestWhatIsShownNeverReachesWhatIsNotReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(1, 1<<40).Draw(t, "whole")
		near := whole * 98 / 100
		part := min(whole, max(0, near+rapid.Int64Range(-3, 3).Draw(t, "part")))
		f := sla.Fraction{Part: part, Whole: whole}
		shown := f.Percent(2)
		if reads := shown >= "98.00 %" || strings.HasPrefix(shown, "100"); reads != f.AtLeast(98) {
			t.Fatalf("%d/%d reads %s, and is at least 98: %v", part, whole, shown, f.AtLeast(98))
		}
	})
}

func intakes(n int, taker sla.Taker, after time.Duration) (all []sla.Intake) {
	for range n {
		all = append(all, sla.Intake{Taker: taker, After: after})
	}
	return all
}

// TestFortyEightOfFortyNine is a month of 49 inquiries of which 情報課 took one and
// handed it over after 3 minutes.
func TestFortyEightOfFortyNine(t *testing.T) {
	month := at(t, "2026-11-01 00:00")
	all := append(intakes(48, sla.Helpdesk, 0), intakes(1, sla.CityStaff, 3*time.Minute)...)
	n := sla.Ledger(nil).FirstLine(month, all)
	if got := n.InForce.Line(app.JA); got != "97.95 % (48/49) 未達" {
		t.Error(got)
	}
	if got := n.Other.Line(app.JA); got != "100.00 % (49/49) 達成" {
		t.Error(got)
	}
	agreed := sla.Ledger{{Question: sla.FirstLineBy, Choice: sla.HandedOver, From: civil.DateOf(month), Agreement: "甲情第12号"}}
	if n = agreed.FirstLine(month, all); !n.InForce.Met() || n.InForce.Reading.Agreement != "甲情第12号" || n.Other.Met() {
		t.Errorf("%+v", n.Both)
	}
	if n = agreed.FirstLine(month.Add(-time.Second), all); n.InForce.Met() {
		t.Error("judged by a reading that was agreed on later")
	}
}

func TestWhatIsNoInquiryOrNeverCameThroughIsToldApart(t *testing.T) {
	var all []sla.Intake
	all = append(all, intakes(98, sla.Helpdesk, 0)...)
	all = append(all, intakes(1, sla.CityStaff, 5*time.Minute+1)...)
	all = append(all, intakes(1, sla.CityStaff, -1)...)
	all = append(all, intakes(7, sla.Abandoned, 0)...)
	all = append(all, intakes(30, sla.Monitoring, 0)...)
	n := sla.Ledger(nil).FirstLine(at(t, "2026-11-01 00:00"), all)
	if got := fmt.Sprint(n.InForce.Line(app.EN), n.Abandoned, n.Monitoring, n.CityStaff, n.AtOnce); got != "98.00 % (98/100) met7 30 2 0" {
		t.Error(got)
	}
}

// TestUptimeOfFiscalYear2026: staff alone comes to 75.18 % of the city's hours even
// without any outage, which is why what counts as running is a reading.
func TestUptimeOfFiscalYear2026(t *testing.T) {
	from, to := civil.FiscalYearStart(2026), civil.FiscalYearStart(2027)
	b, err := contract(t).Uptime(from, to, nil)
	if err != nil {
		t.Fatal(err)
	}
	hours := func(f sla.Fraction) string { return fmt.Sprint(time.Duration(f.Part), " of ", time.Duration(f.Whole)) }
	if got := hours(b.InForce.Fraction); got != "2289h30m0s of 3045h0m0s" || b.InForce.Percent(2) != "75.18 %" || b.InForce.Met() {
		t.Errorf("staffed: %s, %s", got, b.InForce.Percent(2))
	}
	if got := hours(b.Other.Fraction); got != "3045h0m0s of 3045h0m0s" || !b.Other.Met() {
		t.Errorf("with intake: %s", got)
	}
}

func TestOutagesAndWhatWasAgreedToBeNone(t *testing.T) {
	out := func(from, to, excluded string) sla.Outage {
		return sla.Outage{From: at(t, from), To: at(t, to), Excluded: excluded}
	}
	outages := []sla.Outage{
		out("2026-11-20 16:00", "2026-11-20 17:30", ""),      // an hour and a half of staff time
		out("2026-11-20 17:00", "2026-11-20 18:30", ""),      // half an hour of it the same, half an hour after the staff has gone
		out("2026-11-20 16:10", "2026-11-20 16:20", ""),      // within the first
		out("2026-11-20 22:00", "2026-11-21 08:00", ""),      // while all is closed
		out("2026-11-24 08:30", "2026-11-24 10:30", "甲情第3号"), // agreed on
		out("2026-11-25 09:00", "2026-11-25 09:00", ""),      // nothing
	}
	b, err := contract(t).Uptime(at(t, "2026-11-20 00:00"), at(t, "2026-11-25 00:00"), outages)
	if err != nil {
		t.Fatal(err)
	}
	// city: Friday, Sunday and Tuesday, 31.5 hours less 2 agreed on; staff: Friday and Tuesday
	if got := fmt.Sprint(time.Duration(b.InForce.Part), time.Duration(b.InForce.Whole), time.Duration(b.Other.Part)); got != "15h0m0s 29h30m0s 27h0m0s" {
		t.Error(got)
	}
}
