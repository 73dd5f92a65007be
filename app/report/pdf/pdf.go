// Package pdf writes the page model of package report as PDF in the house style
// of Japanese city offices: A4 or A3, a binding margin, ruled tables with
// repeated heads, 承認欄, page numbers, and one embedded Japanese font.
//
// Every character of the font up to U+FFFF comes out as text that can be searched
// and copied. What the font has not, what lies above U+FFFF and what is a control
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

// Press writes documents with one family of fonts. It is safe for use by several
// goroutines at once.
type Press struct{ regular, bold *face }

// New returns a press for a TrueType font and its bold face. A document shows a
// character if both have it. It keeps the bytes; the caller must not change them.
func New(regular, bold []byte) (*Press, error) {
	r, err := newFace("regular", regular)
	if err != nil {
		return nil, err
	}
	b, err := newFace("bold", bold)
	if err != nil {
		return nil, err
	}
	if !r.has(report.Geta) || !b.has(report.Geta) {
		return nil, errors.New("pdf: the font has no 〓 to stand for missing characters")
	}
	return &Press{regular: r, bold: b}, nil
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

// shows reports whether r can be printed as itself.
func (p *Press) shows(r rune) bool { return p.regular.has(r) && p.bold.has(r) }
