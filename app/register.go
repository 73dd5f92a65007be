package app

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Head is what every record has; a record embeds it.
type Head struct {
	Ref    Ref
	Number string // 仮-… until the server has issued it
	GSN    int64  // the version this was loaded from; 0: never seen by the server
	seen   Doc    // what the author saw: edits are told against this
	old    []Cell // what stood under names that have changed since
}

// Meta makes a struct that embeds Head a [Record].
func (h *Head) Meta() *Head { return h }

// Seen is the record as it was loaded, unknown fields included.
func (h *Head) Seen() Doc { return h.seen }

// IsNew says whether the record has never been saved.
func (h *Head) IsNew() bool { return h.seen.IsEmpty() }

// Record is a pointer to a struct that embeds [Head].
type Record interface{ Meta() *Head }

// About is what is known of a register without its Go type.
type About struct {
	Kind     Kind
	Label    Label
	Fields   []Spec
	Commands []CommandSpec
	Filters  []Filter // named lists, the one shown first first
	Clauses  []string // of the city's specification that the register answers
}

// AnyRegister is a [Register] without its type: what store, sync, screens and
// command line work with. *Register[T] is its only implementation.
type AnyRegister interface {
	// About is the description.
	About() *About
	// New is an empty record, not yet saved.
	New() Record
	// Load fills a record from its document and remembers what it saw.
	Load(Record, Ref, int64, Doc) error
	// Diff is what was changed since Load.
	Diff(Record) []Cell
	// Column is the value of one field.
	Column(r Record, field string) Value
	// Show is one field as people read it.
	Show(r Record, field string, lang Lang) string
	// Enter sets one field from what a person typed.
	Enter(r Record, field, text string) error
	// Put sets one field from a value, as a rule does.
	Put(r Record, field string, v Value) error
	// SearchText is what a search looks through.
	SearchText(Record) string
	// Upcast turns a cell of an older schema into one of this.
	Upcast(name string, v Value) (string, Value)

	check(a *Act, before, after Record) error
	run(a *Act, command string, after Record, args Doc) error
	scope(Record) (within Ref, s Scope)
	nests() bool
	copies() bool
	original(Record) Ref
}

// Register describes the records of type T.
type Register[T any] struct {
	about    About
	fields   []Field[T]
	stored   []int // indexes of what is stored, in the order of names in a Doc
	byName   map[string]int
	rules    []func(a *Act, before, after *T) error
	commands map[string]Command[T]
	renamed  map[string]string
	record   func(*T) Record
	zone     func(*T) Zone
	org      func(*T) ID
	within   func(*T) Ref

	erasedWith func(*T) Ref
}

// numberField stands first in every register; only the machinery sets it.
const numberField = "number"

// Describe makes the register of T. It panics on a name used twice: no
// program start survives that mistake.
func Describe[T any, P interface {
	*T
	Record
}](kind Kind, ja, en string, fields ...Field[T]) *Register[T] {
	number := Text(numberField, "番号", "Number", func(r *T) *string { return &P(r).Meta().Number }).ByRule().Index().Search()
	g := &Register[T]{
		about:    About{Kind: kind, Label: Label{ja, en}},
		fields:   append([]Field[T]{number}, fields...),
		byName:   map[string]int{},
		commands: map[string]Command[T]{},
		renamed:  map[string]string{},
		record:   func(r *T) Record { return P(r) },
	}
	for i, f := range g.fields {
		if _, twice := g.byName[f.Name]; twice || f.Name == ErasedField {
			panic(fmt.Sprintf("%s.%s is described twice", kind, f.Name))
		}
		g.byName[f.Name] = i
		g.about.Fields = append(g.about.Fields, f.Spec)
		if !f.Derived {
			g.stored = append(g.stored, i)
		}
	}
	slices.SortFunc(g.stored, func(a, b int) int { return before(g.fields[a].Name, g.fields[b].Name) })
	return g
}

// Clause names the clauses of the contract that the register answers.
func (g *Register[T]) Clause(ids ...string) *Register[T] { g.about.Clauses = ids; return g }

// Rule adds a rule that every change must pass. It may set fields of after. It is pure.
func (g *Register[T]) Rule(rule func(a *Act, before, after *T) error) *Register[T] {
	g.rules = append(g.rules, rule)
	return g
}

// Can returns the register with more commands: changes that only the server decides.
// Rules that it is given after that are its own.
func (g *Register[T]) Can(commands ...Command[T]) *Register[T] {
	more := *g
	g = &more
	g.rules = slices.Clip(g.rules)
	g.commands, g.about.Commands = maps.Clone(g.commands), slices.Clone(g.about.Commands)
	for _, c := range commands {
		g.commands[c.Name] = c
		g.about.Commands = append(g.about.Commands, c.CommandSpec)
	}
	return g
}

