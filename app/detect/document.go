package detect

import (
	"hash/maphash"
	"slices"
	"strings"
)

// Document counts the findings of one text. It is not safe for concurrent use.
type Document struct {
	engine *Engine
	seed   maphash.Seed
	values map[uint64]evidence // by keyed hash of kind and value

	table   uint32 // number of the table or stretch of prose
	tables  uint32 // numbered so far
	columns map[columnKey]*column
	near    [64]struct { // of columns, by what their key makes
		key    columnKey
		column *column
	}
	headers    []header // of the table, by column
	title      []*word  // rows of one cell, and in prose the last two lines
	lastLine   int      // where the last line begins in title
	symbols    int      // the column behind that of the symbols, 0 for none
	filledRows bool     // values stood below the headers
	lone       bool     // one of the headers stood alone in its row
	ofOffices  bool     // a header names what is no person, and none a person
	headed     bool     // several columns have a header
	hanging    *word    // the word that ends the line above

	standing [maxRules]int // hints in headers and title
	counted  bool          // standing is up to date
	overhead rules         // named by headers and title
	active   rules         // named there or in the row
	least    int           // digits a chain must have to be asked about
	judged   rules         // that had a candidate
	taken    int           // end of what a match has taken for itself
	people   people
	software software
	list     list // that is open within prose

	row    row
	chain  chain
	handle handle
	emit   func(match)
	rule   uint8 // whose matcher runs
}

// maxValues bounds the memory of one document; counts stop there.
const maxValues = 1 << 20

// Block is a stretch of text that ends where a line ends.
type Block struct {
	Text []byte // UTF-8
	// Sep separates the cells of a line: Cell, or, with quotes around cells,
	// tab, comma, semicolon or bar. Any other value is prose.
	Sep byte
	// Title names what begins here: a sheet, a slide, a table of a dump, the
	// subject of a mail, the keys above a value. Its words speak as a line
	// above would; values in it are not counted. Read when Continues is false.
	Title string
	// Continues says that the block goes on with the table, or the prose, of
	// the block before it, headers included.
	Continues bool
}

// Add reads one block. The text is not kept.
func (d *Document) Add(b Block) {
	if strings.IndexByte(cellSeparators, b.Sep) < 0 {
		b.Sep = 0
	}
	if !b.Continues {
		d.list.open = false
		d.tables++
		d.table = d.tables
		d.hanging, d.lone, d.filledRows, d.symbols = nil, false, false, 0
		d.headers, d.title, d.lastLine, d.counted = d.headers[:0], d.title[:0], 0, false
		d.people.forget(b.Sep != 0)
		d.entitle(b.Title)
	}
	p := pass{d: d, text: b.Text, sep: b.Sep, classes: d.engine.classes[b.Sep]}
	p.run()
	d.software.look(d, &b)
}

// Findings returns the counts so far, ordered by the engine's kinds and by
// confidence, high first. It is never nil.
func (d *Document) Findings() []Finding {
	counts := d.counts()
	found := []Finding{}
	for i, r := range d.engine.rules {
		for k, c := range levels {
			if n := counts[i][k]; n > 0 {
				found = append(found, Finding{r.Kind, n, c})
			}
		}
	}
	return found
}

// counts counts the values by rule and level. A second writing, such as the
// reading of a name, counts only in a document that has no first one.
func (d *Document) counts() [][3]int {
	first, second := make([][3]int, len(d.engine.rules)), make([][3]int, len(d.engine.rules))
	for _, v := range d.values {
		if c, ok := confidenceOf(d.score(v)); ok {
			if v.second {
				second[v.rule][slices.Index(levels, c)]++
			} else {
				first[v.rule][slices.Index(levels, c)]++
			}
		}
	}
	for i := range first {
		if first[i][0]+first[i][1] == 0 && second[i] != [3]int{} {
			first[i] = second[i]
		}
	}
	return first
}

var levels = []Confidence{High, Medium, Low}

