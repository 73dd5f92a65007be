// Package pdf writes the page model of package report as PDF in the house style
// of Japanese city offices: A4 or A3, a binding margin, ruled tables with
// repeated heads, 承認欄, page numbers, and embedded Japanese fonts.
//
// Every character of the fonts up to U+FFFF comes out as text that can be searched
// and copied. What a font has not, what lies above U+FFFF and what is a control
// character is printed as 〓 and listed at the end of the document. A tab is
// printed as two blanks; line feeds end a line.
//
// The writer underneath (gofpdf) drops Japanese characters where it breaks lines
// itself, panics above U+FFFF and writes into the font it is given. So lines are
// broken by package wrap, text is cleaned first, and each document gets a copy of
// the font. It writes no PDF/A and no tags for screen readers.
package pdf

import (
	"errors"
	"fmt"
	"io"

	"daicho/app/report"
)

// Press writes documents with one set of fonts. It is safe for use by several
// goroutines at once.
type Press struct{ regular, bold, mincho *face }

// New returns a press for three TrueType fonts: Gothic for forms and tables, its
// bold face for headings, and Mincho for the text of letters. A document shows a
// character if all that it is set in have it. It keeps the bytes; the caller must not
// change them.
func New(gothic, bold, mincho []byte) (*Press, error) {
	var p Press
	for _, f := range []struct {
		face **face
		name string
		data []byte
	}{{&p.regular, "regular", gothic}, {&p.bold, "bold", bold}, {&p.mincho, "mincho", mincho}} {
		made, err := newFace(f.name, f.data)
		if err != nil {
			return nil, err
		}
		if *f.face = made; !made.has(report.Geta) {
			return nil, errors.New("pdf: the font has no 〓 to stand for missing characters")
		}
	}
	return &p, nil
}

// Write writes the document and returns the characters it could not show, which
// the document lists on its last page. The same document gives the same bytes.
func (p *Press) Write(w io.Writer, doc report.Document) ([]report.Missing, error) {
	if err := doc.Check(); err != nil {
		return nil, err
	}
	l := newLayout(p, doc)
	for _, b := range doc.Blocks {
		l.block(b)
	}
	missing := l.census.Missing()
	l.listMissing(missing)
	if err := render(w, p, l); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return missing, nil
}

// faces are what a document is set in.
func (p *Press) faces(doc report.Document) []*face {
	if doc.Mincho {
		return []*face{p.regular, p.bold, p.mincho}
	}
	return []*face{p.regular, p.bold}
}
