package store

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
)

// Page is a piece of the server's order with what it takes to read it.
type Page struct {
	Epoch     app.ID   // of the order; the first page fixes it
	Clearance [32]byte // hash of that which it was asked for under; zero: of a server that knows none
	From      int64    // it holds all that is readable here after this line
	UpTo      int64    // up to this
	Outcomes  [][]byte // [app.Outcome] as encoded, in their order
	Keys      []app.SubjectKey
	People    []Person
}

// Apply is the door for what the server has put in order; sync/client alone
// uses it. In one transaction it marks own changes as judged, takes the effects
// in as data, without running any rule, and shows again what is still pending
// on top. A page may repeat what was applied before; one that leaves a gap is
// refused, and so is one of another epoch or clearance, or with a record in it that
// may not be read here.
func (s *Replica) Apply(ctx context.Context, p Page) error {
	return s.transact(ctx, func(st *step) error {
		_, last, err := st.cursor()
		if err != nil {
			return err
		}
		news, err := st.open(p)
		if err != nil {
			return err
		}
		dirty, err := st.settle(news)
		if err != nil {
			return err
		}
		if err := st.rebase(dirty, func() error { return st.effects(news) }); err != nil {
			return err
		}
		if err := errors.Join(st.heldTo(news, last), st.closeOwn(news)); err != nil {
			return err
		}
		return st.advance(p)
	})
}

// news is one outcome, and its bytes.
type news struct {
	app.Outcome
	body []byte
}

// open reads a page: keys and people first, then the outcomes that are new.
func (st *step) open(p Page) ([]news, error) {
	last, err := st.follows(p)
	if err != nil {
		return nil, err
	}
	if err := st.storeKeys(p.Keys); err != nil {
		return nil, err
	}
	for _, who := range p.People {
		if err := st.know(who); err != nil {
			return nil, err
		}
	}
	list, err := st.decode(p.Outcomes, p.From, p.UpTo)
	return slices.DeleteFunc(list, func(o news) bool { return o.GSN <= last }), err
}

// follows makes sure that a page goes on where the replica stands. Whatever lay
// in a gap would be missing here for ever, and so would what was left out of the
// page because less could be read when it was asked for.
func (st *step) follows(p Page) (last int64, err error) {
	epoch, last, err := st.cursor()
	if err != nil {
		return 0, err
	}
	if !epoch.IsZero() && epoch != p.Epoch {
		return 0, otherEpoch
	}
	if p.From > last {
		return 0, gap
	}
	w, err := st.standing()
	if err == nil && (w.Step != still || p.Clearance != [32]byte{} && p.Clearance != w.hash()) {
		err = otherClearance
	}
	return last, err
}

// decode reads the outcomes of a page that holds those after a line, up to another.
func (st *step) decode(bodies [][]byte, after, upto int64) (list []news, err error) {
	for _, body := range bodies {
		o, err := app.DecodeOutcome(body, st.keys())
		if err != nil {
			return nil, err
		}
		if o.GSN <= after || o.GSN > upto {
			return nil, gap
		}
		list, after = append(list, news{*o, body}), o.GSN
	}
	return list, nil
}

// settle writes down what the server said to own changes, and gathers the rows
// that must be built anew.
func (st *step) settle(list []news) (rowSet, error) {
	dirty := rowSet{}
	for _, o := range list {
		for _, e := range o.Effects {
			dirty[e.Ref] = true
		}
	}
	return dirty, st.judgeOwn(list, dirty)
}

// judgeOwn adds the rows to dirty on which own changes waited that were judged.
func (st *step) judgeOwn(list []news, dirty rowSet) error {
	own, err := st.lastPoint()
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.Device != st.s.device {
			continue
		}
		if o.Seq > own.seq {
			return olderCopy
		}
		if err := st.judge(o, dirty); err != nil {
			return err
		}
	}
	return nil
}

// stateAfter is what a verdict makes of a pending change.
var stateAfter = map[app.Verdict]string{
	app.Accepted: "done", app.Contested: "done", app.Rejected: "rejected", app.Quarantined: "quarantined", app.Held: "pending",
}

// judge marks one own change. One that the server holds stays pending.
func (st *step) judge(o news, dirty rowSet) error {
	state, known := stateAfter[o.Verdict]
	if !known {
		return newerVerdict
	}
	st.note(o.Ref)
	if state != "pending" {
		if err := st.free(o.Seq, dirty); err != nil {
			return err
		}
	}
	if err := st.exec("DELETE FROM spare WHERE seq = ?", int64(o.Seq)); err != nil {
		return err
	}
	return st.exec(`UPDATE journal SET state = ?, gsn = ?, verdict = ?, code = ?, field = ?, ja = ?, en = ?
		WHERE seq = ? AND state IN ('pending', 'quarantined')`,
		state, o.GSN, string(o.Verdict), string(o.Code), o.Field, o.Say.JA, o.Say.EN, int64(o.Seq))
}

// patch is all that a page does to one row.
type patch struct {
	from Row // the row before
	gsn  int64
	doc  app.Doc
	gone bool // it went where it cannot be read
}

// effects takes in what the server decided, and keeps it as it came.
func (st *step) effects(list []news) error {
	for _, o := range list {
		if err := st.chronicle(o); err != nil {
			return err
		}
		if err := st.putOff(o.Outcome); err != nil {
			return err
		}
	}
	return st.takeAll(list)
}

