package kit

import "daicho/ui"

// Choices is one of few, all in sight: ← → choose, and so does a click. What is
// chosen counts at once.
type Choices struct {
	oneOf
	named   string
	words   []string
	onFocus func()
}

// choicePad is the padding at each side of a word.
const choicePad = 12

// NewChoices makes a choice of words, the one at a place chosen; a place that is
// none chooses nothing. Named is what stands beside it, for screen readers.
func NewChoices(desk *ui.Desk, named string, words []string, at int, chosen func(int)) *Choices {
	c := &Choices{oneOf: oneOf{desk: desk, count: len(words), at: at, chosen: chosen}, named: named, words: words}
	c.self, c.says = c, c.spoken
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

// FocusGained is for Fyne.
func (c *Choices) FocusGained() {
	c.oneOf.FocusGained()
	call(c.onFocus)
}

// spoken is what is chosen of what.
func (c *Choices) spoken() string {
	if c.at < 0 || c.at >= len(c.words) {
		return c.named
	}
	return spoken(c.named, c.words[c.at])
}
