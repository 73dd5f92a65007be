package store

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	"daicho/app"
)

// Row is a record as it stands at the server.
type Row struct {
	Ref app.Ref
	GSN int64 // of its last change
	Doc app.Doc
}

// Filling is what a replica asks for to hold what it may.
type Filling struct {
	Wanted bool // else it holds it
	Only   app.Clearance
	After  app.Ref // the last record that came, in the order of kind and id
	Done   int64   // records that have come
	Total  int64   // about as many as will; 0: nobody knows yet
}

// Rows is a page of records as they stand: all there are of what was asked for
// between After and the last of them, or to the end.
type Rows struct {
	Epoch app.ID
	After app.Ref
	Rows  []Row // in the order of kind and id
	Keys  []app.SubjectKey
	More  bool
	Head  int64 // of the order when the page was read: its records may be as late as that
	Total int64 // about as many as there are on all pages; 0: not told
}

// Filling says what is to be asked for. It first ends what was begun before: the
// dropping of what may not be read.
func (s *Replica) Filling(ctx context.Context) (f Filling, err error) {
	if err := s.drop(ctx); err != nil {
		return f, err
	}
	err = s.read(ctx, func(r *reader) error {
		w, err := r.standing()
		f = Filling{w.Step == filling, clearanceOf(w.Only), w.at(), w.Done, w.Total}
		return err
	})
	return f, err
}

// Fill is the door for records as they stand; sync/client alone uses it. In one
// transaction it puts a page's records in the place of what was confirmed before,
// shows again what is pending on them, and notes how far it is. What is here
// between two records of a page, and should be on it, is not there any more and is
// dropped. A page that is not the next one does nothing. With the last one the
// replica follows the order from where its filling began.
//
// Words are not made meanwhile: [Replica.Index] does it.
func (s *Replica) Fill(ctx context.Context, p Rows) error {
	return s.transact(ctx, func(st *step) error {
		w, err := st.standing()
		if err != nil || w.Step != filling || w.at() != p.After {
			return err
		}
		if err := errors.Join(st.fits(p), st.allowed(p.Rows, clearanceOf(w.To))); err != nil {
			return err
		}
		if err := st.storeKeys(p.Keys); err != nil {
			return err
		}
		if p.Rows, err = st.purified(p.Rows); err != nil {
			return err
		}
		if err := st.fill(p, clearanceOf(w.Only)); err != nil {
			return err
		}
		w.Ahead = max(w.Ahead, p.Head)
		w.Done, w.Total = w.Done+int64(len(p.Rows)), max(w.Total, p.Total)
		if !p.More {
			return st.arrive(w)
		}
		w.moveTo(p.last())
		return st.stand(w)
	})
}

func (p *Rows) last() app.Ref {
	if n := len(p.Rows); n > 0 {
		return p.Rows[n-1].Ref
	}
	return p.After
}

// fits refuses a page that is of another order, or does not move on.
func (st *step) fits(p Rows) error {
	epoch, _, err := st.cursor()
	if err != nil {
		return err
	}
	if epoch != p.Epoch {
		return otherEpoch
	}
	last := p.After
	for _, r := range p.Rows {
		if r.Ref.Kind < last.Kind || r.Ref.Kind == last.Kind && bytes.Compare(r.Ref.ID[:], last.ID[:]) <= 0 {
			return gap
		}
		last = r.Ref
	}
	if p.More && len(p.Rows) == 0 {
		return gap
	}
	return nil
}

// fill writes a page. Records that are not here, the most by far, are added
// without a look at what else could be there; others take the way of effects.
func (st *step) fill(p Rows, only app.Clearance) error {
	here, err := st.within(p)
	if err != nil {
		return err
	}
	held, err := st.refs("SELECT DISTINCT kind, id FROM touched")
	if err != nil {
		return err
	}
	for _, ref := range held {
		here[ref] = here[ref] || false
	}
	added, fresh, again := map[app.Kind]int{}, []Row{}, []Row{}
	for _, r := range p.Rows {
		if _, known := here[r.Ref]; known {
			again = append(again, r)
			delete(here, r.Ref)
			continue
		}
		fresh = append(fresh, r)
		added[r.Ref.Kind]++
	}
	if err := st.lighten(added); err != nil {
		return err
	}
	if err := st.addAll(fresh); err != nil {
		return err
	}
	if err := st.added(added); err != nil {
		return err
	}
	maps.DeleteFunc(here, func(_ app.Ref, row bool) bool { return !row })
	return st.fillAgain(again, here, only)
}

