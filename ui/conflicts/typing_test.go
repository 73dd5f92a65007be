package conflicts_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/conflicts"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// TestTheKeyboardWaitsForThePair: what the page offers to the keyboard is drawn, and
// the keys 1 2 3 reach the pair as soon as it is there.
func TestTheKeyboardWaitsForThePair(t *testing.T) {
	d := kittest.Desk(t)
	r := kittest.NewReplica(t, modules.Book())
	two(t, r, mine, theirs)
	var step func() bool
	d.Tasks, step = task.Stepped()
	p := conflicts.Section().New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, p.View(), wide.W, wide.H)
	p.Shown()
	offered := p.(ui.Paner).Panes()
	win.Canvas().Focus(offered[0]) // as the shell does
	kittest.Keyboard(t, win)
	if len(offered) != 1 || win.Canvas().Focused() != offered[0] {
		t.Errorf("%d panes before anything is read; %T has the keyboard", len(offered), win.Canvas().Focused())
	}
	for step() {
	}
	if _, there := win.Canvas().Focused().(*kit.ConflictPair); !there {
		t.Errorf("%T has the keyboard", win.Canvas().Focused())
	}
}

// TestNewsLeaveTheKeyboardAlone: who works elsewhere on the page, or in a card on top
// of it, goes on there.
func TestNewsLeaveTheKeyboardAlone(t *testing.T) {
	f := one(t)
	tabs := f.page.(ui.Paner).Panes()[1]
	f.win.Canvas().Focus(tabs)
	f.page.(ui.Watcher).Changed(nil)
	if f.win.Canvas().Focused() != tabs {
		t.Errorf("%T has taken the keyboard", f.win.Canvas().Focused())
	}
}

// TestTheKeyboardOutlivesTheLastConflict.
func TestTheKeyboardOutlivesTheLastConflict(t *testing.T) {
	f := one(t)
	f.keys(fyne.Key1, fyne.Key2, fyne.Key3)
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	kittest.Keyboard(t, f.win)
	if _, there := f.win.Canvas().Focused().(*kit.Tabs); !there {
		t.Errorf("%T has the keyboard", f.win.Canvas().Focused())
	}
}

// sheet opens what a key asks for and returns its field.
func (f *fixture) sheet(t *testing.T, h float32) (*kit.Entry, fyne.Window) {
	t.Helper()
	if f.host.Asked == nil {
		t.Fatal("no sheet to write on")
	}
	win := kittest.Window(t, f.host.Asked, 520, h)
	win.Canvas().FocusNext()
	return win.Canvas().Focused().(*kit.Entry), win
}

// TestWritingOutlivesNews: while a person writes a value, the page is read anew.
func TestWritingOutlivesNews(t *testing.T) {
	var ref app.Ref
	f := open(t, wide, func(r *kittest.Replica) { ref = two(t, r, mine[:1], theirs[:1]) })
	f.ticket = ref
	f.keys(fyne.KeyF2)
	e, _ := f.sheet(t, 300)
	e.SetText("小林 誠")
	f.page.(ui.Watcher).Changed(nil)
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	f.act(t, ui.Ctrl(fyne.KeyReturn))
	if got := f.record(t).Assignee; got != "小林 誠" {
		t.Errorf("%q: %s", got, f.host.LastSaid())
	}
}

// TestWritingOutlivesTheConflict: somebody else settles it meanwhile. What was
// written stays on the sheet, with a word.
func TestWritingOutlivesTheConflict(t *testing.T) {
	for _, lang := range []app.Lang{app.JA, app.EN} {
		v := wide
		v.Lang = lang
		var ref app.Ref
		f := open(t, v, func(r *kittest.Replica) { ref = two(t, r, mine[:1], theirs[:1]) })
		f.ticket = ref
		f.keys(fyne.KeyF2)
		e, win := f.sheet(t, 300)
		e.SetText("小林 誠")
		ctx, r := context.Background(), f.host.Replica
		ids, _ := r.IDs(ctx, app.ConflictKind, app.Query{})
		rec, _ := r.Get(ctx, app.Ref{Kind: app.ConflictKind, ID: ids[0]})
		if err := r.Do(ctx, rec, "resolve", []string{"take=" + string(app.TakeOther)}); err != nil {
			t.Fatal(err)
		}
		f.page.(ui.Watcher).Changed(nil)
		e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
		said := strings.ReplaceAll(kittest.Words(win), "\n", "")
		if want := map[app.Lang]string{app.JA: "ほかの方が解決しました", app.EN: "Somebody else settled"}[lang]; f.host.Asked == nil || !strings.Contains(said, want) || e.Text != "小林 誠" {
			t.Errorf("open: %t; %s", f.host.Asked != nil, said)
		}
		kittest.Whole(t, win)
		kittest.Shot(t, win, "conflict-gone-"+string(lang))
	}
}

// TestAQuestionThatCannotBeSent stays on its sheet.
func TestAQuestionThatCannotBeSent(t *testing.T) {
	f := one(t)
	f.host.Pick = f.host.Replica.Person("髙橋 直")
	f.act(t, ui.Ctrl(fyne.KeyI))
	e, win := f.sheet(t, 290)
	test.Type(e, "担当はどちらですか。")
	f.host.Replica.Fail = app.Refuse(app.Failed, "", "ディスクに空きがありません。空きを作ってから、もう一度記録してください。", "the disk is full; make room and try again")
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.Asked == nil || !strings.Contains(kittest.Words(win), "ディスクに空きがありません。") {
		t.Error("the sheet went, and with it what was written")
	}
	kittest.Whole(t, win)
	kittest.Shot(t, win, "conflict-say-failed")
	f.host.Replica.Fail = nil
	e.TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
	if f.host.Asked != nil || f.host.LastSaid() != "髙橋 直 に照会しました。" {
		t.Error(f.host.LastSaid())
	}
}
