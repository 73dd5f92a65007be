package kit

import (
	"strconv"

	"fyne.io/fyne/v2"

	"daicho/ui"
)

// Tab is one face of a page; a negative count is not shown.
type Tab struct {
	Word  string
	Count int
}

// Tabs choose between faces of one record. ← → and Tab reach them.
type Tabs struct {
	Surface
	desk    *ui.Desk
	tabs    []Tab
	at      int
	focused bool
	edges   []float32 // right edge of each, design pixels
	chosen  func(int)
}

const tabGap = 20

// NewTabs makes tabs, the first chosen.
func NewTabs(desk *ui.Desk, chosen func(int), tabs ...Tab) *Tabs {
	t := &Tabs{desk: desk, tabs: tabs, chosen: chosen}
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

// Choose takes a tab.
func (t *Tabs) Choose(tab int) {
	tab = max(0, min(tab, len(t.tabs)-1))
	if tab == t.at {
		return
	}
	t.at = tab
	t.Refresh()
	t.chosen(tab)
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

// Tapped takes the tab under the mouse.
func (t *Tabs) Tapped(e *fyne.PointEvent) {
	t.desk.Touch()
	t.desk.Focus(t)
	for i, edge := range t.edges {
		if e.Position.X/t.look.Factor() < edge {
			t.Choose(i)
			return
		}
	}
}

// TypedKey moves between tabs.
func (t *Tabs) TypedKey(e *fyne.KeyEvent) {
	t.desk.Touch()
	switch e.Name {
	case fyne.KeyLeft:
		t.Choose(t.at - 1)
	case fyne.KeyRight:
		t.Choose(t.at + 1)
	default:
		t.desk.Key(e)
	}
}

// TypedShortcut gives commands to the window.
func (t *Tabs) TypedShortcut(s fyne.Shortcut) { t.desk.Touch(); t.desk.Shortcut(s) }

// TypedRune is for Fyne.
func (t *Tabs) TypedRune(rune) { t.desk.Touch() }

// FocusGained is for Fyne.
func (t *Tabs) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost is for Fyne.
func (t *Tabs) FocusLost() { t.focused = false; t.Refresh() }

// AccessibilityLabel is the chosen tab, for a screen reader.
func (t *Tabs) AccessibilityLabel() string { return t.tabs[t.at].Word }

// AccessibilityRole is for screen readers.
func (t *Tabs) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
