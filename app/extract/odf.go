package extract

import "strconv"

// readODF reads an OpenDocument text, sheet or presentation: content, styles
// (which hold headers and footers) and properties.
func (p *pack) readODF() error {
	locked := false
	err := p.each("META-INF/manifest.xml", func(t *token) error {
		locked = locked || t.is("encryption-data")
		return nil
	})
	if err != nil {
		return err
	}
	if locked {
		p.told.Protection = ProtectPassword
		return unreadable(ReasonPassword)
	}
	for _, f := range p.parts("content.xml", "styles.xml", "Object*/content.xml") {
		w := &odfFlow{flow: flow{writer: p.writer(f.Name)}}
		if err := p.eachTag(f, w.token); err != nil {
			return err
		}
		if err := w.turn(0); err != nil {
			return err
		}
	}
	envelope := p.picturesOnly("Pictures/*")
	if err := p.plainParts("properties", "meta.xml"); err != nil {
		return err
	}
	for _, f := range p.parts("Object *", "Versions/*") { // of other programs, documents have folders; what was saved before
		if err := p.readEntry(f); err != nil {
			return err
		}
	}
	if envelope {
		return partly(ReasonPictures)
	}
	return nil
}

// odfFlow follows the markup of OpenDocument by the names it shares with no
// other: paragraphs p and h, table, table-row, table-cell.
type odfFlow struct {
	flow
	body   bool // inside a paragraph
	number bool // inside a cell whose number was told as stored, not as shown
}

func (w *odfFlow) token(t *token) error {
	switch {
	case t.kind == textToken:
		if w.body && !w.number {
			w.cellText(t.text)
		}
		return nil
	case t.empty:
		return w.spot(t)
	case t.kind == openTag:
		return w.open(t)
	}
	return w.close(t)
}

func (w *odfFlow) spot(t *token) error {
	switch string(t.name) {
	case "s", "tab", "line-break":
		w.buf = append(w.buf, ' ')
	case "table-cell", "covered-table-cell":
		w.emptyCells(t)
	default:
		w.kept(t)
	}
	return nil
}

// kept tells what a form or a variable holds, between spaces.
func (w *odfFlow) kept(t *token) {
	for _, name := range []string{"string-value", "current-value", "label", "description"} {
		if value := t.attr(name); len(value) > 0 {
			w.cellText(unescape([]byte{' '}, value))
			w.buf = append(w.buf, ' ')
		}
	}
}

// emptyCells keeps columns in line where one tag stands for many cells.
func (w *odfFlow) emptyCells(t *token) {
	n, err := strconv.Atoi(string(t.attr("number-columns-repeated")))
	if err != nil || n < 1 {
		n = 1
	}
	for range min(n, maxGap) {
		w.buf = append(w.buf, Cell)
	}
}

func (w *odfFlow) open(t *token) error {
	switch string(t.name) {
	case "p", "h", "title", "desc", "creator": // the last three of pictures and comments
		w.body = true
	case "table":
		if w.tables++; w.tables == 1 {
			return w.turn(Cell)
		}
	case "table-cell":
		if string(t.attr("value-type")) == "float" {
			w.buf, w.number = append(w.buf, plainNumber(t.attr("value"))...), true
		}
	case "a":
		w.buf = append(unescape(w.buf, t.attr("href")), ' ')
	default:
		w.kept(t)
	}
	return nil
}

func (w *odfFlow) close(t *token) error {
	switch string(t.name) {
	case "p", "h", "title", "desc", "creator":
		w.body = false
		return w.endParagraph()
	case "table-cell":
		if w.number = false; w.tables == 1 {
			w.buf = append(w.buf, Cell)
		}
	case "table-row":
		if w.tables == 1 {
			return w.endLine()
		}
	case "table":
		if w.tables = max(0, w.tables-1); w.tables == 0 {
			return w.turn(0)
		}
	}
	return nil
}
