package kittest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Keyboard fails where the keyboard is in a widget that nobody sees any more: what
// is typed there is lost. That nothing has it is no fault: the window takes keys
// then.
func Keyboard(t testing.TB, win fyne.Window) {
	t.Helper()
	if at := Lost(win); at != nil {
		t.Errorf("the keyboard is in a %T that is not drawn: %s", at, at.(fyne.Accessible).AccessibilityLabel())
	}
}

// Lost is the widget that Keyboard fails for; nil if there is none.
func Lost(win fyne.Window) fyne.Focusable {
	at := win.Canvas().Focused()
	if at == nil {
		return nil
	}
	root := win.Content()
	if top := win.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	for _, o := range test.LaidOutObjects(root) {
		if o == at.(fyne.CanvasObject) {
			return nil
		}
	}
	return at
}
