package shell_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// note is a card with one field.
type note struct {
	kit.Surface
	entry *kit.Entry
}

func newNote(d *ui.Desk) *note {
	n := &note{entry: kit.NewEntry(d)}
	n.Extend(n, d.Look, func(p *kit.Pen, w, h float32) { p.Add(n.entry, 8, 8, w-16, 30) })
	return n
}

// lockedScene is a shell whose person has typed into two cards, one on the
// other, and which is locked then.
func lockedScene(t *testing.T, g *gate) (s *scene, top, below *note) {
	s = show(t, kittest.Variants()[0], online())
	below, top = newNote(s.desk), newNote(s.desk)
	s.Ask(below, fyne.NewSize(400, 200))
	s.desk.Focus(below.entry)
	test.Type(below.entry, "unsaved below")
	s.Ask(top, fyne.NewSize(300, 150))
	s.desk.Focus(top.entry)
	test.Type(top.entry, "unsaved on top")
	s.Lock(g, s.Unlock)
	return s, top, below
}

// TestLockShowsNothing: what stood on the screen is not there any more, and
// keys reach nothing but the door.
func TestLockShowsNothing(t *testing.T) {
	s, _, _ := lockedScene(t, &gate{state: ui.DoorState{Exists: true, Tries: 5, Shut: ui.ByPerson, Person: "中村 彩"}})
	seen := kittest.Words(s.win)
	for _, word := range []string{"unsaved", "問い合わせ", "競合", "同期済"} {
		if strings.Contains(seen, word) {
			t.Errorf("a locked window shows %q:\n%s", word, seen)
		}
	}
	if !strings.Contains(seen, "中村 彩") || !strings.Contains(seen, "ロックしました。") {
		t.Errorf("the door does not say whose it is and why it is shut:\n%s", seen)
	}
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyEscape))
	s.desk.Key(key(fyne.KeyEscape))
	s.press(fyne.KeyN)
	s.press(fyne.KeyL)
	if p := s.sheets["tickets"]; p.pressed+p.backs != 0 || !s.Locked() {
		t.Error("keys go through the door")
	}
}

// TestUnlockPutsEverythingBack: cards, what was typed, and the keyboard.
func TestUnlockPutsEverythingBack(t *testing.T) {
	g := &gate{state: ui.DoorState{Exists: true, Tries: 5, Shut: ui.ByPerson}}
	s, top, below := lockedScene(t, g)
	test.Type(s.win.Canvas().Focused(), "secret")
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "unlock secret" || s.Locked() {
		t.Fatalf("tried %q, locked: %t", g.last(), s.Locked())
	}
	if s.win.Canvas().Focused() != fyne.Focusable(top.entry) {
		t.Error("the keyboard is not where it was")
	}
	test.Type(s.win.Canvas().Focused(), ", and more")
	if top.entry.Text != "unsaved on top, and more" || below.entry.Text != "unsaved below" {
		t.Errorf("typed: %q, %q", top.entry.Text, below.entry.Text)
	}
	s.desk.Key(key(fyne.KeyEscape))
	if s.win.Canvas().Focused() != fyne.Focusable(below.entry) || len(s.win.Canvas().Overlays().List()) != 1 {
		t.Error("Esc does not close the card on top alone")
	}
	if seen := kittest.Words(s.win); !strings.Contains(seen, "unsaved below") || !strings.Contains(seen, "同期済") {
		t.Errorf("not everything is back:\n%s", seen)
	}
}

// TestNothingComesInFrontOfTheDoor: what was begun before the lock and ends
// after it is shown when the door is open again, and not before.
func TestNothingComesInFrontOfTheDoor(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	s.Lock(&gate{state: ui.DoorState{Exists: true}}, func() {})
	task.Go(s.desk.Tasks, func(context.Context) error { return nil }, func(error) {
		s.Say(kit.Good, "記録しました。")
		s.Ask(newNote(s.desk), fyne.NewSize(300, 150))
	})
	if n := len(s.win.Canvas().Overlays().List()); n != 1 || strings.Contains(kittest.Words(s.win), "記録しました。") {
		t.Errorf("%d overlays; on the screen:\n%s", n, kittest.Words(s.win))
	}
	s.Unlock()
	if n := len(s.win.Canvas().Overlays().List()); n != 1 || !strings.Contains(kittest.Words(s.win), "記録しました。") {
		t.Errorf("%d overlays; on the screen:\n%s", n, kittest.Words(s.win))
	}
}

// TestLockHasItsKey, also on top of a card and in the palette.
func TestLockHasItsKey(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	asked := 0
	s.OnLock(func() { asked++ })
	s.press(fyne.KeyL)
	s.Ask(newNote(s.desk), fyne.NewSize(300, 150))
	s.press(fyne.KeyL)
	s.desk.Key(key(fyne.KeyEscape))
	s.press(fyne.KeyK)
	test.Type(s.win.Canvas().Focused(), "ロック")
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if asked != 3 {
		t.Errorf("locked %d times, want 3", asked)
	}
}