// Offering returns the register with a field of text as a choice out of a list that only
// those know who join the modules, such as the registers that there are. It is stored as
// before; what stands there and is none of the list is kept and shown as it came. It
// panics unless the field is one of text; no program start survives that mistake.
func (g *Register[T]) Offering(name string, choices []Choice) *Register[T] {
	i, there := g.byName[name]
	if !there || g.fields[i].Type != TText {
		panic(fmt.Sprintf("%s.%s is no text", g.about.Kind, name))
	}
	more := *g
	more.fields, more.about.Fields, more.rules = slices.Clone(g.fields), slices.Clone(g.about.Fields), slices.Clip(g.rules)
	f := &more.fields[i]
	f.Type, f.Choices = TChoice, choices
	f.parse = func(r *T, s string) error {
		value, err := choose(s, choices)
		if err != nil {
			return err
		}
		return g.fields[i].parse(r, value)
	}
	f.text = func(r *T, lang Lang) string {
		value := g.fields[i].text(r, lang)
		if at := slices.IndexFunc(choices, func(c Choice) bool { return c.Value == value }); at >= 0 {
			return choices[at].Label.In(lang)
		}
		return value
	}
	more.about.Fields[i] = f.Spec
	return &more
}

// Renamed reads old records and old changes, for ever: what stands under from
// is field to of today. It panics unless only to is a field; no program start
// survives that mistake.
func (g *Register[T]) Renamed(from, to string) *Register[T] {
	_, old := g.byName[from]
	if _, today := g.byName[to]; old || !today {
		panic(fmt.Sprintf("%s: %s cannot have become %s", g.about.Kind, from, to))
	}
	g.renamed[from] = to
	return g
}

// About is the description.
func (g *Register[T]) About() *About { return &g.about }

// New is an empty record without an id.
func (g *Register[T]) New() Record { return g.record(g.Draft(ID{})) }

// Draft is an empty record, not yet saved.
func (g *Register[T]) Draft(id ID) *T {
	r := new(T)
	g.record(r).Meta().Ref = Ref{g.about.Kind, id}
	return r
}

// Upcast turns a cell of an older schema into one of this.
func (g *Register[T]) Upcast(name string, v Value) (string, Value) {
	if to, ok := g.renamed[name]; ok {
		return to, v
	}
	return name, v
}

// Load fills a record and remembers what it saw. A document of an older
// schema is brought to this one first.
func (g *Register[T]) Load(rec Record, ref Ref, gsn int64, doc Doc) error {
	doc, old, err := g.upcast(doc)
	if err != nil {
		return err
	}
	head, r := rec.Meta(), any(rec).(*T)
	var empty T
	*r = empty
	head.Ref, head.GSN, head.seen, head.old = ref, gsn, doc, old
	i, c := 0, doc.cells()
	for c.next() {
		for i < len(g.stored) && before(g.fields[g.stored[i]].Name, c.name) < 0 {
			i++
		}
		if i < len(g.stored) && g.fields[g.stored[i]].Name == string(c.name) {
			f := &g.fields[g.stored[i]]
			if err := f.read(c.val, r); err != nil {
				return fmt.Errorf("%s %s: %w", ref, f.Name, err)
			}
		}
	}
	return c.err
}

// upcast moves values to the names of today, unless newer ones stand there,
// and lists what it moved.
func (g *Register[T]) upcast(doc Doc) (_ Doc, old []Cell, err error) {
	if len(g.renamed) == 0 {
		return doc, nil, nil
	}
	err = doc.Each(func(name string, v Value) {
		if _, ok := g.renamed[name]; ok {
			old = append(old, Cell{Field: name, Was: v})
		}
	})
	for _, c := range old {
		to, v := g.Upcast(c.Field, c.Was)
		if newer := doc.Get(to); len(newer) > 0 {
			v = newer
		}
		doc = doc.Patch([]Cell{c, {Field: to, Now: v}})
	}
	return doc, old, err
}

// Diff is what the author changed since Load, told against what was seen: an
// open form never undoes what sync brought meanwhile.
func (g *Register[T]) Diff(rec Record) []Cell {
	r := any(rec).(*T)
	var patch []Cell
	var scratch [64]byte
	c := rec.Meta().seen.cells()
	more := c.next()
	for _, i := range g.stored {
		f := &g.fields[i]
		for more && before(c.name, f.Name) < 0 {
			more = c.next()
		}
		var was Value
		if more && string(c.name) == f.Name {
			was = c.val
		}
		now := Value(f.append(scratch[:0], r))
		if !now.Equal(was) && len(f.Columns) > 0 {
			now = keepColumns(f.Spec, was, now)
		}
		if !now.Equal(was) {
			patch = append(patch, Cell{Field: f.Name, Was: was, Now: slices.Clone(now)})
		}
	}
	return patch
}

