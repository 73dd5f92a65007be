package extract

import (
	"encoding/binary"
	"math"
)

// seek moves to a cell.
func (x *book) seek(row, col int) error {
	if x.began && row != x.row {
		if err := x.endLine(); err != nil {
			return err
		}
		x.col = 0
	}
	x.began, x.row = true, row
	for gap := 0; x.col < col+1 && gap < maxGap; gap++ {
		if x.col > 0 {
			x.buf = append(x.buf, Cell)
		}
		x.col++
	}
	x.col = max(x.col, col+1)
	return nil
}

// cell tells one cell: row, column, format, and what is in it.
func (x *book) cell(id uint16, parts [][]byte) error {
	b := parts[0]
	if len(b) < 6 {
		return nil
	}
	if err := x.seek(int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))); err != nil {
		return err
	}
	x.late = false
	style, value := int(binary.LittleEndian.Uint16(b[4:])), b[6:]
	switch {
	case id == biffLabelSST && len(value) >= 4:
		x.cellText(x.shared.at(int(binary.LittleEndian.Uint32(value))))
	case id == biffLabel || id == biffRString:
		x.cellText(x.text(append([][]byte{value}, parts[1:]...), 2))
	case id == biffRK && len(value) >= 4:
		x.number(rkNumber(binary.LittleEndian.Uint32(value)), style)
	case id == biffNumber && len(value) >= 8:
		x.number(math.Float64frombits(binary.LittleEndian.Uint64(value)), style)
	case id == biffFormula && len(value) >= 8:
		x.formula(value, style)
	}
	return nil
}

// formula tells a formula's number; its text comes in the STRING record that
// follows (2.5.133).
func (x *book) formula(value []byte, style int) {
	if value[6] != 0xFF || value[7] != 0xFF {
		x.number(math.Float64frombits(binary.LittleEndian.Uint64(value)), style)
		return
	}
	x.late = value[0] == 0
}

func (x *book) result(parts [][]byte) error {
	if x.late {
		x.cellText(x.text(parts, 2))
	}
	x.late = false
	return nil
}

// numbers tells cells side by side: row, first column, then format and number
// of each, then the last column.
func (x *book) numbers(b []byte) error {
	if len(b) < 6 {
		return nil
	}
	row, col := int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))
	for b = b[4 : len(b)-2]; len(b) >= 6; b = b[6:] {
		if err := x.seek(row, col); err != nil {
			return err
		}
		x.number(rkNumber(binary.LittleEndian.Uint32(b[2:])), int(binary.LittleEndian.Uint16(b)))
		col++
	}
	return nil
}

func (x *book) number(f float64, style int) { x.buf = x.styles.number(x.buf, f, style) }

// rkNumber is a number in 30 bits (2.5.217).
func rkNumber(v uint32) float64 {
	f := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}
