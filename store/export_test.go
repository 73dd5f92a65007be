package store

import (
	"context"
	"fmt"
	"time"

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

// Break makes a transaction meet a failure of the machine that its caller
// overlooks.
func (tx *Tx) Break(err error) { _ = tx.keep(err) }

// CheckpointAfter has the log brought into the database whenever it has so many
// pages: in programs it takes a thousand.
func (s *Replica) CheckpointAfter(pages int) error {
	_, err := s.db.Write.Exec(fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", pages))
	return err
}

// Number is what a query of one number gives; -1 if it fails.
func (s *Replica) Number(ctx context.Context, query string) int {
	n := -1
	if err := s.db.Read.QueryRowContext(ctx, query).Scan(&n); err != nil {
		return -1
	}
	return n
}

// WaitForOthers is how long a write waits for other processes: in programs it
// is ten seconds.
func (s *Replica) WaitForOthers(d time.Duration) error {
	_, err := s.db.Write.Exec(fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds()))
	return err
}
