package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"daicho/app"
)

// Verify reads the whole replica and makes sure that nothing in it is other
// than it was written: every page, the chain and the signatures of the
// journal, the counters, and what is kept for undoing pending changes. The
// first thing found is the error, of kind Damaged.
func (s *Replica) Verify(ctx context.Context) error {
	return s.read(ctx, func(r *reader) error {
		for _, check := range []func() error{r.verifyPages, r.verifyChain, r.verifySegments, r.verifyCounters, r.verifyPending} {
			if err := check(); err != nil {
				return err
			}
		}
		return nil
	})
}

// wrong makes the error of a finding.
func wrong(format string, args ...any) error {
	return app.Because(fmt.Errorf(format, args...), app.Damaged, damaged, "the replica is damaged or was altered")
}

// verifyPages lets SQLite read every page. A connection keeps the outline of
// the word index until it searches again; checked by an outline from before
// later writes, a sound index would be called damaged.
func (r *reader) verifyPages() error {
	if _, err := r.one("SELECT 1 FROM search WHERE search MATCH 'outline' LIMIT 1", nil, new(int)); err != nil {
		return err
	}
	var said string
	if _, err := r.one("PRAGMA integrity_check(1)", nil, &said); err != nil {
		return err
	}
	if said != "ok" {
		return wrong("integrity check: %s", said)
	}
	return nil
}

// verifyChain computes the chain of the journal again.
func (r *reader) verifyChain() error {
	lost, err := r.lost()
	if err != nil {
		return err
	}
	at := app.ChainStart(r.s.public())
	next := int64(1)
	return r.each("SELECT seq, body, bh, link FROM journal ORDER BY seq", nil, func(scan func(...any) error) error {
		var seq int64
		var body, bh, link []byte
		if err := scan(&seq, &body, &bh, &link); err != nil {
			return err
		}
		sum := app.BodyHash(body)
		at = at.Next(sum)
		if past := passLost(lost, uint64(next)); past == uint64(seq) && seq != next { // nobody knows the chain after a gap
			next = seq
			copy(at[:], link)
		}
		if seq != next || string(bh) != string(sum[:]) || string(link) != string(at[:]) {
			return wrong("journal %d: the chain does not fit", seq)
		}
		next++
		return nil
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

// verifySegments makes sure that the signatures are over the chain, one after
// the other.
func (r *reader) verifySegments() error {
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
		gone := link == nil && passLost(lost, c.Last) != c.Last
		if c.First != next || !gone && string(head) != string(link) || !c.Verify(r.s.public()) {
			return wrong("segment %d–%d: the signature does not fit", c.First, c.Last)
		}
		next = c.Last + 1
		return nil
	})
}

func (r *reader) verifyCounters() error {
	for _, kind := range slices.Sorted(maps.Keys(r.s.tables)) {
		var kept, there int
		if _, err := r.one("SELECT n FROM counter WHERE kind = ?", []any{string(kind)}, &kept); err != nil {
			return err
		}
		if _, err := r.one("SELECT count(*) FROM "+quote(string(kind)), nil, &there); err != nil {
			return err
		}
		if kept != there {
			return wrong("the counter of %s says %d, there are %d", kind, kept, there)
		}
	}
	return nil
}

// verifyPending makes sure that only pending changes hold rows, and that each
// row kept for undoing has one that holds it.
func (r *reader) verifyPending() error {
	for _, c := range []struct{ what, query string }{
		{"a change that is not pending holds a row", "SELECT 1 FROM touched LEFT JOIN journal USING (seq) WHERE coalesce(state, '') <> 'pending' LIMIT 1"},
		{"a pending change holds no row", "SELECT 1 FROM journal WHERE state = 'pending' AND NOT EXISTS (SELECT 1 FROM touched WHERE touched.seq = journal.seq) LIMIT 1"},
		{"a row is kept that nobody holds", "SELECT 1 FROM confirmed AS c WHERE NOT EXISTS (SELECT 1 FROM touched AS t WHERE t.kind = c.kind AND t.id = c.id) LIMIT 1"},
	} {
		there, err := r.one(c.query, nil, new(int))
		if err != nil {
			return err
		}
		if there {
			return wrong("%s", c.what)
		}
	}
	return nil
}
