package extract

import (
	"bytes"
	"io"
)

// readMarkup reads XML of any kind: every text and every attribute on a line of
// its own behind the name of its element or attribute, so that a name stands
// beside what it names.
func (it *item) readMarkup() error {
	r, err := it.plainText()
	if err != nil {
		return err
	}
	u := &decoded{lines: lines{r: r}}
	m := &markup{writer: it.writer("")}
	x := newXML(u)
	for err == nil {
		var tok token
		if tok, err = x.next(); err == nil {
			err = m.token(&tok)
		}
	}
	switch err {
	case io.EOF:
		err = nil
	case errXML, io.ErrUnexpectedEOF:
		err = partly(ReasonDamaged)
	}
	if told := m.turn(0); told != nil {
		return told
	}
	if err == nil && u.decoder.Lost {
		return partly(ReasonCharset)
	}
	return err
}

// markup follows the tags of XML.
type markup struct {
	*writer
	name []byte // of the element opened last, while its text is read
}

func (m *markup) token(t *token) error {
	switch t.kind {
	case openTag:
		m.name = append(m.name[:0], t.name...)
		return m.attributes(t)
	case closeTag:
		m.name = m.name[:0]
		return m.endText()
	}
	return m.text(t.text)
}

func (m *markup) text(text []byte) error {
	if len(m.buf) == 0 || m.buf[len(m.buf)-1] == '\n' {
		if text = bytes.TrimLeft(text, " \t\r\n"); len(text) == 0 {
			return nil
		}
		if len(m.name) > 0 {
			m.cellText(m.name)
			m.buf = append(m.buf, ": "...)
		}
	}
	m.cellText(text)
	return nil
}

func (m *markup) endText() error {
	if n := len(m.buf); n == 0 || m.buf[n-1] == '\n' {
		return nil
	}
	return m.endLine()
}

func (m *markup) attributes(t *token) error {
	if err := m.endText(); err != nil {
		return err
	}
	for rest := t.attrs; ; {
		name, value, after, ok := nextAttr(rest)
		if !ok {
			return nil
		}
		m.cellText(name)
		m.buf = append(m.buf, ": "...)
		m.cellText(unescape(nil, value))
		if err := m.endLine(); err != nil {
			return err
		}
		rest = after
	}
}
