package store

import (
	"context"
	"errors"
	"fmt"

	"daicho/app"
	"daicho/store/bigram"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// Finding is one thing in a replica that is other than it was written. It holds
// nothing of a record but its kind and id.
type Finding struct {
	Check string     // what was looked at: pages, structure, journal, …
	Page  int64      // of the database, from 1
	Of    string     // the table or index that the page belongs to; empty if nobody can say
	Seq   uint64     // of an own change
	Blob  app.BlobID // an attachment
	What  string     // is wrong, in English
}

// String says where and what.
func (f Finding) String() string {
	where := ""
	switch {
	case f.Page > 0 && f.Of != "":
		where = fmt.Sprintf(" %d (%s)", f.Page, f.Of)
	case f.Page > 0:
		where = fmt.Sprintf(" %d", f.Page)
	case f.Seq > 0:
		where = fmt.Sprintf(" %d", f.Seq)
	case f.Blob != app.BlobID{}:
		where = " " + f.Blob.String()
	}
	return f.Check + where + ": " + f.What
}

// Verify reads the whole replica and makes sure that nothing in it is other
// than it was written: every page, the chain and the signatures of the journal,
// the counters, what is kept for undoing pending changes, the word index, and
// every attachment. The first thing found is the error, of kind Damaged.
func (s *Replica) Verify(ctx context.Context) error {
	i := &inspection{s: s, tell: func(f Finding) error { return wrong("%s", f) }}
	return i.all(ctx, false)
}

// wrong makes the error of a finding.
func wrong(format string, args ...any) error {
	return app.Because(fmt.Errorf(format, args...), app.Damaged, damaged, "the replica is damaged or was altered")
}

// Inspect does what [Replica.Verify] does with a replica that may be too damaged
// to open, and tells everything that it finds; what tell returns ends it. Nothing
// is repaired. Errors are of another kind: no key, no folder, no reading.
//
// Progress is told in bytes, may be nil, and total can grow.
func Inspect(ctx context.Context, o Options, how keys.Opener, progress func(done, total int64), tell func(Finding) error) error {
	i := &inspection{s: newReplica(o), tell: tell, tally: tally{tell: progress}}
	id, err := readID(o.Dir)
	if err != nil {
		return err
	}
	if err := bigram.Register(); err != nil {
		return err
	}
	if i.s.data, err = i.s.openKey(ctx, id, how); err != nil {
		return err
	}
	i.s.id = id
	return machine(i.closed(ctx))
}

// inspection is one reading of a whole replica.
type inspection struct {
	s    *Replica
	tell func(Finding) error
	tally
}

// closed inspects a replica that nobody has opened. Bad pages are looked at
// first, and past SQLite, for only so it can be said what they belong to.
func (i *inspection) closed(ctx context.Context) error {
	if err := i.s.openDatabase(); err != nil {
		if !vfs.Damaged(err) && !vfs.WrongKey(err) {
			return opening(err)
		}
		if err := i.tell(Finding{Check: "database", What: err.Error()}); err != nil {
			return err
		}
		return i.name(ctx, nil)
	}
	bad, err := i.pages(ctx)
	if err != nil {
		return errors.Join(err, i.s.db.Close())
	}
	if len(bad) > 0 {
		err := i.s.db.Close()
		if err == nil {
			err = i.name(ctx, bad)
		}
		if err == nil {
			err = i.s.openDatabase()
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(i.opened(ctx, len(bad) == 0), i.s.db.Close())
}

// opened goes on with the checks that SQLite can be asked for. Only a sound
// database is brought to this program's tables.
func (i *inspection) opened(ctx context.Context, sound bool) error {
	err := i.s.recognise(i.s.id)
	if err == nil && sound {
		err = i.s.start(ctx, i.s.id)
	}
	if vfs.Damaged(err) {
		return i.tell(Finding{Check: "database", What: err.Error()})
	}
	if err != nil {
		return opening(err)
	}
	return i.all(ctx, true)
}

// pages reads every page and lists those that are not what was written.
func (i *inspection) pages(ctx context.Context) (bad []int64, err error) {
	var n int64
	if err := i.s.db.Read.QueryRowContext(ctx, "PRAGMA page_count").Scan(&n); err != nil {
		return nil, err
	}
	const pageSize = 4096
	i.add(0, n*pageSize)
	err = i.s.db.Pages(ctx, func(n int64, err error) error {
		i.add(pageSize, 0)
		if errors.Is(err, vfs.ErrDamaged) {
			bad = append(bad, n)
			return nil
		}
		return err
	})
	return bad, err
}

// name tells of pages that are bad, and what they belong to. Without a list it
// looks for them itself.
func (i *inspection) name(ctx context.Context, bad []int64) error {
	s, err := vfs.OpenSalvage(i.s.place(dbFile), i.s.data)
	if errors.Is(err, vfs.ErrDamaged) {
		return nil // not a page can be read; that has been told
	}
	if err != nil {
		return err
	}
	w, err := survey(ctx, s, func() {})
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	if bad == nil {
		bad = w.bad
	}
	for _, n := range bad {
		if err := i.tell(Finding{Check: "page", Page: n, Of: w.owner(n).name, What: "is not what was written"}); err != nil {
			return err
		}
	}
	return nil
}
