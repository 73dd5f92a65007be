package sections_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
)

// shut is the door that another person's screens come out of.
type shut struct{ ui.Door }

func (shut) State() ui.DoorState                  { return ui.DoorState{Exists: true, Tries: 5, Shut: ui.ByPerson} }
func (shut) Others() []ui.Resident                { return nil }
func (shut) Watch(func(ui.Rebuild)) (stop func()) { return func() {} }

// written are the cards in which a person writes, and how each is opened.
var written = []struct {
	name string
	open func(*window)
	back func(*window) // to what was typed, with another window; nil: as it is opened
}{
	{"direct intake", func(w *window) { w.Go("documents"); w.strike(intake) }, func(w *window) { w.Go("tickets") }},
	{"an act on a record", func(w *window) { w.Go("tickets"); w.tap("ほかの操作"); w.tap("回答する") }, nil},
	{"a value of a conflict", func(w *window) { w.Go("conflicts"); w.strike(ui.Plain(fyne.KeyF2)) }, nil},
	{"a question", func(w *window) {
		w.Go("conflicts")
		w.strike(ui.Ctrl(fyne.KeyI))
		test.Type(w.win.Canvas().Focused(), "中村 彩")
		w.strike(ui.Plain(fyne.KeyReturn))
	}, nil},
	{"a refused change", func(w *window) { w.Go("rejects"); w.strike(ui.Ctrl(fyne.KeyD)) }, nil},
}

// tap presses the button that is named so, on the card on top or on the page.
func (w *window) tap(word string) {
	on := w.win.Content()
	if card := w.win.Canvas().Overlays().Top(); card != nil {
		on = card
	}
	for _, o := range test.LaidOutObjects(on) {
		if b, is := o.(*kit.Button); is && b.AccessibilityLabel() == word {
			b.Tapped(nil)
			return
		}
	}
}

var intake = ui.Key{Name: fyne.KeyH, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt}

const typed = "西棟の放送設備から音が出ない"

// typing opens a card and types into it.
func typing(t *testing.T, w *window, open func(*window)) {
	t.Helper()
	open(w)
	if _, is := w.win.Canvas().Focused().(*kit.Entry); !is || w.overlaid() != 1 {
		t.Fatalf("%d cards, and the keyboard in %T", w.overlaid(), w.win.Canvas().Focused())
	}
	test.Type(w.win.Canvas().Focused(), typed)
}

// What was typed on a card is there again after another person was at the desk: it
// lies with the records of who typed it, and is shown over those alone.
func TestWordsOnACardOutliveAnotherPerson(t *testing.T) {
	for _, c := range written {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, desktop)
			typing(t, w, c.open)
			w.Lock(shut{}, func() {})
			w.Close() // another person's screens come
			if c.back == nil {
				c.back = c.open
			}

			other := open(t, desktop)
			c.back(other)
			if holds(other.rep.Kept) || other.shows(typed) {
				t.Errorf("another person sees it:\n%s", kittest.Words(other.win))
			}

			again := over(t, desktop, w.rep)
			if again.Go("today"); !again.shows("未記録") {
				t.Errorf("nobody is told that something was typed:\n%s", kittest.Words(again.win))
			}
			kittest.Shot(t, again.win, "window-card-told-"+strings.ReplaceAll(c.name, " ", "-"))
			if c.back(again); !again.shows(typed) {
				t.Errorf("it is lost:\n%s", kittest.Words(again.win))
			}
		})
	}
}

// Who leaves a card wants nothing of it any more.
func TestWordsOnACardThatWasLeftAreForgotten(t *testing.T) {
	for _, c := range written {
		t.Run(c.name, func(t *testing.T) {
			w := open(t, desktop)
			typing(t, w, c.open)
			w.Lock(shut{}, w.Unlock)
			if kept, err := w.rep.Recall(context.Background(), ""); err != nil || !holds(kept) {
				t.Fatalf("kept %q, %v", kept, err)
			}
			w.Unlock()
			w.strike(ui.Plain(fyne.KeyEscape))
			if kept, _ := w.rep.Recall(context.Background(), ""); w.overlaid() != 0 || holds(kept) {
				t.Errorf("%d cards, kept %q", w.overlaid(), kept)
			}
			if c.open(w); w.shows(typed) {
				t.Errorf("it is there again:\n%s", kittest.Words(w.win))
			}
		})
	}
}

// holds reports whether something is kept that was typed and not recorded.
func holds(kept map[string][]byte) bool {
	for name := range kept {
		if strings.HasPrefix(name, register.Drafts) || strings.HasPrefix(name, kit.Cards) {
			return true
		}
	}
	return false
}
