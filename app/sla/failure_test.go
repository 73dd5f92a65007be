package sla_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/sla"
)

func failed(t *testing.T, c sla.Contract, f sla.Failure, now string) sla.Judged {
	t.Helper()
	j, err := c.Failure(f, exactly(t, now))
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// TestTheReportByBothReadings are failures around the holidays of 2026 and 2027: 2
// hours on the wall, counted in the city's time (a), and moved to its opening (b).
func TestTheReportByBothReadings(t *testing.T) {
	c := contract(t)
	for _, x := range [][4]string{
		{"2026-11-20 17:30", "2026-11-20 19:30", "2026-11-22 09:00", "2026-11-22 08:30"},
		{"2026-11-21 10:00", "2026-11-21 12:00", "2026-11-22 10:30", "2026-11-22 08:30"},
		{"2026-11-22 10:00", "2026-11-22 12:00", "2026-11-22 12:00", "2026-11-22 12:00"},
		{"2026-11-23 09:00", "2026-11-23 11:00", "2026-11-24 10:30", "2026-11-24 08:30"},
		{"2026-12-28 18:00", "2026-12-28 20:00", "2027-01-04 09:30", "2027-01-04 08:30"},
		{"2026-05-02 12:00", "2026-05-02 14:00", "2026-05-07 10:30", "2026-05-07 08:30"},
		{"2026-09-18 18:30", "2026-09-18 20:30", "2026-09-20 10:00", "2026-09-20 08:30"},
		{"2026-11-20 17:00", "2026-11-20 19:00", "2026-11-20 19:00", "2026-11-20 19:00"}, // closing time is within the day
		{"2026-11-20 17:00:01", "2026-11-20 19:00:01", "2026-11-22 08:30:01", "2026-11-22 08:30"},
	} {
		j := failed(t, c, sla.Failure{Occurred: exactly(t, x[0])}, x[0])
		wantAt(t, "scope", j.Scope.Due, x[1])
		wantAt(t, "plan", j.Plan.Due, x[1])
		wantAt(t, "report by (b)", j.Report.Due, x[3])
		wantAt(t, "report by (a)", j.Other.Due, x[2])
		serious := failed(t, c, sla.Failure{Occurred: exactly(t, x[0]), Grades: []sla.Grade{{Serious: true}}}, x[0])
		wantAt(t, "report of a serious failure", serious.Report.Due, x[1])
	}
}

// TestAFailureOnFridayEvening is a failure of Friday, 17:50:00: monitoring asks every
// 5 minutes, the notice goes out at 17:55:20.
func TestAFailureOnFridayEvening(t *testing.T) {
	f := sla.Failure{
		Occurred: exactly(t, "2026-11-20 17:50"), Delivered: exactly(t, "2026-11-20 17:55:20"),
		Scoped: exactly(t, "2026-11-20 19:30"), Planned: exactly(t, "2026-11-20 19:51"),
	}
	j := failed(t, contract(t), f, "2026-11-20 20:00")
	wantVerdict(t, "notice", j.Notice.Verdict, sla.Met)
	if j.Notice.Used.Time != 5*time.Minute+20*time.Second {
		t.Errorf("notice after %s", j.Notice.Used.Time)
	}
	wantAt(t, "first warning", j.Notice.Warnings[0].At, "2026-11-20 17:55")
	wantAt(t, "second warning", j.Notice.Warnings[1].At, "2026-11-20 17:58")
	wantVerdict(t, "scope", j.Scope.Verdict, sla.Met)
	wantVerdict(t, "plan, a minute late", j.Plan.Verdict, sla.Missed)
	wantAt(t, "plan", j.Plan.Due, "2026-11-20 19:50")
	wantVerdict(t, "report", j.Report.Verdict, sla.Pending)
	wantAt(t, "report by (b)", j.Report.Due, "2026-11-22 08:30")
	wantAt(t, "report by (a)", j.Other.Due, "2026-11-22 09:20")

	// the city grades it anew: the report is due on Friday, and what was before is kept
	f.Grades = []sla.Grade{{Who: "事業者"}, {Serious: true, At: app.StampOf(at(t, "2026-11-20 19:00")), Who: "情報課長"}}
	j = failed(t, contract(t), f, "2026-11-20 20:00")
	wantAt(t, "serious report", j.Report.Due, "2026-11-20 19:50")
	wantVerdict(t, "serious report", j.Report.Verdict, sla.Missed)
	if len(j.Earlier) != 1 || j.Earlier[0].Grade.Who != "事業者" {
		t.Fatalf("earlier grades %+v", j.Earlier)
	}
	wantAt(t, "report by the earlier grade", j.Earlier[0].Report.Due, "2026-11-22 08:30")
	wantAt(t, "the same by the other reading", j.Earlier[0].Other.Due, "2026-11-22 09:20")
}

func TestTenMinutesExactlyAreInTime(t *testing.T) {
	for notice, want := range map[string]sla.Verdict{"2026-11-21 03:10": sla.Met, "2026-11-21 03:10:01": sla.Missed} {
		j := failed(t, contract(t), sla.Failure{Occurred: exactly(t, "2026-11-21 03:00"), Delivered: exactly(t, notice)}, notice)
		wantVerdict(t, notice, j.Notice.Verdict, want)
	}
	f := sla.Failure{Occurred: exactly(t, "2026-11-21 03:00"), Delivered: exactly(t, "2026-11-21 03:10")}
	f.Delivered.At++ // a millisecond
	wantVerdict(t, "a millisecond late", failed(t, contract(t), f, "2026-11-21 04:00").Notice.Verdict, sla.Missed)
	f.Delivered = sla.Moment{}
	wantVerdict(t, "still to come", failed(t, contract(t), f, "2026-11-21 03:10").Notice.Verdict, sla.Pending)
	wantVerdict(t, "never came", failed(t, contract(t), f, "2026-11-21 03:10:01").Notice.Verdict, sla.Missed)
}

// TestWhenItOccurredIsNotKnown: judged by the first check that failed; the worst case,
// just after the last good one, stands beside it.
func TestWhenItOccurredIsNotKnown(t *testing.T) {
	f := sla.Failure{Occurred: exactly(t, "2026-11-20 17:50"), LastGood: app.StampOf(at(t, "2026-11-20 17:45")), Delivered: exactly(t, "2026-11-20 17:56")}
	j := failed(t, contract(t), f, "2026-11-20 18:00")
	wantVerdict(t, "by the first failed check", j.Notice.Verdict, sla.Met)
	if j.Worst == nil || j.Worst.Notice.Verdict != sla.Missed || j.Worst.Notice.Used.Time != 11*time.Minute {
		t.Errorf("worst case %+v", j.Worst)
	}
	f.LastGood = 0
	if j := failed(t, contract(t), f, "2026-11-20 18:00"); j.Worst != nil {
		t.Error("a worst case of what is known")
	}
}

// TestAClockThatNothingVouchesFor comes to no verdict, and to no error: who entered the
// failure had never met the server.
func TestAClockThatNothingVouchesFor(t *testing.T) {
	at := exactly(t, "2026-11-20 17:50")
	at.Err = app.Unknown
	j := failed(t, contract(t), sla.Failure{Occurred: at, Delivered: exactly(t, "2026-11-20 17:55")}, "2026-11-20 20:00")
	wantVerdict(t, "notice", j.Notice.Verdict, sla.Undecided)
	wantAt(t, "report", j.Report.Due, "2026-11-22 08:30")
}

func TestWhichTimeOfANoticeCountsIsAReading(t *testing.T) {
	f := sla.Failure{Occurred: exactly(t, "2026-11-20 10:00"), Sent: exactly(t, "2026-11-20 10:05"), Delivered: exactly(t, "2026-11-20 10:06"), Acknowledged: exactly(t, "2026-11-20 10:11")}
	for choice, want := range map[sla.Choice]time.Duration{sla.Sent: 5 * time.Minute, sla.Delivered: 6 * time.Minute, sla.Acknowledged: 11 * time.Minute} {
		c := contract(t, sla.Reading{Question: sla.NoticeWhen, Choice: choice, Agreement: "甲情第12号"})
		if j := failed(t, c, f, "2026-11-20 11:00"); j.Notice.Used.Time != want || j.Notice.Reading.Agreement != "甲情第12号" {
			t.Errorf("%s: %s by %+v", choice, j.Notice.Used.Time, j.Notice.Reading)
		}
	}
	if j := failed(t, contract(t), f, "2026-11-20 11:00"); j.Notice.Used.Time != 6*time.Minute {
		t.Errorf("without an agreement: %s", j.Notice.Used.Time)
	}
}

// TestAReadingHoldsFromItsDayOn: what was judged before is judged so for ever.
func TestAReadingHoldsFromItsDayOn(t *testing.T) {
	from := at(t, "2026-11-24 00:00")
	c := contract(t, sla.Reading{Question: sla.ReportWhen, Choice: sla.Counted, From: dateOf(from), Agreement: "甲情第78号"})
	before := failed(t, c, sla.Failure{Occurred: exactly(t, "2026-11-23 09:00")}, "2026-11-23 09:00")
	wantAt(t, "the day before", before.Report.Due, "2026-11-24 08:30")
	after := failed(t, c, sla.Failure{Occurred: exactly(t, "2026-11-24 18:00")}, "2026-11-24 18:00")
	wantAt(t, "from then on", after.Report.Due, "2026-11-25 09:30")
	wantAt(t, "from then on, the other", after.Other.Due, "2026-11-25 08:30")
	if after.Report.Reading.Agreement != "甲情第78号" || before.Report.Reading.Agreement != "" {
		t.Errorf("%+v, %+v", before.Report.Reading, after.Report.Reading)
	}
}

func TestReadingsMayBeListedInAnyOrder(t *testing.T) {
	later := sla.Reading{Question: sla.ReportWhen, Choice: sla.Rolled, From: dateOf(at(t, "2026-12-01 00:00")), Agreement: "甲情第79号"}
	first := sla.Reading{Question: sla.ReportWhen, Choice: sla.Counted, From: dateOf(at(t, "2026-11-01 00:00")), Agreement: "甲情第78号"}
	for _, l := range []sla.Ledger{{first, later}, {later, first}} {
		for text, want := range map[string]string{"2026-10-31 23:59:59": "", "2026-11-01 00:00": "甲情第78号", "2026-11-30 23:59:59": "甲情第78号", "2026-12-01 00:00": "甲情第79号"} {
			if got := l.In(sla.ReportWhen, at(t, text)); got.Agreement != want {
				t.Errorf("%s: %+v, want %s", text, got, want)
			}
		}
	}
}

func TestAReadingThatDoesNotFitIsRefused(t *testing.T) {
	good := sla.Reading{Question: sla.NoticeWhen, Choice: sla.Sent, Agreement: "甲情第12号"}
	for name, readings := range map[string][]sla.Reading{
		"no agreement":          {{Question: sla.NoticeWhen, Choice: sla.Sent}},
		"of another":            {{Question: sla.NoticeWhen, Choice: sla.Rolled, Agreement: "x"}},
		"no question":           {{Choice: sla.Rolled, Agreement: "x"}},
		"twice from one day on": {good, good},
	} {
		if _, err := contract(t, readings...).Failure(sla.Failure{}, sla.Moment{}); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (sla.Ledger{good}).Check(); err != nil {
		t.Error(err)
	}
}

// TestAReportWhoseTimeIsUncertain lies over the due time of reading (b).
func TestAReportWhoseTimeIsUncertain(t *testing.T) {
	for off, want := range map[time.Duration]sla.Verdict{20 * time.Second: sla.Met, 40 * time.Second: sla.Undecided} {
		f := sla.Failure{Occurred: exactly(t, "2026-11-20 17:50"), Reported: within(t, "2026-11-22 08:29:30", off)}
		wantVerdict(t, off.String(), failed(t, contract(t), f, "2026-11-22 09:00").Report.Verdict, want)
	}
	f := sla.Failure{Occurred: exactly(t, "2026-11-20 17:50"), Reported: within(t, "2026-11-22 08:31", 40*time.Second)}
	wantVerdict(t, "late", failed(t, contract(t), f, "2026-11-22 09:00").Report.Verdict, sla.Missed)
	f.Reported = sla.Moment{}
	wantVerdict(t, "never", failed(t, contract(t), f, "2026-11-22 09:00").Report.Verdict, sla.Missed)
}
