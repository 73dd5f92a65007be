package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"daicho/app"
)

// Lost is what a replica knows of an order beyond the lines that a restored
// server still has.
type Lost struct {
	Refs  []app.Ref // records as they stand here after these lines
	Given []Given
	Stood []uint64         // own changes that had been accepted, or wait on these records
	Keys  []app.SubjectKey // of these records
}

// Given is an official number that a change had got.
type Given struct {
	Device app.ID
	Seq    uint64
	Kind   app.Kind
	Number string
	At     app.Stamp
}

// Renewal puts a replica into the order of a restored server.
type Renewal struct {
	Was, Epoch app.ID // the order that ended, and the one that goes on from it
	UpTo       int64  // the last line that both have
	Watermark  uint64 // the server has own changes up to this
	Rows       []Row  // what it has of [Lost].Refs; one that is not there has no document
	Head       int64  // of the order when they were read: they may be as late as that
	Keys       []app.SubjectKey
	To         app.Clearance // what the person may read now, if the rows were read under another than is held; else nil
}

// Lost tells what is here of the server's order after a line.
func (s *Replica) Lost(ctx context.Context, upTo int64) (l Lost, err error) {
	err = s.read(ctx, func(r *reader) error {
		l, err = r.lostAfter(upTo)
		return err
	})
	return l, err
}

func (r *reader) lostAfter(upTo int64) (l Lost, err error) {
	if l.Refs, err = r.changedAfter(upTo); err != nil {
		return l, err
	}
	if l.Stood, err = r.stood(upTo, l.Refs); err != nil {
		return l, err
	}
	for _, ref := range l.Refs {
		some, err := r.keysOf(ref.ID)
		if err != nil {
			return l, err
		}
		l.Keys = append(l.Keys, some...)
	}
	return l, r.each("SELECT body FROM outcome WHERE gsn > ? ORDER BY gsn", []any{upTo}, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		o, err := app.DecodeOutcome(body, blind{})
		if err != nil {
			return err
		}
		some, err := r.givenBy(o)
		l.Given = append(l.Given, some...)
		return err
	})
}

// stood are own changes that were accepted after a line, or that wait to be judged
// on records that are known from lines after it.
func (r *reader) stood(upTo int64, refs []app.Ref) ([]uint64, error) {
	list, err := r.numbers("SELECT seq FROM journal WHERE state = 'done' AND gsn > ?", upTo)
	for _, ref := range refs {
		if err != nil {
			return nil, err
		}
		var some []uint64
		some, err = r.numbers("SELECT seq FROM journal WHERE state = 'pending' AND kind = ? AND id = ?", string(ref.Kind), ref.ID[:])
		list = append(list, some...)
	}
	slices.Sort(list)
	return list, err
}

// blind reads an outcome without what is sealed in it: numbers never are.
type blind struct{}

func (blind) Find(app.ID, app.KeyID) (app.SubjectKey, error) { return app.SubjectKey{}, app.ErrErased }
func (blind) For(app.ID) (app.SubjectKey, error)             { return app.SubjectKey{}, app.ErrErased }

// givenBy are the numbers that a change got. An own change that did not make a
// record tells its number, too, if the record moved by it; it was not its own.
func (r *reader) givenBy(o *app.Outcome) (list []Given, err error) {
	for _, e := range o.Effects {
		for _, c := range e.Cells {
			if r.s.book.Numbers[e.Ref.Kind] == "" || c.Field != "number" || c.Now.Text() == "" {
				continue
			}
			made, err := r.made(o, e.Ref)
			if err != nil {
				return nil, err
			}
			if made {
				list = append(list, Given{o.Device, o.Seq, e.Ref.Kind, c.Now.Text(), o.At})
			}
		}
	}
	return list, nil
}

// made says whether a change made a record; of others' changes it is taken for so.
func (r *reader) made(o *app.Outcome, ref app.Ref) (bool, error) {
	var body []byte
	if o.Device != r.s.device || o.Ref != ref {
		return true, nil
	}
	there, err := r.one("SELECT body FROM journal WHERE seq = ?", []any{int64(o.Seq)}, &body)
	if err != nil || !there {
		return false, err
	}
	c, err := app.DecodeChange(body, blind{})
	return err == nil && c.New, err
}

// changedAfter are the records that lines after one concern, or that came as
// they stood after it.
func (r *reader) changedAfter(upTo int64) (refs []app.Ref, err error) {
	queries := []string{"SELECT DISTINCT kind, id FROM history WHERE gsn > ?", "SELECT kind, id FROM confirmed WHERE gsn > ?", "SELECT kind, id FROM deferred_row WHERE gsn > ?"}
	for _, kind := range slices.Sorted(maps.Keys(r.s.tables)) {
		queries = append(queries, fmt.Sprintf("SELECT %s, id FROM %s WHERE gsn > ?", literal(string(kind)), quote(string(kind))))
	}
	all := rowSet{}
	for _, query := range queries {
		some, err := r.refs(query, upTo)
		if err != nil {
			return nil, err
		}
		for _, ref := range some {
			all[ref] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), byID), nil
}

