package app

// MaxList is the most ids that one list may hold: beyond it a person narrows
// the list, and the screen says 20,000件以上.
const MaxList = 20_000

// Query is what a list asks for. Fields must be indexed.
type Query struct {
	Where []Cond
	Find  string // words that the record's text must hold; empty: any
	Sort  string // a field; empty: the order of creation
	Desc  bool
	After *Mark // the last row of the page before; nil: from the start
	Limit int   // rows a page; 0: MaxList
}

// Cond is a field compared with a value: a string or an int64. Equal to several
// strings it is where it is one of them.
type Cond struct {
	Field string
	Op    string // = <> < <= > >=
	Value any
}

// Like asks for the records of a kind that say the same as a text.
type Like struct {
	Kind   Kind
	Text   string
	Also   string   // other words for what the text speaks of; they count for less
	Fields []string // whose words are compared; one that stands twice counts twice
	Except ID       // the record that the text is of; zero: none
	Limit  int
}

// Mark is where a page ended.
type Mark struct {
	Key any
	ID  ID
}

// Columns finds the specs of some fields, in the order asked for; all if none are named.
func Columns(g AnyRegister, names ...string) (out []Spec) {
	fields := g.About().Fields
	if len(names) == 0 {
		return fields
	}
	for _, n := range names {
		if f, ok := SpecOf(g, n); ok {
			out = append(out, f)
		}
	}
	return out
}

// SpecOf finds the spec of a field.
func SpecOf(g AnyRegister, name string) (Spec, bool) {
	for _, f := range g.About().Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Spec{}, false
}
