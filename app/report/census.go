package report

import (
	"cmp"
	"fmt"
	"slices"
)

// Geta is the mark 〓 that stands for a character that cannot be shown, as
// printers have long used it.
const Geta = '〓'

// placesKept bounds how many places are named for one character.
const placesKept = 5

// Missing is a character that a report could not show.
type Missing struct {
	Rune   rune
	Count  int      // how often it occurs
	Places []string // where, each once, the first few
	More   int      // further places that are not named
}

// Code returns the code point as U+20BB7. The character itself cannot be shown.
func (m Missing) Code() string { return fmt.Sprintf("U+%04X", m.Rune) }

// Census counts characters that cannot be shown. The zero value is ready for use,
// by one goroutine.
type Census struct {
	byRune map[rune]*tally
}

type tally struct {
	count  int
	places []string
	seen   map[string]bool
}

// Add counts one occurrence of r at a place such as 「2026-000123 件名」.
func (c *Census) Add(r rune, place string) {
	if c.byRune == nil {
		c.byRune = make(map[rune]*tally)
	}
	t := c.byRune[r]
	if t == nil {
		t = &tally{seen: make(map[string]bool)}
		c.byRune[r] = t
	}
	t.count++
	if !t.seen[place] {
		t.seen[place] = true
		t.places = append(t.places, place)
	}
}

// Missing returns what was counted, by code point.
func (c *Census) Missing() []Missing {
	var all []Missing
	for r, t := range c.byRune {
		kept := min(len(t.places), placesKept)
		all = append(all, Missing{r, t.count, slices.Clone(t.places[:kept]), len(t.places) - kept})
	}
	slices.SortFunc(all, func(a, b Missing) int { return cmp.Compare(a.Rune, b.Rune) })
	return all
}

// MissingTable lists characters for the last page of a report.
func MissingTable(missing []Missing) Table {
	t := Table{
		Title:   "この帳票で表示できない文字",
		Note:    "〓で表示しています。",
		Columns: []Column{{Title: "文字コード", Weight: 2}, {Title: "件数", Weight: 1, Right: true}, {Title: "箇所", Weight: 9}},
	}
	for _, m := range missing {
		t.Rows = append(t.Rows, []string{m.Code(), fmt.Sprint(m.Count), m.where()})
	}
	return t
}

func (m Missing) where() string {
	var s string
	for i, place := range m.Places {
		if i > 0 {
			s += "、"
		}
		s += place
	}
	if m.More > 0 {
		s += fmt.Sprintf("　ほか%dか所", m.More)
	}
	return s
}
