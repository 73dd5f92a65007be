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

	table    uint32 // number of the table or stretch of prose
	columns  map[columnKey]*column
	headers  []header // of the table, by column
	title    []*word  // rows of one cell, and in prose the last two lines
	lastLine int      // where the last line begins in title

	standing [maxRules]int // hints in headers and title
	counted  bool          // standing is up to date
	overhead rules         // named by headers and title
	active   rules         // named there or in the row
	least    int           // digits a chain must have to be asked about
	met      rules         // that found their shape, or would if they were named
	judged   rules         // that had a candidate
	people   people

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
		d.table++
		d.headers, d.title, d.lastLine, d.counted = d.headers[:0], d.title[:0], 0, false
		d.people.forget()
		d.entitle(b.Title)
	}
	p := pass{d: d, text: b.Text, sep: b.Sep, classes: d.engine.classes[b.Sep]}
	if len(b.Text) > 0 {
		d.met |= d.engine.always
	}
	p.run()
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
}

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
	if c := d.columns[v.column]; c != nil && proves && !v.weak {
		bonus = c.bonus()
	}
	if bonus < 0 && v.direct {
		bonus = 0
	}
	if v.denied {
		bonus = min(bonus, pairScore)
	}
	return int(v.score) + bonus
}

// record counts one candidate with its score. Denied values count for no
// column: in prose they would speak about their neighbours.
func (d *Document) record(c *candidate) {
	key := columnKey{d.table, c.col, c.rule}
	col := d.columns[key]
	if col == nil {
		col = &column{}
		d.columns[key] = col
	}
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

// take is given to the matchers: it turns a match into a candidate of the row.
func (d *Document) take(m match) {
	d.met |= 1 << d.rule
	d.judged |= 1 << d.rule
	d.row.candidates = append(d.row.candidates, candidate{
		rule: d.rule, hash: maphash.Bytes(d.seed, m.value) + uint64(d.rule), base: m.base, valid: m.valid, second: m.second, weak: m.weak, whole: m.whole,
		start: m.start, end: m.end, col: d.row.column(),
	})
}
