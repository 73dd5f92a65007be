package task

import (
	"context"
	"slices"
	"testing"
)

func TestQueuedRunsResultsWhenTold(t *testing.T) {
	r, next := Queued()
	var got []int
	for n := range 3 {
		Go(r, func(context.Context) error { return nil }, func(error) { got = append(got, n) })
	}
	if len(got) != 0 {
		t.Error("shown before it was told to")
	}
	for next() {
	}
	slices.Sort(got)
	if !slices.Equal(got, []int{0, 1, 2}) || next() {
		t.Error(got)
	}
}

func TestSteppedDoesOneThingAtATime(t *testing.T) {
	r, step := Stepped()
	var got []string
	say := func(s string) { got = append(got, s) }
	for _, name := range []string{"a", "b"} {
		Go(r, func(context.Context) error { say("work " + name); return nil }, func(error) { say("show " + name) })
	}
	for _, want := range [][]string{nil, {"work a"}, {"work a", "work b"}, {"work a", "work b", "show a"}, {"work a", "work b", "show a", "show b"}} {
		if !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
		if left := step(); left != (len(want) < 4) {
			t.Error("something is left:", left)
		}
	}
	if !r.Idle() {
		t.Error("it is not idle")
	}
}
