package sla_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/sla"
)

// drawn draws a clock over one of the three calendars, and a history around the
// holidays of November 2026.
func drawn(t *rapid.T, c sla.Contract) (sla.Clock, []sla.Event, sla.Moment) {
	clock := sla.Clock{
		Hours:  rapid.SampledFrom([]sla.Hours{c.Always, c.City, c.Onsite}).Draw(t, "hours"),
		Limit:  time.Duration(rapid.Int64Range(0, int64(30*time.Hour/time.Millisecond)).Draw(t, "limit")) * time.Millisecond,
		Pauses: rapid.SampledFrom([][]sla.Party{nil, {sla.City}, {sla.City, sla.Third}}).Draw(t, "pauses"),
	}
	events := []sla.Event{{Kind: sla.Start, At: drawMoment(t, "start")}}
	for range rapid.IntRange(0, 5).Draw(t, "more") {
		events = append(events, sla.Event{
			Kind: rapid.SampledFrom([]sla.EventKind{sla.Pause, sla.Pause, sla.Resume, sla.Resume, sla.Stop}).Draw(t, "kind"),
			For:  rapid.SampledFrom([]sla.Party{sla.City, sla.Third}).Draw(t, "for"),
			At:   drawMoment(t, "at"),
		})
	}
	slices.SortStableFunc(events, func(a, b sla.Event) int { return cmp.Compare(a.At.At, b.At.At) })
	events[0].Kind = sla.Start
	now := events[len(events)-1].At
	now.At += app.Stamp(rapid.Int64Range(0, int64(100*time.Hour/time.Millisecond)).Draw(t, "now"))
	return clock, events, now
}

func drawMoment(t *rapid.T, name string) sla.Moment {
	first := time.Date(2026, time.November, 19, 15, 0, 0, 0, time.UTC)
	return sla.Moment{
		At:  app.StampOf(first) + app.Stamp(rapid.Int64Range(0, 6*86_400_000).Draw(t, name)),
		Err: rapid.SampledFrom([]int64{0, 0, 1, 2000, 3_600_000, app.Unknown}).Draw(t, "err"),
	}
}

