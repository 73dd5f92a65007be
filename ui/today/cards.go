package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui"
	"daicho/ui/kit"
)

// cards are the figures on top, side by side: ← → go from one to the next, Enter
// opens the list that is counted.
type cards struct {
	kit.Surface
	desk    *ui.Desk
	figures []figure
	at      int
	focused bool
	width   float32 // of all, design pixels
	open    func(list)
}

const cardGap = 12

func newCards(desk *ui.Desk, open func(list)) *cards {
	c := &cards{desk: desk, open: open}
	c.Extend(c, desk.Look, c.paint)
	return c
}

func (c *cards) show(figures []figure) {
	c.figures, c.at = figures, max(0, min(c.at, len(figures)-1))
	c.Refresh()
}

func (c *cards) paint(p *kit.Pen, w, _ float32) {
	c.width = w
	if len(c.figures) == 0 {
		return
	}
	var figures []kit.Figure
	for _, f := range c.figures {
		figures = append(figures, f.Figure)
	}
	p.Figures(0, 0, w, figures...)
	if c.focused {
		p.Box(float32(c.at)*c.pitch(), 0, c.pitch()-cardGap, kit.FigureHeight, nil, p.Accent, 6).StrokeWidth = 2
	}
}

// pitch is the distance from one card to the next.
func (c *cards) pitch() float32 { return (c.width + cardGap) / float32(len(c.figures)) }

// TypedKey moves and opens.
func (c *cards) TypedKey(e *fyne.KeyEvent) {
	c.desk.Touch()
	switch e.Name {
	case fyne.KeyLeft:
		c.at = max(c.at-1, 0)
	case fyne.KeyRight:
		c.at = min(c.at+1, len(c.figures)-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.press()
		return
	default:
		c.desk.Key(e)
		return
	}
	c.Refresh()
}

func (c *cards) press() {
	if c.at < len(c.figures) {
		c.open(c.figures[c.at].opens)
	}
}

// Tapped opens the list of the card under the mouse.
func (c *cards) Tapped(e *fyne.PointEvent) {
	c.desk.Touch()
	if len(c.figures) == 0 {
		return
	}
	c.at = min(int(e.Position.X/c.desk.Look.Factor()/c.pitch()), len(c.figures)-1)
	c.press()
}

// Cursor says that a card can be clicked.
func (c *cards) Cursor() desktop.Cursor { c.desk.Touch(); return desktop.PointerCursor }

// TypedShortcut gives commands to the window.
func (c *cards) TypedShortcut(s fyne.Shortcut) { c.desk.Touch(); c.desk.Shortcut(s) }

// TypedRune is for Fyne; runes mean nothing here.
func (c *cards) TypedRune(rune) { c.desk.Touch() }

// FocusGained is for Fyne.
func (c *cards) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost is for Fyne.
func (c *cards) FocusLost() { c.focused = false; c.Refresh() }

// AccessibilityLabel is the card of the keyboard, for a screen reader.
func (c *cards) AccessibilityLabel() string {
	if c.at >= len(c.figures) {
		return ""
	}
	f := c.figures[c.at]
	return f.Name + " " + f.Value + " " + f.Fraction + " " + f.Mark.String()
}

// AccessibilityRole is for screen readers.
func (c *cards) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
