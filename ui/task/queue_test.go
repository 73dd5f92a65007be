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
