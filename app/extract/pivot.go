package extract

import (
	"archive/zip"
	"slices"
	"strconv"
	"strings"
)

// pivots tells what pivot tables keep of their source: the rows stay in the file
// when the sheet they came from is deleted.
func (p *pack) pivots() error {
	for _, f := range p.parts("xl/pivotCache/pivotCacheDefinition*.xml") {
		c := &pivotCache{it: p.item}
		if err := p.eachTag(f, c.define); err != nil {
			return err
		}
		name := strings.Replace(f.Name, "Definition", "Records", 1)
		if err := p.pivotRows(c, p.parts(name)); err != nil {
			return err
		}
	}
	return nil
}

// pivotCache is the fields of a pivot table's source. Their values stand there
// once, and in the rows by number.
type pivotCache struct {
	it     *item
	fields []pivotField
	shared bool // inside a field's values
	held   int64
}

type pivotField struct {
	name  string
	items []pivotItem
}

type pivotItem struct {
	text  string
	named bool // by a row
}

func (c *pivotCache) define(t *token) error {
	switch {
	case t.is("cacheField") && t.kind == openTag:
		c.fields = append(c.fields, pivotField{name: t.textAttr("name")})
	case t.is("sharedItems"):
		c.shared = t.kind == openTag && !t.empty
	case c.shared && t.kind == openTag && len(c.fields) > 0:
		f := &c.fields[len(c.fields)-1]
		text := t.textAttr("v")
		f.items = append(f.items, pivotItem{text: text})
		c.held += int64(len(text) + 24)
	}
	if c.held > c.it.limits.Buffer {
		return partly(ReasonTooMuchText)
	}
	return nil
}

// pivotRows tells the rows, and the values of each field that no row names: all of
// them when the rows were not saved, else those of rows that were deleted.
func (p *pack) pivotRows(c *pivotCache, records []*zip.File) error {
	w := p.writer("pivot cache")
	w.sep = Cell
	for _, f := range c.fields {
		w.cellText([]byte(f.name))
		w.buf = append(w.buf, Cell)
	}
	if err := w.endLine(); err != nil {
		return err
	}
	for _, f := range records {
		r := &pivotRow{writer: w, c: c}
		if err := p.eachTag(f, r.token); err != nil {
			return err
		}
	}
	if err := c.rest(w); err != nil {
		return err
	}
	return w.turn(0)
}

// rest tells the values that no row has named, each below its field.
func (c *pivotCache) rest(w *writer) error {
	longest := 0
	for i := range c.fields {
		f := &c.fields[i]
		f.items = slices.DeleteFunc(f.items, func(v pivotItem) bool { return v.named })
		longest = max(longest, len(f.items))
	}
	for i := range longest {
		for _, f := range c.fields {
			if i < len(f.items) {
				w.cellText([]byte(f.items[i].text))
			}
			w.buf = append(w.buf, Cell)
		}
		if err := w.endLine(); err != nil {
			return err
		}
	}
	return nil
}

// pivotRow follows the rows: a value for each field, or the number of one.
type pivotRow struct {
	*writer
	c     *pivotCache
	field int
}

func (r *pivotRow) token(t *token) error {
	switch {
	case t.kind == textToken, t.kind == closeTag && !t.is("r"), t.is("pivotCacheRecords"), t.is("tpls"):
		return nil
	case t.is("r"):
		r.field = 0
		if t.kind == closeTag {
			return r.endLine()
		}
		return nil
	}
	r.cellText(r.value(t))
	r.buf = append(r.buf, Cell)
	r.field++
	return nil
}

func (r *pivotRow) value(t *token) []byte {
	if !t.is("x") {
		return unescape(nil, t.attr("v"))
	}
	n, err := strconv.Atoi(string(t.attr("v")))
	if err != nil || r.field >= len(r.c.fields) {
		return nil
	}
	if items := r.c.fields[r.field].items; n >= 0 && n < len(items) {
		items[n].named = true
		return []byte(items[n].text)
	}
	return nil
}