// evidence is what is known of one distinct value.
type evidence struct {
	rule   uint8
	direct bool // a word beside it named or denied it
	denied bool
	second bool // another writing of a value that is counted already
	weak   bool // takes no part in its column
	score  int16
	column columnKey
}

// columnKey names one column of one table for one rule; prose is one column.
type columnKey struct {
	table uint32
	col   uint16
	rule  uint8
}

const proseColumn = 1<<16 - 1

// column says how many of the values in it have a right check.
type column struct {
	seen, valid, distinct int
	first, last           int16 // years
}

// generations says whether the years in the column lie as far apart as those of
// people, and farther than those of most events.
func (c *column) generations() bool { return c.distinct >= 3 && c.last-c.first >= 15 }

// bonus is what a column's consistency adds to each of its values.
func (c *column) bonus() int {
	switch {
	case c.distinct >= 3 && c.valid*10 >= c.seen*9:
		return columnScore
	case c.distinct >= 10 && c.valid*2 > c.seen:
		return mostlyScore
	case c.distinct == 2 && c.valid == c.seen:
		return pairScore
	case c.seen >= 10 && c.valid*10 < c.seen*3:
		return chanceScore
	}
	return 0
}

func (d *Document) score(v evidence) int {
	bonus := 0
	rule := &d.engine.rules[v.rule]
	proves := rule.checked && (v.column.col != proseColumn || rule.digits != nil)
	c := d.columns[v.column]
	if c != nil && proves && !v.weak {
		bonus = c.bonus()
	}
	if c != nil && rule.spread && !v.direct && v.column.col != proseColumn && c.generations() {
		bonus = columnScore
	}
	if bonus < 0 && v.direct {
		bonus = 0
	}
	if v.denied {
		bonus = min(bonus, 0)
	}
	if rule.signed && v.column.col == proseColumn && d.software.published() {
		return min(int(v.score)+bonus, officeScore)
	}
	return int(v.score) + bonus
}

// record counts one candidate with its score. Denied values count for no
// column: in prose they would speak about their neighbours.
func (d *Document) record(c *candidate) {
	key := columnKey{d.table, c.col, c.rule}
	col := d.columnOf(key)
	if c.said == denied && c.col == proseColumn {
		col = &column{}
	}
	col.seen++
	if !c.valid {
		return
	}
	if !c.weak {
		col.valid++
	}
	if col.valid == 1 {
		col.first, col.last = c.year, c.year
	}
	col.first, col.last = min(col.first, c.year), max(col.last, c.year)
	old, known := d.values[c.hash]
	if !known {
		if len(d.values) >= maxValues {
			return
		}
		if !c.weak {
			col.distinct++
		}
	}
	if !known || int(old.score) < c.score {
		d.values[c.hash] = evidence{c.rule, c.direct, c.said == denied, c.second, c.weak, int16(c.score), key}
	}
}

// columnOf finds or makes a column. Those of the rows before are asked about again:
// a few are kept at hand.
func (d *Document) columnOf(key columnKey) *column {
	near := &d.near[(uint(key.col)+5*uint(key.rule))%uint(len(d.near))]
	if near.column == nil || near.key != key {
		if d.columns[key] == nil {
			d.columns[key] = &column{}
		}
		near.key, near.column = key, d.columns[key]
	}
	return near.column
}

// take is given to the matchers: it turns a match into a candidate of the row.
func (d *Document) take(m match) {
	d.judged |= 1 << d.rule
	d.software.signed = d.software.signed || d.engine.rules[d.rule].signed
	if d.rule == d.engine.name && d.row.tabular && m.valid && m.base >= personNewGiven {
		d.personal()
	}
	if m.takes {
		d.taken = m.end
	}
	d.row.candidates = append(d.row.candidates, candidate{
		rule: d.rule, hash: maphash.Bytes(d.seed, m.value) + uint64(d.rule), base: m.base, valid: m.valid, second: m.second, weak: m.weak, must: m.must, whole: m.whole, inline: m.inline, own: m.own, year: m.year,
		start: m.start, end: m.end, col: d.row.column(),
	})
}
