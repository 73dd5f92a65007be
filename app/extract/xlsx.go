package extract

import (
	"path"
	"strconv"
	"strings"
)

// readXLSX reads a workbook: every sheet, hidden ones too, with text and
// numbers as stored, dates, headers and footers, comments, drawings, defined names,
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
	styles, err := p.cellStyles()
	if err != nil {
		return err
	}
	for i, f := range p.parts("xl/worksheets/*.xml", "xl/macrosheets/*.xml", "xl/chartsheets/*.xml", "xl/dialogsheets/*.xml") {
		if i >= p.limits.Entries {
			return partly(ReasonTooMany)
		}
		name := names[f.Name]
		if name == "" {
			name = strings.TrimSuffix(path.Base(f.Name), ".xml")
		}
		if err := p.sheet(f, name, shared, styles); err != nil {
			return err
		}
	}
	return shared.outcome(p.aroundSheets())
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
	if err := p.behindSheets(); err != nil {
		return err
	}
	if err := p.links("xl/worksheets/_rels/*.rels", "xl/externalLinks/_rels/*.rels"); err != nil {
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

// behindSheets reads what a workbook keeps and shows nowhere: sources of pivot
// tables, values of other workbooks, changes of a shared one, connections.
func (p *pack) behindSheets() error {
	if err := p.pivots(); err != nil {
		return err
	}
	if err := p.plainParts("other workbooks", "xl/externalLinks/externalLink*.xml"); err != nil {
		return err
	}
	if err := p.plainParts("changes", "xl/revisions/*.xml", "xl/richData/*.xml", "xl/drawings/vmlDrawing*.vml"); err != nil {
		return err
	}
	if err := p.valuesOf("people", []string{"displayName", "userName", "name"}, "xl/persons/*.xml", "xl/revisions/userNames.xml"); err != nil {
		return err
	}
	if err := p.valuesOf("connections", []string{"connection", "command", "name", "description", "sourceFile"}, "xl/connections.xml"); err != nil {
		return err
	}
	return p.customXML()
}

// sheetNames maps the parts to the names on the tabs.
func (p *pack) sheetNames() (map[string]string, error) {
	byID := map[string]string{}
	err := p.each("xl/workbook.xml", func(t *token) error {
		if t.kind == openTag && t.is("sheet") {
			byID[string(t.attr("id"))] = t.textAttr("name")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p.namedParts("xl/_rels/workbook.xml.rels", byID)
}

// cellStyles reads which numbers of cells are dates, and what they count from.
func (p *pack) cellStyles() (*cellStyles, error) {
	s, inside := &cellStyles{}, false
	err := p.each("xl/workbook.xml", func(t *token) error {
		if t.is("workbookPr") {
			s.from1904 = isTrue(t.attr("date1904"))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, p.each("xl/styles.xml", func(t *token) error {
		switch {
		case t.is("cellXfs"):
			inside = t.kind == openTag && !t.empty
		case t.kind != openTag:
		case t.is("numFmt"):
			if id, err := strconv.Atoi(string(t.attr("numFmtId"))); err == nil {
				s.define(id, t.textAttr("formatCode"))
			}
		case inside && t.is("xf"):
			id, err := strconv.Atoi(string(t.attr("numFmtId")))
			if err != nil {
				id = 0 // the general one
			}
			s.add(id)
		}
		return nil
	})
}

// isTrue reads a boolean of XML Schema.
func isTrue(v []byte) bool { return string(v) == "1" || string(v) == "true" }

// namedParts resolves the ids of relationships to parts.
func (p *pack) namedParts(rels string, byID map[string]string) (map[string]string, error) {
	names := map[string]string{}
	err := p.each(rels, func(t *token) error {
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
