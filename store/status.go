package store

import (
	"context"

	"daicho/app"
)

// Status is what a status bar shows of the replica.
type Status struct {
	Pending      int // own changes that the server has not judged
	Rejected     int // own changes, refused or kept back, that a person must retry or dismiss
	Conflicts    int // open conflicts; at most app.MaxList+1
	MissingBlobs int // attachments to fetch
	UnsentBlobs  int // attachments to send
	Epoch        app.ID
	GSN          int64 // how far the server's order has been taken in
}

// Status reads it all at one moment.
func (s *Replica) Status(ctx context.Context) (st Status, err error) {
	err = s.read(ctx, func(r *reader) error {
		for _, c := range []struct {
			n     *int
			query string
		}{
			{&st.Pending, "SELECT count(*) FROM journal WHERE state = 'pending'"},
			{&st.Rejected, "SELECT count(*) FROM journal WHERE " + refusedState},
			{&st.MissingBlobs, "SELECT count(*) FROM blob WHERE state = 'missing'"},
			{&st.UnsentBlobs, "SELECT count(*) FROM blob WHERE state = 'unsent'"},
		} {
			if _, err := r.one(c.query, nil, c.n); err != nil {
				return err
			}
		}
		if st.Conflicts, err = r.count(app.ConflictKind, app.Query{Where: []app.Cond{{Field: "state", Op: "=", Value: string(app.ConflictOpen)}}}); err != nil {
			return err
		}
		st.Epoch, st.GSN, err = r.cursor()
		return err
	})
	return st, err
}
