package app

import (
	"fmt"
	"slices"
)

// Book is all that decisions are made by: the registers and the number table.
type Book struct {
	Registers Registers
	Numbers   map[Kind]NumberTemplate
	Strict    map[Kind]bool // whose numbers one holder alone gives, one after the other
	Numbering Numbering     // nil: Numbers say all
	Access    Access        // nil: everybody may do everything
}

// Effect is what a change did to one record: data, never run again.
type Effect struct {
	Ref   Ref
	Cells []Cell
	Gone  bool // the record went where the reader may not read: he drops what he has of it
}

// Decision is what the rules make of one change.
type Decision struct {
	Effects   []Effect
	Conflicts []ID   // records of kind conflict among the effects
	Erased    []Ref  // records that lose their personal values: see [Act.Erase]
	Leased    Leased // the number that the device gave by itself; the change must carry it
}

// Decide runs the rules over one change. It is pure, and the same on the
// server, whose word counts, and on a replica, whose word is provisional. A
// refusal is an *[Error]; every other error is a failure of the machine.
func (b Book) Decide(a *Act, c *Change) (Decision, error) {
	a.book, a.change = b, c
	a.own, a.made, a.saved, a.erased, a.reads, a.leased = nil, 0, nil, nil, 0, Leased{}
	g, err := b.Registers.Of(c.Ref.Kind)
	if err != nil {
		return Decision{}, err
	}
	was, is, err := a.pair(g, c)
	if err != nil {
		return Decision{}, err
	}
	doc := was.Meta().seen // brought to this schema
	erased := was.Meta().IsErased() || a.WasErased(c.Ref)
	if err = a.unerased(g, c, erased); err != nil {
		return Decision{}, err
	}
	merged, clashes, err := a.intend(g, doc, c)
	if err != nil {
		return Decision{}, err
	}
	if erased {
		merged = append(merged, Cell{Field: ErasedField, Was: doc.Get(ErasedField), Now: Value{cborTrue}})
	}
	if err = g.Load(is, c.Ref, was.Meta().GSN, doc.Patch(merged)); err != nil {
		return Decision{}, err
	}
	a.own = is
	if c.Command != "" {
		if err = g.run(a, c.Command, is, c.Args); err != nil {
			return Decision{}, err
		}
	}
	var d Decision
	if d.Effects, err = a.finish(d.Effects, g, was, is); err != nil {
		return Decision{}, err
	}
	for _, k := range clashes {
		k.shown = is.Meta().seen.Get(k.field) // the rules had the last word
		d.Conflicts = append(d.Conflicts, a.openConflict(k))
	}
	for i := 0; i < len(a.saved); i++ { // their rules may save more
		if d.Effects, err = a.finishSaved(d.Effects, a.saved[i]); err != nil {
			return Decision{}, err
		}
	}
	d.Erased, d.Leased = a.erased, a.leased
	d.Effects, err = a.finishErased(d.Effects)
	return d, err
}

// pair loads the record twice: as it is, and to be changed.
func (a *Act) pair(g AnyRegister, c *Change) (was, is Record, err error) {
	doc, gsn, err := a.row(c.Ref)
	if err != nil {
		return nil, nil, err
	}
	if doc.IsEmpty() && !c.New { // what made it was refused, or never came
		return nil, nil, notFound(c.Ref)
	}
	was, is = g.New(), g.New()
	return was, is, g.Load(was, c.Ref, gsn, doc)
}

// intend is what the author wants, brought to what there is now.
func (a *Act) intend(g AnyRegister, doc Doc, c *Change) ([]Cell, []clash, error) {
	if c.Command == "" {
		return a.mergeCells(g, doc, c)
	}
	return nil, nil, stillSo(g, doc, c.Cells)
}

// stillSo refuses a command that was decided on what has changed since.
func stillSo(g AnyRegister, doc Doc, pre []Cell) error {
	for _, p := range pre {
		if name, was := g.Upcast(p.Field, p.Was); !doc.Get(name).Equal(was) {
			return staleField(g, name)
		}
	}
	return nil
}

func staleField(g AnyRegister, name string) error {
	label := name
	if s, ok := SpecOf(g, name); ok {
		label = s.Label.JA
	}
	return Refuse(Stale, name, fmt.Sprintf("「%s」が先に変更されています。内容を確認の上、もう一度実行してください。", label),
		"changed by someone else meanwhile; look at it and try again")
}

// finish checks a record, numbers it if it is new, and appends what changed;
// then the record is as if loaded anew. Numbers come last: a refused change
// must not use one up.
func (a *Act) finish(out []Effect, g AnyRegister, was, is Record) ([]Effect, error) {
	if err := g.check(a, was, is); err != nil {
		return nil, err
	}
	fresh := was.Meta().IsNew()
	if err := a.numbered(was, is); err != nil {
		return nil, err
	}
	head := is.Meta()
	news := g.Diff(is)
	if head.IsErased() {
		news = impersonal(g, news)
	}
	head.seen = head.seen.Patch(news) // merged cells and unknown fields included
	if head.seen.IsEmpty() && !fresh {
		return nil, errEmptied
	}
	if cells := difference(was.Meta().seen, head.seen); len(cells) > 0 {
		out = append(out, Effect{Ref: head.Ref, Cells: append(cells, outdated(g, was.Meta().old, cells)...)})
	}
	return out, nil
}

var errEmptied = Refuse(Invalid, "", "すべての項目を空にすることはできません。一つ以上の項目を入力してください。", "a record cannot lose all its fields; leave one")

// outdated takes away what stands under an old name where the field has a new
// value: it would rise again once that is emptied.
func outdated(g AnyRegister, old, cells []Cell) (out []Cell) {
	for _, o := range old {
		name, _ := g.Upcast(o.Field, nil)
		if slices.ContainsFunc(cells, func(c Cell) bool { return c.Field == name }) {
			out = append(out, o)
		}
	}
	return out
}

func (a *Act) finishSaved(out []Effect, r Record) ([]Effect, error) {
	head := r.Meta()
	g, err := a.book.Registers.Of(head.Ref.Kind)
	if err != nil {
		return nil, err
	}
	was := g.New()
	if err = g.Load(was, head.Ref, head.GSN, head.seen); err != nil {
		return nil, err
	}
	was.Meta().old = head.old
	return a.finish(out, g, was, r)
}
