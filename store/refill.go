package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"daicho/app"
)

// fill makes the content of the new database and proves it.
func (r *repair) fill(ctx context.Context) error {
	for _, part := range []func(context.Context) error{r.lay, r.carry, r.mark, r.fold, r.show, r.blobs, r.compare, r.prove} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// prove holds the new database against itself. Attachments are another matter: one
// that is damaged is so before and after.
func (r *repair) prove(ctx context.Context) error {
	i := &inspection{s: r.to, tell: func(f Finding) error {
		if f.Check == "attachment" {
			return nil
		}
		return wrong("%s", f)
	}}
	return i.all(ctx, false)
}

// lay makes the tables.
func (r *repair) lay(ctx context.Context) error {
	err := r.to.begin(func(*sql.Tx) error { return nil })
	if err == nil {
		err = r.to.upgrade()
	}
	if err == nil {
		err = r.to.complete(ctx)
	}
	return err
}

// carry takes over every record that cannot be made again, and remembers what
// else could be read of what was hit.
func (r *repair) carry(ctx context.Context) error {
	c := carrier{s: r.to, columns: map[string][]string{}}
	r.heard, r.known = map[uint64]app.Ref{}, map[app.Ref]bool{}
	want := func(of object) bool {
		_, wanted := carried[of.name]
		return wanted || formerly[of.name] != "" || hears[of.name] || r.hit(of.name)
	}
	err := r.wreck.each(ctx, want, func(of object, row int64, v []any) error {
		if v == nil {
			return nil
		}
		r.hear(of, v)
		if table := tableOf(of, v); table != "" {
			return c.put(ctx, table, v)
		}
		return nil
	}, r.step)
	if err == nil {
		err = c.flush(ctx)
	}
	if err == nil {
		err = r.to.transact(ctx, (*step).heal)
	}
	if err == nil {
		err = r.to.recognise(r.to.id)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = because(err, selfLost)
	}
	return err
}

// hears are the indexes that tell which change concerns which record: kind, id, seq.
var hears = map[string]bool{"journal_record": true, "touched_row": true}

func (r *repair) hear(of object, v []any) {
	if hears[of.name] && like(v, "", 16, int64(0)) {
		ref := app.Ref{Kind: app.Kind(v[0].(string)), ID: app.ID(v[1].([]byte))}
		r.heard[uint64(v[2].(int64))] = ref
	}
	if r.hit(of.name) && like(v, 16) {
		r.known[app.Ref{Kind: app.Kind(of.name), ID: app.ID(v[0].([]byte))}] = true
	}
}

// hit says whether a table of records lost a page.
func (r *repair) hit(table string) bool {
	return r.to.tables[app.Kind(table)] != nil && slices.ContainsFunc(r.found.Pages, func(p BadPage) bool { return p.Of == table })
}

// mark finds own changes that are lost and writes down which, so that nobody
// takes the gap for another damage.
func (r *repair) mark(ctx context.Context) error {
	return r.to.transact(ctx, func(st *step) error {
		there, err := st.numbers("SELECT seq FROM journal ORDER BY seq")
		if err != nil {
			return err
		}
		r.found.Changes = len(there)
		if err := st.exec("UPDATE cursor SET acked = max(acked, (SELECT coalesce(max(seq), 0) FROM journal WHERE state <> 'pending'))"); err != nil {
			return err // what was judged had come there, and all before it
		}
		var acked, last uint64
		if _, err := st.one("SELECT acked, max(acked, (SELECT coalesce(max(seq), 0) FROM journal), (SELECT coalesce(max(last), 0) FROM segment)) FROM cursor", nil, &acked, &last); err != nil {
			return err
		}
		for seq := range r.heard {
			last = max(last, seq)
		}
		last = max(last, r.witnessed(ctx))
		var spans []lostSpan
		for seq := uint64(1); seq <= last; seq++ {
			if len(there) > 0 && there[0] == seq {
				there = there[1:]
				continue
			}
			r.found.Lost = append(r.found.Lost, OwnChange{seq, r.heard[seq], seq <= acked})
			spans = prolong(spans, seq)
		}
		return st.setLost(spans)
	})
}

// witnessed is the newest own change that the keyring knows of; 0 if it does not
// answer. The new database begins to count anew, so the keyring forgets the rest.
func (r *repair) witnessed(ctx context.Context) uint64 {
	ask, cancel := context.WithTimeout(ctx, witnessWait)
	defer cancel()
	known, _, err := r.to.from.Witness(ask, r.to.id, r.to.data)
	if err == nil {
		err = r.to.from.ForgetWitness(ask, r.to.id)
	}
	if err != nil {
		return 0 // a person who is asked at the next opening can accept the new files
	}
	return known.Seq
}

// prolong adds a number, greater than all before, to runs of numbers.
func prolong(spans []lostSpan, n uint64) []lostSpan {
	if i := len(spans) - 1; i >= 0 && spans[i].Last == n-1 {
		spans[i].Last = n
		return spans
	}
	return append(spans, lostSpan{n, n})
}

// ceiling is the line of the server's order up to which none can be missing.
func (r *repair) ceiling() int64 {
	upto := int64(math.MaxInt64)
	for _, n := range r.wreck.bad {
		switch of := r.wreck.owner(n); of.name {
		case "outcome":
			upto = min(upto, max(0, r.wreck.floor(n)))
		case "":
			upto = 0 // it may be one of the order's
		}
	}
	return upto
}

// fold makes the rows from the server's order, as far as it is here without a
// gap and can be read.
func (r *repair) fold(ctx context.Context) error {
	filled, stood, err := r.filled(ctx)
	if err != nil {
		return err
	}
	if filled {
		return r.keepRows(ctx, stood)
	}
	ceiling := r.ceiling()
	at, whole := int64(0), ceiling == math.MaxInt64
	for more := true; more; {
		err := r.to.transact(ctx, func(st *step) (err error) {
			var ended bool
			at, more, ended, err = st.refold(at, ceiling)
			whole = whole && !ended
			return err
		})
		if err != nil {
			return err
		}
	}
	if !whole {
		r.found.Again = stood - at
		stood = at
	}
	return r.to.transact(ctx, func(st *step) error { return st.standAt(max(at, stood)) })
}

// foldBatch is how many lines of the order one transaction takes.
const foldBatch = 500

// refold takes in lines of the order that are here already, after one and up to
// another. It ended early if a line cannot be read: its key is lost.
func (st *step) refold(after, upto int64) (at int64, more, ended bool, err error) {
	at = after
	list, err := st.lines(after, upto)
	if err != nil {
		return at, false, false, err
	}
	more = len(list) == foldBatch
	for i, n := range list {
		o, err := app.DecodeOutcome(n.body, st.keys())
		if refused(err) {
			list, more, ended = list[:i], false, true
			break
		}
		if err == nil {
			err = st.remember(*o)
		}
		if err != nil {
			return at, false, false, err
		}
		list[i].Outcome, at = *o, o.GSN
	}
	return at, more, ended, st.takeAll(list)
}

// lines are the next lines of the order that are here, still encoded.
func (st *step) lines(after, upto int64) (list []news, err error) {
	err = st.each("SELECT body FROM outcome WHERE gsn > ? AND gsn <= ? ORDER BY gsn LIMIT ?", []any{after, upto, foldBatch}, func(scan func(...any) error) error {
		var n news
		err := scan(&n.body)
		list = append(list, n)
		return err
	})
	return list, err
}

// standAt moves the cursor back to a line. What was judged after it waits again,
// and shows as pending until the verdict comes once more.
func (st *step) standAt(gsn int64) error {
	return errors.Join(
		st.exec("DELETE FROM outcome WHERE gsn > ?", gsn),
		st.exec("UPDATE cursor SET gsn = ?", gsn),
		st.exec("UPDATE journal SET state = 'pending', gsn = 0, verdict = '' WHERE state = 'done' AND gsn > ?", gsn))
}

// show shows all pending changes again, in the order of the journal.
func (r *repair) show(ctx context.Context) error {
	dirty, after := rowSet{}, uint64(0)
	for {
		var pending []uint64
		err := r.to.transact(ctx, func(st *step) (err error) {
			pending, err = st.numbers(fmt.Sprintf("SELECT seq FROM journal WHERE state = 'pending' AND seq > ? ORDER BY seq LIMIT %d", foldBatch), int64(after))
			if err != nil || len(pending) == 0 {
				return err
			}
			after = pending[len(pending)-1]
			if _, err := st.replay(pending, dirty); err != nil { // every row is new here: no order can be wrong
				return err
			}
			return r.sealed(st, pending)
		})
		if err != nil || len(pending) == 0 {
			return err
		}
	}
}

// sealed finds changes whose personal values nobody can read and that the
// server does not have.
func (r *repair) sealed(st *step, pending []uint64) error {
	var acked uint64
	if _, err := st.one("SELECT acked FROM cursor", nil, &acked); err != nil {
		return err
	}
	for _, seq := range pending {
		c, whole, err := st.change(seq)
		if err != nil {
			return err
		}
		if !whole && seq > acked {
			r.found.Sealed = append(r.found.Sealed, OwnChange{Seq: seq, Ref: c.Ref})
		}
	}
	return nil
}

// compare lists the records that were hit: they are here now and could not be
// read before.
func (r *repair) compare(ctx context.Context) error {
	for _, kind := range slices.Sorted(maps.Keys(r.to.tables)) {
		if !r.hit(string(kind)) {
			continue
		}
		err := r.to.read(ctx, func(q *reader) error {
			refs, err := q.refs(fmt.Sprintf("SELECT ?, id FROM %s ORDER BY id", quote(string(kind))), string(kind))
			for _, ref := range refs {
				if !r.known[ref] {
					r.found.Records = append(r.found.Records, ref)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// blobs brings the list of attachments back to the files that are there, if it
// was hit. One that is not known to be at the server is offered to it.
func (r *repair) blobs(ctx context.Context) error {
	if !slices.ContainsFunc(r.found.Pages, func(p BadPage) bool { return p.Of == "blob" || p.Of == "" }) {
		return nil
	}
	ids, err := r.to.blobFiles()
	if err != nil {
		return err
	}
	return r.to.transact(ctx, func(st *step) error {
		for _, id := range ids {
			if err := st.exec("INSERT INTO blob (id, state) VALUES (?, 'unsent') ON CONFLICT (id) DO UPDATE SET state = 'unsent' WHERE state = 'missing'", id[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// lostKey is the setting that says which own changes are lost.
const lostKey = "store/lost"

func (st *step) setLost(spans []lostSpan) error {
	b, err := cbor.Marshal(spans)
	if err != nil || len(spans) == 0 {
		return err
	}
	return st.exec("INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", lostKey, b)
}

// lost are the runs of own changes that are lost.
func (r *reader) lost() (spans []lostSpan, err error) {
	b, err := r.setting(lostKey)
	if err != nil || b == nil {
		return nil, err
	}
	return spans, cbor.Unmarshal(b, &spans)
}
