package sla_test

import (
	"cmp"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"daicho/app/sla"
)

// drawnHistory are events at multiples of step seconds, the first a start, and one
// that may have more than happened.
func drawnHistory(d *rand.Rand, step, limit int64) (events []sla.Event, now int64) {
	first := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).Unix() + d.Int64N(400*86_400/step)*step
	var times []int64
	for range d.IntN(8) {
		times = append(times, first+d.Int64N(limit/step)*step)
	}
	slices.Sort(times)
	events = []sla.Event{{Kind: sla.Start, At: sla.Exactly(time.Unix(first, 0))}}
	for _, at := range times {
		events = append(events, sla.Event{
			Kind: []sla.EventKind{sla.Pause, sla.Pause, sla.Resume, sla.Resume, sla.Stop}[d.IntN(5)],
			For:  []sla.Party{sla.City, sla.Third}[d.IntN(2)],
			At:   sla.Exactly(time.Unix(at, 0)),
		})
	}
	return events, first + limit
}

// counted looks at every second, or minute: is the calendar open then, and is the
// clock running? It says what was counted until now, and when the limit was used up,
// 0 if it was not. Which calendar is open when has a reference of its own in
// app/calendar.
func counted(c sla.Clock, events []sla.Event, now, step int64) (used, due int64, err error) {
	party, stopped := sla.Vendor, false
	limit := int64(c.Limit / time.Second)
	if limit == 0 {
		due = events[0].At.At.Time().Unix()
	}
	next := 1
	for t := events[0].At.At.Time().Unix(); t < now; t += step {
		for ; next < len(events) && events[next].At.At.Time().Unix() <= t; next++ {
			switch e := events[next]; {
			case e.Kind == sla.Resume:
				party, stopped = sla.Vendor, false
			case e.Kind == sla.Pause && !stopped:
				party = e.For
			case e.Kind == sla.Stop:
				stopped = true
			}
		}
		if stopped || slices.Contains(c.Pauses, party) {
			continue
		}
		open, err := c.Hours.(interface{ Open(time.Time) (bool, error) }).Open(time.Unix(t, 0))
		if err != nil {
			return 0, 0, err
		}
		if open {
			if used += step; used == limit {
				due = t + step
			}
		}
	}
	return used, due, nil
}

// TestAgainstASlowReference compares counted times and due times of random histories:
// by seconds over 3 days, by minutes over some weeks. DAICHO_CLOCKS says how many.
func TestAgainstASlowReference(t *testing.T) {
	cases, most := 400, int64(86_400)
	if n, err := strconv.Atoi(os.Getenv("DAICHO_CLOCKS")); err == nil {
		cases, most = n, 3*86_400
	}
	three := contract(t)
	reached := 0
	for i := range cases {
		step, limit := int64(1), most
		if i%20 > 0 {
			step, limit = 60, 40*86_400
		}
		d := rand.New(rand.NewPCG(uint64(i), 19))
		events, now := drawnHistory(d, step, limit)
		c := sla.Clock{
			Hours:  []sla.Hours{three.Always, three.City, three.Onsite}[d.IntN(3)],
			Limit:  time.Duration(d.Int64N(limit/8/step)*step) * time.Second,
			Pauses: [][]sla.Party{nil, {sla.City}, {sla.City, sla.Third}}[d.IntN(3)],
		}
		r, err := c.Run(events, sla.Exactly(time.Unix(now, 0)))
		used, due, err2 := counted(c, events, now, step)
		if cmp.Or(err, err2) != nil {
			t.Fatal(err, err2)
		}
		if r.Used.Time != time.Duration(used)*time.Second || due != 0 && r.Due.Unix() != due || due == 0 && !r.Due.IsZero() && r.Due.Unix() < now && r.Verdict == sla.Pending {
			t.Fatalf("case %d: counted %s, due %s (%s); the reference has %d s, due %s", i, r.Used.Time, r.Due, r.Verdict, used, time.Unix(due, 0))
		}
		if due != 0 {
			reached++
		}
	}
	if reached < cases/4 {
		t.Errorf("only %d of %d limits were used up", reached, cases)
	}
	t.Logf("%d cases", cases)
}
