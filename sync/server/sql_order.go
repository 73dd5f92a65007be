package server

import (
	"slices"

	"daicho/app"
)

func (t *sqlTx) Row(ref app.Ref) (app.Doc, int64, error) {
	r, err := t.row(ref)
	return r.Doc, r.GSN, err
}

func (t *sqlTx) Ticks(ref app.Ref) (app.Doc, error) {
	r, err := t.row(ref)
	return r.Ticks, err
}

func (t *sqlTx) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	b := backlink{to, from}
	if refs, there := t.linked[b]; there {
		return slices.Clone(refs), nil
	}
	err = t.each("SELECT src_id FROM link WHERE dst_kind = $1 AND dst_id = $2 AND src_kind = $3 ORDER BY src_id",
		[]any{string(to.Kind), to.ID[:], string(from)}, func(scan func(...any) error) (bool, error) {
			ref := app.Ref{Kind: from}
			err := scan(blob(ref.ID[:]))
			refs = append(refs, ref)
			return true, err
		})
	if err == nil {
		t.room()
		t.linked[b] = slices.Clone(refs)
	}
	return refs, err
}

func (t *sqlTx) PutRow(r Row) error {
	kind, id := string(r.Ref.Kind), r.Ref.ID[:]
	scope, err := t.number(r.Scope)
	if err != nil {
		return err
	}
	was := t.records[r.Ref]
	t.records[r.Ref] = knownRow{r, true, scope, true}
	err = t.exec(`INSERT INTO record (kind, id, gsn, doc, ticks, scope) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, id) DO UPDATE SET gsn = $3, doc = $4, ticks = $5, scope = $6`, kind, id, r.GSN,
		t.seal("record.doc", column(r.Doc), kind, id), t.seal("record.ticks", column(r.Ticks), kind, id), scope)
	if err != nil || was.linked && slices.Equal(was.Links, r.Links) {
		return err
	}
	t.relink(was, r)
	if err = t.exec("DELETE FROM link WHERE src_kind = $1 AND src_id = $2", kind, id); err != nil {
		return err
	}
	for _, to := range r.Links {
		if err = t.exec("INSERT INTO link (dst_kind, dst_id, src_kind, src_id) VALUES ($1, $2, $3, $4)", string(to.Kind), to.ID[:], kind, id); err != nil {
			return err
		}
	}
	return nil
}

func (t *sqlTx) Counter(name string) (n int64, err error) {
	n, there := t.counters[name]
	if there {
		return n, nil
	}
	if _, err = t.one("SELECT n FROM counter WHERE name = $1", []any{name}, &n); err == nil {
		t.counters[name] = n
	}
	return n, err
}

func (t *sqlTx) Count(name string, by int64) (int64, error) {
	n, err := t.Counter(name)
	if err != nil {
		return 0, err
	}
	t.counters[name], t.counted[name] = n+by, true
	return n + by, nil
}

func (t *sqlTx) Claim(series string, n, gsn int64) error {
	return t.insert("number", "series, n, gsn", series, n, gsn)
}

func (t *sqlTx) Append(l Line) error {
	err := t.insert("log", "gsn, device, seq, body_hash, chain, received, verdict, body, outcome",
		l.GSN, l.Device[:], int64(l.Seq), l.Point.Body[:], l.Point.Chain[:], int64(l.Received), string(l.Verdict),
		t.seal("log.body", column(l.Body), l.GSN), t.seal("log.outcome", column(l.Outcome), l.GSN))
	for _, k := range l.Needs {
		if err != nil {
			break
		}
		err = t.insert("log_key", "gsn, subject, key_id", l.GSN, k.Subject[:], k.Key[:])
	}
	if err != nil {
		return err
	}
	return t.PutReach(Reach{l.GSN, l.Device, l.Reach.About, l.Reach.Moves})
}

func (t *sqlTx) Point(device app.ID, seq uint64) (p Point, ok bool, err error) {
	ok, err = t.one("SELECT body_hash, chain FROM log WHERE device = $1 AND seq = $2", []any{device[:], int64(seq)}, blob(p.Body[:]), blob(p.Chain[:]))
	return p, ok, err
}

func (t *sqlTx) Since(gsn int64, count, size int) (out []Told, err error) {
	err = t.each("SELECT gsn, outcome FROM log WHERE gsn > $1 ORDER BY gsn LIMIT $2", []any{gsn, count}, t.told(&out, size))
	return out, err
}

// told collects outcomes up to a number of bytes, but at least one.
func (t *sqlTx) told(out *[]Told, size int) func(scan func(...any) error) (more bool, err error) {
	return func(scan func(...any) error) (bool, error) {
		var one Told
		if err := scan(&one.GSN, t.opened("log.outcome", &one.Outcome, &one.GSN)); err != nil {
			return false, err
		}
		size -= len(one.Outcome)
		if size < 0 && len(*out) > 0 {
			return false, nil
		}
		*out = append(*out, one)
		return true, nil
	}
}

// column is b as a column that is never NULL wants it.
func column(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
