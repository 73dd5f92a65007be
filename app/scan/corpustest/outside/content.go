package outside

import (
	"fmt"
	"strings"

	"daicho/app/scan/corpustest"
)

// tally remembers what a person would count while a content is written.
type tally struct {
	sure, perhaps map[corpustest.Kind]map[string]bool
}

func newTally() *tally {
	return &tally{map[corpustest.Kind]map[string]bool{}, map[corpustest.Kind]map[string]bool{}}
}

func note(m map[corpustest.Kind]map[string]bool, k corpustest.Kind, v string) {
	if m[k] == nil {
		m[k] = map[string]bool{}
	}
	m[k][v] = true
}

// is says that v is a value of kind k, whatever way it is written.
func (t *tally) is(k corpustest.Kind, v string) { note(t.sure, k, v) }

// maybe says that one person would count v and another would not.
func (t *tally) maybe(k corpustest.Kind, v string) { note(t.perhaps, k, v) }

func (t *tally) wants(presence corpustest.Wants) corpustest.Wants {
	w := corpustest.Wants{}
	for _, k := range corpustest.Kinds {
		if n, more := len(t.sure[k]), len(t.perhaps[k]); n+more > 0 {
			w[k] = corpustest.Range{Min: n, Max: n + more}
		}
	}
	for k, r := range presence {
		w[k] = r
	}
	return w
}

// content is what one file says, before it has a format.
type content struct {
	*tally
	source
	title    string
	parts    []part
	presence corpustest.Wants // of kinds that are there or not
	persons  int
}

// part is a paragraph or a table, somewhere in a document.
type part struct {
	text  string
	table [][]any // of string, or number where a program has made it one
	place place
}

// number is a cell that a spreadsheet keeps as a number: a leading zero is gone.
type number string

type place string

// Where a part stands, in formats that have such places.
const (
	inBody     place = ""
	inHeader   place = "header"
	inFootnote place = "footnote"
	inComment  place = "comment"
	inBox      place = "box"
	inHidden   place = "hidden" // sheet, or text
	nextSheet  place = "sheet"
)

func write(seedOf, title string) *content {
	return &content{tally: newTally(), source: seed(seedOf), title: title, presence: corpustest.Wants{}}
}

func (c *content) say(format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	c.parts = append(c.parts, part{text: text})
}

func (c *content) sayIn(where place, format string, args ...any) {
	c.say(format, args...)
	c.parts[len(c.parts)-1].place = where
}

func (c *content) add(table [][]any) { c.parts = append(c.parts, part{table: table}) }

func (c *content) addIn(where place, table [][]any) {
	c.parts = append(c.parts, part{table: table, place: where})
}

// present says that a kind is there, how often nobody counts.
func (c *content) present(kinds ...corpustest.Kind) {
	for _, k := range kinds {
		c.presence[k] = corpustest.Range{Min: 1, Max: corpustest.Any}
	}
}

// arguable says that a kind may be found or not.
func (c *content) arguable(kinds ...corpustest.Kind) {
	for _, k := range kinds {
		c.presence[k] = corpustest.Range{Min: len(c.sure[k]), Max: corpustest.Any}
	}
}

// The following note a value and give it back as it is to be written.

func (c *content) person(p *person) string {
	c.is(corpustest.PersonName, p.joined())
	return p.name()
}

// reading is a name in kana beside the name itself: the same person once more.
func (c *content) reading(p *person) string {
	c.maybe(corpustest.PersonName, p.kana())
	return p.kana()
}

func (c *content) lives(p *person, as func(home) string) string {
	c.is(corpustest.PostalAddress, p.home.full())
	c.maybe(corpustest.PostalAddress, p.home.zip)
	return as(p.home)
}

func (c *content) born(p *person, as func(date) string) string {
	c.is(corpustest.BirthDate, p.birth.eight())
	return as(p.birth)
}

func (c *content) value(k corpustest.Kind, v string) string {
	c.is(k, plain(v))
	return v
}

// column is one of a list of people.
type column struct {
	head string
	of   func(*person) any
}

func col(head string, of func(*person) string) column {
	return column{head, func(p *person) any { return of(p) }}
}

// list is a table with a row for everybody.
func list(people []*person, columns ...column) [][]any {
	var head []any
	for _, c := range columns {
		head = append(head, c.head)
	}
	table := [][]any{head}
	for _, p := range people {
		var row []any
		for _, c := range columns {
			row = append(row, c.of(p))
		}
		table = append(table, row)
	}
	return table
}

// Columns that many lists have.

func (c *content) nameCol(head string) column { return col(head, c.person) }
func (c *content) kanaCol(head string) column { return col(head, c.reading) }
func (c *content) birthCol(head string, as func(date) string) column {
	return col(head, func(p *person) string { return c.born(p, as) })
}
func (c *content) homeCol(head string, as func(home) string) column {
	return col(head, func(p *person) string { return c.lives(p, as) })
}
func (c *content) zipCol(head string) column {
	return col(head, func(p *person) string { return p.home.zip })
}
func (c *content) phoneCol(head string) column {
	return col(head, func(p *person) string { return c.value(corpustest.Phone, p.phone) })
}
func (c *content) mobileCol(head string) column {
	return col(head, func(p *person) string { return c.value(corpustest.Phone, p.mobile) })
}
func (c *content) mailCol(head string) column {
	return col(head, func(p *person) string { return c.value(corpustest.Email, p.email) })
}
func (c *content) sexCol(head string) column {
	return col(head, func(p *person) string { return p.sex })
}

// oneOf is a column of words that say nothing by themselves.
func (c *content) oneOf(head string, words ...string) column {
	return col(head, func(*person) string { return pick(c.source, words) })
}

// serial counts the rows from first on.
func serial(head string, first int) column {
	n := first - 1
	return col(head, func(*person) string { n++; return fmt.Sprint(n) })
}

// amount is a column of sums of money.
func (c *content) amount(head string) column {
	return col(head, func(*person) string { return thousands(c.between(3, 980) * 100) })
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plainText is the content as somebody types it: tables with a mark between cells.
func (c *content) plainText(mark string) string {
	var b strings.Builder
	for _, p := range c.parts {
		if p.table == nil {
			b.WriteString(p.text + "\n")
			continue
		}
		for _, row := range p.table {
			b.WriteString(strings.Join(cells(row), mark) + "\n")
		}
	}
	return b.String()
}

func cells(row []any) []string {
	var s []string
	for _, v := range row {
		s = append(s, fmt.Sprint(v))
	}
	return s
}

// firstTable is the first table of the content.
func (c *content) firstTable() [][]any {
	for _, p := range c.parts {
		if p.table != nil {
			return p.table
		}
	}
	return nil
}
