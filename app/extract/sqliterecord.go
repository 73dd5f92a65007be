package extract

import (
	"encoding/binary"
	"math"
	"strconv"

	"daicho/app/extract/charset"
)

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
		return sqlValue{bytes: new(charset.Decoder).Decode(nil, b)}
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
	return new(charset.Decoder).Decode(nil, b)
}
