package detect

import (
	"slices"
	"strings"
)

// matchers is raised with every change of what a matcher takes or scores, so
// that files are examined anew.
const matchers = 4

// Table is the state of an engine's rules: what is kept beside a finding.
type Table struct {
	Matchers int               `json:"matchers"`
	Words    map[Kind][]string `json:"words"` // of each kind that is looked for, as "names:氏名"
}

// Table is that of the engine.
func (e *Engine) Table() Table {
	t := Table{Matchers: matchers, Words: map[Kind][]string{}}
	for _, r := range e.rules {
		words := []string{}
		for _, l := range r.lists() {
			for _, w := range l.words {
				words = append(words, l.says.String()+":"+string(lowerAll(w)))
			}
		}
		t.Words[r.Kind] = words
	}
	return t
}

// Traces are what is kept of a text to know whether other rules could say
// something else of it.
type Traces struct {
	Judged []Kind // kinds of which something was weighed, found or not
	Text   Sketch
}

// Judged are the kinds of which something was weighed so far, found or not.
func (d *Document) Judged() []Kind {
	kinds := []Kind{}
	for i, r := range d.engine.rules {
		if d.judged>>i&1 != 0 {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}

// Difference is what parts the rules of an engine from others.
type Difference struct {
	all   bool     // nothing of before holds
	off   []Kind   // looked for before, and no longer
	words []string // new or dropped, in every spelling; "" is one that no sketch tells of
}

// Since tells in what the engine's rules are others than those of before.
//
// The words of all kinds act on each other: one names a column, another speaks
// against a number, a third ends a name. So a word that is new or dropped may
// change anything in a text that it stands in, and nothing in any other.
func (e *Engine) Since(before Table) Difference {
	now := e.Table()
	d := Difference{all: before.Matchers != now.Matchers || leastOf(before) != leastOf(now)}
	for _, r := range standardRules() {
		was, known := before.Words[r.Kind]
		is, looked := now.Words[r.Kind]
		switch {
		case looked && !known: // nobody weighed anything of it
			d.all = true
		case known && !looked:
			d.off = append(d.off, r.Kind)
		}
		d.words = append(d.words, onlyIn(was, is)...)
		d.words = append(d.words, onlyIn(is, was)...)
	}
	return d
}

// leastOf is how many digits make a number that is asked about without a label.
func leastOf(t Table) int {
	least := maxChainDigits
	for _, r := range standardRules() {
		if _, looked := t.Words[r.Kind]; looked && r.digits != nil && !r.labelled {
			least = min(least, r.least)
		}
	}
	return least
}

// onlyIn lists the spellings of the words of one list that another has not.
func onlyIn(list, other []string) (words []string) {
	has := make(map[string]bool, len(other))
	for _, w := range other {
		has[w] = true
	}
	for _, w := range list {
		if says, text, _ := strings.Cut(w, ":"); !has[w] {
			words = append(words, text)
			if says == names.String() {
				words = append(words, spread(text)...)
			}
		}
	}
	return words
}

// Concerns says whether a text with these traces may hold other findings than it
// did by the rules of before.
func (d *Difference) Concerns(t Traces) bool {
	return d.all || slices.ContainsFunc(d.off, func(k Kind) bool { return slices.Contains(t.Judged, k) }) ||
		slices.ContainsFunc(d.words, t.Text.MayHold)
}
