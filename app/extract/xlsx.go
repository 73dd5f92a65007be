package extract

import (
	"path"
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
	for i, f := range p.parts("xl/worksheets/*.xml", "xl/macrosheets/*.xml") {
		if i >= p.limits.Entries {
			return partly(ReasonTooMany)
		}
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
	if p.text = text; p.picturesOnly("xl/media/*") {
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
