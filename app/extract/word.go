package extract

import (
	"bytes"
	"encoding/binary"

	"daicho/app/extract/charset"
)

// fib is what is needed of a Word document's file information block
// ([MS-DOC] 2.5.1): where its tables are and how long its parts.
type fib struct {
	version uint16
	flags   uint16
	b       []byte
}

const (
	fibSize      = 154 + 8*93 // with the pairs of Word 97
	flagComplex  = 0x0004
	flagCrypt    = 0x0100
	flagTable1   = 0x0200
	flagXOR      = 0x8000
	versionWord6 = 101
	versionWord8 = 193 // Word 97
)

func (f *fib) number(at int) int { return int(binary.LittleEndian.Uint32(f.b[at:])) }

// pair is offset and length of one of the tables, by its number in FibRgFcLcb97.
func (f *fib) pair(table []byte, n int) []byte {
	from, size := uint64(f.number(154+8*n)), uint64(f.number(158+8*n))
	if from > uint64(len(table)) || size > uint64(len(table))-from {
		return nil
	}
	return table[from : from+size]
}

// readDOC reads a document of Word 95 to 2003: body, footnotes, headers,
// comments, endnotes, text boxes, properties and embedded documents.
func (it *item) readDOC(d storage, s stream) error {
	head, err := d.read(s, min(s.size, fibSize))
	if err != nil || len(head) < 32 {
		return errCompound
	}
	f := &fib{binary.LittleEndian.Uint16(head[2:]), binary.LittleEndian.Uint16(head[10:]), head}
	if f.flags&flagCrypt != 0 {
		return it.lockedDOC(d, f)
	}
	if f.version < versionWord6 {
		return errCompound
	}
	it.told.Protection = ProtectNone
	body, err := it.stored(d, s)
	if err != nil {
		return err
	}
	if f.version < versionWord8 {
		err = it.oldWord(f, body)
	} else {
		err = it.wordText(d, f, body)
	}
	if err != nil {
		return err
	}
	envelope := it.envelopeOf(d, "Data")
	if err := it.summaries(d); err != nil {
		return err
	}
	for _, pool := range d.storages("ObjectPool") {
		if err := it.objects(d.open(pool), "_"); err != nil {
			return err
		}
	}
	if envelope {
		return partly(ReasonPictures)
	}
	return nil
}

// lockedDOC looks at the scheme: XOR says its flag, RC4 of Office 97 the
// version 1.1 at the beginning of the table ([MS-DOC] 2.2.6).
func (it *item) lockedDOC(d storage, f *fib) error {
	if f.flags&flagXOR != 0 {
		return it.locked(NoteXOR)
	}
	if s, ok := d.find(f.tableName()); ok {
		if head, err := d.read(s, 4); err == nil && bytes.Equal(head, []byte{1, 0, 1, 0}) {
			return it.locked(NoteRC4)
		}
	}
	return it.locked("")
}

func (f *fib) tableName() string {
	if f.flags&flagTable1 != 0 {
		return "1Table"
	}
	return "0Table"
}

// oldWord reads Word 6 and 95, whose text lies in one piece in the code page
// unless it was saved fast.
func (it *item) oldWord(f *fib, body []byte) error {
	if f.flags&flagComplex != 0 {
		return unreadable(ReasonNoReader)
	}
	from, end := f.number(24), f.number(28) // fcMin, fcMac
	if from > end || end > len(body) {
		return errCompound
	}
	w := &wordFlow{writer: it.writer("document")}
	for _, r := range string(new(charset.Decoder).Decode(nil, body[from:end])) {
		if err := w.character(r, 0); err != nil {
			return err
		}
	}
	return w.turn(0)
}

// wordParts are the parts of the text, one behind the other, by where the
// number of their characters stands ([MS-DOC] 2.5.4, FibRgLw97).
var wordParts = []struct {
	at   int
	name string
}{
	{0x4C, "document"}, {0x50, "footnotes"}, {0x54, "headers"}, {0x5C, "comments"},
	{0x60, "endnotes"}, {0x64, "text boxes"}, {0x68, "text boxes in headers"},
}

// wordText follows the pieces of the text through its parts.
func (it *item) wordText(d storage, f *fib, body []byte) error {
	if len(f.b) < fibSize {
		return errCompound
	}
	s, ok := d.find(f.tableName())
	if !ok {
		return errCompound
	}
	table, err := it.stored(d, s)
	if err != nil {
		return err
	}
	pieces, err := piecesOf(f.pair(table, 33)) // Clx
	if err != nil {
		return err
	}
	marks := tableMarks(f.pair(table, 13), body) // PlcfBtePapx
	text := &wordText{body: body, pieces: pieces}
	for _, part := range wordParts {
		w := &wordFlow{writer: it.writer(part.name)}
		for range f.number(part.at) {
			r, end, ok := text.next()
			if !ok {
				break
			}
			if err := w.character(r, marks[end]); err != nil {
				return err
			}
		}
		if err := w.turn(0); err != nil {
			return err
		}
	}
	if text.short {
		return partly(ReasonTruncated)
	}
	return nil
}
