package extract

import (
	"archive/zip"
	"path"
	"strings"
)

// readDOCX reads a WordprocessingML document: body, headers, footers, notes,
// comments, text boxes, deleted text, properties and embedded files.
func (p *pack) readDOCX() error {
	for _, f := range p.parts("word/document*.xml", "word/header*.xml", "word/footer*.xml",
		"word/footnotes.xml", "word/endnotes.xml", "word/comments*.xml", "word/glossary/document.xml",
		"word/charts/chart*.xml", "word/diagrams/data*.xml") {
		if err := p.wordPart(f); err != nil {
			return err
		}
	}
	if err := p.links("word/_rels/*.rels"); err != nil {
		return err
	}
	if err := p.aroundWords(); err != nil {
		return err
	}
	text := p.text
	if err := p.properties(); err != nil {
		return err
	}
	if err := p.embedded("word"); err != nil {
		return err
	}
	if p.text = text; p.picturesOnly("word/media/*") {
		return partly(ReasonPictures)
	}
	return nil
}

// aroundWords reads what is in a document and not on its pages: who wrote in it,
// its variables, the source of a mail merge, custom XML, and what it takes in whole.
func (p *pack) aroundWords() error {
	if err := p.valuesOf("people", []string{"author"}, "word/people.xml", "word/comments.xml"); err != nil {
		return err
	}
	if err := p.settings(); err != nil {
		return err
	}
	if err := p.customXML(); err != nil {
		return err
	}
	for _, f := range p.parts("word/afchunk*", "word/afChunk*") {
		if err := p.readEntry(f); err != nil {
			return err
		}
	}
	return nil
}

func (p *pack) settings() error {
	w := p.writer("settings")
	err := p.each("word/settings.xml", func(t *token) error {
		if t.is("docVar") || t.is("query") || t.is("connectString") {
			return w.attributes(t, []string{"val"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.turn(0)
}

// wordPart turns paragraphs into lines and tables into rows of cells. Tables
// inside cells are read as text of their cell.
func (p *pack) wordPart(f *zip.File) error {
	w := &flow{writer: p.writer(strings.TrimSuffix(path.Base(f.Name), ".xml"))}
	if err := p.eachTag(f, w.token); err != nil {
		return err
	}
	return w.turn(0)
}

// flow follows the markup of flowing text: of Word, of slides, of drawings.
type flow struct {
	*writer
	tables int // depth
	wanted int // inside an element whose text counts
}

func (w *flow) token(t *token) error {
	switch t.kind {
	case textToken:
		if w.wanted > 0 {
			w.cellText(t.text)
		}
		return nil
	case openTag:
		if err := w.open(t); err != nil || !t.empty {
			return err
		}
		return w.close(t)
	}
	return w.close(t)
}

func (w *flow) open(t *token) error {
	switch string(t.name) {
	case "t", "delText", "instrText", "v":
		w.wanted++
	case "tbl":
		if w.tables++; w.tables == 1 {
			return w.turn(Cell)
		}
	case "tab", "br", "cr", "noBreakHyphen":
		w.buf = append(w.buf, breakFor(t))
	case "docPr", "cNvPr", "listItem", "listEntry":
		return w.asides(t)
	}
	return nil
}

// asides tells what stands in attributes, between spaces: it may be in the middle
// of a line.
func (w *flow) asides(t *token) error {
	for _, name := range altText(t) {
		if value := t.attr(name); len(value) > 0 {
			w.cellText(unescape([]byte{' '}, value))
			w.buf = append(w.buf, ' ')
		}
	}
	return nil
}

func breakFor(t *token) byte {
	if t.is("noBreakHyphen") {
		return '-'
	}
	return ' '
}

func (w *flow) close(t *token) error {
	switch string(t.name) {
	case "t", "delText", "instrText", "v":
		w.wanted = max(0, w.wanted-1)
	case "p":
		return w.endParagraph()
	case "tc":
		if w.tables == 1 {
			w.buf = append(w.buf, Cell)
		}
	case "tr":
		if w.tables == 1 {
			return w.endLine()
		}
	case "tbl":
		if w.tables = max(0, w.tables-1); w.tables == 0 {
			return w.turn(0)
		}
	}
	return nil
}

func (w *flow) endParagraph() error {
	if w.tables > 0 {
		w.buf = append(w.buf, ' ')
		return nil
	}
	return w.endLine()
}
