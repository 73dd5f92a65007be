package extract

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// wordFlow turns Word's characters into lines and rows.
type wordFlow struct {
	*writer
	half rune // first half of a character beyond the basic plane
}

// The characters that mean something ([MS-DOC] 2.4.1 and others).
const (
	markCell      = 0x07
	markTab       = 0x09
	markLine      = 0x0B
	markPage      = 0x0C
	markParagraph = 0x0D
	markColumn    = 0x0E
	markHyphen    = 0x1E
)

// tableMark says what a paragraph's end means for a table.
type tableMark byte

const (
	inTable tableMark = 1 << iota
	rowEnd
)

// character tells one unit. Whether a line is of a table is known at its end.
func (w *wordFlow) character(r rune, mark tableMark) error {
	switch {
	case r == markCell:
		return w.endCell(mark&rowEnd != 0)
	case r == markParagraph, r == markPage, r == markColumn:
		return w.endParagraph(mark&inTable != 0)
	case r == markTab, r == markLine:
		w.buf = append(w.buf, ' ')
	case r == markHyphen:
		w.buf = append(w.buf, '-')
	case utf16.IsSurrogate(r):
		w.surrogate(r)
	case r >= ' ':
		w.buf = utf8.AppendRune(w.buf, r)
	case r >= 0x13 && r <= 0x15: // a field's parts
		w.buf = append(w.buf, ' ')
	}
	return nil
}

func (w *wordFlow) endCell(row bool) error {
	if row {
		return w.endLine()
	}
	err := w.retake(Cell)
	w.buf = append(w.buf, Cell)
	return err
}

func (w *wordFlow) endParagraph(table bool) error {
	if table {
		err := w.retake(Cell)
		w.buf = append(w.buf, ' ')
		return err
	}
	if err := w.retake(0); err != nil {
		return err
	}
	return w.endLine()
}

func (w *wordFlow) surrogate(r rune) {
	if whole := utf16.DecodeRune(w.half, r); whole != utf8.RuneError {
		w.buf, w.half = utf8.AppendRune(w.buf, whole), 0
		return
	}
	w.half = r
}

const wordPage = 512 // bytes of a page of formatting

// tableMarks reads which paragraphs are in tables and which end a row, by where
// they end in the file: plc names the pages of paragraph formatting in body
// ([MS-DOC] 2.8.6, 2.9.175).
func tableMarks(plc, body []byte) map[uint32]tableMark {
	marks := map[uint32]tableMark{}
	n := (len(plc) - 4) / 8
	if n < 1 {
		return marks
	}
	met := map[uint32]bool{}
	for i := range n {
		page := binary.LittleEndian.Uint32(plc[4*(n+1)+4*i:]) & 0x3FFFFF
		if from := int(page) * wordPage; !met[page] && from+wordPage <= len(body) {
			met[page] = true
			markPageOf(body[from:from+wordPage], marks)
		}
	}
	return marks
}

// markPageOf reads one page: places of paragraphs, then for each where its
// properties are, and how many paragraphs there are in the last byte.
func markPageOf(page []byte, marks map[uint32]tableMark) {
	n := int(page[wordPage-1])
	if 4*(n+1)+13*n > wordPage {
		return
	}
	for i := range n {
		at := 2 * int(page[4*(n+1)+13*i])
		if at == 0 {
			continue
		}
		if mark := markOf(propertiesAt(page, at)); mark != 0 {
			marks[binary.LittleEndian.Uint32(page[4*i+4:])] = mark
		}
	}
}

// propertiesAt are the single properties of a paragraph, behind its style.
func propertiesAt(page []byte, at int) []byte {
	size := 2*int(page[at]) - 1
	if page[at] == 0 {
		at++
		size = 2 * int(page[min(at, wordPage-1)])
	}
	from := at + 1 + 2
	return page[min(from, wordPage):max(min(from, wordPage), min(at+1+size, wordPage))]
}

const (
	propInTable = 0x2416
	propRowEnd  = 0x2417
)

func markOf(props []byte) (mark tableMark) {
	for len(props) >= 3 {
		id := binary.LittleEndian.Uint16(props)
		switch {
		case id == propInTable && props[2] != 0:
			mark |= inTable
		case id == propRowEnd && props[2] != 0:
			mark |= rowEnd
		}
		size := operandSize(id, props)
		if 2+size > len(props) {
			break
		}
		props = props[2+size:]
	}
	return mark
}

// operandSize is told by three bits of the property's number ([MS-DOC] 2.6.1).
func operandSize(id uint16, props []byte) int {
	switch id >> 13 {
	case 0, 1:
		return 1
	case 2, 4, 5:
		return 2
	case 3:
		return 4
	case 7:
		return 3
	}
	return 1 + int(props[2])
}
