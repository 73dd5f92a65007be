package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui/text"
)

// Tapped opens an item's list.
func (b *status) Tapped(e *fyne.PointEvent) {
	b.shell.desk.Touch()
	if i := b.spotAt(e.Position.X); i >= 0 {
		b.spots[i].do()
	}
}

func (b *status) spotAt(x float32) int {
	x /= b.shell.desk.Look.Factor()
	for i, s := range b.spots {
		if x >= s.x && x < s.x+s.w {
			return i
		}
	}
	return -1
}

// MouseIn is for Fyne.
func (b *status) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the item under the pointer.
func (b *status) MouseMoved(e *desktop.MouseEvent) {
	if over := b.spotAt(e.Position.X); over != b.over {
		b.over = over
		b.Refresh()
	}
}

// MouseOut is for Fyne.
func (b *status) MouseOut() { b.over = -1; b.Refresh() }

// FocusGained is for Fyne.
func (b *status) FocusGained() { b.holds, b.at = true, 0; b.Refresh() }

// FocusLost is for Fyne.
func (b *status) FocusLost() { b.holds = false; b.Refresh() }

// TypedRune is for Fyne; runes mean nothing here.
func (b *status) TypedRune(rune) { b.shell.desk.Touch() }

// TypedKey moves along the bar and opens what an item is for.
func (b *status) TypedKey(e *fyne.KeyEvent) {
	b.shell.desk.Touch()
	switch e.Name {
	case fyne.KeyRight:
		b.at = min(b.at+1, len(b.spots)-1)
	case fyne.KeyLeft:
		b.at = max(b.at-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.spots[b.at].do()
		return
	default:
		b.shell.desk.Key(e)
		return
	}
	b.Refresh()
}

// TypedShortcut gives commands to the window.
func (b *status) TypedShortcut(s fyne.Shortcut) { b.shell.desk.Touch(); b.shell.desk.Shortcut(s) }

// AccessibilityLabel is what the item says that the keyboard is on.
func (b *status) AccessibilityLabel() string {
	if b.at < len(b.spots) {
		return b.spots[b.at].words
	}
	return b.shell.desk.Words.T(text.StatusBar)
}

// AccessibilityRole is for screen readers.
func (b *status) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
