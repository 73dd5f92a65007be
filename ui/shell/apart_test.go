package shell_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/shell"
	"daicho/ui/tickets"
)

// pair is a shell over real inquiries that may open more windows.
type pair struct {
	*shell.Shell
	desk  *ui.Desk
	win   fyne.Window
	more  []fyne.Window
	rep   *kittest.Replica
	first app.Ref
}

func twoWindows(t *testing.T, v kittest.Variant) *pair {
	p := &pair{desk: kittest.Desk(t), rep: kittest.NewReplica(t, modules.Book())}
	v.Set(p.desk)
	p.first = p.rep.Add(t, ticket.Kind, "title=回線の障害", "channel=phone", "department=市民課")
	p.rep.Add(t, ticket.Kind, "title=会議室の無線LANにつながらない", "channel=phone")
	p.win = kittest.Window(t, kit.NewSurface(p.desk.Look, func(*kit.Pen, float32, float32) {}), v.W, v.H)
	p.Shell = shell.New(p.win, p.desk, p.rep, online(), []ui.Section{tickets.Section()})
	p.OnAnother(func() fyne.Window {
		w := test.NewWindow(nil)
		w.SetPadded(false)
		p.more = append(p.more, w)
		return w
	})
	t.Cleanup(p.Close)
	p.Open(p.first)
	return p
}

// press sends a shortcut to the first window.
func (p *pair) press(k ui.Key) {
	p.desk.Shortcut(&desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Mod})
}

var openApart = ui.Key{Name: fyne.KeyReturn, Mod: fyne.KeyModifierControl | fyne.KeyModifierShift}

// field is the field of a window that holds a text.
func field(t *testing.T, w fyne.Window, s string) *kit.Entry {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.Text == s && e.Visible() {
			return e
		}
	}
	t.Fatalf("no field with %q in\n%s", s, kittest.Words(w))
	return nil
}

func TestARecordHasAWindowOfItsOwn(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			p := twoWindows(t, v)
			p.press(openApart)
			if len(p.more) != 1 {
				t.Fatal("no window came")
			}
			second := p.more[0]
			second.Resize(fyne.NewSize(620*v.Factor, 760*v.Factor))
			for _, w := range []fyne.Window{p.win, second} {
				kittest.Whole(t, w)
				kittest.Spoken(t, w)
			}
			kittest.Shot(t, p.win, "apart-first-"+v.Name)
			kittest.Shot(t, second, "apart-"+v.Name)
			if !strings.Contains(second.Title(), "2026-000001") {
				t.Error("the title does not say which record it is:", second.Title())
			}
			p.press(openApart)
			if len(p.more) != 1 {
				t.Error("a record has two windows")
			}
		})
	}
}

// What was typed goes along into the window, is recorded there, and comes back
// with the record when the window is closed.
func TestWhatWasTypedGoesAlongAndComesBack(t *testing.T) {
	p := twoWindows(t, kittest.Variants()[0])
	field(t, p.win, "回線の障害").SetText("回線の障害、二階")
	p.press(openApart)
	second := p.more[0]
	subject := field(t, second, "回線の障害、二階")
	if seen := kittest.Words(p.win); !strings.Contains(seen, "別のウィンドウで開いています") || strings.Contains(seen, "、二階") {
		t.Error("the first window still has it:", seen)
	}
	subject.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	rec, err := p.rep.Get(context.Background(), p.first)
	if err != nil || rec.(*ticket.Ticket).Title != "回線の障害、二階" {
		t.Fatal("not recorded:", rec, err)
	}
	if seen := kittest.Words(second); !strings.Contains(seen, "2026-000001 を記録しました。") {
		t.Error("the window does not say so:", seen)
	}
	field(t, second, "市民課").SetText("議会事務局")
	second.Canvas().Focus(field(t, second, "議会事務局"))
	second.Canvas().Focused().TypedKey(key(fyne.KeyEscape))
	field(t, p.win, "議会事務局")
	if seen := kittest.Words(p.win); !strings.Contains(seen, "未記録の変更") {
		t.Error("the first window does not say that it is not recorded:", seen)
	}
	p.press(openApart)
	if len(p.more) != 2 {
		t.Fatal("it cannot be opened again")
	}
	field(t, p.more[1], "議会事務局")
}

