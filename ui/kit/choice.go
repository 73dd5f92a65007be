package kit

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
)

// Choices is one of few, all in sight: ← → choose, and so does a click. What is
// chosen counts at once.
type Choices struct {
	Surface
	desk    *ui.Desk
	named   string
	words   []string
	at      int
	focused bool
	edges   []float32 // right edge of each, design pixels
	chosen  func(int)
	onFocus func()
}

// choicePad is the padding at each side of a word.
const choicePad = 12

// NewChoices makes a choice of words, the one at a place chosen; a place that is
// none chooses nothing. Named is what stands beside it, for screen readers.
func NewChoices(desk *ui.Desk, named string, words []string, at int, chosen func(int)) *Choices {
	c := &Choices{desk: desk, named: named, words: words, at: at, chosen: chosen}
	c.Extend(c, desk.Look, c.paintChoices)
	c.SetMin(c.Need(), fieldHeight)
	return c
}

// OnFocus is called when the keyboard comes.
func (c *Choices) OnFocus(f func()) { c.onFocus = f }

// Need is the width of all words, in design pixels.
func (c *Choices) Need() (w float32) {
	p := NewPen(c.look)
	for _, word := range c.words {
		w += p.Width(word, p.Body().B()) + 2*choicePad
	}
	return w
}

func (c *Choices) paintChoices(p *Pen, _, h float32) {
	x := float32(0)
	c.edges = c.edges[:0]
	p.Box(0, 0, c.Need(), h, p.Sheet, p.Edge, 4)
	for i, word := range c.words {
		w, st := p.Width(word, p.Body().B())+2*choicePad, p.Body()
		if i > 0 {
			p.V(x, 1, h-2)
		}
		if i == c.at {
			st = p.Body().B().In(p.Accent)
			p.Box(x, 0, w, h, p.Select, p.Accent, 4)
			if c.focused {
				p.ring(x+2, 2, w-4, h-4, p.Edge)
			}
		}
		p.Text(x+choicePad, 0, 0, h, word, st)
		x += w
		c.edges = append(c.edges, x)
	}
	if c.focused && (c.at < 0 || c.at >= len(c.words)) {
		p.ring(0, 0, x, h, p.Edge)
	}
}

func (c *Choices) choose(at int) {
	if at = max(0, min(at, len(c.words)-1)); at != c.at {
		c.at = at
		c.Refresh()
		c.chosen(at)
	}
}

// Tapped chooses what was clicked.
func (c *Choices) Tapped(e *fyne.PointEvent) {
	c.desk.Touch()
	c.desk.Focus(c)
	for i, edge := range c.edges {
		if e.Position.X/c.look.Factor() < edge {
			c.choose(i)
			return
		}
	}
}

// TypedKey chooses the one before or the next.
func (c *Choices) TypedKey(e *fyne.KeyEvent) {
	c.desk.Touch()
	switch e.Name {
	case fyne.KeyLeft:
		c.choose(c.at - 1)
	case fyne.KeyRight:
		c.choose(c.at + 1)
	default:
		c.desk.Key(e)
	}
}

// TypedShortcut gives commands to the window.
func (c *Choices) TypedShortcut(s fyne.Shortcut) { c.desk.Touch(); c.desk.Shortcut(s) }

// TypedRune is for Fyne; runes mean nothing here.
func (c *Choices) TypedRune(rune) { c.desk.Touch() }

// FocusGained is for Fyne.
func (c *Choices) FocusGained() {
	c.focused = true
	c.Refresh()
	call(c.onFocus)
}

// FocusLost is for Fyne.
func (c *Choices) FocusLost() { c.focused = false; c.Refresh() }

// AccessibilityLabel is what is chosen of what, for a screen reader.
func (c *Choices) AccessibilityLabel() string {
	if c.at < 0 || c.at >= len(c.words) {
		return c.named
	}
	return spoken(c.named, c.words[c.at])
}

// AccessibilityRole is for screen readers.
func (c *Choices) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