func judged(t *rapid.T, c sla.Clock, events []sla.Event, now sla.Moment) sla.Result {
	r, err := c.Run(events, now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTheCountedTimeLiesWithinItsBounds, and so do the intervals and the waiting times
// add up to it.
func TestTheCountedTimeLiesWithinItsBounds(t *testing.T) {
	three := contract(t)
	rapid.Check(t, func(t *rapid.T) {
		c, events, now := drawn(t, three)
		r := judged(t, c, events, now)
		if r.Used.Least > r.Used.Time || r.Used.Time > r.Used.Most || r.Used.Least < 0 {
			t.Fatalf("%+v", r.Used)
		}
		var counted, vendor time.Duration
		for _, i := range r.Intervals {
			counted += i.To.Sub(i.From)
		}
		for p, spent := range r.Parties {
			if !slices.Contains(c.Pauses, p) {
				vendor += spent.Open
			}
		}
		if counted != r.Used.Time || vendor != r.Used.Time || r.Remaining != c.Limit-r.Used.Time {
			t.Fatalf("counted %s, intervals of %s, parties of %s, remaining %s of %s", r.Used.Time, counted, vendor, r.Remaining, c.Limit)
		}
	})
}

// TestPausingNeverShortens: with one more wait nothing is due earlier and nothing
// more is counted.
func TestPausingNeverShortens(t *testing.T) {
	three := contract(t)
	rapid.Check(t, func(t *rapid.T) {
		c, events, now := drawn(t, three)
		before := judged(t, c, events, now)
		spell := rapid.SampledFrom(before.Spells).Draw(t, "spell")
		length := int64(spell.To.At - spell.From.At)
		if spell.Party != sla.Vendor || length < 4 {
			return
		}
		from, to := drawMoment(t, "from"), drawMoment(t, "to")
		from.At = spell.From.At + 1 + app.Stamp(rapid.Int64Range(0, length-3).Draw(t, "after"))
		to.At = from.At + app.Stamp(rapid.Int64Range(0, int64(spell.To.At-from.At)-1).Draw(t, "long"))
		more := append(slices.Clone(events), sla.Event{Kind: sla.Pause, For: sla.City, At: from}, sla.Event{Kind: sla.Resume, At: to})
		after := judged(t, c, more, now)
		if after.Used.Time > before.Used.Time || !before.Due.IsZero() && !after.Due.IsZero() && after.Due.Before(before.Due) {
			t.Fatalf("counted %s, then %s; due %s, then %s", before.Used.Time, after.Used.Time, before.Due, after.Due)
		}
		if slices.Contains(c.Pauses, sla.City) && before.Parties[sla.Vendor].Wall-after.Parties[sla.Vendor].Wall != to.At.Time().Sub(from.At.Time()) {
			t.Fatalf("the vendor was awaited %s, then %s", before.Parties[sla.Vendor].Wall, after.Parties[sla.Vendor].Wall)
		}
	})
}

// TestSplittingASpellChangesNothing: to go on, without having waited, is no event.
func TestSplittingASpellChangesNothing(t *testing.T) {
	three := contract(t)
	rapid.Check(t, func(t *rapid.T) {
		c, events, now := drawn(t, three)
		before := judged(t, c, events, now)
		spell := rapid.SampledFrom(before.Spells).Draw(t, "spell")
		if spell.To.At-spell.From.At < 2 || spell.Party != sla.Vendor {
			return
		}
		split := drawMoment(t, "split")
		split.At = spell.From.At + 1 + app.Stamp(rapid.Int64Range(0, int64(spell.To.At-spell.From.At-2)).Draw(t, "after"))
		again := []sla.Event{{Kind: sla.Resume, At: split}, {Kind: sla.Pause, For: sla.City, At: split}, {Kind: sla.Resume, At: split}}
		after := judged(t, c, append(slices.Clone(events), again[rapid.IntRange(0, 1).Draw(t, "waits"):]...), now)
		if after.Used != before.Used || !after.Due.Equal(before.Due) || after.Verdict != before.Verdict || after.Parties[sla.Vendor] != before.Parties[sla.Vendor] {
			t.Fatalf("%+v, due %s, %s; then %+v, due %s, %s", before.Used, before.Due, before.Verdict, after.Used, after.Due, after.Verdict)
		}
	})
}

// TestALongerLimitIsNeverDueEarlier, nor missed where a shorter one is met.
func TestALongerLimitIsNeverDueEarlier(t *testing.T) {
	three := contract(t)
	rank := map[sla.Verdict]int{sla.Met: 0, sla.Pending: 0, sla.Undecided: 1, sla.Missed: 2}
	rapid.Check(t, func(t *rapid.T) {
		c, events, now := drawn(t, three)
		short := judged(t, c, events, now)
		c.Limit += time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "longer"))
		long := judged(t, c, events, now)
		if !short.Due.IsZero() && !long.Due.IsZero() && !long.Due.After(short.Due) || short.Due.IsZero() && !long.Due.IsZero() || rank[long.Verdict] > rank[short.Verdict] {
			t.Fatalf("due %s and %s, %s and %s", short.Due, long.Due, short.Verdict, long.Verdict)
		}
	})
}

// TestAVerdictHoldsWhateverTheTimesReallyWere: within the errors of its times, no
// true history turns met into missed or missed into met.
func TestAVerdictHoldsWhateverTheTimesReallyWere(t *testing.T) {
	three := contract(t)
	rapid.Check(t, func(t *rapid.T) {
		c, events, now := drawn(t, three)
		r := judged(t, c, events, now)
		if len(r.Ignored) > 0 || r.Verdict == sla.Pending || r.Verdict == sla.Undecided {
			return
		}
		truth := slices.Clone(events)
		for i, e := range truth {
			if e.At.Err > 0 {
				truth[i].At.At += app.Stamp(rapid.Int64Range(-e.At.Err, e.At.Err).Draw(t, "off"))
			}
			truth[i].At.Err = 0
			if i > 0 && truth[i].At.At < truth[i-1].At.At {
				return // they did happen in their order
			}
		}
		now.At = max(now.At, truth[len(truth)-1].At.At)
		now.Err = 0
		real := judged(t, c, truth, now)
		if real.Verdict == sla.Met && r.Verdict == sla.Missed || real.Verdict == sla.Missed && r.Verdict == sla.Met {
			t.Fatalf("%s with errors %+v, in truth %s %+v", r.Verdict, r.Used, real.Verdict, real.Used)
		}
	})
}
