package extract

import (
	"archive/zip"
	"encoding/binary"
	"math"
	"path"
	"strings"
)

// The records of a binary workbook that hold text or say where it belongs
// ([MS-XLSB] 2.3.2).
const (
	binRow         = 0
	binRK          = 2
	binReal        = 5
	binText        = 6
	binShared      = 7
	binResultText  = 8
	binResultReal  = 9
	binSharedItem  = 19
	binPivotText   = 24
	binName        = 39
	binFormat      = 44
	binStyle       = 47
	binRich        = 62
	binBookFlags   = 153
	binSheet       = 156
	binOtherReal   = 368
	binOtherText   = 371
	binPageText    = 479
	binCellStyles  = 617
	binStylesEnd   = 618
	binAuthor      = 632
	binComment     = 637
	binCellHead    = 8 // column, style
	binPageTexts   = 6 // of odd, even and first pages
	maxBinaryPiece = 16 << 20
)

// readXLSB reads a binary workbook: what readXLSX does, in records.
func (p *pack) readXLSB() error {
	shared, w := &sharedStrings{}, p.writer("shared strings")
	err := p.eachBinary(func(id int, b []byte) error {
		if id != binSharedItem || len(b) == 0 {
			return nil
		}
		shared.add([]byte(wideText(b[1:])))
		return shared.end(w)
	}, "xl/sharedStrings.bin")
	if err == nil {
		err = w.turn(0)
	}
	if err != nil {
		return err
	}
	names, err := p.binarySheetNames()
	if err != nil {
		return err
	}
	styles, err := p.binaryStyles()
	if err != nil {
		return err
	}
	for i, f := range p.parts("xl/worksheets/*.bin", "xl/macrosheets/*.bin") {
		if i >= p.limits.Entries {
			return partly(ReasonTooMany)
		}
		if err := p.binarySheet(f, names[f.Name], shared, styles); err != nil {
			return err
		}
	}
	if err := p.binaryTexts(); err != nil {
		return err
	}
	if err := p.otherBooks(styles); err != nil {
		return err
	}
	if err := p.aroundSheets(); err != nil || len(p.parts("xl/connections.bin", "xl/revisions/*.bin")) == 0 {
		return shared.outcome(err)
	}
	return partly(ReasonNoReader)
}

// binarySheetNames maps the parts to the names on the tabs.
func (p *pack) binarySheetNames() (map[string]string, error) {
	byID := map[string]string{}
	err := p.eachBinary(func(id int, b []byte) error {
		if id == binSheet && len(b) > 12 {
			key, rest := cutWide(b[8:])
			byID[key] = wideText(rest)
		}
		return nil
	}, "xl/workbook.bin")
	if err != nil {
		return nil, err
	}
	return p.namedParts("xl/_rels/workbook.bin.rels", byID)
}

// binaryStyles reads which numbers of cells are dates, and what they count from.
func (p *pack) binaryStyles() (*cellStyles, error) {
	s, inside := &cellStyles{}, false
	return s, p.eachBinary(func(id int, b []byte) error {
		switch {
		case id == binBookFlags && len(b) > 0:
			s.from1904 = b[0]&1 != 0
		case id == binFormat && len(b) > 2:
			s.define(int(binary.LittleEndian.Uint16(b)), wideText(b[2:]))
		case id == binCellStyles || id == binStylesEnd:
			inside = id == binCellStyles
		case inside && id == binStyle && len(b) >= 4:
			s.add(int(binary.LittleEndian.Uint16(b[2:])))
		}
		return nil
	}, "xl/workbook.bin", "xl/styles.bin")
}

// binarySheet tells one worksheet as rows of cells.
func (p *pack) binarySheet(f *zip.File, name string, shared *sharedStrings, styles *cellStyles) error {
	if name == "" {
		name = strings.TrimSuffix(path.Base(f.Name), ".bin")
	}
	w := p.writer(name)
	w.sep = Cell
	s := &binarySheet{sheetReader{writer: w, shared: shared, styles: styles}}
	if err := p.eachRecord(f, s.record); err != nil {
		return err
	}
	return w.turn(0)
}

type binarySheet struct{ sheetReader }

func (s *binarySheet) record(id int, b []byte) error {
	switch id {
	case binRow:
		err := s.endRow()
		s.col = 0
		return err
	case binPageText:
		return s.pageTexts(b)
	case binRK, binReal, binText, binShared, binResultText, binResultReal, binRich:
		if len(b) >= binCellHead {
			s.seekColumn(int(min(binary.LittleEndian.Uint32(b), 1<<15)) + 1)
			s.style = int(binary.LittleEndian.Uint32(b[4:]) & 0xFFFFFF) // the rest are flags
			s.cell(id, b[binCellHead:])
		}
	}
	return nil
}

func (s *binarySheet) endRow() error {
	if len(s.buf) == 0 || s.buf[len(s.buf)-1] == '\n' {
		return nil
	}
	return s.endLine()
}

func (s *binarySheet) cell(id int, value []byte) {
	switch {
	case id == binText || id == binResultText:
		s.cellText([]byte(wideText(value)))
	case id == binRich && len(value) > 0:
		s.cellText([]byte(wideText(value[1:])))
	case id == binShared && len(value) >= 4:
		s.cellText(s.shared.at(int(binary.LittleEndian.Uint32(value))))
	case id == binRK && len(value) >= 4:
		s.buf = s.styles.number(s.buf, rkNumber(binary.LittleEndian.Uint32(value)), s.style)
	case (id == binReal || id == binResultReal) && len(value) >= 8:
		s.buf = s.styles.number(s.buf, math.Float64frombits(binary.LittleEndian.Uint64(value)), s.style)
	}
}

// pageTexts tells headers and footers.
func (s *binarySheet) pageTexts(b []byte) error {
	if err := s.endRow(); err != nil || len(b) < 2 {
		return err
	}
	b = b[2:]
	for range binPageTexts {
		var text string
		if text, b = cutWide(b); text == "" {
			continue
		}
		s.cellText([]byte(text))
		if err := s.endLine(); err != nil {
			return err
		}
	}
	return nil
}

// binaryTexts tells comments, names of ranges, and what pivot tables keep.
func (p *pack) binaryTexts() error {
	w := p.writer("comments")
	err := p.eachBinary(func(id int, b []byte) error {
		switch {
		case id == binComment && len(b) > 0:
			b = b[1:]
		case id == binName && len(b) > 9:
			b = b[9:]
		case id != binAuthor && id != binPivotText:
			return nil
		}
		w.cellText([]byte(wideText(b)))
		return w.endLine()
	}, "xl/comments*.bin", "xl/workbook.bin", "xl/pivotCache/*.bin")
	if err != nil {
		return err
	}
	return w.turn(0)
}

// otherBooks tells what is kept of the cells of other workbooks.
func (p *pack) otherBooks(styles *cellStyles) error {
	w := p.writer("other workbooks")
	err := p.eachBinary(func(id int, b []byte) error {
		switch {
		case id == binOtherText && len(b) > 4:
			w.cellText([]byte(wideText(b[4:])))
		case id == binOtherReal && len(b) >= 12:
			w.buf = styles.number(w.buf, math.Float64frombits(binary.LittleEndian.Uint64(b[4:])), 0)
		default:
			return nil
		}
		return w.endLine()
	}, "xl/externalLinks/*.bin")
	if err != nil {
		return err
	}
	return w.turn(0)
}
