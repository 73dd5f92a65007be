package extract

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
)

// database is a reader of SQLite files (sqlite.org/fileformat2). It reads pages
// and writes nothing: SQLite itself would make a journal beside the file, and
// trust what the file says of its own functions.
type database struct {
	*item
	page     int64 // size
	usable   int   // bytes of a page that hold content
	encoding uint32
	met      map[uint32]bool // pages on the way to rows: each is read once
	short    bool            // something did not fit together
	blobs    bool            // files lie in it
}

const (
	sqliteHeader = 100
	indexLeaf    = 10
	indexInner   = 2
	tableLeaf    = 13
	tableInner   = 5
	maxTreeDepth = 40
	maxSQLText   = 1 << 20 // bytes of one value; more is cut
	smallBlob    = 64      // bytes: keys and digests hold no text
)

var errSQLite = errors.New("extract: database is damaged")

// readSQLite reads every table as rows of cells under the names of its columns.
// What a write-ahead log beside it holds is not in it yet.
func (it *item) readSQLite() error {
	var h [sqliteHeader]byte
	if _, err := it.r.ReadAt(h[:], 0); err != nil {
		return readError(err)
	}
	d := &database{item: it, page: int64(binary.BigEndian.Uint16(h[16:])), encoding: binary.BigEndian.Uint32(h[56:])}
	if d.page == 1 {
		d.page = 1 << 16
	}
	d.usable = int(d.page) - int(h[20])
	if d.page < 512 || d.page&(d.page-1) != 0 || d.usable < 480 {
		return errSQLite
	}
	tables, err := d.tables()
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := d.table(t); err != nil {
			return err
		}
	}
	switch {
	case d.short:
		return partly(ReasonDamaged)
	case d.blobs:
		return partly(ReasonBlobs)
	}
	return nil
}

// sqlTable is what the schema says of a table.
type sqlTable struct {
	name, sql string
	root      uint32
}

// tables reads the schema: type, name, table, first page, SQL.
func (d *database) tables() ([]sqlTable, error) {
	var found []sqlTable
	err := d.rows(1, func(row []sqlValue) error {
		if len(row) < 5 || row[0].text() != "table" {
			return nil
		}
		if root := row[3].number; root > 1 && root < math.MaxUint32 {
			found = append(found, sqlTable{row[1].text(), row[4].text(), uint32(root)})
		}
		if len(found) > d.limits.Entries {
			return partly(ReasonTooMany)
		}
		return nil
	})
	return found, err
}

// table tells one table.
func (d *database) table(t sqlTable) error {
	w := d.writer(t.name)
	w.sep = Cell
	for i, column := range columnNames(t.sql) {
		if i > 0 {
			w.buf = append(w.buf, Cell)
		}
		w.cellText([]byte(column))
	}
	if err := w.endLine(); err != nil {
		return err
	}
	err := d.rows(t.root, func(row []sqlValue) error {
		for i := range row {
			if i > 0 {
				w.buf = append(w.buf, Cell)
			}
			w.cellText(row[i].shown())
		}
		return w.endLine()
	})
	if err != nil {
		return err
	}
	return w.turn(0)
}

// rows walks a tree from its root.
func (d *database) rows(root uint32, each func([]sqlValue) error) error {
	d.met = map[uint32]bool{}
	return d.tree(root, 0, each)
}

func (d *database) tree(n uint32, depth int, each func([]sqlValue) error) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if d.met[n] || depth > maxTreeDepth {
		d.short = true
		return nil
	}
	d.met[n] = true
	page, err := d.read(n)
	if err != nil {
		d.short = true
		return nil
	}
	head := page
	if n == 1 {
		head = page[sqliteHeader:]
	}
	kind, cells := head[0], int(binary.BigEndian.Uint16(head[3:]))
	from := 8
	if kind == tableInner || kind == indexInner {
		from = 12
	}
	for i := range cells {
		if from+2*i+2 > len(head) {
			d.short = true
			break
		}
		at := int(binary.BigEndian.Uint16(head[from+2*i:]))
		if at >= d.usable {
			d.short = true
			continue
		}
		if err := d.cell(kind, page[at:d.usable], depth, each); err != nil {
			return err
		}
	}
	if from == 12 {
		return d.tree(binary.BigEndian.Uint32(head[8:]), depth+1, each)
	}
	return nil
}

// cell reads one cell: a child page, and a record.
func (d *database) cell(kind byte, b []byte, depth int, each func([]sqlValue) error) error {
	if kind == tableInner || kind == indexInner {
		if len(b) < 4 {
			d.short = true
			return nil
		}
		if err := d.tree(binary.BigEndian.Uint32(b), depth+1, each); err != nil || kind == tableInner {
			return err
		}
		b = b[4:]
	} else if kind != tableLeaf && kind != indexLeaf {
		d.short = true
		return nil
	}
	size, n := varint(b)
	b = b[n:]
	rowid := int64(0)
	if kind == tableLeaf {
		rowid, n = varint(b)
		b = b[n:]
	}
	body, ok := d.payload(b, size, kind == tableLeaf)
	if !ok {
		d.short = true
	}
	return each(d.record(body, rowid, kind == tableLeaf))
}

