package kittest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Spoken fails for every widget in sight that takes the keyboard and tells a
// screen reader nothing.
func Spoken(t testing.TB, win fyne.Window) {
	t.Helper()
	for _, mute := range Mute(win) {
		t.Error(mute, "takes the keyboard and says nothing to a screen reader")
	}
}

// Mute are what Spoken fails for.
func Mute(win fyne.Window) (mute []string) {
	for _, root := range append([]fyne.CanvasObject{win.Content()}, win.Canvas().Overlays().List()...) {
		for _, o := range test.LaidOutObjects(root) {
			if _, takes := o.(fyne.Focusable); !takes || !o.Visible() {
				continue
			}
			if a, speaks := o.(fyne.Accessible); !speaks || a.AccessibilityLabel() == "" {
				mute = append(mute, fmt.Sprintf("%T", o))
			}
		}
	}
	return mute
}
