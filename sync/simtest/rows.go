package simtest

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"

	"daicho/app"
)

// rows are records by reference; they are an [app.View].
type rows map[app.Ref]row

type row struct {
	doc app.Doc
	gsn int64
}

// Row is part of [app.View].
func (v rows) Row(ref app.Ref) (app.Doc, int64, error) { return v[ref].doc, v[ref].gsn, nil }

// Linked is part of [app.View].
func (v rows) Linked(to app.Ref, from app.Kind) (out []app.Ref, err error) {
	for _, ref := range v.refs(from) {
		linked := false
		err = v[ref].doc.Each(func(_ string, value app.Value) { linked = linked || slices.Contains(value.Refs(), to) })
		if linked {
			out = append(out, ref)
		}
	}
	return out, err
}

func (v rows) refs(kind app.Kind) (out []app.Ref) {
	for ref, r := range v {
		if ref.Kind == kind && !r.doc.IsEmpty() {
			out = append(out, ref)
		}
	}
	slices.SortFunc(out, func(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out
}

func (v rows) docs() map[app.Ref]app.Doc {
	out := map[app.Ref]app.Doc{}
	for ref, r := range v {
		out[ref] = r.doc
	}
	return out
}

// fold takes in a change as the rules see it here.
func (v rows) fold(book app.Book, c *app.Change, erased func(app.ID) bool) error {
	d, err := book.Decide(&app.Act{Actor: app.Actor{ID: c.Author}, At: c.Clock.Corrected(), View: v, Erased: erased}, c)
	if err == nil {
		v.take(d.Effects, 0)
	}
	return err
}

// take takes in effects as data.
func (v rows) take(effects []app.Effect, gsn int64) {
	for _, e := range effects {
		r := v[e.Ref]
		v[e.Ref] = row{r.doc.Patch(e.Cells), max(r.gsn, gsn)}
	}
}

// hear takes in effects that the server told, unless the row came as it stood
// after them. What went out of reach is dropped.
func (v rows) hear(effects []app.Effect, gsn int64) {
	stood := maps.Clone(v)
	for _, e := range effects {
		switch r := v[e.Ref]; {
		case gsn <= stood[e.Ref].gsn:
		case e.Gone:
			delete(v, e.Ref)
		default:
			v[e.Ref] = row{r.doc.Patch(e.Cells), gsn}
		}
	}
}

// keyring holds subjects' keys, in the order in which they came.
type keyring struct {
	random io.Reader
	all    map[app.ID][]app.SubjectKey
	buried map[app.ID]bool // subjects that were erased
}

// Find is part of [app.SubjectKeys].
func (k *keyring) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	for _, key := range k.all[subject] {
		if key.ID() == id {
			return key, nil
		}
	}
	if k.buried[subject] {
		return app.SubjectKey{}, app.ErrErased
	}
	return app.SubjectKey{}, app.Refuse(app.Damaged, "", "鍵がありません。", "no key")
}

// For is part of [app.SubjectKeys].
func (k *keyring) For(subject app.ID) (app.SubjectKey, error) {
	if have := k.all[subject]; len(have) > 0 {
		return have[0], nil
	}
	if k.buried[subject] {
		return app.SubjectKey{}, app.ErrErased
	}
	key := app.SubjectKey{Subject: subject}
	_, err := io.ReadFull(k.random, key.Key[:])
	k.all[subject] = []app.SubjectKey{key}
	return key, err
}

func (k *keyring) add(keys []app.SubjectKey) {
	for _, key := range keys {
		if !k.buried[key.Subject] && !slices.Contains(k.all[key.Subject], key) {
			k.all[key.Subject] = append(slices.Clone(k.all[key.Subject]), key)
		}
	}
}

// needed are the keys that some changes name.
func (k *keyring) needed(bodies [][]byte) []app.SubjectKey {
	need := map[app.SubjectKey]bool{}
	for _, b := range bodies {
		by, err := app.SealedBy(b)
		if err != nil {
			continue
		}
		for subject, id := range by {
			for _, key := range k.all[subject] {
				if key.ID() == id {
					need[key] = true
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(need), func(a, b app.SubjectKey) int {
		return cmp.Or(bytes.Compare(a.Subject[:], b.Subject[:]), bytes.Compare(a.Key[:], b.Key[:]))
	})
}

// sink collects bytes.
type sink []byte

func (s *sink) Write(p []byte) (int, error) { *s = append(*s, p...); return len(p), nil }

// reader is bytes that can be sought and closed.
type reader struct{ *bytes.Reader }

func newReader(b []byte) reader { return reader{bytes.NewReader(b)} }

func (reader) Close() error { return nil }
