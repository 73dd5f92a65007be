package sections_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/sections"
)

// Whatever a button of any page opens on top of it is whole, and so is what the
// window itself opens. A button that opens nothing has done its work by then.
func TestEveryDialogIsWhole(t *testing.T) {
	opened := map[string]bool{}
	for _, v := range kittest.Variants() {
		w := open(t, v)
		for _, d := range windows {
			before := kittest.Words(w.win)
			d.show(w)
			if list := kittest.Words(w.win); d.name == "site" && !strings.Contains(list, "本庁舎\n") || d.name == "person" && strings.Count(list, "髙橋 直\n") != 1+strings.Count(before, "髙橋 直\n") {
				t.Errorf("the records to choose from:\n%s", list)
			}
			w.dialog(t, d.name, v, opened)
		}
		for _, s := range sections.All() {
			for at := range w.stand(s) {
				w.stand(s)
				press(w, at)
				w.dialog(t, fmt.Sprint(s.ID, "-", at), v, opened)
			}
		}
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
	for _, want := range []string{"palette", "found", "record", "person", "folder", "file", "choice", "save"} {
		if !opened[want] {
			t.Errorf("%s does not open", want)
		}
	}
	if len(opened) < 12 {
		t.Errorf("only %d were opened: %v", len(opened), opened)
	}
}

// windows are what the window itself opens.
var windows = []struct {
	name string
	show func(*window)
}{
	{"palette", func(w *window) { w.desk.Shortcut(ui.Ctrl(fyne.KeyK).Shortcut()) }},
	{"found", func(w *window) {
		w.desk.Shortcut(ui.Ctrl(fyne.KeyK).Shortcut())
		test.Type(w.win.Canvas().Focused(), "印刷")
	}},
	{"record", func(w *window) { w.PickRecord(ticket.Kind, func(app.Ref) {}) }},
	{"site", func(w *window) { w.PickRecord(people.SiteKind, func(app.Ref) {}) }},
	{"person", func(w *window) { w.PickRecord(app.PersonKind, func(app.Ref) {}) }},
	{"folder", func(w *window) { w.PickPath("", func(string) {}) }},
	{"file", func(w *window) { w.PickFile(nil) }},
	{"choice", func(w *window) { w.Go("tickets"); w.choices("受付経路", "Channel") }},
	{"save", func(w *window) { w.SaveFile("帳票印刷 障害対応手順書.pdf", nil) }},
}

// The dialog of files has the window's names for the usual folders, and keeps them
// when another is chosen.
func TestFileDialogNamesFolders(t *testing.T) {
	for lang, want := range map[app.Lang]string{app.JA: "ホーム", app.EN: "Home"} {
		w := open(t, kittest.Variant{W: 1280, H: 800, Lang: lang, Factor: 1})
		w.PickFile(nil)
		for range 2 {
			if words := kittest.Words(w.win); !strings.Contains(words, want+"\n") || lang == app.JA && (strings.Contains(words, "Home") || strings.Contains(words, "Computer")) {
				t.Errorf("%s: %s", lang, words)
			}
			w.win.Canvas().Overlays().Top().Refresh()
		}
	}
}

// While a file is chosen the page behind takes no keys, and Esc gives the choice up.
func TestThePageBehindADialogOfFilesTakesNoKeys(t *testing.T) {
	w := open(t, desktop)
	w.Go("documents")
	w.PickFile(nil)
	stack := w.win.Canvas().Overlays()
	dialog := stack.Top()
	if w.strike(intake); stack.Top() != dialog {
		t.Error("a card opened over the dialog")
	}
	if w.strike(ui.Plain(fyne.KeyEscape)); stack.Top() != nil {
		t.Error("Esc does not close the dialog")
	}
	if w.strike(intake); stack.Top() == nil {
		t.Error("keys are dead after the dialog")
	}
}

// choices opens the list of the first choice that is named so in one of the languages.
func (w *window) choices(ja, en string) {
	ids, _ := w.rep.IDs(context.Background(), ticket.Kind, app.Query{})
	w.Open(app.Ref{Kind: ticket.Kind, ID: ids[0]})
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if s, ok := o.(*kit.Select); ok && strings.HasPrefix(s.AccessibilityLabel(), w.desk.Words.Of(app.Label{JA: ja, EN: en})) {
			s.Tapped(nil)
			return
		}
	}
}

// stand goes to a section and opens its first record; it returns how many buttons
// can be pressed there.
func (w *window) stand(s ui.Section) int {
	w.Go(s.ID)
	if len(s.Kinds) > 0 {
		if ids, _ := w.rep.IDs(context.Background(), s.Kinds[0], app.Query{}); len(ids) > 0 {
			w.Open(app.Ref{Kind: s.Kinds[0], ID: ids[0]})
		}
	}
	return len(kittest.Buttons(w.win))
}

func press(w *window, at int) {
	if all := kittest.Buttons(w.win); at < len(all) {
		all[at].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}

// dialog looks at what lies on top, if anything does, and takes it away.
func (w *window) dialog(t *testing.T, name string, v kittest.Variant, opened map[string]bool) {
	t.Helper()
	stack := w.win.Canvas().Overlays()
	if stack.Top() == nil {
		return
	}
	opened[name] = true
	if _, ours := stack.Top().(*kit.Overlay); ours {
		w.look(t, "dialog-"+name+"-"+v.Name)
	} else { // Fyne's lists and fields say nothing to a screen reader
		kittest.Whole(t, w.win)
		kittest.Shot(t, w.win, "dialog-"+name+"-"+v.Name)
	}
	for range 4 {
		w.desk.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	for top := stack.Top(); top != nil; top = stack.Top() { // Fyne's own
		stack.Remove(top)
	}
}