// payload gathers a record that goes on in other pages (1.6).
func (d *database) payload(b []byte, size int64, table bool) ([]byte, bool) {
	most := int64(d.usable - 35)
	if !table {
		most = int64((d.usable-12)*64/255 - 23)
	}
	if size <= most {
		return b[:min(size, int64(len(b)))], size >= 0 && size <= int64(len(b))
	}
	least := int64((d.usable-12)*32/255 - 23)
	local := least + (size-least)%int64(d.usable-4)
	if local > most {
		local = least
	}
	if int64(len(b)) < local+4 || size > d.size {
		return nil, false
	}
	if d.inflated += size; d.inflated > d.limits.Inflated { // cells may share pages
		return nil, false
	}
	body := append([]byte(nil), b[:local]...)
	next := binary.BigEndian.Uint32(b[local:])
	for int64(len(body)) < min(size, d.limits.Buffer) {
		page, err := d.read(next)
		if err != nil {
			return body, false
		}
		next = binary.BigEndian.Uint32(page)
		body = append(body, page[4:min(int64(d.usable), 4+size-int64(len(body)))]...)
	}
	return body, int64(len(body)) == size
}

func (d *database) read(n uint32) ([]byte, error) {
	if n == 0 || int64(n)*d.page > d.size {
		return nil, errSQLite
	}
	b := make([]byte, d.page)
	_, err := d.r.ReadAt(b, int64(n-1)*d.page)
	if n > 0 && err != nil && int64(n)*d.page < d.size {
		return nil, err
	}
	return b, nil
}

// varint reads a number of one to nine bytes, and how many they were.
func varint(b []byte) (int64, int) {
	var v uint64
	for i, c := range b[:min(len(b), 9)] {
		if i == 8 {
			return int64(v<<8 | uint64(c)), 9
		}
		v = v<<7 | uint64(c&0x7F)
		if c < 0x80 {
			return int64(v), i + 1
		}
	}
	return int64(v), min(len(b), 9)
}

// sqlValue is one column of a row.
type sqlValue struct {
	bytes   []byte
	number  int64
	float   float64
	numeric byte // 0, 'i' or 'f'
}

func (v *sqlValue) text() string { return string(v.bytes) }

// shown is the value as people read it; bytes that are no text are nothing.
func (v *sqlValue) shown() []byte {
	switch v.numeric {
	case 'i':
		return strconv.AppendInt(nil, v.number, 10)
	case 'f':
		return plainNumber(strconv.AppendFloat(nil, v.float, 'G', -1, 64))
	}
	return v.bytes
}

// record reads a record: a header of types, then the values (2.1). A column
// that is the row's number is stored as nothing.
func (d *database) record(b []byte, rowid int64, table bool) []sqlValue {
	size, n := varint(b)
	if size < int64(n) || size > int64(len(b)) {
		d.short = true
		return nil
	}
	types, body := b[n:size], b[size:]
	var row []sqlValue
	for len(types) > 0 {
		kind, n := varint(types)
		types = types[n:]
		width := sqlWidth(kind)
		if width < 0 || width > int64(len(body)) {
			d.short = true
			break
		}
		v := d.value(kind, body[:width])
		if kind == 0 && table && len(row) == 0 {
			v = sqlValue{number: rowid, numeric: 'i'}
		}
		row, body = append(row, v), body[width:]
	}
	return row
}

func sqlWidth(kind int64) int64 {
	switch {
	case kind < 0:
		return -1
	case kind >= 12:
		return (kind - 12) / 2
	}
	return [...]int64{0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0}[kind]
}

func (d *database) value(kind int64, b []byte) sqlValue {
	switch {
	case kind == 0, kind == 10, kind == 11:
		return sqlValue{}
	case kind == 8, kind == 9:
		return sqlValue{number: kind - 8, numeric: 'i'}
	case kind < 7:
		v := int64(int8(b[0]))
		for _, c := range b[1:] {
			v = v<<8 | int64(c)
		}
		return sqlValue{number: v, numeric: 'i'}
	case kind == 7:
		return sqlValue{float: math.Float64frombits(binary.BigEndian.Uint64(b)), numeric: 'f'}
	case kind%2 == 0: // bytes: text that a program stored so, or none
		if b = b[:min(len(b), maxSQLText)]; looksBinary(b) {
			d.blobs = d.blobs || len(b) > smallBlob
			return sqlValue{}
		}
		return sqlValue{bytes: new(decoder).decode(nil, b)}
	}
	return sqlValue{bytes: d.text16(b[:min(len(b), maxSQLText)])}
}

// text16 is a text as UTF-8, whatever the database writes.
func (d *database) text16(b []byte) []byte {
	switch d.encoding {
	case 2:
		return []byte(utf16Name(b, len(b)+2))
	case 3:
		swapped := make([]byte, len(b)/2*2)
		for i := 0; i+1 < len(b); i += 2 {
			swapped[i], swapped[i+1] = b[i+1], b[i]
		}
		return []byte(utf16Name(swapped, len(swapped)+2))
	}
	return new(decoder).decode(nil, b)
}
