package app

import (
	"slices"
)

// ErasedField stands in the document of a record whose personal values were
// erased: true. It is no field of a register, and only erasing sets it.
const ErasedField = "erased"

// IsErased says whether the record's personal values were erased.
func (h *Head) IsErased() bool { return len(h.seen.Get(ErasedField)) > 0 }

// errErased is what people are told who enter something personal again.
var errErased = Refuse(Forbidden, "", "この記録の個人情報は消去されているため、個人情報の項目には入力できません。必要な場合は、新しい記録を作成してください。",
	"the personal data of this record was erased, so nothing personal can be entered in it; make a new record where you need one")

// What people read of what was erased: in the place of a value, and of [ErasedField].
var (
	ErasedText  = Label{"消去済み", "erased"}
	ErasedLabel = Label{"個人情報", "Personal data"}
)

// ErasedWith says of which record a record keeps a copy of personal values: it is
// erased together with that. It is what a link field of the record holds.
func (g *Register[T]) ErasedWith(of func(*T) Ref) *Register[T] { g.erasedWith = of; return g }

func (g *Register[T]) copies() bool { return g.erasedWith != nil }

func (g *Register[T]) original(rec Record) Ref {
	if g.erasedWith == nil {
		return Ref{}
	}
	return g.erasedWith(any(rec).(*T))
}

// Erase erases the personal values of a record, and of all that is about it,
// once the server has accepted the change. It names what that is.
func (a *Act) Erase(ref Ref) ([]Ref, error) {
	refs, err := a.book.Erasing(spender{a}, ref)
	for _, r := range refs {
		if !slices.Contains(a.erased, r) {
			a.erased = append(a.erased, r)
		}
	}
	return refs, err
}

// WasErased says whether a record was erased before, be it there or not.
func (a *Act) WasErased(ref Ref) bool { return a.Erased != nil && a.Erased(ref.ID) }

// ZoneOf is the zone of a record as this act sees it.
func (a *Act) ZoneOf(ref Ref) (Zone, error) {
	doc, _, err := a.row(ref)
	if err != nil {
		return "", err
	}
	s, err := a.book.ScopeOf(spender{a}, ref, doc)
	return s.Zone, err
}

// spender is the view of an act, which may read so much and no more.
type spender struct{ *Act }

// Row is part of [View].
func (s spender) Row(ref Ref) (Doc, int64, error) { return s.Act.row(ref) }

// Linked is part of [View].
func (s spender) Linked(to Ref, from Kind) ([]Ref, error) { return s.Act.Linked(to, from) }

// Erasing are the records that lose their personal values with one: that one,
// then what stands within it or copies from it, to any depth.
func (b Book) Erasing(v View, ref Ref) ([]Ref, error) {
	all := []Ref{ref}
	for i := 0; i < len(all); i++ {
		inside, err := b.Inside(v, all[i])
		if err != nil {
			return nil, err
		}
		copies, err := b.copiesOf(v, all[i])
		if err != nil {
			return nil, err
		}
		for _, r := range append(inside, copies...) {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all, nil
}

// copiesOf are the records that copy from one, in the order of kind and id.
func (b Book) copiesOf(v View, ref Ref) ([]Ref, error) {
	return b.pointing(v, ref, AnyRegister.copies, AnyRegister.original)
}

// Erasure are the cells that take the personal values out of a document: all
// that its register marks, be they there or not, what no register knows, and the
// mark that says so. A nil register knows nothing.
func Erasure(g AnyRegister, doc Doc) []Cell {
	cells := []Cell{{Field: ErasedField, Now: Value{cborTrue}}}
	if g != nil {
		for _, s := range g.About().Fields {
			if s.Personal {
				cells = append(cells, Cell{Field: s.Name})
			}
		}
	}
	_ = doc.Each(func(name string, _ Value) { // it was checked when it was written
		if isPersonal(g, name) && !isField(g, name) {
			cells = append(cells, Cell{Field: name})
		}
	})
	return cells
}

func isField(g AnyRegister, name string) bool {
	if g == nil {
		return false
	}
	_, is := SpecOf(g, name)
	return is
}

// finishErased appends what erasing does to records that are there.
func (a *Act) finishErased(out []Effect) ([]Effect, error) {
	for _, ref := range a.erased {
		doc, _, err := a.row(ref)
		if err != nil {
			return nil, err
		}
		if doc.IsEmpty() {
			continue
		}
		e := Effect{Ref: ref, Cells: Erasure(a.book.Registers[ref.Kind], doc)}
		if i := slices.IndexFunc(out, func(o Effect) bool { return o.Ref == ref }); i >= 0 { // a rule changed it too: one record has one effect
			out[i].Cells = append(without(out[i].Cells, e.Cells), e.Cells...)
			continue
		}
		out = append(out, e)
	}
	return out, nil
}

// without are cells of fields that others do not set.
func without(cells, others []Cell) []Cell {
	return slices.DeleteFunc(cells, func(c Cell) bool {
		return slices.ContainsFunc(others, func(o Cell) bool { return o.Field == c.Field })
	})
}

// unerased refuses what an author enters into a record that was erased, where it
// is personal. What was sealed under an erased key is nothing by now, and passes.
func (a *Act) unerased(g AnyRegister, c *Change, erased bool) error {
	for _, cell := range c.Cells {
		name, _ := g.Upcast(cell.Field, nil)
		switch {
		case name == ErasedField:
			return errByRule
		case erased && c.Command == "" && len(cell.Now) > 0 && isPersonal(g, name):
			return errErased
		}
	}
	if erased && c.saysPersonal(g) {
		return errErased
	}
	return nil
}

// saysPersonal says whether something personal is said in a command, or something
// that this version does not know.
func (c *Change) saysPersonal(g AnyRegister) bool {
	var known []Spec
	if g != nil {
		if spec, err := CommandOf(g, c.Command); err == nil {
			known = spec.Args
		}
	}
	says := false
	err := c.Args.Each(func(name string, v Value) {
		i := slices.IndexFunc(known, func(f Spec) bool { return f.Name == name })
		says = says || len(v) > 0 && (i < 0 || known[i].Personal)
	})
	return says || err != nil
}

// impersonal are cells without what rules would copy into a record that was erased.
func impersonal(g AnyRegister, cells []Cell) []Cell {
	return slices.DeleteFunc(cells, func(c Cell) bool {
		name, _ := g.Upcast(c.Field, nil)
		return len(c.Now) > 0 && isPersonal(g, name)
	})
}

// IsErasing says whether the effect erased its record.
func (e Effect) IsErasing() bool {
	return slices.ContainsFunc(e.Cells, func(c Cell) bool { return c.Field == ErasedField && len(c.Now) > 0 })
}

// Told are an effect's cells as history tells them. One that erased took many
// fields out at once, most of them empty: it is told as one.
func (e Effect) Told() []Cell {
	if !e.IsErasing() {
		return e.Cells
	}
	return slices.DeleteFunc(slices.Clone(e.Cells), func(c Cell) bool { return !c.Erased && len(c.Now) == 0 })
}
