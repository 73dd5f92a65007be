// Package btree reads the records that stand in single pages of a SQLite
// database, without the pages around them: what is left when SQLite gives a
// damaged database up. It follows the file format as SQLite publishes it and
// takes nothing for granted: whatever does not fit is [ErrShape], never a panic.
//
// Use it for repair alone; everything else asks SQLite.
package btree

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrShape says that a page or a record is not as SQLite writes it.
var ErrShape = errors.New("not a page of a b-tree")

// What a page of a b-tree can be.
const (
	indexInterior = 2
	tableInterior = 5
	indexLeaf     = 10
	tableLeaf     = 13
)

// Page is one page of a b-tree.
type Page struct {
	N     int64 // its number, from 1
	bytes []byte
	head  int // where its header starts
	cells int
}

// Open looks at page n. The error is [ErrShape] if it is none of a b-tree: one of
// the free list, or where long records go on.
func Open(n int64, bytes []byte) (Page, error) {
	p := Page{N: n, bytes: bytes}
	if n == 1 {
		p.head = 100 // the header of the file stands there
	}
	switch bytes[p.head] {
	case indexInterior, tableInterior, indexLeaf, tableLeaf:
	default:
		return p, ErrShape
	}
	p.cells = int(binary.BigEndian.Uint16(bytes[p.head+3:]))
	if p.pointers()+2*p.cells > len(bytes) {
		return p, ErrShape
	}
	return p, nil
}

func (p Page) kind() byte { return p.bytes[p.head] }

// IsInterior says whether other pages hang below it.
func (p Page) IsInterior() bool { return p.kind() == indexInterior || p.kind() == tableInterior }

// IsTable says whether its rows have numbers: it is no index, nor a table
// without rowid.
func (p Page) IsTable() bool { return p.kind() == tableInterior || p.kind() == tableLeaf }

// pointers is where the array of cell pointers starts.
func (p Page) pointers() int {
	if p.IsInterior() {
		return p.head + 12
	}
	return p.head + 8
}

func (p Page) cell(i int) (reading, error) {
	at := int(binary.BigEndian.Uint16(p.bytes[p.pointers()+2*i:]))
	if at >= len(p.bytes) {
		return reading{}, ErrShape
	}
	return reading{rest: p.bytes[at:]}, nil
}

// Child is a page below another.
type Child struct {
	N     int64
	After int64 // in a table: its rows have greater numbers than this
}

// Children are the pages below an interior page, in order.
func (p Page) Children() (list []Child, err error) {
	after := int64(math.MinInt64)
	for i := range p.cells {
		c, err := p.cell(i)
		if err != nil {
			return nil, err
		}
		list = append(list, Child{int64(c.uint32()), after})
		if p.IsTable() {
			after = c.varint()
		}
		if c.failed {
			return nil, ErrShape
		}
	}
	return append(list, Child{int64(binary.BigEndian.Uint32(p.bytes[p.head+8:])), after}), nil
}

// Record is one record of a page, perhaps with its end on other pages.
type Record struct {
	Row  int64 // its number, in a table
	Next int64 // the page where it goes on, or 0
	size int   // of the whole
	head []byte
}

// Records are the records that stand in a page. Interior pages of a table have
// none.
func (p Page) Records() (list []Record, err error) {
	if p.kind() == tableInterior {
		return nil, nil
	}
	for i := range p.cells {
		c, err := p.cell(i)
		if err != nil {
			return nil, err
		}
		if p.kind() == indexInterior {
			c.uint32() // the child
		}
		r := Record{size: int(c.varint())}
		if p.kind() == tableLeaf {
			r.Row = c.varint()
		}
		if r.size < 0 {
			return nil, ErrShape
		}
		local := p.local(r.size)
		r.head = c.take(local)
		if local < r.size {
			r.Next = int64(c.uint32())
		}
		if c.failed {
			return nil, ErrShape
		}
		list = append(list, r)
	}
	return list, nil
}

// local is how many bytes of a record stand in its own page.
func (p Page) local(size int) int {
	usable := len(p.bytes)
	most, least := (usable-12)*64/255-23, (usable-12)*32/255-23
	if p.kind() == tableLeaf {
		most = usable - 35
	}
	if size <= most {
		return size
	}
	if k := least + (size-least)%(usable-4); k <= most {
		return k
	}
	return least
}

// Values reads the record: nil, int64, float64, string or []byte for each
// column. Pages that it goes on in are asked of page, and visited is told of
// each before it is read; their errors are returned as they are.
func (r Record) Values(page func(n int64) ([]byte, error), visited func(n int64)) ([]any, error) {
	whole := r.head
	for next := r.Next; len(whole) < r.size; {
		if next == 0 {
			return nil, ErrShape
		}
		visited(next)
		p, err := page(next)
		if err != nil {
			return nil, err
		}
		whole = append(whole[:len(whole):len(whole)], p[4:min(len(p), 4+r.size-len(whole))]...)
		next = int64(binary.BigEndian.Uint32(p))
	}
	return values(whole)
}

func values(record []byte) (list []any, err error) {
	in := reading{rest: record}
	size := int(in.varint())
	used := len(record) - len(in.rest)
	if in.failed || size < used || size > len(record) {
		return nil, ErrShape
	}
	types, body := reading{rest: record[used:size]}, reading{rest: record[size:]}
	for len(types.rest) > 0 {
		list = append(list, body.value(types.varint()))
	}
	if types.failed || body.failed {
		return nil, ErrShape
	}
	return list, nil
}

// reading takes a cell or a record to pieces.
type reading struct {
	rest   []byte
	failed bool
}

func (r *reading) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.failed = true
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reading) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// varint reads a number of one to nine bytes.
func (r *reading) varint() int64 {
	var v uint64
	for i := range 9 {
		b := r.take(1)
		if b == nil {
			return 0
		}
		if i == 8 {
			return int64(v<<8 | uint64(b[0]))
		}
		if v = v<<7 | uint64(b[0]&0x7f); b[0] < 0x80 {
			break
		}
	}
	return int64(v)
}

// value reads a value of a serial type.
func (r *reading) value(kind int64) any {
	switch {
	case kind == 0:
		return nil
	case kind >= 1 && kind <= 6:
		return r.integer([]int{1, 2, 3, 4, 6, 8}[kind-1])
	case kind == 7:
		return math.Float64frombits(uint64(r.integer(8)))
	case kind == 8 || kind == 9:
		return kind - 8
	case kind >= 12 && kind%2 == 0:
		return r.take(int((kind - 12) / 2))
	case kind >= 13:
		return string(r.take(int((kind - 13) / 2)))
	}
	r.failed = true
	return nil
}

// integer reads a signed number of n bytes.
func (r *reading) integer(n int) int64 {
	b := r.take(n)
	if b == nil {
		return 0
	}
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v
}
