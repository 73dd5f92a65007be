package scan

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"
)

// slowFirst opens one file only after so many others.
type slowFirst struct {
	Local
	slow   string
	others atomic.Int32
	enough chan struct{} // closed when so many are opened
}

const others = 500

func (f *slowFirst) Open(path string) (File, error) {
	if filepath.Base(path) != f.slow {
		if f.others.Add(1) == others {
			close(f.enough)
		}
		return f.Local.Open(path)
	}
	select {
	case <-f.enough:
		return f.Local.Open(path)
	case <-time.After(10 * time.Second):
		return nil, errors.New("the other files wait")
	}
}

// TestSlowFile has the first file wait for the rest: its worker is busy, the other
// goes on.
func TestSlowFile(t *testing.T) {
	dir := t.TempDir()
	for i := range others + 1 {
		write(t, dir, fmt.Sprintf("%03d.txt", i), "x")
	}
	f := &slowFirst{slow: "000.txt", enough: make(chan struct{})}
	sum, err := Run(context.Background(), Options{Paths: []string{dir}, Files: f, Workers: 2}, func(Line) error { return nil })
	if err != nil || sum.Files != others+1 || sum.Errors != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
}

func TestBacklog(t *testing.T) {
	var b backlog
	ctx, cancel := context.WithCancel(context.Background())
	b.add(aheadLines)
	if !b.room(ctx) {
		t.Error("no room though there are as many lines as may be")
	}
	b.add(1)
	waits := make(chan bool)
	go func() { waits <- b.room(ctx) }()
	select {
	case <-waits:
		t.Error("room though there are too many lines")
	case <-time.After(10 * time.Millisecond):
	}
	b.add(-1)
	if !<-waits {
		t.Error("no room though lines were handed over")
	}
	b.add(1)
	cancel()
	if b.room(ctx) {
		t.Error("room though the scan has ended")
	}
}
