package task

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// hand is a clock that is moved by hand.
type hand struct{ ms atomic.Int64 }

func (h *hand) now() time.Time           { return time.UnixMilli(h.ms.Load()) }
func (h *hand) pass(d time.Duration)     { h.ms.Add(d.Milliseconds()) }
func step(p *Progress, done int64) error { return p.Step(context.Background(), done, 1000) }

func TestProgressTellsHowLongTheRestTakes(t *testing.T) {
	var h hand
	p := NewProgress(h.now)
	step(p, 0)
	h.pass(2 * time.Second)
	step(p, 100)
	if _, known := p.Measure().Left(); known {
		t.Error("after two seconds nobody can know")
	}
	h.pass(8 * time.Second)
	step(p, 500)
	if left, known := p.Measure().Left(); !known || left != 10*time.Second || p.Measure().PerSecond() != 50 || p.Measure().Percent() != 50 {
		t.Error(left, known, p.Measure())
	}
	p.Pause()
	h.pass(time.Hour)
	p.Resume()
	if left, _ := p.Measure().Left(); left != 10*time.Second {
		t.Error("an hour of rest is no hour of work:", left)
	}
}

// A work that rests stays where it is until it is told to go on, or ended.
func TestProgressRests(t *testing.T) {
	var h hand
	p := NewProgress(h.now)
	p.Pause()
	p.Pause()
	went := make(chan error)
	go func() { went <- step(p, 7) }()
	for p.Measure().Done != 7 {
		time.Sleep(time.Millisecond)
	}
	select {
	case <-went:
		t.Fatal("it did not rest")
	default:
	}
	p.Resume()
	p.Resume()
	if err := <-went; err != nil {
		t.Error(err)
	}
	p.Pause()
	ctx, end := context.WithCancel(context.Background())
	go func() { went <- p.Step(ctx, 8, 9) }()
	end()
	if err := <-went; !errors.Is(err, context.Canceled) {
		t.Error("ended while it rested:", err)
	}
}

// Whatever a work notes, what a screen reads of it makes sense.
func TestMeasureProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := Measure{Done: rapid.Int64Range(-9, 1<<40).Draw(r, "done"), Total: rapid.Int64Range(-9, 1<<40).Draw(r, "total"), Worked: time.Duration(rapid.Int64Range(0, 1<<50).Draw(r, "worked"))}
		if p := m.Percent(); p < 0 || p > 100 || p == 100 && m.Done < m.Total {
			r.Fatalf("%d%% of %+v", p, m)
		}
		if left, known := m.Left(); known && left < 0 {
			r.Fatalf("%v left of %+v", left, m)
		}
	})
}
