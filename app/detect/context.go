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
	col        int
	judged     int           // candidates that make it a row of values, not a heading
	spent      int           // end of the last one that was not denied
	filled     int           // cells that hold anything
	hints      [maxRules]int // counted when the row is judged
	words      []placed
	candidates []candidate
	kinds      rules // that have a value of medium confidence here
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
	base       int16
	col        uint16
	hash       uint64
	start, end int

	score  int
	said   opinion
	direct bool // the word that said it stands beside
}

// header is what stands above a column.
type header struct {
	words []*word
	lone  bool // the only cell of its row: a header of lists of one column, else a title
}

func (r *row) begin(tabular bool) {
	r.tabular, r.col, r.judged, r.spent, r.kinds = tabular, 0, 0, 0, 0
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
		if c.weak && (c.said != named || c.whole && c.direct || !d.plainly(c)) {
			c.score, c.valid = 0, false
		}
		if rule := &d.engine.rules[c.rule]; rule.number() || c.valid && c.score >= mediumFrom && rule.person {
			r.judged++
		}
		if c.said != denied && c.valid {
			r.spent = max(r.spent, c.end)
			if c.score >= mediumFrom {
				r.kinds |= 1 << c.rule
			}
		}
	}
	for i := range r.candidates {
		c := &r.candidates[i]
		if bits.OnesCount32(uint32(r.kinds&^(1<<c.rule))) >= 2 && c.said == silent && c.score > 0 {
			c.score += listScore
		}
		c.score += d.amongPeople(c)
		d.record(c)
	}
	if r.kinds&d.engine.persons != 0 {
		d.personMet()
	}
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
		c.score += map[opinion]int{named: aboveScore, denied: overScore}[c.said]
	}
	c.score += hintScore * d.row.hints[c.rule]
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
		gap := c.start - w.end
		if gap < 0 {
			gap = reachBefore - reachAfter + w.start - c.end
		}
		if gap < distance {
			best, distance = opinionOf(role), gap
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

// countHints counts the distinct hints in the row, the headers and the title.
// What stands above changes seldom and is counted when it does.
func (d *Document) countHints() {
	if !d.counted {
		d.counted = true
		for i := range d.engine.rules {
			d.standing[i] = d.hintsAbove(uint8(i))
		}
	}
	for i := range d.engine.rules {
		d.row.hints[i] = min(maxHints, d.standing[i]+d.hintsInRow(uint8(i)))
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
