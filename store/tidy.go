package store

import (
	"context"
	"errors"
)

// mergeSlice is about how many pages of the word index one transaction of Tidy
// writes: some milliseconds of work, for which a writer may have to wait.
const mergeSlice = 16

// Tidy does what would otherwise hold up somebody's write: it merges the word
// index, brings the log into the database, and collects attachments that
// nothing names, a part of them each time. Call it about once a minute while
// nobody works. It takes the write lock for milliseconds at a time, and stops
// as soon as a writer of this process waits, or when ctx ends; nothing is lost
// by that.
func (s *Replica) Tidy(ctx context.Context) error {
	before := s.db.Write.Stats().WaitCount
	err := s.collect(ctx)
	if err == nil {
		err = s.purgeForgotten(ctx)
	}
	for more := true; more && err == nil && s.db.Write.Stats().WaitCount == before; {
		more, err = s.merge(ctx, mergeSlice)
	}
	if err == nil && s.db.Write.Stats().WaitCount == before {
		_, err = s.db.Write.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
	}
	return machine(err)
}

// merge does a piece of the work of merging the word index; false if there was
// nothing to do. A negative size merges everything, see [Replica.Purge].
func (s *Replica) merge(ctx context.Context, pages int) (more bool, err error) {
	err = s.transact(ctx, func(st *step) error {
		if err := st.word("deletemerge", deleteMerge); err != nil {
			return err
		}
		before, err := st.changes()
		if err != nil {
			return err
		}
		if err = st.word("merge", pages); err != nil {
			return err
		}
		after, err := st.changes()
		more = after-before >= 2 // the statement itself counts as one: https://sqlite.org/fts5.html#the_merge_command
		return errors.Join(err, st.word("deletemerge", 0))
	})
	return more, err
}

// deleteMerge is of how many hundredths of a piece of the word index the records
// must have other words by now for it to be merged.
const deleteMerge = 10

// word gives the word index a command, or sets how it works.
func (st *step) word(command string, n int) error {
	return st.exec("INSERT INTO search (search, rank) VALUES (?, ?)", command, n)
}

// changes counts the rows that the writing connection has ever changed.
func (st *step) changes() (n int64, err error) {
	_, err = st.one("SELECT total_changes()", nil, &n)
	return n, err
}

// Purge takes what no record holds any more out of the files: the words of
// texts that were changed or erased, which the index otherwise keeps until it
// is merged, and the pages of the log. What it frees is overwritten, as all
// that is deleted is. It may be cut off and called again.
func (s *Replica) Purge(ctx context.Context) error {
	for more := true; more; {
		var err error
		if more, err = s.merge(ctx, -mergeSlice); err != nil {
			return err
		}
	}
	return s.emptyLog(ctx)
}

// emptyLog brings the whole log into the database and cuts it off.
func (s *Replica) emptyLog(ctx context.Context) error {
	var held, pages, done int
	if err := s.db.Write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&held, &pages, &done); err != nil {
		return machine(err)
	}
	if held != 0 {
		return logInUse
	}
	return nil
}
