package store

import (
	"context"
	"fmt"
	"slices"

	"daicho/app"
)

// Outgoing is what the server has not acknowledged and what lies behind a change
// of this device, the oldest first: about max changes, in whole segments and at least one; the bodies of all segments
// one after another; and the keys that their records are sealed with. What has
// no signature yet is signed first.
func (s *Replica) Outgoing(ctx context.Context, after uint64, max int) (bodies [][]byte, segments []app.Segment, keys []app.SubjectKey, err error) {
	if err = s.transact(ctx, (*step).sign); err != nil {
		return nil, nil, nil, err
	}
	err = s.read(ctx, func(r *reader) (err error) {
		if segments, err = r.unacknowledged(after, max); err != nil || len(segments) == 0 {
			return err
		}
		bodies, keys, err = r.run(segments[0].First, segments[len(segments)-1].Last)
		return err
	})
	return bodies, segments, keys, err
}

// sign cuts the changes that have no segment yet into segments: a command
// closes its segment, and none is longer than MaxSegment.
func (st *step) sign() error {
	if err := st.unbroken(); err != nil {
		return err
	}
	var first int64
	if _, err := st.one("SELECT coalesce(max(last), 0) + 1 FROM segment", nil, &first); err != nil {
		return err
	}
	var cuts []app.Segment
	open := app.Segment{Device: st.s.device}
	err := st.each("SELECT seq, link, command FROM journal WHERE seq >= ? ORDER BY seq", []any{first}, func(scan func(...any) error) error {
		var seq int64
		var link []byte
		var command string
		if err := scan(&seq, &link, &command); err != nil {
			return err
		}
		if open.First == 0 {
			open.First = uint64(seq)
		}
		open.Last = uint64(seq)
		copy(open.Head[:], link)
		if command != "" || open.Last-open.First+1 == app.MaxSegment {
			cuts, open = append(cuts, open), app.Segment{Device: st.s.device}
		}
		return nil
	})
	if open.First > 0 {
		cuts = append(cuts, open)
	}
	for _, c := range cuts {
		if err == nil {
			c.Sign(st.s.key)
			err = st.exec("INSERT INTO segment VALUES (?, ?, ?, ?)", int64(c.First), int64(c.Last), c.Head[:], c.Sig)
		}
	}
	return err
}

// unbroken makes sure that no change is lost which the server does not have.
func (r *reader) unbroken() error {
	lost, err := r.lost()
	if err != nil || len(lost) == 0 {
		return err
	}
	var acked uint64
	if _, err := r.one("SELECT acked FROM cursor", nil, &acked); err != nil {
		return err
	}
	if acked < lost[len(lost)-1].Last {
		return chainBroken
	}
	return nil
}

// unacknowledged are segments behind a change that the server does not have whole.
func (r *reader) unacknowledged(after uint64, max int) (list []app.Segment, err error) {
	all, err := r.signed("last > max((SELECT acked FROM cursor), ?) ORDER BY first LIMIT ?", int64(after), max+1)
	n := 0
	for _, c := range all {
		if n += int(c.Last - c.First + 1); n > max && len(list) > 0 {
			break
		}
		list = append(list, c)
	}
	return list, err
}

// signed reads own segments in their order.
func (r *reader) signed(where string, args ...any) (list []app.Segment, err error) {
	err = r.each("SELECT first, last, head, sig FROM segment WHERE "+where, args, func(scan func(...any) error) error {
		c := app.Segment{Device: r.s.device}
		var first, last int64
		var head []byte
		err := scan(&first, &last, &head, &c.Sig)
		c.First, c.Last = uint64(first), uint64(last)
		copy(c.Head[:], head)
		list = append(list, c)
		return err
	})
	return list, err
}

// run reads the bodies of changes and the keys that they name: one that was made for
// a file which was then not saved is nobody's concern.
func (r *reader) run(first, last uint64) (bodies [][]byte, keys []app.SubjectKey, err error) {
	var subjects []app.ID
	named := map[app.ID]map[app.KeyID]bool{}
	add := func(subject app.ID, id app.KeyID) {
		if named[subject] == nil {
			named[subject] = map[app.KeyID]bool{}
			subjects = append(subjects, subject)
		}
		named[subject][id] = true
	}
	err = r.each("SELECT body FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq", []any{int64(first), int64(last)}, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		bodies = append(bodies, body)
		sealed, err := app.SealedBy(body)
		for subject, id := range sealed {
			add(subject, id)
		}
		return err
	})
	if err == nil && uint64(len(bodies)) != last-first+1 {
		err = fmt.Errorf("journal: %d changes from %d to %d", len(bodies), first, last)
	}
	for _, subject := range subjects {
		if err != nil {
			return nil, nil, err
		}
		var some []app.SubjectKey
		some, err = r.keysOf(subject)
		keys = append(keys, slices.DeleteFunc(some, func(k app.SubjectKey) bool { return !named[subject][k.ID()] })...)
	}
	return bodies, keys, err
}

// Acknowledge notes that the server has all changes up to a number: they are
// not sent again. They stay in the journal.
func (s *Replica) Acknowledge(ctx context.Context, watermark uint64) error {
	return s.transact(ctx, func(st *step) error {
		last, err := st.lastPoint()
		if err != nil {
			return err
		}
		if watermark > last.seq {
			return olderCopy
		}
		if err := st.arrived(watermark); err != nil {
			return err
		}
		return st.exec("UPDATE cursor SET acked = max(acked, ?)", int64(watermark))
	})
}
