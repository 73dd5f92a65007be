package kit

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui"
	"daicho/ui/theme"
)

// ButtonKind is the weight of a button.
type ButtonKind uint8

// The kinds of buttons; at most one Primary a page.
const (
	Secondary ButtonKind = iota
	Primary
	Linked // words in the accent colour with a line below them, no box
)

// Button does one thing when it is pressed; its key is printed on it.
type Button struct {
	Surface
	desk     *ui.Desk
	kind     ButtonKind
	word     string
	says     string // for screen readers, where the word is a glyph
	key      ui.Key
	do       func()
	disabled bool
	focused  bool
	spaced   bool // the key Space came, and its rune is to come
	over     bool
}

// NewButton makes a button of a verb, the key that does the same (zero: none)
// and what it does.
func NewButton(desk *ui.Desk, kind ButtonKind, word string, key ui.Key, do func()) *Button {
	b := &Button{desk: desk, kind: kind, word: word, key: key, do: do}
	b.Extend(b, desk.Look, b.paintButton)
	b.SetMin(b.Need(), 28)
	return b
}

// Need is the width the button asks for, in design pixels.
func (b *Button) Need() float32 {
	p := NewPen(b.look)
	w := p.Width(b.word, b.style(p))
	if b.kind == Linked {
		return w + 4
	}
	if !b.key.IsZero() {
		w += p.Width(b.key.String(), p.Caption()) + 8
	}
	return w + 24
}

// newGlyph is a button of one glyph, with the verb that it stands for.
func newGlyph(desk *ui.Desk, glyph, verb string, do func()) *Button {
	b := NewButton(desk, Linked, glyph, ui.Key{}, do)
	b.says = verb
	return b
}

// SetWord changes the verb.
func (b *Button) SetWord(word string) {
	b.word = word
	b.SetMin(b.Need(), 28)
	b.Refresh()
}

// Enable lets the button be pressed, or not.
func (b *Button) Enable(yes bool) {
	if b.disabled == yes {
		b.disabled = !yes
		b.Refresh()
	}
}

func (b *Button) style(p *Pen) Style {
	switch {
	case b.kind == Primary && !b.disabled:
		return p.Body().B().In(p.OnAccent)
	case b.kind == Primary:
		return p.Body().B().In(p.Ink3)
	case b.disabled:
		return p.Body().In(p.Ink3)
	case b.kind == Linked:
		return p.Label().In(p.Accent)
	}
	return p.Body()
}

func (b *Button) paintButton(p *Pen, w, h float32) {
	if b.kind == Linked {
		n := p.Text(2, 0, w, h, b.word, b.style(p))
		if b.says == "" { // a glyph needs no line
			p.Rect(2, h/2+8, n, 1, p.Accent)
		}
		if b.focused {
			p.Box(0, 1, w, h-2, nil, p.Accent, 4)
		}
		return
	}
	fill, edge := b.colours(p)
	p.Box(0, 0, w, h, fill, edge, 4)
	if b.focused {
		p.ring(2, 2, w-4, h-4, edge)
	}
	st, ks := b.style(p), p.Caption()
	if b.kind == Primary && !b.disabled {
		ks = ks.In(p.OnAccent)
	}
	kw := float32(0)
	side := max(12, (w-b.Need())/2+12) // in the middle of a wide button
	if !b.key.IsZero() {
		kw = p.Width(b.key.String(), ks) + 8
		p.Text(w-side-kw+8, 0, 0, h, b.key.String(), ks)
	}
	p.Text(side, 0, w-2*side-kw+2, h, b.word, st) // 2 more than asked for: rounding must not cost a rune
}

func (b *Button) colours(p *Pen) (fill, edge color.NRGBA) {
	switch {
	case b.disabled:
		return p.Raised, p.Line
	case b.kind == Primary:
		return p.Accent, p.Accent
	case b.over:
		return p.Over, p.Edge
	}
	return p.Sheet, p.Edge
}

// ring is the mark of focus inside a control: 2 px of a colour that stands out
// from its ground.
func (p *Pen) ring(x, y, w, h float32, edge color.NRGBA) {
	c := p.Accent
	if edge == p.Accent {
		c = p.OnAccent
	}
	p.Box(x, y, w, h, nil, c, 3)
}

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) { b.desk.Touch(); b.press() }

func (b *Button) press() {
	if !b.disabled && b.do != nil {
		b.do()
	}
}

// TypedKey presses on Enter. Space comes as a key and then as a rune, and both must be the
// button's: one that leads into a field would else have it written there, and one to which
// the keyboard comes back by Space would be pressed by it.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	b.desk.Touch()
	switch e.Name {
	case fyne.KeySpace:
		b.spaced = true
	case fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	default:
		b.desk.Key(e)
	}
}

// TypedShortcut gives commands to the window.
func (b *Button) TypedShortcut(s fyne.Shortcut) { b.desk.Touch(); b.desk.Shortcut(s) }

// TypedRune presses on Space.
func (b *Button) TypedRune(r rune) {
	b.desk.Touch()
	if r == ' ' && b.spaced {
		b.press()
	}
	b.spaced = false
}

// FocusGained is for Fyne.
func (b *Button) FocusGained() { b.focused, b.spaced = true, false; b.Refresh() }

// FocusLost is for Fyne.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// MouseIn is for Fyne.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.over = true; b.Refresh() }

// MouseMoved is for Fyne.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (b *Button) MouseOut() { b.over = false; b.Refresh() }

// AccessibilityLabel is what a screen reader says.
func (b *Button) AccessibilityLabel() string { return cmp.Or(b.says, b.word) }

// AccessibilityRole is for screen readers.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Place puts buttons from the right edge leftwards, the first outermost, 8
// apart, and returns the left edge of the last.
func (p *Pen) Place(right, y float32, buttons ...*Button) float32 {
	for _, b := range buttons {
		w := b.Need()
		p.Add(b, right-w, y, w, 28)
		right -= w + 8
	}
	return right
}

// Tone of a disabled or plain thing, so that sections need not import theme.
const (
	Plain  = theme.Plain
	Quiet  = theme.Quiet
	Info   = theme.Info
	Good   = theme.Good
	Warn   = theme.Warn
	Late   = theme.Late
	Unsure = theme.Unsure
)
