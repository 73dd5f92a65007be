package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"daicho/app"
)

// lookEvery is how often the replica looks for what other processes wrote.
const lookEvery = time.Second

// watchers are told what has changed.
type watchers struct {
	mu     sync.Mutex
	list   []*func([]app.Ref)
	cancel context.CancelFunc // of the look-out; nil while nobody watches
	done   chan struct{}
	closed bool
}

// Watch calls f after each commit with the records that it changed, on the
// goroutine that wrote; with nil if another process has written, which is
// noticed within about a second: then read anew what is shown. f must return
// soon. After stop, f is not called for any later commit.
func (s *Replica) Watch(f func([]app.Ref)) (stop func()) {
	w := &s.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, &f)
	if w.cancel == nil && !w.closed {
		var ctx context.Context
		ctx, w.cancel = context.WithCancel(context.Background())
		w.done = make(chan struct{})
		go s.lookOut(ctx, w.done)
	}
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.list = slices.DeleteFunc(w.list, func(g *func([]app.Ref)) bool { return g == &f })
	}
}

// tell calls the watchers, outside of the lock: they may watch and stop.
func (s *Replica) tell(refs []app.Ref) {
	if refs == nil {
		return
	}
	s.callAll(refs)
}

func (s *Replica) callAll(refs []app.Ref) {
	s.watch.mu.Lock()
	list := slices.Clone(s.watch.list)
	s.watch.mu.Unlock()
	for _, f := range list {
		(*f)(refs)
	}
}

// stop ends the look-out and waits for it.
func (w *watchers) stop() {
	w.mu.Lock()
	cancel, done := w.cancel, w.done
	w.cancel, w.list, w.closed = nil, nil, true
	w.mu.Unlock()
	if cancel != nil {
		cancel()
		<-done
	}
}

// lookOut asks the writing connection once in a while whether the file has
// changed under it: all who write through another one are other processes.
func (s *Replica) lookOut(ctx context.Context, done chan struct{}) {
	defer close(done)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var last int64
	for {
		var now int64
		err := s.db.Write.QueryRowContext(ctx, "PRAGMA data_version").Scan(&now)
		if err == nil && last != 0 && now != last {
			s.refresh(ctx)
			s.callAll(nil)
		}
		if err == nil {
			last = now
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// refresh looks again at who this device belongs to.
func (s *Replica) refresh(ctx context.Context) {
	var me app.Actor
	err := s.read(ctx, func(r *reader) (err error) {
		me, err = r.me()
		return err
	})
	if err == nil { // else the next look may do better, and Write looks for itself
		s.actor.Store(&me)
	}
}
