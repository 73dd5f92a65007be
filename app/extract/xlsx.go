package extract

import (
	"archive/zip"
	"path"
	"strconv"
	"strings"
)

// readXLSX reads a workbook: every sheet, hidden ones too, with text and
// numbers as stored, headers and footers, comments, drawings, defined names,
// properties and embedded files. Formulas are left out; their results are in
// the cells.
func (p *pack) readXLSX() error {
	shared, err := p.sharedStrings()
	if err != nil {
		return err
	}
	names, err := p.sheetNames()
	if err != nil {
		return err
	}
	for _, f := range p.parts("xl/worksheets/*.xml", "xl/macrosheets/*.xml") {
		name := names[f.Name]
		if name == "" {
			name = strings.TrimSuffix(path.Base(f.Name), ".xml")
		}
		if err := p.sheet(f, name, shared); err != nil {
			return err
		}
	}
	return p.aroundSheets()
}

func (p *pack) aroundSheets() error {
	if err := p.plainParts("comments", "xl/comments*.xml", "xl/threadedComments/*.xml", "xl/persons/*.xml"); err != nil {
		return err
	}
	for _, f := range p.parts("xl/drawings/drawing*.xml", "xl/charts/chart*.xml", "xl/diagrams/data*.xml") {
		if err := p.wordPart(f); err != nil {
			return err
		}
	}
	if err := p.plainParts("workbook", "xl/workbook.xml"); err != nil {
		return err
	}
	if err := p.links("xl/worksheets/_rels/*.rels"); err != nil {
		return err
	}
	text := p.text
	if err := p.properties(); err != nil {
		return err
	}
	if err := p.embedded("xl"); err != nil {
		return err
	}
	if p.text = text; p.picturesOnly("xl") {
		return partly(ReasonPictures)
	}
	return nil
}

// strings_ holds the shared strings end to end.
type sharedStrings struct {
	text []byte
	ends []int
}

func (s *sharedStrings) at(i int) []byte {
	if i < 0 || i >= len(s.ends) {
		return nil
	}
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.text[from:s.ends[i]]
}

// sharedStrings reads the table of texts. Furigana (rPh) would be glued to the
// text it reads aloud and is left out.
func (p *pack) sharedStrings() (*sharedStrings, error) {
	s := &sharedStrings{}
	for _, f := range p.parts("xl/sharedStrings.xml") {
		wanted, aloud := false, false
		err := p.eachTag(f, func(t *token) error {
			switch {
			case t.kind == textToken:
				if wanted && !aloud {
					s.text = append(s.text, t.text...)
				}
			case t.is("t"):
				wanted = t.kind == openTag && !t.empty
			case t.is("rPh"):
				aloud = t.kind == openTag && !t.empty
			case t.is("si") && (t.kind == closeTag || t.empty):
				s.ends = append(s.ends, len(s.text))
			}
			if int64(len(s.text)+8*len(s.ends)) > p.limits.Buffer {
				return partly(ReasonTooMuchText)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// sheetNames maps the parts to the names on the tabs.
func (p *pack) sheetNames() (map[string]string, error) {
	byID, names := map[string]string{}, map[string]string{}
	err := p.each("xl/workbook.xml", func(t *token) error {
		if t.kind == openTag && t.is("sheet") {
			byID[string(t.attr("id"))] = t.textAttr("name")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = p.each("xl/_rels/workbook.xml.rels", func(t *token) error {
		if name := byID[string(t.attr("Id"))]; t.is("Relationship") && name != "" {
			names[partName("xl", t.textAttr("Target"))] = name
		}
		return nil
	})
	return names, err
}

func partName(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(target, "/")
	}
	return path.Join(dir, target)
}

func (p *pack) each(pattern string, do func(*token) error) error {
	for _, f := range p.parts(pattern) {
		if err := p.eachTag(f, do); err != nil {
			return err
		}
	}
	return nil
}

// sheet tells one worksheet as rows of cells.
func (p *pack) sheet(f *zip.File, name string, shared *sharedStrings) error {
	w := p.writer(name)
	w.sep = Cell
	s := &sheetReader{writer: w, shared: shared}
	if err := p.eachTag(f, s.token); err != nil {
		return err
	}
	return w.turn(0)
}

type sheetReader struct {
	*writer
	shared *sharedStrings
	col    int    // cells of the row told so far
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
		s.kind, s.value = string(t.attr("t")), s.value[:0]
	case "v":
		s.inside = cellValue
	case "t":
		s.inside = inlineText
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		s.inside = pageText
	}
}

func (s *sheetReader) characters(t *token) error {
	switch s.inside {
	case cellValue, inlineText:
		s.value = append(s.value, t.text...)
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
	case "row", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
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

func (s *sheetReader) endCell() {
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(string(s.value))
		if err == nil {
			s.cellText(s.shared.at(i))
		}
	case "", "n":
		s.buf = append(s.buf, plainNumber(s.value)...)
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
