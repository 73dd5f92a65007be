package extract

import (
	"bytes"
	"io"
)

// readSQL reads a dump of a database: the rows of INSERT and COPY become rows
// of cells under the names of their columns, all else stays lines of text.
func (it *item) readSQL() error {
	r, err := it.plainText()
	if err != nil {
		return err
	}
	u := &decoded{lines: lines{r: r}}
	d := &dump{writer: it.writer("")}
	if err := d.run(&lines{r: u}); err != nil {
		return err
	}
	if u.decoder.Lost {
		return partly(ReasonCharset)
	}
	return nil
}

// dump follows the lines of a dump.
type dump struct {
	*writer
	copying bool   // inside the rows of COPY
	columns []byte // of the table at hand, as they were told last
	rows    sqlRows
}

func (d *dump) run(l *lines) error {
	for {
		chunk, err := l.next()
		if err != nil && err != io.EOF {
			return err
		}
		for len(chunk) > 0 {
			var line []byte
			line, chunk = cutLine(chunk)
			if told := d.line(line); told != nil {
				return told
			}
		}
		if err == io.EOF {
			return d.turn(0)
		}
	}
}

// cutLine cuts off a line with its end.
func cutLine(b []byte) (line, rest []byte) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1], b[i+1:]
	}
	return b, nil
}

func (d *dump) line(line []byte) error {
	text := bytes.TrimRight(line, "\r\n")
	switch {
	case d.rows.open:
		return d.values(line)
	case d.copying:
		return d.copied(text)
	case hasPrefixFold(text, "insert into"):
		return d.insert(line)
	case hasPrefixFold(text, "copy ") && bytes.HasSuffix(bytes.TrimRight(text, " "), []byte("stdin;")):
		d.copying = true
		return d.header(text)
	}
	if err := d.prose(); err != nil {
		return err
	}
	d.buf = append(d.buf, text...)
	return d.endLine()
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix))
}

// prose goes back to lines of text.
func (d *dump) prose() error {
	d.columns = d.columns[:0]
	if d.sep == 0 {
		return nil
	}
	return d.turn(0)
}

// header begins a table under the columns in the first brackets of a line; rows
// of the same table that follow go on with it.
func (d *dump) header(line []byte) error {
	head := line
	if at := bytes.Index(bytes.ToUpper(line), []byte("VALUES")); at >= 0 {
		head = line[:at]
	}
	if d.sep == Cell && bytes.Equal(head, d.columns) {
		return nil
	}
	if err := d.turn(Cell); err != nil {
		return err
	}
	d.columns = append(d.columns[:0], head...)
	names := columnNames(string(head))
	for i, name := range names {
		if i > 0 {
			d.buf = append(d.buf, Cell)
		}
		d.cellText([]byte(name))
	}
	if len(names) == 0 {
		return nil
	}
	return d.endLine()
}

// insert begins INSERT INTO t (a, b) VALUES (1, '2'), …;
func (d *dump) insert(line []byte) error {
	if err := d.header(line); err != nil {
		return err
	}
	d.rows = sqlRows{open: true}
	if at := bytes.Index(bytes.ToUpper(line), []byte("VALUES")); at >= 0 {
		d.rows.values = true
		return d.values(line[at+len("VALUES"):])
	}
	return nil
}

// copied tells a row of COPY: cells with tabs between them; \. ends the rows.
func (d *dump) copied(line []byte) error {
	if string(line) == `\.` {
		d.copying = false
		return nil
	}
	for i, cell := range bytes.Split(line, []byte{'\t'}) {
		if i > 0 {
			d.buf = append(d.buf, Cell)
		}
		if string(cell) != `\N` {
			d.cellText(cell)
		}
	}
	return d.endLine()
}

// sqlRows is where the reader of VALUES stands.
type sqlRows struct {
	open   bool // the statement has not ended
	values bool // VALUES was met
	depth  int  // brackets
	quoted bool
	escape bool
}

// values reads (1, 'it”s'), (2, 'b'); character by character, over lines.
func (d *dump) values(b []byte) error {
	d.bound()
	r := &d.rows
	if !r.values {
		at := bytes.Index(bytes.ToUpper(b), []byte("VALUES"))
		if at < 0 {
			return nil
		}
		r.values, b = true, b[at+len("VALUES"):]
	}
	for _, c := range b {
		if r.quoted {
			d.quoted(c)
			continue
		}
		if err := d.unquoted(c); err != nil || !r.open {
			return err
		}
	}
	return nil
}

// quoted takes a character of a text. A doubled quote ends the text and begins
// it again, which joins to the same.
func (d *dump) quoted(c byte) {
	r := &d.rows
	switch {
	case r.escape:
		r.escape = false
		if c == 'n' || c == 'r' || c == 't' {
			c = ' '
		}
		d.cellText([]byte{c})
	case c == '\\':
		r.escape = true
	case c == '\'':
		r.quoted = false
	default:
		d.cellText([]byte{c})
	}
}

func (d *dump) unquoted(c byte) error {
	r := &d.rows
	switch {
	case c == '\'':
		r.quoted = true
	case c == '(':
		r.depth++
	case c == ')':
		if r.depth--; r.depth == 0 {
			return d.endLine()
		}
	case c == ',' && r.depth == 1:
		d.buf = append(d.buf, Cell)
	case c == ';' && r.depth <= 0:
		r.open = false
	case r.depth > 0 && c > ' ':
		d.buf = append(d.buf, c)
	}
	return nil
}