// Renew is the door into the order of a restored server; sync/client alone uses
// it. In one transaction it puts the records that the server has another state of
// to that state, and all own changes that the server does not have to be sent and
// shown again. A renewal into the order that is followed already does nothing.
// Where the clearance is another now, the replica is on its way to that one when it
// returns: a row that was not told may only have been unreadable.
func (s *Replica) Renew(ctx context.Context, n Renewal) error {
	err := s.transact(ctx, func(st *step) error {
		epoch, _, err := st.cursor()
		switch {
		case err != nil || epoch == n.Epoch:
			return err
		case !epoch.IsZero() && epoch != n.Was:
			return otherEpoch
		}
		if err = st.renew(n); err == nil && n.To != nil {
			err = st.rescope(n.Epoch, n.To, 0)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.drop(ctx)
}

func (st *step) renew(n Renewal) error {
	refs, err := st.changedAfter(n.UpTo)
	if err != nil {
		return err
	}
	if n.Rows, err = st.purified(n.Rows); err != nil {
		return err
	}
	rows := map[app.Ref]Row{}
	for _, r := range n.Rows {
		rows[r.Ref] = r
	}
	for _, ref := range refs {
		if _, told := rows[ref]; !told {
			return gap // something was taken in meanwhile
		}
	}
	if err := errors.Join(st.storeKeys(n.Keys), st.aheadTo(n)); err != nil {
		return err
	}
	dirty, err := st.reopen(n)
	if err != nil {
		return err
	}
	own := maps.Clone(dirty)
	for _, ref := range refs {
		dirty[ref] = true
	}
	return st.rebase(dirty, func() error {
		if err := errors.Join(st.unshow(), st.cutOff(n)); err != nil {
			return err
		}
		for _, ref := range refs {
			if err := st.stands(rows[ref], own[ref]); err != nil {
				return err
			}
		}
		return nil
	})
}

// aheadTo notes up to which line records may be ahead of the order now.
func (st *step) aheadTo(n Renewal) error {
	w, err := st.standing()
	if err != nil || w.none || n.Head <= w.Ahead {
		return err
	}
	w.Ahead = n.Head
	return st.stand(w)
}

// reopen sets own changes to be sent and judged again, and gives the records that
// anything of this device waits on.
func (st *step) reopen(n Renewal) (rowSet, error) {
	const again = "state IN ('done', 'rejected', 'quarantined') AND (seq > ? OR gsn > ?)"
	seqs, err := st.numbers("SELECT seq FROM journal WHERE "+again+" ORDER BY seq", int64(n.Watermark), n.UpTo)
	if err != nil {
		return nil, err
	}
	for _, query := range []string{
		"INSERT INTO touched SELECT seq, kind, id FROM journal WHERE " + again + " ON CONFLICT DO NOTHING",
		"UPDATE journal SET state = 'pending', gsn = 0, verdict = '', code = '', field = '', ja = '', en = '' WHERE " + again,
	} {
		if err := st.exec(query, int64(n.Watermark), n.UpTo); err != nil {
			return nil, err
		}
	}
	if err := st.exec("UPDATE cursor SET acked = min(acked, ?)", int64(n.Watermark)); err != nil {
		return nil, err
	}
	for _, seq := range seqs {
		if err := st.spareAgain(seq, n.Watermark); err != nil {
			return nil, err
		}
	}
	refs, err := st.refs("SELECT DISTINCT kind, id FROM journal WHERE state = 'pending' OR seq > ?", int64(n.Watermark))
	own := rowSet{}
	for _, ref := range refs {
		own[ref] = true
	}
	return own, err
}

// spareAgain writes the second copy of a change that only this device has now.
func (st *step) spareAgain(seq, watermark uint64) error {
	if seq <= watermark {
		return nil
	}
	var body []byte
	if _, err := st.one("SELECT body FROM journal WHERE seq = ?", []any{int64(seq)}, &body); err != nil {
		return err
	}
	if err := st.exec("DELETE FROM spare WHERE seq = ?", int64(seq)); err != nil {
		return err
	}
	return st.spare(seq, body)
}

// cutOff forgets the lines that the order does not have any more.
func (st *step) cutOff(n Renewal) error {
	for _, query := range []string{
		"DELETE FROM outcome WHERE gsn > ?", "DELETE FROM history WHERE gsn > ?", "DELETE FROM deferred WHERE gsn > ?",
		"DELETE FROM past WHERE after >= ?", "UPDATE past SET upto = min(upto, ?)", "UPDATE cursor SET gsn = min(gsn, ?1), base = min(base, ?1)",
	} {
		if err := st.exec(query, n.UpTo); err != nil {
			return err
		}
	}
	return st.exec("UPDATE cursor SET epoch = ?, erased = 0", n.Epoch[:]) // it counts erasures anew
}

// stands puts a record to the state that the server has. Of one that is not there
// the keys stay where own changes need them, and attachments are offered again.
func (st *step) stands(r Row, own bool) error {
	if own {
		if err := st.exec("UPDATE blob SET state = 'unsent' WHERE state = 'here' AND id IN (SELECT blob FROM attached WHERE kind = ? AND id = ?)", string(r.Ref.Kind), r.Ref.ID[:]); err != nil {
			return err
		}
	}
	switch known := st.s.tables[r.Ref.Kind] != nil; {
	case !r.Doc.IsEmpty() && known:
		return st.put(r.Ref, r.GSN, r.Doc)
	case !r.Doc.IsEmpty():
		return st.keepStanding([]Row{r})
	case own && known:
		return st.put(r.Ref, 0, nil)
	case own:
		return nil
	}
	return st.forget(r.Ref)
}
