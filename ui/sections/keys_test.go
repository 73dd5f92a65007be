package sections_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/sections"
)

var desktop = kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1}

// strike sends a key as Fyne does: to what has the keyboard, else to the window.
func (w *window) strike(keys ...ui.Key) {
	for _, k := range keys {
		at := w.win.Canvas().Focused()
		switch {
		case k.Mod == 0 && at != nil:
			at.TypedKey(&fyne.KeyEvent{Name: k.Name})
		case k.Mod == 0:
			w.desk.Key(&fyne.KeyEvent{Name: k.Name})
		case at != nil:
			at.(fyne.Shortcutable).TypedShortcut(k.Shortcut())
		default:
			w.desk.Shortcut(k.Shortcut())
		}
	}
}

func (w *window) shows(words string) bool { return strings.Contains(kittest.Words(w.win), words) }

// overlaid is how many cards lie on the page.
func (w *window) overlaid() int { return len(w.win.Canvas().Overlays().List()) }

// is reports the type of what has the keyboard.
func is[T any](w *window) bool { _, ok := w.win.Canvas().Focused().(T); return ok }

func (w *window) count(t *testing.T) int {
	t.Helper()
	n, err := w.rep.Count(context.Background(), ticket.Kind, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// places are where the keyboard is on the page of inquiries, with one of them open.
var places = map[string]func(*window){
	"in the list": func(w *window) {},
	"in a field":  func(w *window) { w.strike(ui.Plain(fyne.KeyReturn)) },
	"nowhere":     func(w *window) { w.win.Canvas().Unfocus() },
}

// TestEachKeyOfTheWindow does what it is for, wherever the keyboard is.
func TestEachKeyOfTheWindow(t *testing.T) {
	shift := func(n fyne.KeyName) ui.Key { return ui.Key{Name: n, Mod: fyne.KeyModifierShift} }
	locked := 0
	for _, c := range []struct {
		key  ui.Key
		does string
		done func(*window) bool
	}{
		{ui.Ctrl(fyne.KeyK), "search and commands", func(w *window) bool { return w.overlaid() == 1 && w.shows("操作") }},
		{ui.Ctrl(fyne.KeyN), "a new record", func(w *window) bool { return w.shows("新しい問い合わせ") && is[*kit.Entry](w) }},
		{ui.Ctrl(fyne.KeyD), "a visit", func(w *window) bool {
			return w.overlaid() == 0 && w.shows("新しい現地対応") && w.shows("技術者")
		}},
		{ui.Ctrl(fyne.KeyF), "filter this list", func(w *window) bool {
			e, ok := w.win.Canvas().Focused().(*kit.Entry)
			return ok && strings.Contains(e.PlaceHolder, "Ctrl+F")
		}},
		{ui.Ctrl(fyne.KeyReturn), "record", func(w *window) bool { return w.shows("記録するものはありません。") }},
		{ui.Ctrl(fyne.KeyL), "lock", func(*window) bool { return locked > 0 }},
		{ui.Key{Name: fyne.KeyH, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt}, "direct intake", func(w *window) bool { return w.overlaid() == 1 && w.shows("引き継ぐ") && is[*kit.Entry](w) }},
		{ui.Plain(fyne.KeyF1), "what to do", func(w *window) bool { return w.overlaid() == 1 && w.shows("どの画面でも") }},
		{ui.Plain(fyne.KeyF2), "edit the field", func(w *window) bool { return is[*kit.Entry](w) }},
		{ui.Plain(fyne.KeyF5), "sync now", func(w *window) bool { return w.shows("同期しました。") }},
		{ui.Plain(fyne.KeyF6), "the next pane", func(w *window) bool { return w.win.Canvas().Focused() != nil && !is[*kit.Entry](w) }},
		{shift(fyne.KeyF6), "the pane before", func(w *window) bool { return w.win.Canvas().Focused() != nil && !is[*kit.Entry](w) }},
		{ui.Ctrl(fyne.Key4), "the fourth section", func(w *window) bool { return !w.shows("受付経路") }},
	} {
		for place, goTo := range places {
			w := open(t, desktop)
			w.OnLock(func() { locked++ })
			w.Go("tickets")
			goTo(w)
			locked = 0
			w.strike(c.key)
			if !c.done(w) {
				t.Errorf("%s, the keyboard %s: no %s\n%s", c.key, place, c.does, kittest.Words(w.win))
			}
			kittest.Keyboard(t, w.win)
		}
	}
}

// TestKeysOfATable move, mark and open; Esc goes back to the list.
func TestKeysOfATable(t *testing.T) {
	w := open(t, desktop)
	w.Go("tickets")
	table := w.win.Canvas().Focused().(*kit.Table)
	ids, err := w.rep.IDs(context.Background(), ticket.Kind, app.Query{Sort: "received", Desc: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		key fyne.KeyName
		row int
	}{{fyne.KeyDown, 1}, {fyne.KeyDown, 2}, {fyne.KeyUp, 1}, {fyne.KeyEnd, len(ids) - 1}, {fyne.KeyHome, 0}} {
		w.strike(ui.Plain(c.key))
		if at := slices.Index(ids, table.Cursor().ID); at != c.row {
			t.Errorf("%s goes to row %d, want %d", c.key, at, c.row)
		}
	}
	w.strike(ui.Plain(fyne.KeyPageDown))
	if at := slices.Index(ids, table.Cursor().ID); at < 10 {
		t.Errorf("PgDn goes to row %d", at)
	}
	w.strike(ui.Plain(fyne.KeyHome), ui.Plain(fyne.KeySpace))
	if table.MarkCount() != 1 {
		t.Error("Space marks", table.MarkCount())
	}
	w.strike(ui.Plain(fyne.KeyReturn))
	if !is[*kit.Entry](w) {
		t.Errorf("Enter goes to a %T", w.win.Canvas().Focused())
	}
	w.strike(ui.Plain(fyne.KeyEscape))
	if w.win.Canvas().Focused() != fyne.Focusable(table) {
		t.Errorf("Esc goes to a %T", w.win.Canvas().Focused())
	}
}

// TestDirectIntake takes a call on every page, in three fields and two keys, and
// hands it over.
func TestDirectIntake(t *testing.T) {
	for _, s := range sections.All() {
		w := open(t, desktop)
		w.Go(s.ID)
		before := w.count(t)
		w.strike(ui.Key{Name: fyne.KeyH, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt}, ui.Ctrl(fyne.KeyReturn))
		if w.overlaid() != 1 || !w.shows("「件名」は必須です。") || w.count(t) != before {
			t.Fatalf("%s: without a subject it is handed over", s.ID)
		}
		for _, words := range []string{"プリンターの紙が詰まる", "印南 帳子", "税務課"} {
			test.Type(w.win.Canvas().Focused(), words)
			w.win.Canvas().FocusNext()
		}
		w.strike(ui.Ctrl(fyne.KeyReturn))
		if w.overlaid() != 0 || w.count(t) != before+1 || !w.shows("を受け付け、ヘルプデスクへ引き継ぎました。") {
			t.Fatalf("%s: not handed over: %s", s.ID, kittest.Words(w.win))
		}
		kittest.Keyboard(t, w.win)
		ids, _ := w.rep.IDs(context.Background(), ticket.Kind, app.Query{})
		k := w.rep.Load(app.Ref{Kind: ticket.Kind, ID: ids[before]}).(*ticket.Ticket)
		if k.Title != "プリンターの紙が詰まる" || k.Requester != "印南 帳子" || k.Department != "税務課" || k.Channel != ticket.City || k.State != ticket.Open || k.FirstLine || k.ReceivedAt == 0 {
			t.Errorf("%s: %+v", s.ID, k)
		}
	}
}

// TestTheCardsOfKeysAreWhole in every size and language.
func TestTheCardsOfKeysAreWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		w := open(t, v)
		w.Go("tickets")
		w.strike(ui.Plain(fyne.KeyF1))
		w.look(t, "keys-"+v.Name)
		w.strike(ui.Plain(fyne.KeyEscape), ui.Key{Name: fyne.KeyH, Mod: fyne.KeyModifierControl | fyne.KeyModifierAlt})
		w.strike(ui.Ctrl(fyne.KeyReturn))
		w.look(t, "intake-"+v.Name)
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}
