package server

import (
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// foreseen are changes of a batch that are read while those before them are
// judged, on a processor of their own. Only what needs no other keys than came
// along with them can be; the rest is read when its turn comes.
type foreseen struct {
	changes map[*byte]*app.Change // by where the body begins
	ready   chan struct{}         // closed when they are all here
}

// foresee begins to read segments.
func (in *intake) foresee(batch []wire.Segment) (all []*foreseen) {
	for range batch {
		all = append(all, &foreseen{map[*byte]*app.Change{}, make(chan struct{})})
	}
	keys := in.brought
	go func() {
		for i, f := range all {
			f.read(&batch[i], keys)
		}
	}()
	return all
}

func (f *foreseen) read(s *wire.Segment, keys brought) {
	defer close(f.ready)
	defer func() { _ = recover() }() // what breaks here breaks again when its turn comes
	for _, body := range s.Bodies {
		if len(body) == 0 {
			continue
		}
		if c, err := app.DecodeChange(body, keys); err == nil {
			f.changes[&body[0]] = c
		}
	}
}

// of is the change in a body, if it was read.
func (f *foreseen) of(body []byte) *app.Change {
	if f == nil || len(body) == 0 {
		return nil
	}
	<-f.ready
	return f.changes[&body[0]]
}

// brought are keys that came with a push and were kept.
type brought map[app.ID][]app.SubjectKey

// Find is part of [app.SubjectKeys].
func (b brought) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	i := slices.IndexFunc(b[subject], func(k app.SubjectKey) bool { return k.ID() == id })
	if i < 0 {
		return app.SubjectKey{}, errKeyless
	}
	return b[subject][i], nil
}

// For is part of [app.SubjectKeys]: nothing is sealed with them.
func (b brought) For(app.ID) (app.SubjectKey, error) { return app.SubjectKey{}, errKeyless }
