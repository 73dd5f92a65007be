package server

import "daicho/app"

// memory is a view that remembers, within one transaction, the few grants that
// every change of a push asks for.
type memory struct {
	app.View
	rows  map[app.Ref]remembered
	links map[asked][]app.Ref
	kinds map[app.Kind]bool // that were read
}

type remembered struct {
	doc app.Doc
	gsn int64
}

type asked struct {
	to   app.Ref
	from app.Kind
}

func newMemory(v app.View) *memory {
	return &memory{v, map[app.Ref]remembered{}, map[asked][]app.Ref{}, map[app.Kind]bool{}}
}

// Row is part of [app.View].
func (m *memory) Row(ref app.Ref) (app.Doc, int64, error) {
	if r, known := m.rows[ref]; known {
		return r.doc, r.gsn, nil
	}
	doc, gsn, err := m.View.Row(ref)
	if err == nil {
		m.rows[ref], m.kinds[ref.Kind] = remembered{doc, gsn}, true
	}
	return doc, gsn, err
}

// Linked is part of [app.View].
func (m *memory) Linked(to app.Ref, from app.Kind) ([]app.Ref, error) {
	if refs, known := m.links[asked{to, from}]; known {
		return refs, nil
	}
	refs, err := m.View.Linked(to, from)
	if err == nil {
		m.links[asked{to, from}], m.kinds[from] = refs, true
	}
	return refs, err
}

// written forgets everything if a kind was read that has just been written.
func (m *memory) written(kind app.Kind) {
	if m.kinds[kind] {
		*m = *newMemory(m.View)
	}
}
