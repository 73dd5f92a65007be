package store

import (
	"context"
	"slices"

	"daicho/app"
)

// Page is a piece of the server's order with what it takes to read it.
type Page struct {
	Epoch    app.ID   // of the order; the first page fixes it
	Outcomes [][]byte // [app.Outcome] as encoded, one after the other without gaps
	Keys     []app.SubjectKey
	People   []Person
}

// Apply is the door for what the server has put in order; sync/client alone
// uses it. In one transaction it marks own changes as judged, takes the effects
// in as data, without running any rule, and shows again what is still pending
// on top. A page may repeat what was applied before; one that leaves a gap is
// refused, and so is one of another epoch.
func (s *Replica) Apply(ctx context.Context, p Page) error {
	return s.transact(ctx, func(st *step) error {
		news, err := st.open(p)
		if err != nil {
			return err
		}
		dirty, err := st.settle(news)
		if err != nil {
			return err
		}
		if err := st.rebase(news, dirty); err != nil {
			return err
		}
		return st.advance(p.Epoch, news)
	})
}

// news is one outcome, and its bytes.
type news struct {
	app.Outcome
	body []byte
}

// open reads a page: keys and people first, then the outcomes that are new.
func (st *step) open(p Page) ([]news, error) {
	epoch, last, err := st.cursor()
	if err != nil {
		return nil, err
	}
	if !epoch.IsZero() && epoch != p.Epoch {
		return nil, otherEpoch
	}
	for _, k := range p.Keys {
		if err := st.storeKey(k); err != nil {
			return nil, err
		}
	}
	for _, who := range p.People {
		if err := st.know(who); err != nil {
			return nil, err
		}
	}
	return st.decode(p.Outcomes, last)
}

// decode reads outcomes after the last one known. Exactly the next one must
// follow: whatever lies in a gap would be missing here for ever.
func (st *step) decode(bodies [][]byte, last int64) (list []news, err error) {
	for _, body := range bodies {
		o, err := app.DecodeOutcome(body, st.keys())
		if err != nil {
			return nil, err
		}
		if o.GSN <= last && len(list) == 0 {
			continue
		}
		if o.GSN != last+1 {
			return nil, gap
		}
		list, last = append(list, news{*o, body}), o.GSN
	}
	return list, nil
}

// settle writes down what the server said to own changes, and gathers the rows
// that must be built anew.
func (st *step) settle(list []news) (rowSet, error) {
	own, err := st.lastPoint()
	if err != nil {
		return nil, err
	}
	dirty := rowSet{}
	for _, o := range list {
		for _, e := range o.Effects {
			dirty[e.Ref] = true
		}
		if o.Device != st.s.device {
			continue
		}
		if o.Seq > own.seq {
			return nil, olderCopy
		}
		if err := st.judge(o, dirty); err != nil {
			return nil, err
		}
	}
	return dirty, nil
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
	gsn   int64
	cells []app.Cell
}

// effects takes in what the server decided, and keeps it as it came.
func (st *step) effects(list []news) error {
	for _, o := range list {
		if err := st.chronicle(o); err != nil {
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
			}
			p.gsn, p.cells = o.GSN, append(p.cells, e.Cells...)
		}
	}
	for _, ref := range order {
		if err := st.take(ref, rows[ref]); err != nil {
			return err
		}
	}
	return nil
}

// take patches one row; the last word on a field counts. Rows of a kind that
// only a newer version knows wait in deferred.
func (st *step) take(ref app.Ref, p *patch) error {
	if st.s.tables[ref.Kind] == nil {
		return nil
	}
	doc, _, err := st.Row(ref)
	if err != nil {
		return err
	}
	return st.put(ref, p.gsn, doc.Patch(p.cells))
}

// chronicle keeps an outcome as it came. What was refused changed nothing; its
// author has it in the journal.
func (st *step) chronicle(o news) error {
	if o.Verdict != app.Accepted && o.Verdict != app.Contested {
		return nil
	}
	if err := st.exec("INSERT INTO outcome VALUES (?, ?)", o.GSN, o.body); err != nil {
		return err
	}
	return st.remember(o.Outcome)
}

// remember notes which records' history an outcome belongs to.
func (st *step) remember(o app.Outcome) error {
	refs := []app.Ref{o.Ref}
	for _, e := range o.Effects {
		if !slices.Contains(refs, e.Ref) {
			refs = append(refs, e.Ref)
		}
	}
	for _, ref := range refs {
		if err := st.exec("INSERT INTO history SELECT ?1, ?2, ?3, NOT EXISTS (SELECT 1 FROM history WHERE kind = ?1 AND id = ?2)",
			string(ref.Kind), ref.ID[:], o.GSN); err != nil {
			return err
		}
		if st.s.tables[ref.Kind] == nil {
			if err := st.exec("INSERT INTO deferred VALUES (?, ?) ON CONFLICT DO NOTHING", string(ref.Kind), o.GSN); err != nil {
				return err
			}
		}
	}
	return nil
}

// advance moves the cursor.
func (st *step) advance(epoch app.ID, list []news) error {
	if len(list) == 0 {
		return st.exec("UPDATE cursor SET epoch = ?", epoch[:])
	}
	return st.exec("UPDATE cursor SET epoch = ?, gsn = ?", epoch[:], list[len(list)-1].GSN)
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
