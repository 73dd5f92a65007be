package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"daicho/app/civil"
)

// Text is one line.
func Text[T any, V ~string](name, ja, en string, at func(*T) *V) Field[T] {
	return field(name, ja, en, TText, at, textCodec[V]())
}

// Long is text of many lines; edits of different lines merge.
func Long[T any](name, ja, en string, at func(*T) *string) Field[T] {
	c := textCodec[string]()
	c.parse = func(s string) (string, error) { return strings.ReplaceAll(s, "\r\n", "\n"), nil }
	return field(name, ja, en, TLong, at, c).Merge(Text3)
}

// Option is one value of a typed closed list.
type Option[V ~string] struct {
	value V
	name  string
	label Label
}

// Is makes an [Option].
func Is[V ~string](v V, ja, en string) Option[V] { return Option[V]{v, string(v), Label{ja, en}} }

// First makes the [Option] of the zero value, where life begins: machines read it as name.
func First[V ~string](zero V, name, ja, en string) Option[V] {
	return Option[V]{zero, name, Label{ja, en}}
}

// One is a choice out of a closed list. A value that this version does not
// know is kept and shown as it came.
func One[T any, V ~string](name, ja, en string, at func(*T) *V, options ...Option[V]) Field[T] {
	c := textCodec[V]()
	var choices []Choice
	for _, o := range options {
		choices = append(choices, Choice{string(o.value), o.name, o.label})
	}
	c.parse = func(s string) (V, error) {
		v, err := choose(s, choices)
		return V(v), err
	}
	c.text = func(v V, lang Lang) string { return chosen(v, options).In(lang) }
	f := field(name, ja, en, TChoice, at, c)
	f.Choices = choices
	return f
}

// choose is the value of a choice, by its name or its label.
func choose(s string, choices []Choice) (string, error) {
	for _, c := range choices {
		if s == c.Name || s == c.Label.JA || s == c.Label.EN {
			return c.Value, nil
		}
	}
	if s == "" {
		return "", nil
	}
	return "", noChoice(s, choices)
}

func noChoice(s string, choices []Choice) error {
	ja, en := make([]string, len(choices)), make([]string, len(choices))
	for i, c := range choices {
		ja[i], en[i] = c.Label.JA, c.Name
	}
	return Refuse(Invalid, "", fmt.Sprintf("「%s」は選べません。%s から選んでください。", s, strings.Join(ja, "・")),
		fmt.Sprintf("%q is no choice; take one of: %s", s, strings.Join(en, ", ")))
}

// Int is a whole number.
func Int[T any, V ~int | ~int64](name, ja, en string, at func(*T) *V) Field[T] {
	return field(name, ja, en, TInt, at, codec[V]{
		append: func(b []byte, n V) []byte { return appendInt(b, int64(n)) },
		read:   func(v Value) (V, error) { n, err := v.readInt(); return V(n), err },
		text:   func(n V, _ Lang) string { return strconv.FormatInt(int64(n), 10) },
		parse: func(s string) (V, error) {
			if s == "" {
				return 0, nil
			}
			n, err := strconv.ParseInt(strings.ReplaceAll(width.Narrow.String(s), ",", ""), 10, 64)
			if err != nil {
				return 0, Refuse(Invalid, "", fmt.Sprintf("「%s」は数ではありません。数字で入力してください。", s), fmt.Sprintf("%q is not a number", s))
			}
			return V(n), nil
		},
	})
}

// yes and no as people read them; the empty text is no.
var yes, no = Label{"はい", "yes"}, Label{"いいえ", "no"}

// Bool is yes or no.
func Bool[T any](name, ja, en string, at func(*T) *bool) Field[T] {
	return field(name, ja, en, TBool, at, codec[bool]{
		append: func(b []byte, v bool) []byte {
			if v {
				b = append(b, cborTrue)
			}
			return b
		},
		read: func(v Value) (bool, error) {
			if len(v) != 1 || v[0] != cborTrue {
				return false, errDamaged
			}
			return true, nil
		},
		text:  func(v bool, lang Lang) string { return pick(v, yes, no).In(lang) },
		parse: parseBool,
	})
}

func parseBool(s string) (bool, error) {
	switch strings.ToLower(s) {
	case yes.JA, yes.EN, "true", "1", "○":
		return true, nil
	case no.JA, no.EN, "false", "0", "", "×":
		return false, nil
	}
	return false, Refuse(Invalid, "", fmt.Sprintf("「%s」は「はい」でも「いいえ」でもありません。どちらかを選んでください。", s), fmt.Sprintf("%q is neither yes nor no", s))
}

