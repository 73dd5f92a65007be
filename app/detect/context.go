package detect

import (
	"math/bits"
	"slices"
	"sort"
	"strings"
)

// row holds what the pass met in one line of prose or one row of a table.
type row struct {
	tabular    bool
	from       int // where the line begins
	col        int
	judged     int // candidates that make it a row of values, not a heading
	spent      int // end of the last one that was not denied
	filled     int // cells that hold anything; counted where a lone header asks for it
	words      []placed
	candidates []candidate
	kinds      rules // that have a value of medium confidence here
	personal   bool  // of a table that names persons
}

// placed is a word of the rules at its place in the row.
type placed struct {
	word       *word
	start, end int
	col        uint16
}

type candidate struct {
	rule       uint8
	valid      bool
	second     bool
	weak       bool
	whole      bool
	must       bool
	inline     bool
	own        bool
	base       int16
	year       int16
	col        uint16
	hash       uint64
	start, end int

	score   int
	said    opinion
	direct  bool // the word that said it stands beside
	unnamed bool // other columns have headings, and its own does not name it
	behind  int  // end of that word where it follows the value: 日生
}

// header is what stands above a column.
type header struct {
	words []*word
	lone  bool // the only cell of its row: a header of lists of one column, else a title
}

func (r *row) begin(tabular bool) {
	r.tabular, r.col, r.judged, r.spent, r.kinds, r.personal = tabular, 0, 0, 0, 0, false
	r.words, r.candidates = r.words[:0], r.candidates[:0]
}

func (r *row) column() uint16 {
	if !r.tabular {
		return proseColumn
	}
	return uint16(min(r.col, maxColumns))
}

const (
	maxColumns  = 1<<14 - 1 // columns of a sheet; more share the last
	maxHeaders  = 1024      // columns that may have a header
	reachBefore = 120       // bytes, about 40 characters
	reachAfter  = 15
	reachCells  = 2 // cells to the left
	indent      = 9 // bytes before a value that stands below its label
)

func (w *word) role(rule uint8) role {
	return w.says[rule]
}

// judgeRow scores the candidates of a row: each by the words about it, then
// all by what stands in the row with them.
func (d *Document) judgeRow() {
	r := &d.row
	for i := range r.candidates {
		c := &r.candidates[i]
		d.judge(c)
		if c.must && c.said != named {
			c.score, c.valid = 0, false
		}
		if c.weak && (c.said != named || c.whole && c.direct || !d.plainly(c)) {
			c.score, c.valid = 0, false
		}
		if c.said != denied && c.valid {
			r.spent = max(r.spent, c.end, c.behind)
		}
	}
	d.contest()
	for i := range r.candidates {
		c := &r.candidates[i]
		if rule := &d.engine.rules[c.rule]; rule.number() || c.valid && c.score >= mediumFrom && rule.person {
			if !rule.number() && !c.direct && c.base < personWhole && r.tabular && r.labelled() {
				c.score, c.valid = 0, false // a word of a heading that looks like a name
				continue
			}
			r.judged++
		}
		if c.said != denied && c.valid && c.score >= mediumFrom {
			r.kinds |= 1 << c.rule
		}
	}
	for i := range r.candidates {
		c := &r.candidates[i]
		if bits.OnesCount32(uint32(r.kinds&^(1<<c.rule))) >= 2 && c.said == silent && c.score > 0 && !c.unnamed {
			c.score += listScore
		}
		c.score += d.amongPeople(c)
		if c.score > officeScore && d.ofOffice(c) {
			c.score, c.said = officeScore, denied // no column proves it
		}
		d.record(c)
	}
	if r.kinds&d.engine.persons != 0 {
		d.personMet()
	}
}

// labelled says whether words name kinds in several cells.
func (r *row) labelled() bool {
	n, last := 0, -1
	for i := 0; i < len(r.words) && n < leastLabels; i++ {
		if w := &r.words[i]; w.word.named != 0 && int(w.col) != last {
			n, last = n+1, int(w.col)
		}
	}
	return n >= leastLabels
}

// plainly says whether a word that can mean nothing but a person's name stands
// beside or above: 担当 may also name an office.
func (d *Document) plainly(c *candidate) bool {
	if c.direct {
		return slices.ContainsFunc(d.row.words, func(w placed) bool {
			return w.word.role(c.rule) == names && w.word.plain() && near(&w, c)
		})
	}
	return int(c.col) < len(d.headers) && slices.ContainsFunc(d.headers[c.col].words, (*word).plain)
}

func (w *word) plain() bool {
	return strings.ContainsAny(w.text, "氏姓") || strings.HasPrefix(w.text, "世帯主")
}

