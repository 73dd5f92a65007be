package task

import (
	"context"
	"strings"
	"testing"
)

// TestHeldResultsWait: nothing changes on the screen while it is held, not
// even by what was finished before, and everything comes in its order after.
func TestHeldResultsWait(t *testing.T) {
	var d desk
	var got []string
	r := d.runner()
	say := func(s string) { got = append(got, s) }
	Go(r, func(context.Context) error { return nil }, func(error) { say("saved before") })
	Go(r, func(context.Context) error { return nil }, func(error) { say("saved meanwhile") })
	d.work[0]() // its result is on its way to the UI goroutine
	r.Hold()
	d.work[1]()
	r.Post(func() { say("news") })
	Go(r, func(context.Context) error { return nil }, func(error) { say("asked for meanwhile") })
	d.show()
	if len(got) != 0 || len(d.work) != 2 || r.Idle() {
		t.Fatalf("shown %q, %d works begun, idle %t", got, len(d.work), r.Idle())
	}
	r.Release()
	d.work[2]()
	d.show()
	if s := strings.Join(got, ", "); s != "saved before, saved meanwhile, news, asked for meanwhile" || !r.Idle() {
		t.Error(s)
	}
}

// TestInterruptedReadsBeginAgain: a read that Hold has cut is made again, and
// nobody hears that it was cut; one that nobody wants any more is not.
func TestInterruptedReadsBeginAgain(t *testing.T) {
	var d desk
	var wanted, dropped Slot
	var got []string
	r := d.runner()
	tries := 0
	read := func(ctx context.Context) (string, error) { tries++; return "rows", ctx.Err() }
	Do(r, &wanted, read, func(v string, err error) {
		if err != nil {
			t.Error("the screen heard of the interruption:", err)
		}
		got = append(got, v)
	})
	Do(r, &dropped, read, func(string, error) { t.Error("shown, though nobody wants it") })
	r.Hold()
	d.work[0]()
	d.work[1]()
	dropped.Stop()
	d.show()
	r.Release()
	d.show()
	d.work[2]()
	d.show()
	if tries != 3 || len(d.work) != 3 || strings.Join(got, " ") != "rows" || !r.Idle() {
		t.Errorf("read %d times, shown %q, idle %t", tries, got, r.Idle())
	}
}

// TestHoldWaitsForSaves: saving is not cut, and ended tells when it is done.
func TestHoldWaitsForSaves(t *testing.T) {
	saved, going := false, make(chan struct{})
	var d desk
	r := d.runner()
	r.start = func(f func()) { go f() }
	Go(r, func(ctx context.Context) error { <-going; saved = ctx.Err() == nil; return nil }, func(error) {})
	ended := r.Hold()
	close(going)
	ended()
	if !saved {
		t.Error("the save was cut, or not waited for")
	}
}

func TestReadAskedForWhileHeldIsMadeOnce(t *testing.T) {
	var s Slot
	var got []int
	r := Inline(nil)
	r.Hold()
	for n := range 2 {
		Do(r, &s, func(context.Context) (int, error) { return n, nil }, func(n int, _ error) { got = append(got, n) })
	}
	r.Release()
	if len(got) != 1 || got[0] != 1 {
		t.Errorf("shown %v, want the newest alone", got)
	}
}