// Day is a civil date: days since 1970-01-01. Zero is "not entered".
type Day int32

// Civil is the day's date.
func (d Day) Civil() civil.Date { return dayZero.AddDays(int(d)) }

var dayZero = civil.Date{Year: 1970, Month: 1, Day: 1}

// DayOf is the day of a date.
func DayOf(d civil.Date) Day { return Day(dayZero.DaysUntil(d)) }

// String is the day as 2026-11-22; empty for zero.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Civil().String()
}

// On is a civil date.
func On[T any](name, ja, en string, at func(*T) *Day) Field[T] {
	return field(name, ja, en, TDay, at, codec[Day]{
		append: func(b []byte, d Day) []byte { return appendInt(b, int64(d)) },
		read:   readDay,
		text:   func(d Day, _ Lang) string { return d.String() },
		parse: func(s string) (Day, error) {
			if s == "" {
				return 0, nil
			}
			d, err := civil.ParseDate(s, civil.Date{})
			if err != nil {
				return 0, badTime(s)
			}
			return DayOf(d), nil
		},
	})
}

func readDay(v Value) (Day, error) {
	n, err := v.readInt()
	if err == nil && int64(Day(n)) != n {
		err = errDamaged
	}
	return Day(n), err
}

// TypedTime is how a moment is shown and typed in a field, in the zone of the contract.
const TypedTime = "2006-01-02 15:04"

// At is a moment.
func At[T any](name, ja, en string, at func(*T) *Stamp) Field[T] {
	return field(name, ja, en, TTime, at, codec[Stamp]{
		append: func(b []byte, s Stamp) []byte { return appendInt(b, int64(s)) },
		read:   func(v Value) (Stamp, error) { n, err := v.readInt(); return Stamp(n), err },
		text:   func(s Stamp, _ Lang) string { return s.typed() },
		parse: func(s string) (Stamp, error) {
			if s == "" {
				return 0, nil
			}
			t, err := civil.ParseMoment(s, time.Time{})
			if err != nil {
				return 0, badTime(s)
			}
			return StampOf(t), nil
		},
	})
}

// typed keeps seconds and less only where there are some.
func (s Stamp) typed() string {
	switch {
	case s == 0:
		return ""
	case s%60_000 == 0:
		return s.Time().Format(TypedTime)
	}
	return s.RFC3339()
}

func badTime(s string) error {
	return Refuse(Invalid, "", fmt.Sprintf("「%s」は日付として読めません。2026-11-20 または R8.11.20 のように、時刻は 14:02 のように入力してください。", s),
		fmt.Sprintf("%q is not a date or time; write 2026-11-20, R8.11.20, or 2026-11-20 14:02", s))
}

// Link points to a record; to names its kind, empty for any.
func Link[T any](name, ja, en string, to Kind, at func(*T) *Ref) Field[T] {
	f := field(name, ja, en, TLink, at, refCodec)
	f.Target = to
	return f
}

// Links is a set of references; additions and removals of several people merge.
func Links[T any](name, ja, en string, at func(*T) *[]Ref) Field[T] {
	c := setCodec(refCodec, func(a, b Ref) int { return strings.Compare(a.String(), b.String()) })
	return field(name, ja, en, TLinks, at, c).Merge(Sets)
}

// Tags is a set of words; it merges as Links do.
func Tags[T any](name, ja, en string, at func(*T) *[]string) Field[T] {
	return field(name, ja, en, TTags, at, setCodec(textCodec[string](), strings.Compare)).Merge(Sets)
}

// Raw is a value of another field, kept as it is: for records about records.
func Raw[T any](name, ja, en string, at func(*T) *Value) Field[T] {
	return field(name, ja, en, TRaw, at, codec[Value]{
		append: func(b []byte, v Value) []byte { return append(b, BytesValue(v)...) },
		read: func(v Value) (Value, error) {
			b, _, err := readString(v, majBytes)
			if err != nil {
				return nil, err
			}
			return Value(b), Value(b).Check()
		},
		text:  func(v Value, _ Lang) string { return v.JSON() },
		parse: func(string) (Value, error) { return nil, errByRule },
	})
}

