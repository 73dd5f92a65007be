package client

import (
	"context"

	"daicho/sync/wire"
)

// How many lines of history are looked for at once: more where few of them may be
// read.
const (
	firstWindow = wire.PageChanges
	lastWindow  = 32 * wire.PageChanges
)

// turn is how many pages of history are fetched until it is looked what is new.
const turn = 20

// catchUp fetches all history of before, if that is asked for.
func (s *session) catchUp(ctx context.Context) error {
	for more := s.o.Past; more; {
		var err error
		if more, err = s.pastPage(ctx); err != nil {
			return err
		}
	}
	return nil
}

// remember fetches history of before while nobody waits for anything else; again
// says that it is time to sync.
func (s *session) remember(ctx context.Context, wake <-chan struct{}) (again bool, err error) {
	for range turn {
		more, err := s.pastPage(ctx)
		if err != nil || !more || s.o.quitting() {
			return false, err
		}
		select {
		case <-wake:
			return true, nil
		default:
		}
	}
	return true, nil
}

// pastPage fetches one piece of history, the newest that is missing.
func (s *session) pastPage(ctx context.Context) (more bool, err error) {
	if err := cancelled(ctx); err != nil {
		return false, err
	}
	run, missing, err := s.port.Past(ctx)
	if err != nil || !missing {
		return false, err
	}
	hash, err := s.port.Clearance(ctx)
	if err != nil {
		return false, err
	}
	erased, err := s.port.Erased(ctx)
	if err != nil {
		return false, err
	}
	s.window = max(s.window, firstWindow)
	q := &wire.Past{Epoch: s.place.Epoch, Only: wire.ExtentsOf(run.Only), After: max(run.After, run.UpTo-s.window), UpTo: run.UpTo, Clearance: hash[:], Erased: erased + 1}
	out, err := s.past(ctx, q)
	if err != nil || out.Clearance != nil || out.Behind { // the next sync goes over to that first
		return false, err
	}
	if out.UpTo <= q.After || out.UpTo > q.UpTo {
		return false, errStrange
	}
	p := PastPage{N: run.N, Epoch: s.place.Epoch, After: q.After, UpTo: out.UpTo, Outcomes: out.Outcomes, Keys: wire.SubjectKeys(out.Keys)}
	if err := s.port.TakePast(ctx, p); err != nil {
		return false, err
	}
	s.widen(out.UpTo == q.UpTo, len(out.Outcomes))
	s.done.Past += len(out.Outcomes)
	s.o.progress(Remembering, s.done.Past, s.done.Past+int(q.After))
	return true, nil
}

// widen looks for more lines at once where few may be read, and for fewer where
// they did not fit.
func (s *session) widen(whole bool, came int) {
	if !whole {
		s.window = firstWindow
	} else if came < firstWindow/4 {
		s.window = min(2*s.window, lastWindow)
	}
}
