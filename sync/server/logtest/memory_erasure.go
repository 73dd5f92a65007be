package logtest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/server"
)

// erasures is the tables of what was erased.
type erasures struct {
	erased map[app.ID]server.Erased
	doomed map[app.BlobID]bool
}

func newErasures() erasures {
	return erasures{map[app.ID]server.Erased{}, map[app.BlobID]bool{}}
}

func (t *memTx) Erase(e server.Erased) error {
	if _, there := t.erased[e.Ref.ID]; there {
		return nil
	}
	for k := range t.keys {
		if k.Subject == e.Ref.ID {
			if err := drop(t, t.keys, k); err != nil {
				return err
			}
		}
	}
	for device, keys := range t.impoundedKeys {
		rest := maps.Clone(keys)
		maps.DeleteFunc(rest, func(k server.NamedKey, _ app.SubjectKey) bool { return k.Subject == e.Ref.ID })
		if err := put(t, t.impoundedKeys, device, rest); err != nil {
			return err
		}
	}
	for n := range t.naming {
		if n.by == e.Ref {
			if err := t.doom(n.blob); err != nil {
				return err
			}
		}
	}
	return put(t, t.erased, e.Ref.ID, e)
}

func (t *memTx) doom(id app.BlobID) error {
	for n := range t.naming {
		if n.blob == id {
			if err := drop(t, t.naming, n); err != nil {
				return err
			}
		}
	}
	if err := drop(t, t.attachments, id); err != nil {
		return err
	}
	return put(t, t.doomed, id, true)
}

func (t *memTx) IsErased(subject app.ID) (bool, error) {
	_, is := t.erased[subject]
	return is, nil
}

func (t *memTx) Erasures(after int64, count int) (out []server.Erased, err error) {
	for _, e := range t.erased {
		if e.N > after {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b server.Erased) int { return cmp.Compare(a.N, b.N) })
	return out[:min(count, len(out))], nil
}

func (t *memTx) Doomed(count int) ([]app.BlobID, error) {
	all := slices.SortedFunc(maps.Keys(t.doomed), func(a, b app.BlobID) int { return bytes.Compare(a[:], b[:]) })
	return all[:min(count, len(all))], nil
}

func (t *memTx) Destroyed(id app.BlobID) error { return drop(t, t.doomed, id) }