// Shown is a number computed from the record: it has a column, but is never stored or sent.
func Shown[T any](name, ja, en string, of func(*T) int64) Field[T] {
	return Field[T]{
		Spec:   Spec{Name: name, Label: Label{ja, en}, Type: TInt, Derived: true, ReadOnly: true},
		append: func(b []byte, r *T) []byte { return appendInt(b, of(r)) },
		read:   func(Value, *T) error { return nil },
		text:   func(r *T, _ Lang) string { return strconv.FormatInt(of(r), 10) },
		parse:  func(*T, string) error { return errByRule },
	}
}

// ShownOne is a choice out of a closed list computed from the record: it has a column,
// but is never stored or sent.
func ShownOne[T any, V ~string](name, ja, en string, of func(*T) V, options ...Option[V]) Field[T] {
	var nowhere V
	f := One(name, ja, en, func(*T) *V { return &nowhere }, options...)
	return Field[T]{
		Spec:   Spec{Name: name, Label: f.Label, Type: TChoice, Choices: f.Choices, Derived: true, ReadOnly: true},
		append: func(b []byte, r *T) []byte { return append(b, TextValue(string(of(r)))...) },
		read:   func(Value, *T) error { return nil },
		text:   func(r *T, lang Lang) string { return chosen(of(r), options).In(lang) },
		parse:  func(*T, string) error { return errByRule },
	}
}

// chosen is what a value is called; one that this version does not know, as it came.
func chosen[V ~string](v V, options []Option[V]) Label {
	for _, o := range options {
		if v == o.value {
			return o.label
		}
	}
	return Label{string(v), string(v)}
}

func textCodec[V ~string]() codec[V] {
	return codec[V]{
		append: func(b []byte, s V) []byte { return append(b, TextValue(strings.ToValidUTF8(string(s), "�"))...) },
		read: func(v Value) (V, error) {
			s, _, err := readString(v, majText)
			return V(s), err
		},
		text:  func(s V, _ Lang) string { return string(s) },
		parse: func(s string) (V, error) { return V(strings.TrimSpace(s)), nil },
	}
}

var refCodec = codec[Ref]{
	append: appendRef, read: readRef, parse: ParseRef,
	text: func(r Ref, _ Lang) string { return r.String() },
}

func appendRef(b []byte, r Ref) []byte {
	if r.IsZero() {
		return b
	}
	b = appendHead(b, majArray, 2)
	b = append(b, TextValue(string(r.Kind))...)
	return append(b, BytesValue(r.ID[:])...)
}

func readRef(v Value) (r Ref, err error) {
	major, n, b, err := readHead(v)
	if err != nil || major != majArray || n != 2 {
		return r, errDamaged
	}
	kind, b, err := readString(b, majText)
	if err != nil {
		return r, err
	}
	id, b, err := readString(b, majBytes)
	if err != nil || len(id) != 16 || len(b) != 0 {
		return r, errDamaged
	}
	return Ref{Kind(kind), ID(id)}, nil
}

func listCodec[E any](one codec[E], sep string) codec[[]E] {
	return codec[[]E]{
		append: func(b []byte, list []E) []byte {
			var items []Value
			for _, e := range list {
				if v := one.append(nil, e); len(v) > 0 { // zero is never stored
					items = append(items, v)
				}
			}
			return append(b, arrayOf(items)...)
		},
		read: func(v Value) (list []E, err error) {
			items, err := v.list()
			for _, item := range items {
				e, err := one.read(item)
				if err != nil {
					return nil, err
				}
				list = append(list, e)
			}
			return list, err
		},
		text: func(list []E, lang Lang) string {
			s := make([]string, len(list))
			for i, e := range list {
				s[i] = one.text(e, lang)
			}
			return strings.Join(s, sep)
		},
		parse: func(s string) (list []E, err error) {
			for part := range strings.SplitSeq(s, sep) {
				if part = strings.TrimSpace(part); part == "" {
					continue
				}
				e, err := one.parse(part)
				if err != nil {
					return nil, err
				}
				list = append(list, e)
			}
			return list, nil
		},
	}
}

// setCodec is a list without order or repetition: it is written sorted.
func setCodec[E any](one codec[E], cmp func(a, b E) int) codec[[]E] {
	c := listCodec(one, " ")
	write := c.append
	c.append = func(b []byte, set []E) []byte {
		set = slices.Clone(set)
		slices.SortFunc(set, cmp)
		return write(b, slices.CompactFunc(set, func(a, b E) bool { return cmp(a, b) == 0 }))
	}
	return c
}

func pick[V any](first bool, a, b V) V {
	if first {
		return a
	}
	return b
}
