package extract

import (
	"archive/zip"
	"strconv"
)

// sheet tells one worksheet as rows of cells.
func (p *pack) sheet(f *zip.File, name string, shared *sharedStrings, styles *cellStyles) error {
	w := p.writer(name)
	w.sep = Cell
	s := &sheetReader{writer: w, shared: shared, styles: styles}
	if err := p.eachTag(f, s.token); err != nil {
		return err
	}
	return w.turn(0)
}

type sheetReader struct {
	*writer
	shared *sharedStrings
	styles *cellStyles
	col    int    // cells of the row told so far
	style  int    // of the cell
	kind   string // of the cell: "s", "str", "inlineStr", "b", "e", "n" or ""
	value  []byte
	inside wanted
}

// wanted says whose text is being read.
type wanted byte

const (
	nothing wanted = iota
	cellValue
	inlineText
	pageText
)

func (s *sheetReader) token(t *token) error {
	switch {
	case t.kind == textToken:
		return s.characters(t)
	case t.kind == openTag && t.is("dataValidation"): // what a cell asks for, and its list of choices
		if err := s.attributes(t, []string{"promptTitle", "prompt", "errorTitle", "error"}); err != nil || t.empty {
			return err
		}
		s.open(t)
		return nil
	case t.kind == openTag && !t.empty:
		s.open(t)
		return nil
	case t.kind == openTag && t.is("c"):
		s.seek(t)
		return nil
	case t.kind == closeTag:
		return s.close(t)
	}
	return nil
}

func (s *sheetReader) open(t *token) {
	switch string(t.name) {
	case "row":
		s.col = 0
	case "c":
		s.seek(t)
		s.kind, s.style, s.value = string(t.attr("t")), styleOf(t.attr("s")), s.value[:0]
	case "v":
		s.inside = cellValue
	case "t":
		s.inside = inlineText
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "formula1", "formula2":
		s.inside = pageText
	}
}

func (s *sheetReader) characters(t *token) error {
	switch s.inside {
	case cellValue, inlineText:
		s.value = append(s.value, t.text[:min(len(t.text), maxLine-len(s.value))]...)
	case pageText:
		s.cellText(t.text)
	}
	return nil
}

func (s *sheetReader) close(t *token) error {
	switch string(t.name) {
	case "v", "t":
		s.inside = nothing
	case "c":
		s.endCell()
	case "row", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter", "formula1", "formula2":
		s.inside = nothing
		return s.endLine()
	}
	return nil
}

// maxGap is how many empty cells are told at most: columns farther apart are
// drawn together, so that an empty sheet cannot fill memory.
const maxGap = 512

// seek moves to the column of the cell's reference.
func (s *sheetReader) seek(t *token) {
	col := columnOf(t.attr("r"))
	if col < 0 {
		col = s.col + 1
	}
	s.seekColumn(col)
}

// seekColumn moves to a column, from 1.
func (s *sheetReader) seekColumn(col int) {
	for gap := 0; s.col < col && gap < maxGap; gap++ {
		if s.col > 0 {
			s.buf = append(s.buf, Cell)
		}
		s.col++
	}
	s.col = max(s.col, col)
}

// columnOf reads the letters of a reference such as AB12, A being 1; -1 when
// there are none.
func columnOf(ref []byte) int {
	col := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' || col > 1<<15 {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if col == 0 {
		return -1
	}
	return col
}

// styleOf reads the number of a cell's style, 0 when it has none.
func styleOf(v []byte) int {
	n, err := strconv.Atoi(string(v))
	if err != nil {
		return 0
	}
	return n
}

func (s *sheetReader) endCell() {
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(string(s.value))
		if err == nil {
			s.cellText(s.shared.at(i))
		}
	case "", "n":
		s.buf = s.styles.digits(s.buf, s.value, s.style)
	case "b", "e":
	default:
		s.cellText(s.value)
	}
}

// plainNumber writes whole numbers without exponent or fraction: 1.23E11 is
// how some programs store an individual number.
func plainNumber(v []byte) []byte {
	simple := true
	for _, c := range v {
		simple = simple && c-'0' <= 9
	}
	if simple {
		return v
	}
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil || f != float64(int64(f)) || f > 1e15 || f < -1e15 {
		return v
	}
	return strconv.AppendInt(nil, int64(f), 10)
}
