package store

import (
	"context"
	"errors"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"daicho/app"
)

// Past is a run of the server's order whose lines about some extents are not
// here: those after one, up to another.
type Past struct {
	N           int64 // names the run
	Only        app.Clearance
	After, UpTo int64
}

// PastPage is a piece of a run, with all that is readable here in it.
type PastPage struct {
	N           int64
	Epoch       app.ID
	After, UpTo int64
	Outcomes    [][]byte
	Keys        []app.SubjectKey
}

// Past is the newest run of the order that is missing; false if none is.
func (s *Replica) Past(ctx context.Context) (p Past, missing bool, err error) {
	err = s.read(ctx, func(r *reader) error {
		all, err := r.pasts("ORDER BY upto DESC LIMIT 1")
		if missing = len(all) > 0; missing {
			p = all[0]
		}
		return err
	})
	return p, missing, err
}

func (r *reader) pasts(where string) (all []Past, err error) {
	err = r.each("SELECT n, after, upto, only FROM past "+where, nil, func(scan func(...any) error) error {
		var p Past
		var only []byte
		var list []extent
		if err := scan(&p.N, &p.After, &p.UpTo, &only); err != nil {
			return err
		}
		err := cbor.Unmarshal(only, &list)
		p.Only = clearanceOf(list)
		all = append(all, p)
		return err
	})
	return all, err
}

func (st *step) addPast(after, upto int64, only []extent) error {
	b, err := cbor.Marshal(only)
	if err != nil || after >= upto {
		return err
	}
	return st.exec("INSERT INTO past (after, upto, only) VALUES (?, ?, ?)", after, upto, b)
}

// clipPast leaves out what may not be read any more.
func (st *step) clipPast(to app.Clearance) error {
	all, err := st.pasts("ORDER BY n")
	for _, p := range all {
		if err == nil {
			err = st.exec("DELETE FROM past WHERE n = ?", p.N)
		}
		if only := p.Only.Common(to); err == nil && len(only) > 0 {
			err = st.addPast(p.After, p.UpTo, extentsOf(only))
		}
	}
	return err
}

// TakePast takes in history that came before what the replica was filled with: it
// changes no row, but what the server said to own changes counts. A page of a run
// that is not missing does nothing.
func (s *Replica) TakePast(ctx context.Context, p PastPage) error {
	return s.transact(ctx, func(st *step) error {
		run, missing, err := st.missing(p)
		if err != nil || !missing {
			return err
		}
		if err := st.storeKeys(p.Keys); err != nil {
			return err
		}
		list, err := st.decode(p.Outcomes, p.After, p.UpTo)
		if err != nil {
			return err
		}
		dirty := rowSet{}
		if err := st.judgeOwn(list, dirty); err != nil {
			return err
		}
		if err := st.rebase(dirty, func() error { return errors.Join(st.unshow(), st.chronicles(list)) }); err != nil {
			return err
		}
		if err := st.closeOwn(list); err != nil {
			return err
		}
		return st.cutPast(run, p)
	})
}

// chronicles keeps what outcomes of before say of records that are here. They may
// speak of others: of what could be read once and has gone since.
func (st *step) chronicles(list []news) error {
	for _, o := range list {
		var gone []app.Ref
		for _, ref := range concerned(o.Outcome) {
			here, err := st.has(ref)
			if err != nil {
				return err
			}
			if !here {
				gone = append(gone, ref)
			}
		}
		if err := st.chronicleBut(o, gone); err != nil {
			return err
		}
	}
	return nil
}

// chronicleBut keeps an outcome without what it says of some records.
func (st *step) chronicleBut(o news, gone []app.Ref) error {
	if len(gone) == 0 {
		return st.chronicle(o)
	}
	for _, ref := range gone {
		if err := st.dropKeys(ref); err != nil {
			return err
		}
	}
	if len(gone) == len(concerned(o.Outcome)) {
		return nil
	}
	body, _, err := app.CutOutcome(o.body, func(ref app.Ref) bool { return !slices.Contains(gone, ref) })
	if err != nil {
		return err
	}
	rest, err := app.DecodeOutcome(body, st.keys())
	if err != nil {
		return err
	}
	return st.chronicle(news{*rest, body})
}

// has says whether a record is here.
func (r *reader) has(ref app.Ref) (bool, error) {
	if r.s.tables[ref.Kind] == nil {
		return r.one("SELECT 1 FROM deferred_row WHERE kind = ? AND id = ?", []any{string(ref.Kind), ref.ID[:]}, new(int))
	}
	return r.one("SELECT 1 FROM "+quote(string(ref.Kind))+" WHERE id = ?", []any{ref.ID[:]}, new(int))
}

// missing finds the run that a page is a piece of.
func (st *step) missing(p PastPage) (run Past, missing bool, err error) {
	epoch, _, err := st.cursor()
	if err == nil && epoch != p.Epoch {
		err = otherEpoch
	}
	if err != nil {
		return run, false, err
	}
	all, err := st.pasts("ORDER BY n")
	i := slices.IndexFunc(all, func(run Past) bool {
		return run.N == p.N && run.After <= p.After && p.After < p.UpTo && p.UpTo <= run.UpTo
	})
	if err != nil || i < 0 {
		return run, false, err
	}
	return all[i], true, nil
}

// cutPast takes a piece out of a run.
func (st *step) cutPast(run Past, p PastPage) error {
	only := extentsOf(run.Only)
	if err := st.addPast(p.UpTo, run.UpTo, only); err != nil {
		return err
	}
	if run.After == p.After {
		return st.exec("DELETE FROM past WHERE n = ?", run.N)
	}
	return st.exec("UPDATE past SET upto = ? WHERE n = ?", p.After, run.N)
}

// Lacks is what of a record's history is not here.
type Lacks struct {
	Some  bool
	UpTo  int64     // the newest line that may be missing
	Since app.Stamp // about from when on all is here; 0: nothing is
}

// Lacks says what of a record's history has not come yet.
func (s *Replica) Lacks(ctx context.Context, ref app.Ref) (l Lacks, err error) {
	err = s.read(ctx, func(r *reader) error {
		if l.UpTo, err = r.lacks(ref); err != nil || l.UpTo == 0 {
			return err
		}
		l.Some = true
		var body []byte
		there, err := r.one("SELECT body FROM outcome WHERE gsn > ? ORDER BY gsn LIMIT 1", []any{l.UpTo}, &body)
		if err != nil || !there {
			return err
		}
		o, err := app.DecodeOutcome(body, noKeys{})
		if err == nil {
			l.Since = o.Received
		}
		return err
	})
	return l, err
}

// lacks is the newest line that may be missing in a record's history; 0: none.
func (r *reader) lacks(ref app.Ref) (upto int64, err error) {
	all, err := r.pasts("ORDER BY upto DESC")
	if err != nil || len(all) == 0 {
		return 0, err
	}
	doc, _, err := r.Row(ref)
	if err != nil {
		return 0, err
	}
	scope, err := r.s.book.ScopeOf(r, ref, doc)
	for _, p := range all {
		if err == nil && p.Only.Reads(scope) {
			return p.UpTo, nil
		}
	}
	return 0, err
}
