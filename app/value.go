package app

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Value is one field's value as deterministic CBOR (RFC 8949 §4.2.1): whole
// numbers, text, bytes, true, arrays and maps of these, and nothing else ever.
// Nil is the zero value, which is never stored.
type Value []byte

// Doc is a record as data: a deterministic CBOR map from field name to [Value].
// Only differences are ever written to it, so a field that this version does
// not know survives every edit.
type Doc []byte

// Cell is a change of one field: what the author saw, and what it shall be.
type Cell struct {
	Field string
	Was   Value
	Now   Value

	Erased bool // a value stood here whose key was erased
}

var errDamaged = Refuse(Damaged, "", "記録のデータが壊れています。バックアップまたはサーバーから復元してください。",
	"damaged record data; restore it from a backup or the server")

const (
	majUint, majNeg, majBytes, majText, majArray, majMap, majSimple = 0, 1, 2, 3, 4, 5, 7

	cborTrue = majSimple<<5 | 21

	maxDepth = 8 // a record's rows hold values, not worlds
)

func appendHead(b []byte, major byte, n uint64) []byte {
	m := major << 5
	switch {
	case n < 24:
		return append(b, m|byte(n))
	case n < 1<<8:
		return append(b, m|24, byte(n))
	case n < 1<<16:
		return append(b, m|25, byte(n>>8), byte(n))
	case n < 1<<32:
		return append(b, m|26, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(b, m|27, byte(n>>56), byte(n>>48), byte(n>>40), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

// readHead reads the head of a value and refuses every form but the shortest.
func readHead(b []byte) (major byte, n uint64, rest []byte, err error) {
	if len(b) == 0 {
		return 0, 0, nil, errDamaged
	}
	major, info := b[0]>>5, b[0]&31
	b = b[1:]
	if info < 24 {
		return major, uint64(info), b, nil
	}
	size := 1 << (info - 24)
	if info > 27 || len(b) < size {
		return 0, 0, nil, errDamaged
	}
	for _, c := range b[:size] {
		n = n<<8 | uint64(c)
	}
	if n < shortest[info-24] {
		return 0, 0, nil, errDamaged
	}
	return major, n, b[size:], nil
}

// shortest is the least number that needs 1, 2, 4 or 8 bytes.
var shortest = [4]uint64{24, 1 << 8, 1 << 16, 1 << 32}

// readString reads a text or byte string.
func readString(b []byte, want byte) (s, rest []byte, err error) {
	major, n, b, err := readHead(b)
	if err != nil || major != want || n > uint64(len(b)) {
		return nil, nil, errDamaged
	}
	return b[:n], b[n:], nil
}

// cut takes the first value off b and checks it on the way.
func cut(b []byte) (v Value, rest []byte, err error) {
	rest, err = skip(b, maxDepth)
	if err != nil {
		return nil, nil, err
	}
	return Value(b[:len(b)-len(rest)]), rest, nil
}

func skip(b []byte, depth int) ([]byte, error) {
	major, n, b, err := readHead(b)
	if err != nil || depth == 0 {
		return nil, errDamaged
	}
	switch major {
	case majUint, majNeg:
		if n > 1<<63-1 {
			return nil, errDamaged
		}
		return b, nil
	case majBytes, majText:
		if n > uint64(len(b)) || major == majText && !utf8.Valid(b[:n]) {
			return nil, errDamaged
		}
		return b[n:], nil
	case majArray:
		return skipArray(b, n, depth)
	case majMap:
		return skipMap(b, n, depth)
	case majSimple:
		if n == cborTrue&31 {
			return b, nil
		}
	}
	return nil, errDamaged
}

func skipArray(b []byte, n uint64, depth int) (_ []byte, err error) {
	for ; n > 0; n-- {
		if b, err = skip(b, depth-1); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func skipMap(b []byte, n uint64, depth int) ([]byte, error) {
	var last []byte
	for i := range n {
		key, rest, err := readString(b, majText)
		if err != nil || !utf8.Valid(key) || i > 0 && before(last, key) >= 0 {
			return nil, errDamaged
		}
		if b, err = skip(rest, depth-1); err != nil {
			return nil, err
		}
		last = key
	}
	return b, nil
}

// Check refuses what is not one deterministic value; nil is one.
func (v Value) Check() error {
	if len(v) == 0 {
		return nil
	}
	rest, err := skip(v, maxDepth)
	if err == nil && len(rest) > 0 {
		err = errDamaged
	}
	return err
}

// isZero says whether a zero value was written out: 0, an empty text, bytes,
// array or map. It must be nil, or it would differ from what a field writes.
func (v Value) isZero() bool { return len(v) == 1 && v[0]&31 == 0 && v[0]>>5 != majNeg }

// Check refuses what is not a deterministic map; nil is one.
func (d Doc) Check() error {
	if len(d) > 0 && d[0]>>5 != majMap {
		return errDamaged
	}
	return Value(d).Check()
}

// cells walks a Doc in its order.
type cells struct {
	rest []byte
	left uint64
	name []byte
	val  Value
	err  error
}

func (d Doc) cells() (c cells) {
	if len(d) == 0 {
		return c
	}
	major, n, rest, err := readHead(d)
	if err != nil || major != majMap {
		c.err = errDamaged
		return c
	}
	c.rest, c.left = rest, n
	return c
}

func (c *cells) next() bool {
	if c.left == 0 || c.err != nil {
		c.name, c.val = nil, nil
		return false
	}
	c.left--
	if c.name, c.rest, c.err = readString(c.rest, majText); c.err != nil {
		return false
	}
	c.val, c.rest, c.err = cut(c.rest)
	return c.err == nil
}

// before is the order of names in deterministic CBOR: short ones first.
func before[A, B ~string | ~[]byte](a A, b B) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	for i := range len(a) {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return 0
}

// Get finds one value; nil if it is not there.
func (d Doc) Get(field string) Value {
	for c := d.cells(); c.next(); {
		if string(c.name) == field {
			return c.val
		}
	}
	return nil
}

// Each calls f for every field, in order.
func (d Doc) Each(f func(name string, v Value)) error {
	c := d.cells()
	for c.next() {
		f(string(c.name), c.val)
	}
	return c.err
}

// IsEmpty says whether the document has no field: no such record.
func (d Doc) IsEmpty() bool { return len(d) <= 1 }

// Patch returns the document with every cell's Now put in; an empty Now takes
// the field out. Later cells of one field win.
func (d Doc) Patch(patch []Cell) Doc {
	if !slices.IsSortedFunc(patch, byField) {
		patch = slices.Clone(patch)
		slices.SortStableFunc(patch, byField)
	}
	w := newDocWriter(d, patch)
	c := d.cells()
	more := c.next()
	for i, p := range patch {
		if i+1 < len(patch) && patch[i+1].Field == p.Field {
			continue
		}
		for more && before(c.name, p.Field) < 0 {
			w.put(string(c.name), c.val)
			more = c.next()
		}
		if more && string(c.name) == p.Field {
			more = c.next()
		}
		w.put(p.Field, p.Now)
	}
	for more {
		w.put(string(c.name), c.val)
		more = c.next()
	}
	return w.doc()
}

// difference is what makes one document of another.
func difference(was, is Doc) (out []Cell) {
	a, b := was.cells(), is.cells()
	moreA, moreB := a.next(), b.next()
	for moreA || moreB {
		order := before(a.name, b.name)
		switch {
		case !moreB || moreA && order < 0:
			out = append(out, Cell{Field: string(a.name), Was: a.val})
			moreA = a.next()
		case !moreA || order > 0:
			out = append(out, Cell{Field: string(b.name), Now: b.val})
			moreB = b.next()
		default:
			if !a.val.Equal(b.val) {
				out = append(out, Cell{Field: string(a.name), Was: a.val, Now: b.val})
			}
			moreA, moreB = a.next(), b.next()
		}
	}
	return out
}

func byField(a, b Cell) int { return before(a.Field, b.Field) }

// docWriter writes fields behind room for the map's head, whose size is known last.
type docWriter struct {
	body []byte
	n    uint64
}

const headRoom = 9

func newDocWriter(d Doc, patch []Cell) *docWriter {
	size := headRoom + len(d)
	for _, p := range patch {
		size += len(p.Field) + len(p.Now) + 3
	}
	return &docWriter{body: make([]byte, headRoom, size)}
}

func (w *docWriter) put(name string, v Value) {
	if len(v) == 0 {
		return
	}
	w.body = append(appendHead(w.body, majText, uint64(len(name))), name...)
	w.body = append(w.body, v...)
	w.n++
}

func (w *docWriter) doc() Doc {
	var head [headRoom]byte
	h := appendHead(head[:0], majMap, w.n)
	copy(w.body[headRoom-len(h):], h)
	return Doc(w.body[headRoom-len(h):])
}

// Equal says whether two values are the same.
func (v Value) Equal(w Value) bool { return bytes.Equal(v, w) }

// TextValue makes a value of a text.
func TextValue(s string) Value {
	if s == "" {
		return nil
	}
	return Value(append(appendHead(nil, majText, uint64(len(s))), s...))
}

// IntValue makes a value of a whole number.
func IntValue(n int64) Value { return Value(appendInt(nil, n)) }

// BytesValue makes a value of bytes.
func BytesValue(p []byte) Value {
	if len(p) == 0 {
		return nil
	}
	return Value(append(appendHead(nil, majBytes, uint64(len(p))), p...))
}

// appendInt writes nothing for zero.
func appendInt(b []byte, n int64) []byte {
	switch {
	case n == 0:
		return b
	case n < 0:
		return appendHead(b, majNeg, uint64(-1-n))
	}
	return appendHead(b, majUint, uint64(n))
}

// Int reads a whole number; zero if it is none.
func (v Value) Int() int64 {
	n, err := v.readInt()
	if err != nil {
		return 0
	}
	return n
}

func (v Value) readInt() (int64, error) {
	major, n, _, err := readHead(v)
	if err != nil || n > 1<<63-1 || major > majNeg {
		return 0, errDamaged
	}
	if major == majNeg {
		return -1 - int64(n), nil
	}
	return int64(n), nil
}

// Text reads a text; empty if it is none.
func (v Value) Text() string {
	s, _, err := readString(v, majText)
	if err != nil {
		return ""
	}
	return string(s)
}

// Bytes reads bytes; nil if it holds none.
func (v Value) Bytes() []byte {
	b, _, err := readString(v, majBytes)
	if err != nil {
		return nil
	}
	return b
}

// list reads the items of an array.
func (v Value) list() (items []Value, err error) {
	if len(v) == 0 {
		return nil, nil
	}
	major, n, b, err := readHead(v)
	if err != nil || major != majArray {
		return nil, errDamaged
	}
	for range n {
		var item Value
		if item, b, err = cut(b); err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// arrayOf writes items; nil if there are none.
func arrayOf(items []Value) Value {
	if len(items) == 0 {
		return nil
	}
	b := appendHead(nil, majArray, uint64(len(items)))
	for _, v := range items {
		b = append(b, v...)
	}
	return b
}

// Refs are the references in a link or links value.
func (v Value) Refs() (refs []Ref) {
	if r, err := readRef(v); err == nil && !r.IsZero() {
		return []Ref{r}
	}
	items, err := v.list()
	if err != nil {
		return nil
	}
	for _, item := range items {
		if r, err := readRef(item); err == nil {
			refs = append(refs, r)
		}
	}
	return refs
}

// SQL is the value as an indexed column holds it: an int64 or a string, never
// nil, so that paging needs no special case.
func (v Value) SQL(t Type) any {
	switch t {
	case TInt, TDay, TTime:
		return v.Int()
	case TBool:
		return int64(len(v))
	case TLink:
		refs := v.Refs()
		if len(refs) == 0 {
			return ""
		}
		return refs[0].String()
	}
	return v.Text()
}