// lighten goes without some indexes of tables to which more is added than they hold.
func (st *step) lighten(added map[app.Kind]int) error {
	for kind, n := range added {
		t := st.s.tables[kind]
		if t == nil || n < postponeFrom {
			continue
		}
		var here int
		if _, err := st.one("SELECT n FROM counter WHERE kind = ?", []any{string(kind)}, &here); err != nil {
			return err
		}
		if here >= n {
			continue
		}
		if err := st.postpone(t); err != nil {
			return err
		}
	}
	return nil
}

// within are the records that are here and would stand on a page if they were
// still there.
func (st *step) within(p Rows) (here map[app.Ref]bool, err error) {
	here = map[app.Ref]bool{}
	last := p.last()
	for kind := range st.s.tables {
		if kind < p.After.Kind || p.More && kind > last.Kind {
			continue
		}
		from, to := app.ID{}, app.ID(bytes.Repeat([]byte{0xff}, len(app.ID{})))
		if kind == p.After.Kind {
			from = p.After.ID
		}
		if p.More && kind == last.Kind {
			to = last.ID
		}
		refs, err := st.refs("SELECT ?1, id FROM "+quote(string(kind))+" WHERE id > ?2 AND id <= ?3", string(kind), from[:], to[:])
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			here[ref] = true
		}
	}
	return here, nil
}

// addAll writes records that are not here, but for their words: addBatch of a kind
// by one statement, for each statement costs, too.
func (st *step) addAll(rows []Row) error {
	for len(rows) > 0 {
		n := 1
		for n < min(addBatch, len(rows)) && rows[n].Ref.Kind == rows[0].Ref.Kind {
			n++
		}
		if n < addBatch {
			n = 1
		}
		if err := st.add(st.s.tables[rows[0].Ref.Kind], rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// add writes one record, or addBatch of them. A nil table is that of a kind that
// only a newer version knows.
func (st *step) add(t *table, rows []Row) error {
	if t == nil {
		return st.keepStanding(rows)
	}
	records, args := make([]app.Record, len(rows)), []any{}
	for i, r := range rows {
		records[i] = t.g.New()
		if err := t.g.Load(records[i], r.Ref, r.GSN, r.Doc); err != nil {
			return err
		}
		st.note(r.Ref)
		args = append(args, t.values(records[i], r.Doc)...)
	}
	query := t.add
	if len(rows) > 1 {
		query = t.addMany
	}
	if err := st.exec(query, args...); err != nil {
		return err
	}
	for _, rec := range records {
		if err := errors.Join(st.addLinks(t, rec), st.addFiles(t, rec)); err != nil {
			return err
		}
	}
	return nil
}

// keepStanding keeps records until a version comes that knows their kind.
func (st *step) keepStanding(rows []Row) error {
	for _, r := range rows {
		err := st.exec("INSERT INTO deferred_row VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET gsn = excluded.gsn, doc = excluded.doc",
			string(r.Ref.Kind), r.Ref.ID[:], r.GSN, []byte(r.Doc))
		if err != nil {
			return err
		}
	}
	return nil
}

// added counts what was added, and notes that it has no words yet.
func (st *step) added(n map[app.Kind]int) error {
	for kind, n := range n {
		t := st.s.tables[kind]
		if t == nil {
			continue
		}
		if err := st.tally(kind, n); err != nil {
			return err
		}
		if err := st.exec("UPDATE projection SET made = ?, upto = zeroblob(16) WHERE kind = ?", wordless+t.made(), string(kind)); err != nil {
			return err
		}
	}
	return nil
}

// fillAgain writes records that are here already, if what came is newer, and
// drops those that are not there any more.
func (st *step) fillAgain(again []Row, gone map[app.Ref]bool, only app.Clearance) error {
	dirty := rowSet{}
	for _, r := range again {
		dirty[r.Ref] = true
	}
	for ref := range gone {
		dirty[ref] = true
	}
	if len(dirty) == 0 {
		return nil
	}
	return st.rebase(dirty, func() error {
		if err := st.unshow(); err != nil {
			return err
		}
		for _, r := range again {
			_, gsn, err := st.Row(r.Ref)
			if err == nil && gsn < r.GSN {
				err = st.put(r.Ref, r.GSN, r.Doc)
			}
			if err != nil {
				return err
			}
		}
		return st.forgetIfRead(slices.SortedFunc(maps.Keys(gone), byID), only)
	})
}

// forgetIfRead forgets records that would have come if they were still there.
func (st *step) forgetIfRead(refs []app.Ref, only app.Clearance) error {
	for _, ref := range refs {
		doc, _, err := st.Row(ref)
		if err != nil {
			return err
		}
		if doc.IsEmpty() { // this device's own, not judged yet
			continue
		}
		_, read, sure, err := st.mayRead(ref, doc, only)
		if err == nil && (read || !sure) { // what it stands within would be here, or come with it
			err = st.forget(ref)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
