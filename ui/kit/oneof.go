package kit

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
)

// oneOf is what widgets share that show a few words in a row, of which one is
// chosen: ← → choose, and so does a click. Who embeds it paints the words and notes
// their edges.
type oneOf struct {
	Surface
	desk    *ui.Desk
	self    fyne.Focusable // the widget that embeds it
	count   int
	at      int
	focused bool
	edges   []float32 // right edge of each, design pixels
	chosen  func(int)
	says    func() string // for a screen reader
}

// Choose takes one; a place that is none stands for the nearest.
func (o *oneOf) Choose(at int) {
	if at = max(0, min(at, o.count-1)); at != o.at {
		o.at = at
		o.Refresh()
		o.chosen(at)
	}
}

// Tapped chooses what was clicked.
func (o *oneOf) Tapped(e *fyne.PointEvent) {
	o.desk.Touch()
	o.desk.Focus(o.self)
	for i, edge := range o.edges {
		if e.Position.X/o.look.Factor() < edge {
			o.Choose(i)
			return
		}
	}
}

// TypedKey chooses the one before or the next.
func (o *oneOf) TypedKey(e *fyne.KeyEvent) {
	o.desk.Touch()
	switch e.Name {
	case fyne.KeyLeft:
		o.Choose(o.at - 1)
	case fyne.KeyRight:
		o.Choose(o.at + 1)
	default:
		o.desk.Key(e)
	}
}

// TypedShortcut gives commands to the window.
func (o *oneOf) TypedShortcut(s fyne.Shortcut) { o.desk.Touch(); o.desk.Shortcut(s) }

// TypedRune is for Fyne; runes mean nothing here.
func (o *oneOf) TypedRune(rune) { o.desk.Touch() }

// FocusGained is for Fyne.
func (o *oneOf) FocusGained() { o.focused = true; o.Refresh() }

// FocusLost is for Fyne.
func (o *oneOf) FocusLost() { o.focused = false; o.Refresh() }

// AccessibilityLabel is what is chosen.
func (o *oneOf) AccessibilityLabel() string { return o.says() }

// AccessibilityRole is for screen readers.
func (o *oneOf) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
