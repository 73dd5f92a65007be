package store

import (
	"context"
	"database/sql"
	"errors"

	"daicho/app"
)

// step is one transaction of one of the three doors: all of it is kept, or
// nothing. It holds the only write lock of the replica from the start, so what
// it reads cannot change under it, whatever other processes do.
type step struct {
	reader
	stmts      *statements
	changed    []app.Ref
	seen       map[app.Ref]bool          // in changed
	came       map[app.ID]app.SubjectKey // keys that were not here before
	abouts     map[app.Ref][]string      // keys of settings about records; nil: not looked at
	restored   map[app.Ref]Row           // by rebase, and not written yet
	texts      map[app.Ref]wording       // to be put into the search
	order      []app.Ref                 // of texts
	due        []app.BlobID              // attachments that nothing names any more
	noneErased bool                      // no record was ever erased here
	failed     error                     // the machine failed: nothing of this may be kept
}

// transact runs f in one transaction and tells the watchers what it changed.
func (s *Replica) transact(ctx context.Context, f func(*step) error) error {
	st, err := s.commit(ctx, f)
	if err != nil {
		return machine(err)
	}
	s.witness.wake()
	s.tell(st.changed)
	s.sweep(ctx, st.due)
	return nil
}

func (s *Replica) commit(ctx context.Context, f func(*step) error) (*step, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	conn, err := s.db.Write.Conn(ctx) // waits for the writer before, and gives up with ctx
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	work := context.WithoutCancel(ctx) // a statement that was begun is finished: watching each costs more than it takes
	tx, err := conn.BeginTx(work, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // does nothing after the commit
	stmts := &statements{tx, map[string]*sql.Stmt{}}
	st := &step{reader: reader{work, s, stmts}, stmts: stmts, seen: map[app.Ref]bool{}, came: map[app.ID]app.SubjectKey{}, restored: map[app.Ref]Row{}, texts: map[app.Ref]wording{}}
	if err = st.run(ctx, f); err != nil {
		return nil, err
	}
	return st, tx.Commit()
}

// run runs f. What was cancelled meanwhile, or met a failure that f overlooked,
// is not kept.
func (st *step) run(ctx context.Context, f func(*step) error) error {
	if err := f(st); err != nil {
		return err
	}
	if st.failed != nil {
		return st.failed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return st.index()
}

// statements keeps each statement prepared for the life of a transaction.
type statements struct {
	tx   *sql.Tx
	made map[string]*sql.Stmt
}

func (s *statements) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if p := s.made[query]; p != nil {
		return p, nil
	}
	p, err := s.tx.PrepareContext(ctx, query)
	if err == nil {
		s.made[query] = p
	}
	return p, err
}

// QueryContext makes it a querier.
func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	p, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return p.QueryContext(ctx, args...)
}

// QueryRowContext makes it a querier.
func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	p, err := s.prepared(ctx, query)
	if err != nil {
		return s.tx.QueryRowContext(ctx, query, args...) // gives the error
	}
	return p.QueryRowContext(ctx, args...)
}

func (st *step) exec(query string, args ...any) error {
	_, err := st.count(query, args...)
	return err
}

// count executes and says how many rows were changed.
func (st *step) count(query string, args ...any) (int64, error) {
	p, err := st.stmts.prepared(st.ctx, query)
	if err != nil {
		return 0, err
	}
	res, err := p.ExecContext(st.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (st *step) note(ref app.Ref) {
	if !st.seen[ref] {
		st.seen[ref] = true
		st.changed = append(st.changed, ref)
	}
}

// keep remembers a failure of the machine, so that the transaction cannot be
// committed by a caller who overlooks it. A refusal changed nothing.
func (st *step) keep(err error) error {
	if err != nil && !refused(err) {
		st.failed = err
	}
	return err
}

// refused says whether err is a word of the rules and not a failure of the machine.
func refused(err error) bool {
	var e *app.Error
	return errors.As(err, &e) && e.Code != app.Failed
}
