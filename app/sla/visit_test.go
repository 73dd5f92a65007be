package sla_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/sla"
)

func dateOf(t time.Time) civil.Date { return civil.DateOf(t) }

func wish(t testing.TB, text, made string) sla.Wish {
	return sla.Wish{For: app.StampOf(at(t, text)), Made: app.StampOf(at(t, made)), Who: "総務課"}
}

func visited(t *testing.T, c sla.Contract, v sla.Visit, now string) sla.Visited {
	t.Helper()
	r, err := c.Visit(v, exactly(t, now))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// branch is a visit wished for 10:00 at a branch for which 25 minutes of travel were
// agreed on.
func branch(t *testing.T) sla.Visit {
	return sla.Visit{Wishes: []sla.Wish{wish(t, "2026-11-20 10:00", "2026-11-20 09:10")}, Travel: []sla.Travel{{Time: 25 * time.Minute, Document: "甲情第12号"}}}
}

// TestABasementVisit: arrival was tapped at 10:54:30 by a clock that is 40 seconds
// slow, so it was 10:55:10; due was 10:55.
func TestABasementVisit(t *testing.T) {
	for _, x := range []struct {
		off  time.Duration
		want sla.Verdict
	}{{2 * time.Second, sla.Missed}, {9 * time.Second, sla.Missed}, {10 * time.Second, sla.Undecided}, {-time.Millisecond, sla.Undecided}} {
		v := branch(t)
		v.Arrived = within(t, "2026-11-20 10:55:10", x.off)
		r := visited(t, contract(t), v, "2026-11-20 17:00")
		wantAt(t, "due", r.Due, "2026-11-20 10:55")
		wantVerdict(t, "± "+x.off.String(), r.Verdict, x.want)
		if early, late, ok := r.Start.Bounds(); ok != (x.off >= 0) || ok && late.Sub(early) != 2*x.off {
			t.Errorf("bounds %s to %s, %v", early, late, ok)
		}
	}
	v := branch(t)
	v.Arrived = exactly(t, "2026-11-20 10:54:30")
	wantVerdict(t, "by the raw clock", visited(t, contract(t), v, "2026-11-20 17:00").Verdict, sla.Met)
}

func TestToComeEarlyIsInTime(t *testing.T) {
	for arrived, want := range map[string]sla.Verdict{"2026-11-20 09:15": sla.Met, "2026-11-20 10:30": sla.Met, "2026-11-20 10:30:01": sla.Missed} {
		v := branch(t)
		v.Main, v.Arrived = true, exactly(t, arrived)
		wantVerdict(t, arrived, visited(t, contract(t), v, "2026-11-20 17:00").Verdict, want)
	}
}

// TestAStartFromAfarCountsOnlyIfTheCaseIsFinishedSo: while it is not, the verdict is
// provisional; if somebody had to come after all, the arrival counts.
func TestAStartFromAfarCountsOnlyIfTheCaseIsFinishedSo(t *testing.T) {
	v := branch(t)
	v.Main, v.Remote = true, exactly(t, "2026-11-20 10:20")
	r := visited(t, contract(t), v, "2026-11-20 11:00")
	wantVerdict(t, "meanwhile", r.Verdict, sla.Pending)
	wantVerdict(t, "provisionally", r.Provisional, sla.Met)

	done := v
	done.Finished = exactly(t, "2026-11-20 11:30")
	wantVerdict(t, "finished from afar", visited(t, contract(t), done, "2026-11-20 12:00").Verdict, sla.Met)

	v.Arrived = exactly(t, "2026-11-20 11:40")
	wantVerdict(t, "somebody had to come", visited(t, contract(t), v, "2026-11-20 12:00").Verdict, sla.Missed)
	v.Finished = exactly(t, "2026-11-20 12:00")
	wantVerdict(t, "and finished it there", visited(t, contract(t), v, "2026-11-20 12:00").Verdict, sla.Missed)
}

func TestASiteWithoutConsultationHasNoLimit(t *testing.T) {
	v := branch(t)
	v.Travel, v.Arrived = nil, exactly(t, "2026-11-20 15:00")
	r := visited(t, contract(t), v, "2026-11-20 17:00")
	wantVerdict(t, "verdict", r.Verdict, sla.Unagreed)
	wantAt(t, "due", r.Due, "")
	if got := r.Verdict.Label().JA; got != "未協議" {
		t.Error(got)
	}
	v.Travel = []sla.Travel{{Time: 25 * time.Minute}} // nobody agreed on it
	wantVerdict(t, "without a document", visited(t, contract(t), v, "2026-11-20 17:00").Verdict, sla.Unagreed)
}

func TestWhatWasAgreedOnForTheDayOfTheWishCounts(t *testing.T) {
	v := branch(t)
	v.Travel = []sla.Travel{
		{Time: 10 * time.Minute, Document: "甲情第1号", Until: dateOf(at(t, "2026-11-19 00:00"))},
		{Time: 45 * time.Minute, Whole: true, Document: "甲情第2号", From: dateOf(at(t, "2026-11-20 00:00"))},
		{Time: 90 * time.Minute, Document: "甲情第3号", From: dateOf(at(t, "2026-11-21 00:00"))},
	}
	r := visited(t, contract(t), v, "2026-11-20 10:00")
	wantAt(t, "the whole limit as agreed on", r.Due, "2026-11-20 10:45")
	if r.Document != "甲情第2号" {
		t.Error(r.Document)
	}
}

// TestAWishOutsideOfServiceHours is accepted and judged by the reading in force; the
// other stands beside it.
func TestAWishOutsideOfServiceHours(t *testing.T) {
	v := branch(t)
	v.Wishes = []sla.Wish{wish(t, "2026-11-21 10:00", "2026-11-20 09:10")} // a Saturday
	r := visited(t, contract(t), v, "2026-11-20 17:00")
	wantAt(t, "as wished", r.Due, "2026-11-21 10:55")
	wantAt(t, "from the next opening", r.Other, "2026-11-24 09:25")
	if !r.Outside {
		t.Error("a Saturday is within service hours")
	}
	r = visited(t, contract(t, sla.Reading{Question: sla.WishOutside, Choice: sla.NextOpening, Agreement: "甲情第9号"}), v, "2026-11-20 17:00")
	wantAt(t, "agreed on", r.Due, "2026-11-24 09:25")
	if r := visited(t, contract(t), branch(t), "2026-11-20 09:30"); r.Outside {
		t.Error("a Friday at 10 is outside of service hours")
	}
}

func TestTheLastWishBeforeSomebodyCameCounts(t *testing.T) {
	v := branch(t)
	v.Main = true
	v.Wishes = append(v.Wishes, wish(t, "2026-11-20 13:00", "2026-11-20 09:40"), wish(t, "2026-11-20 15:00", "2026-11-20 14:00"))
	r := visited(t, contract(t), v, "2026-11-20 14:30")
	wantAt(t, "due", r.Due, "2026-11-20 15:30")
	if len(r.Wishes) != 3 || r.Wishes[0].Late || r.Wishes[1].Late || !r.Wishes[2].Late {
		t.Errorf("wishes %+v: the third was made when the second was overdue", r.Wishes)
	}
	v.Arrived = exactly(t, "2026-11-20 13:20")
	r = visited(t, contract(t), v, "2026-11-20 17:00")
	wantAt(t, "a wish after the arrival moves nothing", r.Due, "2026-11-20 13:30")
	wantVerdict(t, "verdict", r.Verdict, sla.Met)
}

func TestAVisitThatNobodyMade(t *testing.T) {
	v := branch(t)
	wantVerdict(t, "before it is due", visited(t, contract(t), v, "2026-11-20 10:55").Verdict, sla.Pending)
	wantVerdict(t, "after", visited(t, contract(t), v, "2026-11-20 10:55:01").Verdict, sla.Missed)
	wantVerdict(t, "without a wish", visited(t, contract(t), sla.Visit{Main: true}, "2026-11-20 10:55").Verdict, sla.NotStarted)
}

func TestAVisitExplainsItself(t *testing.T) {
	v := branch(t)
	v.Wishes = append(v.Wishes, wish(t, "2026-11-21 10:00", "2026-11-20 09:40"))
	v.Arrived = within(t, "2026-11-21 10:55:10", 15*time.Second)
	want := `現地対応: 判定不能
期限 2026-11-21 10:55:00（希望時間から 55分、甲情第12号）
駆けつけ 2026-11-21 10:55:10（2026-11-21 10:54:55 – 2026-11-21 10:55:25）
サービス時間外の希望: 解釈 as_wished（既定、合意文書なし）、他の解釈では期限 2026-11-24 09:25:00
希望 2026-11-20 10:00:00（2026-11-20 09:10:00 総務課）期限 2026-11-20 10:55:00
希望 2026-11-21 10:00:00（2026-11-20 09:40:00 総務課）期限 2026-11-21 10:55:00
`
	if got := visited(t, contract(t), v, "2026-11-21 17:00").Explain(app.JA); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	v = branch(t)
	v.Travel, v.Arrived = nil, within(t, "2026-11-20 10:20", -time.Millisecond)
	if got := visited(t, contract(t), v, "2026-11-21 17:00").Explain(app.EN); got != "visit: not agreed on\n" {
		t.Error(got)
	}
	v.Main, v.Arrived, v.Remote = true, sla.Moment{}, within(t, "2026-11-20 10:20", -time.Millisecond)
	want = "visit: pending (if the case is finished from afar: undecided)\ndue 2026-11-20 10:30:00 (30m0s after the wish)\nwish 2026-11-20 10:00:00 (2026-11-20 09:10:00 総務課) due 2026-11-20 10:30:00\n"
	if got := visited(t, contract(t), v, "2026-11-21 17:00").Explain(app.EN); got != want {
		t.Error(got)
	}
}
