package server

import (
	"context"
	"slices"
)

// Restored is how a server stands that was restored.
type Restored struct {
	Times    int // how often
	Finished bool
	Unused   []Gap    // numbers that were left out and that nobody has brought back
	Twice    []Twice  // numbers that their changes did not get again
	Waiting  int      // changes made at the server itself, of the second place, whose records no device has brought
	Undone   []Undone // what was done at the server and could not be brought back
}

// Restored tells it.
func (s *Server) Restored(ctx context.Context) (r Restored, err error) {
	return r, s.log.Read(ctx, func(tx Tx) error {
		e, err := epochsOf(tx)
		if err != nil {
			return err
		}
		r = Restored{Times: len(e.Ended), Finished: e.Finished, Twice: e.Twice, Undone: e.Undone}
		for _, id := range e.Own {
			n, err := tx.HeldCount(id)
			if err != nil {
				return err
			}
			r.Waiting += n
		}
		r.Unused, err = e.unused(tx)
		return err
	})
}

// unused are the runs of numbers in the gaps that no change has got.
func (e *epochs) unused(tx Tx) (runs []Gap, err error) {
	for _, g := range e.Gaps {
		if runs, err = without(tx, runs, g); err != nil {
			return nil, err
		}
	}
	return runs, nil
}

// without adds what is left of a gap.
func without(tx Tx, runs []Gap, g Gap) ([]Gap, error) {
	next := g.First
	for next <= g.Last {
		claims, err := tx.Claims(g.Series, next-1, 1)
		if err != nil {
			return nil, err
		}
		end := g.Last
		if len(claims) > 0 && claims[0].N <= g.Last {
			end = claims[0].N - 1
		}
		if next <= end {
			runs = append(runs, Gap{g.Series, next, end})
		}
		next = end + 2
	}
	return runs, nil
}

// Finish ends the waiting for devices that have not come since the server was
// restored. What still comes is judged as it is. Numbers that nobody has brought
// back are void from then on: declare writes them into a register, each once
// however often this is called, also after an error. A change that had one of them
// and comes later gets another.
func (s *Server) Finish(ctx context.Context, declare func(*Acting, []Gap) error) error {
	if r, err := s.Restored(ctx); err != nil || r.Times == 0 {
		return err
	}
	err := s.log.Write(ctx, func(tx Tx) error {
		e, err := epochsOf(tx)
		if err != nil {
			return err
		}
		e.Finished = true
		return e.keep(tx)
	})
	if err == nil {
		err = s.again(ctx) // what was done here gets its numbers before they are void
	}
	if err != nil {
		return err
	}
	return s.Act(ctx, func(a *Acting) error { return a.void(declare) })
}

// void declares what is left of the gaps, and remembers that.
func (a *Acting) void(declare func(*Acting, []Gap) error) error {
	e, err := epochsOf(a.in.tx)
	if err != nil {
		return err
	}
	unused, err := e.unused(a.in.tx)
	if err != nil {
		return err
	}
	unused = slices.DeleteFunc(unused, func(g Gap) bool { return e.isVoid(g.Series, g.First) })
	if len(unused) == 0 {
		return nil
	}
	if err = declare(a, unused); err != nil {
		return err
	}
	e.Void = append(e.Void, unused...)
	return e.keep(a.in.tx)
}
