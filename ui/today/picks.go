package today

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// picks is what cards and sentences share: the keyboard stands on one of them, two
// arrows move it, Enter opens it. Who embeds it paints, and finds what was clicked.
type picks struct {
	kit.Surface
	desk          *ui.Desk
	before, after fyne.KeyName // the arrows
	count, at     int
	focused       bool
	press         func()        // opens the one at which it stands; there is one
	says          func() string // that one, for a screen reader
}

// among keeps the place among n.
func (k *picks) among(n int) {
	k.count, k.at = n, max(0, min(k.at, n-1))
	k.Refresh()
}

// take opens one.
func (k *picks) take(at int) {
	if k.at = at; at < k.count {
		k.press()
	}
}

// TypedKey moves and opens.
func (k *picks) TypedKey(e *fyne.KeyEvent) {
	k.desk.Touch()
	switch e.Name {
	case k.before:
		k.at = max(k.at-1, 0)
	case k.after:
		k.at = max(0, min(k.at+1, k.count-1))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		k.take(k.at)
		return
	default:
		k.desk.Key(e)
		return
	}
	k.Refresh()
}

// TypedShortcut gives commands to the window.
func (k *picks) TypedShortcut(s fyne.Shortcut) { k.desk.Touch(); k.desk.Shortcut(s) }

// TypedRune is for Fyne; runes mean nothing here.
func (k *picks) TypedRune(rune) { k.desk.Touch() }

// FocusGained is for Fyne.
func (k *picks) FocusGained() { k.focused = true; k.Refresh() }

// FocusLost is for Fyne.
func (k *picks) FocusLost() { k.focused = false; k.Refresh() }

// AccessibilityLabel is the one of the keyboard.
func (k *picks) AccessibilityLabel() string {
	if k.at >= k.count {
		return ""
	}
	return k.says()
}

// AccessibilityRole is for screen readers.
func (k *picks) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
