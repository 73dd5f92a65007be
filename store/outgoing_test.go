package store_test

import (
	"fmt"
	"testing"

	"daicho/app"
	"daicho/store/storetest"
)

// cuts are the segments that a replica sends, as first–last.
func cuts(segments []app.Segment) (list []string) {
	for _, s := range segments {
		list = append(list, fmt.Sprintf("%d–%d", s.First, s.Last))
	}
	return list
}

func TestSegments(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "一")
	item(t, r, "二")
	do(t, r, it, "start") // a command closes its segment
	item(t, r, "三")
	for _, c := range []struct {
		max  int
		want string
	}{{1, "[1–3]"}, {3, "[1–3]"}, {4, "[1–3 4–4]"}, {100, "[1–3 4–4]"}} {
		bodies, segments, _, err := r.Outgoing(t.Context(), 0, c.max)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(cuts(segments)); got != c.want || uint64(len(bodies)) != segments[len(segments)-1].Last {
			t.Errorf("at most %d: %s, %d bodies; want %s", c.max, got, len(bodies), c.want)
		}
	}
	item(t, r, "四") // what was signed stays as it was
	_, segments, _, err := r.Outgoing(t.Context(), 0, 100)
	if got := fmt.Sprint(cuts(segments)); got != "[1–3 4–4 5–5]" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	if err := r.Acknowledge(t.Context(), 4); err != nil {
		t.Fatal(err)
	}
	if err := r.Acknowledge(t.Context(), 2); err != nil { // an old answer that came late
		t.Fatal(err)
	}
	_, segments, _, err = r.Outgoing(t.Context(), 0, 100)
	if got := fmt.Sprint(cuts(segments)); got != "[5–5]" || err != nil {
		t.Errorf("after the answer: %s, %v", got, err)
	}
}

func TestSegmentsAreNoLongerThanTheLimit(t *testing.T) {
	r := storetest.New(t)
	many(t, r, app.MaxSegment+3)
	_, segments, _, err := r.Outgoing(t.Context(), 0, 1)
	if got := fmt.Sprint(cuts(segments)); got != "[1–256]" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	if err := r.Acknowledge(t.Context(), 100); err != nil { // within a segment: it is sent whole again
		t.Fatal(err)
	}
	_, segments, _, err = r.Outgoing(t.Context(), 0, 1000)
	if got := fmt.Sprint(cuts(segments)); got != "[1–256 257–259]" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}

// TestOnlyKeysThatAreNamedGoOut: another key of the same record opens nothing of what
// is sent, and may be one that its readers should not seal anything with.
func TestOnlyKeysThatAreNamedGoOut(t *testing.T) {
	r, q := storetest.New(t), storetest.NewSequencer(t, storetest.Book())
	it := draft(t, r)
	it.Title = "封をした名称"
	save(t, r, it)
	p := q.Page(0, 1)
	p.Keys = append(p.Keys, app.SubjectKey{Subject: it.Ref.ID, Key: [32]byte{9}})
	if err := r.Apply(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if n := r.Number(t.Context(), "SELECT count(*) FROM subject_key"); n != 2 {
		t.Fatalf("%d keys are here", n)
	}
	bodies, _, keys, err := r.Outgoing(t.Context(), 0, 9)
	if err != nil || len(bodies) != 1 || len(keys) != 1 || keys[0].Key == [32]byte{9} {
		t.Errorf("%d changes with %d keys, %v", len(bodies), len(keys), err)
	}
}
