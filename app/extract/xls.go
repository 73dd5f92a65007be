package extract

import "encoding/binary"

// The records of a workbook stream that hold text or say where it belongs
// ([MS-XLS] 2.3.2).
const (
	biffFormula   = 0x0006
	biffEOF       = 0x000A
	biffHeader    = 0x0014
	biffFooter    = 0x0015
	biffNote      = 0x001C
	biffFrom1904  = 0x0022
	biffFilePass  = 0x002F
	biffContinue  = 0x003C
	biffSheet     = 0x0085
	biffMulRK     = 0x00BD
	biffPivotText = 0x00CD
	biffRString   = 0x00D6
	biffStyle     = 0x00E0
	biffSST       = 0x00FC
	biffLabelSST  = 0x00FD
	biffDrawings  = 0x00EB
	biffTextBox   = 0x01B6
	biffLink      = 0x01B8
	biffNumber    = 0x0203
	biffLabel     = 0x0204
	biffString    = 0x0207
	biffRK        = 0x027E
	biffFormat    = 0x041E
	biffBOF       = 0x0809
)

// readXLS reads a workbook of Excel 5 to 2003: every sheet, hidden ones too,
// with the results of formulas, headers and footers, comments and text boxes,
// links, properties, and embedded documents.
func (it *item) readXLS(d storage, s stream) error {
	b, err := it.stored(d, s)
	if err != nil {
		return err
	}
	it.told.Protection = ProtectNone
	if pass, ok := record(b, biffFilePass); ok {
		if b, err = it.openXLS(b, pass); err != nil {
			return err
		}
	}
	x := &book{writer: it.writer(""), names: map[uint32]string{}}
	if err := x.read(b); err != nil {
		return err
	}
	envelope := it.envelope(x.pictures)
	if err := it.summaries(d); err != nil {
		return err
	}
	if err := it.pivotCaches(d); err != nil {
		return err
	}
	if err := it.objects(d, "MBD"); err != nil {
		return err
	}
	if envelope {
		return partly(ReasonPictures)
	}
	return x.shared.outcome(nil)
}

// pivotCaches reads the texts that pivot tables keep of their source, which may be
// gone from the sheets ([MS-XLS] 2.1.7.12, 2.4.306).
func (it *item) pivotCaches(d storage) error {
	w := it.writer("pivot cache")
	for _, s := range d.storages("_SX_DB_CUR") {
		cache := d.open(s)
		for _, s := range cache.entries {
			b, err := it.stored(cache, s)
			if err != nil {
				return err
			}
			if err := (&book{writer: w, wide: true}).pivotTexts(b); err != nil {
				return err
			}
		}
	}
	return w.turn(0)
}

func (x *book) pivotTexts(b []byte) error {
	for len(b) >= 4 {
		id, end := binary.LittleEndian.Uint16(b), 4+int(binary.LittleEndian.Uint16(b[2:]))
		if end > len(b) {
			return partly(ReasonTruncated)
		}
		if id == biffPivotText {
			if err := x.aside(x.text([][]byte{b[4:end]}, 2)); err != nil {
				return err
			}
		}
		b = b[end:]
	}
	return nil
}

// openXLS decrypts a workbook that the default password opens.
func (it *item) openXLS(b, pass []byte) ([]byte, error) {
	seal, note := filePass(pass, defaultPassword)
	if seal == nil {
		return nil, it.locked(note)
	}
	it.told.Note = NoteDefaultPassword
	if seal.stream == nil {
		return nil, unreadable(ReasonUnknownCrypto)
	}
	return decryptBIFF(b, seal.stream)
}

// record finds a BIFF record before the end of the globals.
func record(b []byte, want uint16) ([]byte, bool) {
	for len(b) >= 4 {
		id, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if id == want {
			return b[4:min(len(b), 4+size)], true
		}
		if id == biffEOF || len(b) < 4+size {
			break
		}
		b = b[4+size:]
	}
	return nil, false
}

// book follows the records of a workbook.
type book struct {
	*writer
	wide   bool              // BIFF8: texts carry their width
	names  map[uint32]string // of sheets, by where they begin
	shared sharedStrings
	styles cellStyles
	row    int
	col    int // cells of the row told so far
	began  bool
	late   bool // a text comes in a record behind this one

	pictures int64 // bytes of them
}

func (x *book) read(b []byte) error {
	short := false
	for at := 0; at+4 <= len(b); {
		id, size := binary.LittleEndian.Uint16(b[at:]), int(binary.LittleEndian.Uint16(b[at+2:]))
		if id == 0 && size == 0 {
			break // padding
		}
		from := at + 4
		if short = from+size > len(b); short {
			break
		}
		at = from + size
		parts := [][]byte{b[from:at]}
		for continued(id) && at+4 <= len(b) && binary.LittleEndian.Uint16(b[at:]) == biffContinue {
			end := at + 4 + int(binary.LittleEndian.Uint16(b[at+2:]))
			if end > len(b) {
				break
			}
			parts, at = append(parts, b[at+4:end]), end
		}
		if err := x.record(id, uint32(from-4), parts); err != nil {
			return err
		}
	}
	if err := x.endSheet(); err != nil {
		return err
	}
	if short {
		return partly(ReasonTruncated)
	}
	return nil
}

// continued are the records whose CONTINUE records matter here.
func continued(id uint16) bool {
	return id == biffDrawings || id == biffSST || id == biffTextBox || id == biffString || id == biffLabel
}

func (x *book) record(id uint16, at uint32, parts [][]byte) error {
	b := parts[0]
	switch id {
	case biffBOF:
		if len(b) >= 2 {
			x.wide = binary.LittleEndian.Uint16(b) >= 0x0600
		}
		return x.beginSheet(at)
	case biffSheet:
		x.sheetName(b)
	case biffFrom1904:
		x.styles.from1904 = len(b) > 0 && b[0] != 0
	case biffFormat:
		x.format(b)
	case biffStyle: // font, number format
		if len(b) >= 4 {
			x.styles.add(int(binary.LittleEndian.Uint16(b[2:])))
		}
	case biffSST:
		return x.sharedTexts(parts)
	case biffHeader, biffFooter:
		return x.aside(x.text(parts, 2))
	case biffTextBox:
		return x.textBox(parts)
	case biffDrawings:
		for _, p := range parts {
			x.pictures += int64(len(p))
		}
	case biffNote:
		return x.note(b)
	case biffLink:
		return x.link(b)
	case biffString:
		return x.result(parts)
	case biffLabelSST, biffLabel, biffRString, biffNumber, biffRK, biffFormula:
		return x.cell(id, parts)
	case biffMulRK:
		return x.numbers(b)
	}
	return nil
}

func (x *book) beginSheet(at uint32) error {
	if err := x.endSheet(); err != nil {
		return err
	}
	if name := x.names[at]; name != "" {
		x.part, x.line = name, 1
	}
	return nil
}

// endSheet ends the row and the table.
func (x *book) endSheet() error {
	err := x.turn(Cell)
	x.row, x.col, x.began = 0, 0, false
	return err
}

// format reads the code of a number format (2.4.126); before BIFF8 its length took
// one byte.
func (x *book) format(b []byte) {
	if len(b) < 4 {
		return
	}
	size := 1
	if x.wide {
		size = 2
	}
	x.styles.define(int(binary.LittleEndian.Uint16(b)), string(x.text([][]byte{b[2:]}, size)))
}

func (x *book) sheetName(b []byte) {
	if len(b) < 7 {
		return
	}
	x.names[binary.LittleEndian.Uint32(b)] = string(x.text([][]byte{b[6:]}, 1))
}
