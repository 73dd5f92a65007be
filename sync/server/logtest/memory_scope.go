package logtest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/server"
)

// named is one record that names an attachment.
type named struct {
	blob app.BlobID
	by   app.Ref
}

func (t *memTx) Scopes() ([]app.Scope, error) {
	all := map[app.Scope]bool{}
	for _, r := range t.rows {
		all[r.Scope] = true
	}
	for _, r := range t.reaches {
		all[r.About] = true
		for _, m := range r.Moves {
			all[m.Was], all[m.Is] = true, true
		}
	}
	delete(all, app.Scope{})
	return slices.SortedFunc(maps.Keys(all), byScope), nil
}

func byScope(a, b app.Scope) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Zone, b.Zone), bytes.Compare(a.Org[:], b.Org[:]))
}

func (t *memTx) ScopeAt(ref app.Ref) (app.Scope, bool, error) {
	r, there := t.rows[ref]
	return r.Scope, there, nil
}

func (t *memTx) Rescope(ref app.Ref, to app.Scope) error {
	r, there := t.rows[ref]
	if !there {
		return nil
	}
	r.Scope = to
	return put(t, t.rows, ref, r)
}

func byRef(a, b app.Ref) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), bytes.Compare(a.ID[:], b.ID[:]))
}

// readable are the records after one that may be read, in their order.
func (t *memTx) readable(after app.Ref, may func(app.Scope) bool) (refs []app.Ref) {
	for ref, r := range t.rows {
		if byRef(ref, after) > 0 && (may == nil || may(r.Scope)) {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, byRef)
	return refs
}

func (t *memTx) RowsAfter(after app.Ref, may func(app.Scope) bool, count, size int) (out []server.Row, err error) {
	for _, ref := range t.readable(after, may) {
		r := t.rows[ref]
		size -= len(r.Doc)
		if len(out) == count || size < 0 && len(out) > 0 {
			break
		}
		out = append(out, server.Row{Ref: ref, GSN: r.GSN, Doc: r.Doc})
	}
	return out, nil
}

func (t *memTx) CountRows(may func(app.Scope) bool) (int64, error) {
	return int64(len(t.readable(app.Ref{}, may))), nil
}

func (t *memTx) KeysOfRows(refs []app.Ref) ([]app.SubjectKey, error) {
	need := map[app.SubjectKey]bool{}
	for _, ref := range refs {
		for name, k := range t.keys {
			if name.Subject == ref.ID {
				need[k.SubjectKey] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(need), byID), nil
}

func (t *memTx) PutReach(r server.Reach) error { return add(t, t.reaches, r.GSN, r) }

func (t *memTx) Reaches(after int64, count int) (out []server.Reach, err error) {
	for _, l := range t.after(after) {
		if r, there := t.reaches[l.GSN]; there && len(out) < count {
			out = append(out, r)
		}
	}
	return out, nil
}

func (t *memTx) Outcomes(gsns []int64, size int) (out []server.Told, err error) {
	for _, l := range t.lines {
		if !slices.Contains(gsns, l.GSN) {
			continue
		}
		size -= len(l.Outcome)
		if size < 0 && len(out) > 0 {
			break
		}
		out = append(out, server.Told{GSN: l.GSN, Outcome: l.Outcome})
	}
	return out, nil
}

func (t *memTx) KeysOfLines(gsns []int64) ([]app.SubjectKey, error) {
	return t.needed(0, func(gsn int64) bool { return slices.Contains(gsns, gsn) }), nil
}

// needed are the keys that some lines after a gsn name.
func (t *memTx) needed(after int64, is func(gsn int64) bool) []app.SubjectKey {
	need := map[app.SubjectKey]bool{}
	for _, l := range t.after(after) {
		if !is(l.GSN) {
			continue
		}
		for _, name := range l.Needs {
			if k, ok := t.keys[name]; ok {
				need[k.SubjectKey] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(need), byID)
}

func (t *memTx) WantedOf(id app.BlobID) (app.ID, bool, error) {
	a, wanted := t.attachments[id]
	return a.device, wanted, nil
}

func (t *memTx) Name(id app.BlobID, by app.Ref) error {
	return put(t, t.naming, named{id, by}, true)
}

func (t *memTx) Naming(id app.BlobID) (refs []app.Ref, err error) {
	for n := range t.naming {
		if n.blob == id {
			refs = append(refs, n.by)
		}
	}
	slices.SortFunc(refs, byRef)
	return refs, nil
}
