package rejects_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// TestTheKeyboardIsInWhatIsDrawn, whichever tab is chosen: the list behind the other
// one asks for nothing.
func TestTheKeyboardIsInWhatIsDrawn(t *testing.T) {
	f := open(t, wide, true)
	f.host.Desk().Focus(nil)
	var asked []fyne.Focusable
	focus := f.host.Desk().Focus
	f.host.Desk().Focus = func(w fyne.Focusable) { asked = append(asked, w); focus(w) }
	f.page.Shown()
	for _, w := range asked {
		if !kit.Holds(f.page.View(), w) {
			t.Errorf("the keyboard was offered to a %T that is not drawn", w)
		}
	}
	panes := f.page.(ui.Paner).Panes()
	if f.win.Canvas().Focused() != panes[0] {
		t.Errorf("%T has the keyboard", f.win.Canvas().Focused())
	}
	panes[1].(*kit.Tabs).Choose(1)
	kittest.Keyboard(t, f.win)
	if at := f.win.Canvas().Focused(); at == panes[0] || !slices.Contains(f.page.(ui.Paner).Panes(), at) {
		t.Errorf("behind the other tab: %T has the keyboard", at)
	}
}

// TestAReasonThatCannotBeRecorded stays on its sheet.
func TestAReasonThatCannotBeRecorded(t *testing.T) {
	f := open(t, wide, true)
	f.act(t, "取り下げる")
	win := kittest.Window(t, f.host.Asked, 520, 290)
	win.Canvas().FocusNext()
	e := win.Canvas().Focused().(*kit.Entry)
	e.SetText("二重に入力したため")
	f.host.Replica.Fail = app.Refuse(app.Failed, "", "ディスクに空きがありません。空きを作ってから、もう一度記録してください。", "the disk is full; make room and try again")
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.Asked == nil || !strings.Contains(kittest.Words(win), "ディスクに空きがありません。") {
		t.Error("the sheet went, and with it the reason")
	}
	kittest.Whole(t, win)
	kittest.Shot(t, win, "reject-dismiss-failed")
	f.host.Replica.Fail = nil
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.Asked != nil || f.host.LastSaid() != "取り下げました。取下げの記録に残ります。" {
		t.Error(f.host.LastSaid())
	}
}
