package server

import "context"

// Restored is how a server stands that was restored.
type Restored struct {
	Times    int // how often
	Finished bool
	Unused   []Gap    // numbers that were left out and that nobody has brought back
	Twice    []Twice  // numbers that two changes claim to have had
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
		for _, g := range e.Gaps {
			if err = r.unused(tx, g); err != nil {
				return err
			}
		}
		return nil
	})
}

// unused adds the runs of numbers in a gap that no change has got.
func (r *Restored) unused(tx Tx, g Gap) error {
	next := g.First
	for next <= g.Last {
		claims, err := tx.Claims(g.Series, next-1, 1)
		if err != nil {
			return err
		}
		end := g.Last
		if len(claims) > 0 && claims[0].N <= g.Last {
			end = claims[0].N - 1
		}
		if next <= end {
			r.Unused = append(r.Unused, Gap{g.Series, next, end})
		}
		next = end + 2
	}
	return nil
}

// Finish ends the waiting for devices that have not come since the server was
// restored. What still comes is judged as it is; numbers that nobody brought back
// stay unused for ever, unless their device does come.
func (s *Server) Finish(ctx context.Context) error {
	err := s.log.Write(ctx, func(tx Tx) error {
		e, err := epochsOf(tx)
		if err != nil || len(e.Ended) == 0 {
			return err
		}
		e.Finished = true
		return e.keep(tx)
	})
	if err != nil {
		return err
	}
	return s.again(ctx)
}
