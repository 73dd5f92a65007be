package store

import (
	"context"

	"daicho/app"
)

// Pending are the own changes that are not judged, for tests that work out
// what a replica must show.
func (s *Replica) Pending(ctx context.Context) (list []*app.Change, err error) {
	err = s.read(ctx, func(r *reader) error {
		seqs, err := r.numbers("SELECT seq FROM journal WHERE state = 'pending' ORDER BY seq")
		for _, seq := range seqs {
			var c *app.Change
			if err == nil {
				c, err = r.change(seq)
				list = append(list, c)
			}
		}
		return err
	})
	return list, err
}
