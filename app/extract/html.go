package extract

import (
	"io"

	"daicho/app/extract/charset"
)

// readHTML reads a page without its tags, scripts and styles. Cells of tables
// become cells, blocks become lines.
func (it *item) readHTML() error {
	r, err := it.plainText()
	if err != nil {
		return err
	}
	u := &decoded{lines: lines{r: r}}
	x := newXML(u)
	w := &page{writer: it.writer(""), x: x}
	for err == nil {
		var tok token
		if tok, err = x.next(); err == nil {
			err = w.token(&tok)
		}
	}
	if err != io.EOF && err != io.ErrUnexpectedEOF { // pages end where they like
		return err
	}
	if err := w.turn(0); err != nil {
		return err
	}
	if u.decoder.Lost {
		return partly(ReasonCharset)
	}
	return nil
}

// decoded is a stream of text in any charset as UTF-8.
type decoded struct {
	lines   lines
	decoder charset.Decoder
	out     []byte
	i       int
	err     error
}

func (d *decoded) Read(b []byte) (int, error) {
	for d.i >= len(d.out) {
		if d.err != nil {
			return 0, d.err
		}
		var chunk []byte
		chunk, d.err = d.lines.next()
		d.out, d.i = d.decoder.Decode(d.out[:0], chunk), 0
	}
	n := copy(b, d.out[d.i:])
	d.i += n
	return n, nil
}

// page follows the tags of HTML.
type page struct {
	*writer
	x      *xmlReader
	tables int
}

func (w *page) token(t *token) error {
	name := lowerName(t.name)
	switch {
	case t.kind == textToken:
		w.cellText(t.text)
		return nil
	case t.kind == openTag:
		return w.open(name, t)
	}
	return w.close(name)
}

func lowerName(name []byte) string {
	if len(name) > 16 {
		return ""
	}
	low := make([]byte, len(name))
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		low[i] = c
	}
	return string(low)
}

func (w *page) open(name string, t *token) error {
	switch name {
	case "script", "style":
		if !t.empty {
			return w.x.skipRaw(name)
		}
	case "table":
		if w.tables++; w.tables == 1 {
			return w.turn(Cell)
		}
	case "a":
		if href := t.attr("href"); len(href) > 7 && string(href[:7]) == "mailto:" {
			w.cellText(unescape([]byte{' '}, href[7:]))
			w.buf = append(w.buf, ' ')
		}
	case "input":
		w.cellText(unescape([]byte{' '}, t.attr("value")))
	case "br":
		return w.block()
	}
	return nil
}

func (w *page) close(name string) error {
	switch name {
	case "td", "th":
		if w.tables == 1 {
			w.buf = append(w.buf, Cell)
		}
	case "tr":
		if w.tables == 1 {
			return w.endLine()
		}
	case "table":
		if w.tables = max(0, w.tables-1); w.tables == 0 {
			return w.turn(0)
		}
	case "p", "div", "li", "h1", "h2", "h3", "h4", "dt", "dd", "title", "pre", "option":
		return w.block()
	}
	return nil
}

// block ends a line, or, inside a cell, leaves a space.
func (w *page) block() error {
	if w.tables > 0 {
		w.buf = append(w.buf, ' ')
		return nil
	}
	return w.endLine()
}