// A lock shows nothing in any window, no key goes through, and all is there
// again afterwards.
func TestLockCoversEveryWindow(t *testing.T) {
	p := twoWindows(t, kittest.Variants()[0])
	p.press(openApart)
	second := p.more[0]
	e := field(t, second, "市民課")
	second.Canvas().Focus(e)
	e.SetText("議会事務局")
	p.Lock(&gate{state: ui.DoorState{Exists: true, Tries: 5, Shut: ui.ByPerson}}, p.Unlock)
	if p.rep.Kept["draft/"+p.first.String()] == nil {
		t.Error("what was typed is not kept at once")
	}
	kittest.Whole(t, second)
	kittest.Shot(t, second, "apart-locked")
	seen := kittest.Words(second) + second.Title()
	for _, word := range []string{"回線", "議会", "2026-000001", "記録する"} {
		if strings.Contains(seen, word) {
			t.Errorf("the locked window shows %q:\n%s", word, seen)
		}
	}
	if !strings.Contains(seen, "ロックしました。") {
		t.Error("nothing says why:", seen)
	}
	if f := second.Canvas().Focused(); f != nil {
		f.TypedKey(key(fyne.KeyReturn))
	}
	second.Canvas().OnTypedKey()(key(fyne.KeyEscape))
	p.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn)) // no passphrase: it stays shut
	if !p.Locked() {
		t.Fatal("a key goes through")
	}
	p.Unlock()
	if second.Canvas().Focused() != fyne.Focusable(e) || !strings.Contains(second.Title(), "2026-000001") {
		t.Error("the window is not as it was")
	}
	e.SetText("議会事務局 総務係")
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if rec, err := p.rep.Get(context.Background(), p.first); err != nil || rec.(*ticket.Ticket).Department != "議会事務局 総務係" {
		t.Error("not recorded:", rec, err)
	}
}

// What others change comes into the window, too.
func TestChangesReachEveryWindow(t *testing.T) {
	p := twoWindows(t, kittest.Variants()[0])
	p.press(openApart)
	now, err := p.rep.Get(context.Background(), p.first)
	if err != nil {
		t.Fatal(err)
	}
	p.rep.Edit(t, now, "department=議会事務局")
	field(t, p.more[0], "議会事務局")
}

// Every touch of either window counts against the lock.
func TestBothWindowsCountAsTouched(t *testing.T) {
	p := twoWindows(t, kittest.Variants()[0])
	touched := 0
	p.desk.Touch = func() { touched++ }
	p.press(openApart)
	second := p.more[0]
	for name, act := range map[string]func(){
		"a key":      func() { second.Canvas().Focus(field(t, second, "市民課")); second.Canvas().Focused().TypedRune('a') },
		"the mouse":  func() { second.Content().(desktop.Cursorable).Cursor() },
		"a shortcut": func() { second.Canvas().OnTypedKey()(key(fyne.KeyF1)) },
	} {
		before := touched
		if act(); touched == before {
			t.Error(name, "is not noted")
		}
	}
}

// Below 900 the record takes the place of the list, and Esc goes back to it; from
// 900 on both are there.
func TestNarrowWindowShowsListOrRecord(t *testing.T) {
	for _, c := range []struct {
		w, factor float32
		both      bool
	}{{899, 1, false}, {900, 1, true}, {1168, 1.3, false}, {1174, 1.3, true}} {
		for _, lang := range []app.Lang{app.JA, app.EN} {
			p := twoWindows(t, kittest.Variant{W: c.w, H: 768, Lang: lang, Factor: c.factor})
			other := func() bool { return strings.Contains(kittest.Words(p.win), "会議室の無線LAN") }
			kittest.Whole(t, p.win)
			kittest.Shot(t, p.win, fmt.Sprintf("narrow-%v-%s", c.w, lang))
			field(t, p.win, "回線の障害")
			if other() != c.both {
				t.Errorf("%v wide at %v: the list is in sight: %t", c.w, c.factor, other())
			}
			p.desk.Key(key(fyne.KeyEscape))
			kittest.Whole(t, p.win)
			kittest.Shot(t, p.win, fmt.Sprintf("narrow-list-%v-%s", c.w, lang))
			if !other() {
				t.Errorf("%v wide at %v: Esc does not go back", c.w, c.factor)
			}
		}
	}
}
