package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui/kit/kittest"
)

// The bar is reached by F6, says where the keyboard is, and opens each list.
func TestStatusByKeyboard(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s := show(t, v, offline())
			s.desk.Key(key(fyne.KeyF6))
			s.desk.Key(key(fyne.KeyF6)) // these pages have no panes
			bar := s.win.Canvas().Focused()
			said := func() string { return bar.(fyne.Accessible).AccessibilityLabel() }
			offline, conflict := "オフライン", "競合"
			if v.Lang == app.EN {
				offline, conflict = "Offline", "Conflict"
			}
			if !strings.Contains(said(), offline) {
				t.Fatalf("the keyboard is on %q", said())
			}
			for range 9 {
				if strings.Contains(said(), conflict) {
					break
				}
				bar.TypedKey(key(fyne.KeyRight))
			}
			kittest.Whole(t, s.win)
			kittest.Spoken(t, s.win)
			kittest.Shot(t, s.win, "status-"+v.Name)
			bar.TypedKey(key(fyne.KeyReturn))
			if s.sheets["conflicts"] == nil {
				t.Errorf("%q does not open its list", said())
			}
		})
	}
}

// At the ends of the bar the keyboard stays on it.
func TestStatusEnds(t *testing.T) {
	s := show(t, kittest.Variants()[0], offline())
	s.desk.Key(key(fyne.KeyF6))
	s.desk.Key(key(fyne.KeyF6))
	bar := s.win.Canvas().Focused()
	bar.TypedKey(key(fyne.KeyLeft))
	for range 20 {
		bar.TypedKey(key(fyne.KeyRight))
	}
	if said := bar.(fyne.Accessible).AccessibilityLabel(); !strings.Contains(said, "時計のずれ") {
		t.Errorf("the keyboard is on %q", said)
	}
	bar.TypedKey(key(fyne.KeyReturn))
	if !strings.Contains(kittest.Words(s.win), "送信と同期") {
		t.Error("the clock leads nowhere")
	}
}