// judge scores a candidate from the words about it: the nearest word beside it
// first, then its column's header, then the title.
func (d *Document) judge(c *candidate) {
	c.said, c.direct = d.beside(c)
	if c.said == silent && d.row.tabular {
		c.said = d.header(c)
	}
	if c.said == silent && d.row.tabular {
		c.said = d.row.across(c)
	}
	if c.said == silent && d.hanging != nil && !d.row.tabular && c.start-d.row.from <= indent {
		c.said = verdict([]*word{d.hanging}, c.rule)
		c.direct = c.said != silent
	}
	if c.said == denied && !c.direct && d.row.personal && d.engine.rules[c.rule].public {
		c.said = silent // 所在地 of somebody who is named in the row
	}
	c.score = int(c.base)
	switch {
	case c.said == named:
		c.score += nameScore
	case c.said == denied:
		c.score += denyScore
	default:
		if c.said = d.above(c.rule); c.said == denied && !d.engine.rules[c.rule].number() {
			c.said = silent
		}
		if c.said == named && c.inline {
			c.said = silent
		}
		switch c.said {
		case named:
			c.score += aboveScore
		case denied:
			c.score += overScore
		}
	}
	if c.unnamed = c.said == silent && d.row.tabular && d.headed && d.engine.rules[c.rule].spread; !c.unnamed {
		c.score += hintScore * min(maxHints, d.standing[c.rule]+d.hintsInRow(c.rule))
	}
}

// opinion is what words say of a candidate.
type opinion uint8

const (
	silent opinion = iota
	named
	denied
)

// beside looks at the words of the same line or cell: the nearest before the
// candidate, in a table also from the cells to its left, else one just after it.
func (d *Document) beside(c *candidate) (opinion, bool) {
	best, distance := silent, reachBefore+1
	words := d.row.words
	from := sort.Search(len(words), func(i int) bool { return words[i].start > c.end+reachAfter })
	for i := from - 1; i >= 0 && words[i].end >= c.start-reachBefore; i-- {
		w := &words[i]
		role := w.word.role(c.rule)
		if role == mute || role == hints || role == cues || !near(w, c) || role != names && d.row.past(w, c) {
			continue
		}
		if w.start > c.end && role != names { // of what follows it: 普通 1234567　残高
			continue
		}
		gap := c.start - w.end
		if gap < 0 {
			gap = reachBefore - reachAfter + w.start - c.end
		}
		if gap < distance {
			best, distance, c.behind = opinionOf(role), gap, 0
			if w.start >= c.end && role == names {
				c.behind = w.end
			}
		}
	}
	return best, best != silent
}

func opinionOf(r role) opinion {
	if r == names {
		return named
	}
	return denied
}

func near(w *placed, c *candidate) bool {
	if w.end <= c.start {
		return c.start-w.end <= reachBefore && int(c.col)-int(w.col) <= reachCells
	}
	return w.start >= c.end && w.start-c.end <= reachAfter && w.col == c.col
}

// past says whether a denying word speaks of something else: of a value between
// it and the candidate, or from two cells away.
func (r *row) past(w *placed, c *candidate) bool {
	return w.end <= r.spent && r.spent <= c.start || int(c.col)-int(w.col) > 1
}

// across is what the label says that begins a row of values: in tables that are
// read from left to right. Any other word in the row says that it is none.
func (r *row) across(c *candidate) opinion {
	said := silent
	for i := range r.words {
		switch w := &r.words[i]; {
		case w.word.named == 0:
		case w.col > 0:
			return silent
		case w.word.role(c.rule) == names:
			said = named
		}
	}
	return said
}

func (d *Document) header(c *candidate) opinion {
	if int(c.col) >= len(d.headers) || d.headers[c.col].lone && d.row.filled > 1 {
		return silent
	}
	return verdict(d.headers[c.col].words, c.rule)
}

// verdict is what a heading says. A heading that both names and denies, such
// as 個人番号又は法人番号, names.
func verdict(words []*word, rule uint8) opinion {
	said := silent
	for _, w := range words {
		switch w.role(rule) {
		case names:
			return named
		case denies, rivals:
			said = denied
		}
	}
	return said
}

// above is what the title, or the lines above, say; nothing when they say both.
// That another number is named there says nothing: the lines above a form
// name all its fields.
func (d *Document) above(rule uint8) opinion {
	said := silent
	for _, w := range d.title {
		switch w.role(rule) {
		case names:
			if said == denied {
				return silent
			}
			said = named
		case denies:
			if said == named {
				return silent
			}
			said = denied
		}
	}
	return said
}

// countHints counts the distinct hints in the headers and the title, which
// change seldom.
func (d *Document) countHints() {
	if !d.counted {
		d.counted = true
		for i := range d.engine.rules {
			d.standing[i] = d.hintsAbove(uint8(i))
		}
	}
}

func (d *Document) hintsAbove(rule uint8) int {
	var met []*word
	for _, h := range d.headers {
		met = newHints(met, h.words, rule)
	}
	return len(newHints(met, d.title, rule))
}

// newHints adds the hints among words that met does not hold, maxHints at most.
func newHints(met, words []*word, rule uint8) []*word {
	for _, w := range words {
		if len(met) >= maxHints {
			break
		}
		if w.role(rule) == hints && !slices.Contains(met, w) {
			met = append(met, w)
		}
	}
	return met
}

func (d *Document) hintsInRow(rule uint8) int {
	n := 0
	var last *word
	for i := range d.row.words {
		if w := d.row.words[i].word; w.says[rule] == hints && w != last {
			last = w
			if n++; n >= maxHints {
				break
			}
		}
	}
	return n
}