// takeAll patches rows by what the server decided; each is written once.
func (st *step) takeAll(list []news) error {
	rows, order := map[app.Ref]*patch{}, []app.Ref{}
	for _, o := range list {
		for _, e := range o.Effects {
			p := rows[e.Ref]
			if p == nil {
				p = &patch{}
				rows[e.Ref], order = p, append(order, e.Ref)
				doc, gsn, err := st.Row(e.Ref)
				if err != nil {
					return err
				}
				p.doc, p.gsn, p.from = doc, gsn, Row{e.Ref, gsn, doc}
			}
			p.take(o.GSN, e)
		}
	}
	for _, ref := range order {
		if err := st.patched(ref, rows[ref]); err != nil {
			return err
		}
	}
	return nil
}

// take takes one effect in, unless the row came as it stood after it.
func (p *patch) take(gsn int64, e app.Effect) {
	if gsn <= p.from.GSN {
		return
	}
	p.gsn, p.gone = gsn, e.Gone
	if p.doc = p.doc.Patch(e.Cells); e.Gone {
		p.doc = nil
	}
}

// patched writes one row, or lets go of it. Rows of a kind that only a newer
// version knows wait in deferred.
func (st *step) patched(ref app.Ref, p *patch) error {
	if p.gone {
		return errors.Join(st.unshow(), st.forget(ref))
	}
	if st.s.tables[ref.Kind] == nil {
		return nil
	}
	doc, err := st.pure(ref, p.doc)
	if err != nil {
		return err
	}
	if _, waits := st.restored[ref]; waits { // another is shown in its place
		return st.put(ref, p.gsn, doc)
	}
	return st.putOver(ref, p.gsn, doc, p.from.Doc)
}

// chronicle keeps an outcome as it came. What was refused changed nothing; its
// author has it in the journal.
func (st *step) chronicle(o news) error {
	if o.Verdict != app.Accepted && o.Verdict != app.Contested {
		return nil
	}
	if len(o.Effects) == 0 { // cut off, perhaps, with the record
		here, err := st.isHere(o.Ref)
		if err != nil || !here {
			return err
		}
	}
	if err := st.preserve(o); err != nil {
		return err
	}
	return st.remember(o.Outcome)
}

// preserve keeps an outcome. One that is here already was told in part before:
// without what could not be read then.
func (st *step) preserve(o news) error {
	n, err := st.count("INSERT INTO outcome VALUES (?, ?) ON CONFLICT DO NOTHING", o.GSN, o.body)
	if err != nil || n > 0 {
		return err
	}
	var before []byte
	if _, err = st.one("SELECT body FROM outcome WHERE gsn = ?", []any{o.GSN}, &before); err != nil {
		return err
	}
	both, err := app.JoinOutcomes(before, o.body)
	if err != nil {
		return err
	}
	return st.exec("UPDATE outcome SET body = ? WHERE gsn = ?", both, o.GSN)
}

// remember notes which records' history an outcome belongs to. What it did to the
// record that it is about may have been cut off, with the record.
func (st *step) remember(o app.Outcome) error {
	for _, ref := range concerned(o) {
		if !slices.ContainsFunc(o.Effects, func(e app.Effect) bool { return e.Ref == ref }) {
			if here, err := st.isHere(ref); err != nil {
				return err
			} else if !here {
				continue
			}
		}
		if err := st.exec("INSERT INTO history VALUES (?, ?, ?) ON CONFLICT DO NOTHING", string(ref.Kind), ref.ID[:], o.GSN); err != nil {
			return err
		}
	}
	return nil
}

// isHere says whether there is a record, or history of it.
func (st *step) isHere(ref app.Ref) (bool, error) {
	doc, _, err := st.Row(ref)
	if err != nil || !doc.IsEmpty() {
		return err == nil, err
	}
	return st.one("SELECT 1 FROM history WHERE kind = ? AND id = ? LIMIT 1", []any{string(ref.Kind), ref.ID[:]}, new(int))
}

// concerned are the records that an outcome speaks of, each once.
func concerned(o app.Outcome) []app.Ref {
	refs := []app.Ref{o.Ref}
	for _, e := range o.Effects {
		if !slices.Contains(refs, e.Ref) {
			refs = append(refs, e.Ref)
		}
	}
	return refs
}

// putOff notes effects that only a newer version can take in.
func (st *step) putOff(o app.Outcome) error {
	for _, e := range o.Effects {
		if st.s.tables[e.Ref.Kind] != nil {
			continue
		}
		if err := st.exec("INSERT INTO deferred VALUES (?, ?) ON CONFLICT DO NOTHING", string(e.Ref.Kind), o.GSN); err != nil {
			return err
		}
	}
	return nil
}

// closeOwn lets go of the keys of records that are not here and on which nothing
// of this device waits any more.
func (st *step) closeOwn(list []news) error {
	for _, o := range list {
		if o.Device != st.s.device || st.s.tables[o.Ref.Kind] == nil {
			continue
		}
		doc, _, err := st.Row(o.Ref)
		if err == nil && doc.IsEmpty() {
			err = st.dropKeys(o.Ref)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// advance moves the cursor.
func (st *step) advance(p Page) error {
	return st.exec("UPDATE cursor SET epoch = ?, gsn = max(gsn, ?)", p.Epoch[:], p.UpTo)
}

// Cursor is how far this replica has taken the server's order in; the epoch is
// zero before the first page.
func (s *Replica) Cursor(ctx context.Context) (epoch app.ID, gsn int64, err error) {
	err = s.read(ctx, func(r *reader) error {
		epoch, gsn, err = r.cursor()
		return err
	})
	return epoch, gsn, err
}

func (r *reader) cursor() (epoch app.ID, gsn int64, err error) {
	var b []byte
	if _, err = r.one("SELECT epoch, gsn FROM cursor", nil, &b, &gsn); err == nil && len(b) == len(epoch) {
		epoch = app.ID(b)
	}
	return epoch, gsn, err
}
