package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"daicho/app"
	"daicho/store/vfs"
)

// check is one look at an open replica.
type check struct {
	name string
	look func(*inspection, *reader) error
}

var checks = []check{
	{"structure", (*inspection).structure},
	{"journal", (*inspection).chain},
	{"segment", (*inspection).segments},
	{"counter", (*inspection).counters},
	{"pending", (*inspection).queries},
	{"attachment", (*inspection).named},
}

// all makes every check. Pages are read unless they have been.
func (i *inspection) all(ctx context.Context, pagesRead bool) error {
	if !pagesRead {
		bad, err := i.pages(ctx)
		for _, n := range bad {
			if err == nil {
				err = i.tell(Finding{Check: "page", Page: n, What: "is not what was written"})
			}
		}
		if err != nil {
			return err
		}
	}
	err := i.s.read(ctx, func(r *reader) error {
		for _, c := range checks {
			err := c.look(i, r)
			if vfs.Damaged(err) {
				err = i.tell(Finding{Check: c.name, What: "cannot be read: " + err.Error()})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return i.files(ctx)
}

// structure lets SQLite go through every table and index. A connection keeps the
// outline of the word index until it searches again; checked by an outline from
// before later writes, a sound index would be called damaged.
func (i *inspection) structure(r *reader) error {
	if _, err := r.one("SELECT 1 FROM search WHERE search MATCH 'outline' LIMIT 1", nil, new(int)); err != nil {
		return err
	}
	var said []string
	err := r.each("PRAGMA integrity_check(100)", nil, func(scan func(...any) error) error {
		var line string
		err := scan(&line)
		said = append(said, line)
		return err
	})
	for _, line := range said {
		if line != "ok" && err == nil {
			err = i.tell(Finding{Check: "structure", What: line})
		}
	}
	return err
}

// chain computes the chain of the journal again.
func (i *inspection) chain(r *reader) error {
	lost, err := r.lost()
	if err != nil {
		return err
	}
	at, next := app.ChainStart(r.s.public()), uint64(1)
	return r.each("SELECT seq, body, bh, link FROM journal ORDER BY seq", nil, func(scan func(...any) error) error {
		var seq uint64
		var body, bh, link []byte
		if err := scan(&seq, &body, &bh, &link); err != nil {
			return err
		}
		sum := app.BodyHash(body)
		at = at.Next(sum)
		known := seq == next
		if !known && passLost(lost, next) == seq { // nobody knows the chain after a gap
			known = true
			copy(at[:], link)
		}
		next = seq + 1
		if known && string(bh) == string(sum[:]) && string(link) == string(at[:]) {
			return nil
		}
		copy(at[:], link) // so that what follows is not called wrong for it
		return i.tell(Finding{Check: "journal", Seq: seq, What: "the chain does not fit"})
	})
}

// passLost is the first number from n on that is not known to be lost.
func passLost(lost []lostSpan, n uint64) uint64 {
	for _, s := range lost {
		if s.First <= n && n <= s.Last {
			n = s.Last + 1
		}
	}
	return n
}

// segments makes sure that the signatures are over the chain, one after the other.
func (i *inspection) segments(r *reader) error {
	lost, err := r.lost()
	if err != nil {
		return err
	}
	next := uint64(1)
	return r.each("SELECT first, last, head, sig, link FROM segment LEFT JOIN journal ON seq = last ORDER BY first", nil, func(scan func(...any) error) error {
		c := app.Segment{Device: r.s.device}
		var first, last int64
		var head, link []byte
		if err := scan(&first, &last, &head, &c.Sig, &link); err != nil {
			return err
		}
		c.First, c.Last = uint64(first), uint64(last)
		copy(c.Head[:], head)
		fits := string(head) == string(link) || link == nil && passLost(lost, c.Last) != c.Last
		if passLost(lost, next) == c.First || next == c.First {
			next = c.Last + 1
			if fits && c.Verify(r.s.public()) {
				return nil
			}
		}
		next = c.Last + 1
		return i.tell(Finding{Check: "segment", Seq: c.First, What: fmt.Sprintf("the signature up to %d does not fit", c.Last)})
	})
}

func (i *inspection) counters(r *reader) error {
	for _, kind := range slices.Sorted(maps.Keys(r.s.tables)) {
		var kept, there int
		if _, err := r.one("SELECT n FROM counter WHERE kind = ?", []any{string(kind)}, &kept); err != nil {
			return err
		}
		if _, err := r.one("SELECT count(*) FROM "+quote(string(kind)), nil, &there); err != nil {
			return err
		}
		if kept != there {
			if err := i.tell(Finding{Check: "counter", What: fmt.Sprintf("of %s says %d, there are %d", kind, kept, there)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// queries look for what must not be; each finds one row if it is.
func (i *inspection) queries(r *reader) error {
	for _, c := range []struct{ check, what, query string }{
		{"pending", "a change that is not pending holds a row", "SELECT 1 FROM touched LEFT JOIN journal USING (seq) WHERE coalesce(state, '') <> 'pending' LIMIT 1"},
		{"pending", "an unsent change has no second copy", "SELECT 1 FROM journal WHERE state = 'pending' AND seq > (SELECT acked FROM cursor) AND NOT EXISTS (SELECT 1 FROM spare WHERE spare.seq = journal.seq) LIMIT 1"},
		{"pending", "a pending change holds no row", "SELECT 1 FROM journal WHERE state = 'pending' AND NOT EXISTS (SELECT 1 FROM touched WHERE touched.seq = journal.seq) LIMIT 1"},
		{"pending", "a row is kept that nobody holds", "SELECT 1 FROM confirmed AS c WHERE NOT EXISTS (SELECT 1 FROM touched AS t WHERE t.kind = c.kind AND t.id = c.id) LIMIT 1"},
		{"search", "a record has no words", "SELECT 1 FROM searched WHERE row NOT IN (SELECT id FROM search_docsize) LIMIT 1"},
		{"search", "words belong to no record", "SELECT 1 FROM search_docsize WHERE id NOT IN (SELECT row FROM searched) LIMIT 1"},
	} {
		there, err := r.one(c.query, nil, new(int))
		if err == nil && there {
			err = i.tell(Finding{Check: c.check, What: c.what})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// named makes sure that every attachment which a record names is known, as here
// or as missing.
func (i *inspection) named(r *reader) error {
	for _, kind := range slices.Sorted(maps.Keys(r.s.tables)) {
		if len(r.s.tables[kind].files) == 0 {
			continue
		}
		refs, err := r.refs(fmt.Sprintf("SELECT ?, id FROM %s ORDER BY id", quote(string(kind))), string(kind))
		for _, ref := range refs {
			if err == nil {
				err = i.namedBy(r, ref)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (i *inspection) namedBy(r *reader, ref app.Ref) error {
	t := r.s.tables[ref.Kind]
	doc, _, err := r.Row(ref)
	if err != nil {
		return err
	}
	for _, f := range t.files {
		for _, b := range doc.Get(f).Blobs() {
			known, err := r.one("SELECT 1 FROM blob WHERE id = ?", []any{b.ID[:]}, new(int))
			if err == nil && !known {
				err = i.tell(Finding{Check: "attachment", Blob: b.ID, What: "a record names it and the list does not"})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// files reads every attachment.
func (i *inspection) files(ctx context.Context) error {
	ids, err := blobsIn(ctx, i.s.db)
	if err != nil {
		return machine(err)
	}
	for _, id := range ids {
		size := sizeOf(i.s.blobPath(id))
		i.add(0, size)
		sound, err := soundBlob(ctx, i.s.blobPath(id), id)
		if err == nil && !sound {
			err = i.tell(Finding{Check: "attachment", Blob: id, What: "is not here, or not what its name says"})
		}
		if err != nil {
			return err
		}
		i.add(size, 0)
	}
	return nil
}
