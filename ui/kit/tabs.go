package kit

import (
	"strconv"

	"daicho/ui"
)

// Tab is one face of a page; a negative count is not shown.
type Tab struct {
	Word  string
	Count int
}

// Tabs choose between faces of one record. ← → and Tab reach them.
type Tabs struct {
	oneOf
	tabs []Tab
}

const tabGap = 20

// NewTabs makes tabs, the first chosen.
func NewTabs(desk *ui.Desk, chosen func(int), tabs ...Tab) *Tabs {
	t := &Tabs{oneOf: oneOf{desk: desk, count: len(tabs), chosen: chosen}, tabs: tabs}
	t.self, t.says = t, func() string { return t.tabs[t.at].Word }
	t.Extend(t, desk.Look, t.paintTabs)
	t.SetMin(120, 29)
	return t
}

// At is the chosen tab.
func (t *Tabs) At() int { return t.at }

// Count sets the number beside a tab.
func (t *Tabs) Count(tab, n int) {
	if t.tabs[tab].Count != n {
		t.tabs[tab].Count = n
		t.Refresh()
	}
}

func (t *Tabs) paintTabs(p *Pen, w, h float32) {
	p.H(0, h-1, w)
	t.edges = t.edges[:0]
	x := float32(18)
	for i, tab := range t.tabs {
		st, word := p.Sub(), tab.Word
		if i == t.at {
			st = p.Body().B()
		}
		if tab.Count >= 0 {
			word += " " + strconv.Itoa(tab.Count)
		}
		n := p.Text(x, 0, 0, h-3, word, st)
		if i == t.at {
			p.Rect(x, h-3, n, 2, p.Accent)
		}
		if i == t.at && t.focused {
			p.Box(x-6, 2, n+12, h-7, nil, p.Accent, 4)
		}
		x += n + tabGap
		t.edges = append(t.edges, x-tabGap/2)
	}
}
