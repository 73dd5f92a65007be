package register_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
)

// stands there before.
func TestTheKeyboardWaitsForTheRecord(t *testing.T) {
	s := slowly(t, 1100, "一件目", "二件目")
	s.Open(s.refs[0])
	s.rest()
	s.Open(s.refs[1])
	s.typeOn("続き")
	s.rest()
	kittest.Keyboard(t, s.win)
	s.typeOn("続き")
	if !s.has("続き二件目") {
		t.Error("the keyboard is not in the record that was opened:", kittest.Words(s.win))
	}
	s.Open(s.refs[0])
	s.rest()
	s.entry(t, "一件目")
}

// whatever the list brings meanwhile.
func TestTheKeyboardWaitsOnANewPage(t *testing.T) {
	s := slowly(t, 1100, "一件目", "二件目")
	s.Page = register.New(s.host, config())
	s.win.SetContent(s.View())
	s.Shown()
	s.Open(s.refs[0])
	s.rest()
	kittest.Keyboard(t, s.win)
	s.typeOn("続き")
	if !s.has("続き一件目") {
		t.Error("the keyboard is not in the record that was opened:", kittest.Words(s.win))
	}
}

// News do not interrupt what is on its way.
func TestNewsWhileARecordIsOnItsWay(t *testing.T) {
	s := slowly(t, 1100, "一件目", "二件目")
	s.Open(s.refs[0])
	s.rest()
	s.Open(s.refs[1])
	s.Changed(nil)
	s.rest()
	s.entry(t, "二件目")
}

// What is typed into the record that still stands there is its draft.
func TestTypedWhileAnotherIsOnItsWay(t *testing.T) {
	s := slowly(t, 1100, "一件目", "二件目")
	s.Open(s.refs[0])
	s.rest()
	s.Open(s.refs[1])
	s.entry(t, "一件目").SetText("一件目の続き")
	s.rest()
	s.entry(t, "二件目")
	s.Open(s.refs[0])
	s.rest()
	s.entry(t, "一件目の続き")
}

// Going back to the record that stands there ends the wish for the other.
func TestBackToTheRecordThatStandsThere(t *testing.T) {
	s := slowly(t, 1100, "一件目", "二件目")
	s.Open(s.refs[0])
	s.rest()
	s.Open(s.refs[1])
	s.Open(s.refs[0])
	s.typeOn("続き")
	s.rest()
	if !s.has("続き一件目") {
		t.Error("another record took its place:", kittest.Words(s.win))
	}
}

// The button that is pressed may go with what it did: the keyboard goes on.
func TestTheKeyboardOutlivesItsButton(t *testing.T) {
	f := open(t, 1100, "一件目")
	f.Open(f.refs[0])
	f.typeOn("間違い")
	undo := f.button(t, "入力を取り消す")
	f.win.Canvas().Focus(undo)
	undo.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	undo.TypedRune(' ')
	kittest.Keyboard(t, f.win)
	f.typeOn("続き")
	if !f.has("続き一件目") {
		t.Error("typing goes nowhere:", kittest.Words(f.win))
	}
}

// A record that leaves takes the keyboard away from its form.
func TestTheKeyboardOfARecordThatLeaves(t *testing.T) {
	for name, w := range map[string]float32{"beside the list": 1100, "alone": 700} {
		t.Run(name, func(t *testing.T) {
			f := open(t, w, "一件目")
			f.Open(f.refs[0])
			f.host.Replica.Drop(f.refs[0])
			f.Changed(nil)
			kittest.Keyboard(t, f.win)
		})
	}
}

// Panes are what is drawn, and nothing else.
func TestPanesAreDrawn(t *testing.T) {
	for name, c := range map[string]struct {
		w    float32
		open bool
	}{"wide": {1100, true}, "nothing open": {1100, false}, "narrow": {700, false}, "narrow, inside": {700, true}} {
		t.Run(name, func(t *testing.T) {
			f := open(t, c.w)
			if c.open {
				f.act(t, ui.Ctrl(fyne.KeyN))
			}
			for _, p := range f.Panes() {
				f.win.Canvas().Focus(p)
				if f.win.Canvas().Focused() != p {
					t.Errorf("%T does not take the keyboard", p)
				}
			}
		})
	}
}