// Column is the value of one field; of an unknown one, as it was stored.
func (g *Register[T]) Column(r Record, name string) Value {
	if i, ok := g.byName[name]; ok {
		return g.fields[i].append(nil, any(r).(*T))
	}
	return r.Meta().seen.Get(name)
}

// Show is one field as people read it; empty for an unknown one. What was erased
// says so.
func (g *Register[T]) Show(r Record, name string, lang Lang) string {
	i, ok := g.byName[name]
	if !ok {
		return ""
	}
	text := g.fields[i].text(any(r).(*T), lang)
	if text == "" && g.fields[i].Personal && r.Meta().IsErased() {
		text = ErasedText.In(lang)
	}
	return text
}

var errByRule = Refuse(Forbidden, "", "この項目は自動で設定されます。手では変更できません。", "set by rule, not by hand")

// Enter sets one field from what a person typed and checks it.
func (g *Register[T]) Enter(r Record, name, text string) error {
	f, err := g.field(name)
	if err != nil {
		return err
	}
	if f.ReadOnly {
		return atField(f.Spec, errByRule)
	}
	if err := f.parse(any(r).(*T), text); err != nil {
		return atField(f.Spec, err)
	}
	return f.check(any(r).(*T), r.Meta().IsErased())
}

// Put sets one field from a value, as a rule does.
func (g *Register[T]) Put(r Record, name string, v Value) error {
	f, err := g.field(name)
	if err != nil {
		return err
	}
	return atField(f.Spec, f.read(v, any(r).(*T)))
}

func (g *Register[T]) field(name string) (*Field[T], error) {
	if i, ok := g.byName[name]; ok {
		return &g.fields[i], nil
	}
	names := make([]string, len(g.fields))
	for i, f := range g.fields {
		names[i] = f.Name
	}
	return nil, Refuse(Invalid, name, fmt.Sprintf("「%s」という項目はありません。", name),
		fmt.Sprintf("%s has no such field; it has: %s", g.about.Kind, strings.Join(names, ", ")))
}

// atField says where an error is.
func atField(f Spec, err error) error {
	if err == nil {
		return nil
	}
	e := *ErrorOf(err)
	e.Field = f.Name
	return &e
}

// SearchText is what a search looks through.
func (g *Register[T]) SearchText(rec Record) string {
	var s []string
	for _, f := range g.fields {
		if f.Searched {
			if t := f.text(any(rec).(*T), JA); t != "" {
				s = append(s, t)
			}
		}
	}
	return strings.Join(s, "\n")
}

// check holds the field's value in r against what is required of it. What is
// personal cannot be wanted of a record that was erased.
func (f *Field[T]) check(r *T, erased bool) error {
	v := f.Value(r)
	switch {
	case f.Required && len(v) == 0 && !f.hasFirst() && !(erased && f.Personal):
		return Refuse(Invalid, f.Name, "「"+f.Label.JA+"」は必須です。入力してください。", "required; give a value")
	case f.Max > f.Min && len(v) > 0 && (v.Int() < f.Min || v.Int() > f.Max):
		return Refuse(Invalid, f.Name, fmt.Sprintf("「%s」は %d から %d までの数で入力してください。", f.Label.JA, f.Min, f.Max),
			fmt.Sprintf("must be %d to %d", f.Min, f.Max))
	}
	return nil
}

// hasFirst says whether the zero value is one of the choices.
func (s *Spec) hasFirst() bool {
	return slices.ContainsFunc(s.Choices, func(c Choice) bool { return c.Value == "" })
}

// check runs what every change must pass. An old record need not meet what is
// required since.
func (g *Register[T]) check(a *Act, was, is Record) error {
	before, after := any(was).(*T), any(is).(*T)
	fresh, erased := was.Meta().IsNew(), is.Meta().IsErased()
	for i := range g.fields {
		f := &g.fields[i]
		if !fresh && bytes.Equal(f.append(nil, before), f.append(nil, after)) {
			continue
		}
		if err := f.check(after, erased); err != nil {
			return err
		}
	}
	for _, rule := range g.rules {
		if err := rule(a, before, after); err != nil {
			return err
		}
	}
	return nil
}

func (g *Register[T]) run(a *Act, name string, after Record, args Doc) error {
	c, ok := g.commands[name]
	if !ok {
		return noCommand(&g.about, name)
	}
	return c.do(a, any(after).(*T), args)
}

// ShowValue is a value of a field as people read it, without a record around it.
func ShowValue(g AnyRegister, field string, v Value, lang Lang) string {
	r := g.New()
	if g.Put(r, field, v) != nil {
		return v.JSON()
	}
	return g.Show(r, field, lang)
}
