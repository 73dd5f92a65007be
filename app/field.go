package app

// Type says how a field is entered and shown.
type Type string

// The types of fields.
const (
	TText   Type = "text"
	TLong   Type = "long"
	TChoice Type = "choice"
	TInt    Type = "int"
	TBool   Type = "bool"
	TDay    Type = "day"
	TTime   Type = "time"
	TLink   Type = "link"
	TLinks  Type = "links"
	TTags   Type = "tags"
	TFiles  Type = "files"
	TRows   Type = "rows"
	TRaw    Type = "raw"
)

// Spec is what is known of a field without its Go type.
type Spec struct {
	Name     string
	Label    Label
	Type     Type
	Policy   Policy
	Required bool
	ReadOnly bool // set by rules, shown, never typed in
	Derived  bool // computed from the record, never stored or sent
	Indexed  bool // has a column in the table: sort and filter
	Searched bool
	Personal bool // sealed to the record wherever changes are kept, so that it can be erased
	Min, Max int64
	Choices  []Choice
	Target   Kind     // of a link; empty: any kind
	Clauses  []string // of the city's specification
	Columns  []Spec   // of nested rows
}

// Choice is one value of a closed list.
type Choice struct {
	Value string // as stored; empty for the one where life begins
	Name  string // as machines read it, never empty
	Label Label
}

// Field is one field of T: its [Spec] and what can be done with it. The
// functions that make fields join a codec to the place where the value lies,
// so one accessor serves to read, write, compare and parse.
type Field[T any] struct {
	Spec
	append func(b []byte, r *T) []byte // nothing for the zero value
	read   func(v Value, r *T) error
	text   func(r *T, lang Lang) string
	parse  func(r *T, s string) error
}

// codec is the same four for a Go type V, without a record around it.
type codec[V any] struct {
	append func([]byte, V) []byte
	read   func(Value) (V, error)
	text   func(V, Lang) string
	parse  func(string) (V, error)
}

// field joins a codec to the place in T where the value lies.
func field[T, V any](name, ja, en string, t Type, at func(*T) *V, c codec[V]) Field[T] {
	return Field[T]{
		Spec:   Spec{Name: name, Label: Label{ja, en}, Type: t},
		append: func(b []byte, r *T) []byte { return c.append(b, *at(r)) },
		read: func(v Value, r *T) (err error) {
			var x V
			if len(v) > 0 {
				x, err = c.read(v)
			}
			*at(r) = x
			return err
		},
		text: func(r *T, lang Lang) string { return c.text(*at(r), lang) },
		parse: func(r *T, s string) error {
			v, err := c.parse(s)
			if err == nil {
				*at(r) = v
			}
			return err
		},
	}
}

// Value is the field's value in r.
func (f Field[T]) Value(r *T) Value { return f.append(nil, r) }

// What follows reads as a sentence after a field.

// Must makes the field required in new records and wherever it changes.
func (f Field[T]) Must() Field[T] { f.Required = true; return f }

// Index gives the field a column, to sort and filter by.
func (f Field[T]) Index() Field[T] { f.Indexed = true; return f }

// Search lets the field's text be found.
func (f Field[T]) Search() Field[T] { f.Searched = true; return f }

// Seal marks personal data: wherever a change is kept for ever, the value
// stands sealed, and erasing its key erases it.
func (f Field[T]) Seal() Field[T] { f.Personal = true; return f }

// ByRule lets rules alone set the field.
func (f Field[T]) ByRule() Field[T] { f.ReadOnly = true; f.Policy = Strict; return f }

// Range bounds a number, both ends included.
func (f Field[T]) Range(lo, hi int64) Field[T] { f.Min, f.Max = lo, hi; return f }

// Merge says what happens when two people change the field.
func (f Field[T]) Merge(p Policy) Field[T] { f.Policy = p; return f }

// Clause names the clauses of the specification that ask for the field.
func (f Field[T]) Clause(ids ...string) Field[T] { f.Clauses = ids; return f }
