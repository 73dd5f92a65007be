package sections_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/sections"
)

func (w *window) press(k fyne.KeyName) {
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
}

// today goes back to the first page and gives the keyboard to its cards.
func (w *window) cards(t *testing.T) {
	t.Helper()
	w.Go("today")
	for range 9 {
		w.desk.Key(&fyne.KeyEvent{Name: fyne.KeyF6})
		if o, ok := w.win.Canvas().Focused().(fyne.Accessible); ok && strings.HasPrefix(o.AccessibilityLabel(), "未完了") {
			return
		}
	}
	t.Fatal("F6 does not come to the cards")
}

// The day begins with 今日: Ctrl+N takes a call from there, Enter opens the record
// under the cursor, and a card opens the list that it counts.
func TestTheDayBeginsWithToday(t *testing.T) {
	w := open(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1})
	if !strings.Contains(kittest.Words(w.win), "期限の近い順") {
		t.Fatal("another page comes first")
	}
	w.press(fyne.KeyReturn)
	if words := kittest.Words(w.win); !strings.Contains(words, "2026-000001") || strings.Contains(words, "期限の近い順") {
		t.Error("Enter opens the inquiry in its section")
	}
	w.Go("today")
	w.cards(t)
	w.press(fyne.KeyRight)
	w.press(fyne.KeyReturn)
	if words := kittest.Words(w.win); !strings.Contains(words, "本日の受付 30件") {
		t.Error("the card opens the list that it counts:", words)
	}
	w.New(ticket.Kind)
	if _, ok := w.win.Canvas().Focused().(*kit.Entry); !ok {
		t.Errorf("a new inquiry is written at once; the keyboard is in %T", w.win.Canvas().Focused())
	}
}

// Where not all sections have room the navigation scrolls to the open one, and to
// the one of the keyboard.
func TestTheNavigationScrolls(t *testing.T) {
	w := open(t, kittest.Variant{W: 1280, H: 600, Lang: app.JA, Factor: 1})
	if words := kittest.Words(w.win); strings.Contains(words, "\n権限\n") {
		t.Fatal("the window is too high for this test")
	}
	all := sections.All()
	w.Go(all[len(all)-1].ID)
	if words := kittest.Words(w.win); strings.Contains(words, "\n今日\n") || !strings.Contains(words, "\n拠点\n") {
		t.Error("the open section is the last and must be in sight:", words)
	}
	w.navigation(t)
	for range all {
		w.press(fyne.KeyUp)
	}
	w.press(fyne.KeyDown)
	if words := kittest.Words(w.win); !strings.Contains(words, "\n今日\n") {
		t.Error("the section of the keyboard must be in sight:", words)
	}
	wheel := w.win.Canvas().Focused().(fyne.Scrollable)
	for range all {
		wheel.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	}
	if words := kittest.Words(w.win); strings.Contains(words, "\n今日\n") {
		t.Error("the wheel goes to the end:", words)
	}
}

// navigation gives the keyboard to the navigation.
func (w *window) navigation(t *testing.T) {
	t.Helper()
	for range 9 {
		w.desk.Key(&fyne.KeyEvent{Name: fyne.KeyF6})
		if _, ok := w.win.Canvas().Focused().(fyne.Scrollable); !ok {
			continue
		}
		if _, table := w.win.Canvas().Focused().(*kit.Table); !table {
			return
		}
	}
	t.Fatal("F6 does not come to the navigation")
}
