package sections_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
	"daicho/ui/kit/kittest"
	"daicho/ui/sections"
	"daicho/ui/shell"
)

func (w *window) says(t *testing.T, want string) {
	t.Helper()
	if !strings.Contains(kittest.Words(w.win), want) {
		t.Errorf("%q is missing in %s", want, kittest.Words(w.win))
	}
}

// contest lets another person write what 中村 彩 has written, too.
func (w *window) contest(t *testing.T, kind app.Kind) {
	t.Helper()
	ids, err := w.rep.IDs(t.Context(), kind, app.Query{})
	if err != nil {
		t.Fatal(err)
	}
	ref := app.Ref{Kind: kind, ID: ids[0]}
	a, b := w.rep.Load(ref), w.rep.Load(ref)
	w.rep.Edit(t, a, "title=一方の書き方")
	w.rep.Author, w.rep.Device = "髙橋 直", 3
	w.rep.Edit(t, b, "title=もう一方の書き方")
	w.rep.Author, w.rep.Device = "中村 彩", 7
}

// What comes for the person while he looks elsewhere is told in one line and by the
// system, which hears nothing of what it is. It stands in a list until it is settled,
// and what was read stays read.
func TestNoticesComeAndAreRead(t *testing.T) {
	w := open(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1})
	var heard []string
	w.OnNotice(func(sentence string) { heard = append(heard, sentence) })
	w.says(t, "\nお知らせ 4件\n") // two conflicts and two refusals that were there
	w.Go("people")
	w.rep.At = kittest.Now.Add(time.Minute)
	w.contest(t, ticket.Kind)
	w.says(t, "\nお知らせが 1件届きました。状態の欄の「お知らせ」で確認できます。\n")
	w.says(t, "\nお知らせ 5件\n")
	if len(heard) != 1 || heard[0] != "確認が必要なお知らせが届きました。" {
		t.Error("the system says", heard)
	}
	w.desk.Now = func() time.Time { return kittest.Now.Add(time.Minute) }
	w.contest(t, document.Kind)
	w.Go("notices")
	w.says(t, "\n未読 6件\n")
	w.look(t, "notices-read")
	w.press(fyne.KeyReturn) // the newest
	w.says(t, "\nお知らせ 5件\n")
	w.says(t, "\nもう一方の書き方\n")

	w.Close()
	w.Shell = shell.New(w.win, w.desk, w.rep, w.host.Link(), sections.All())
	w.says(t, "\nお知らせ 5件\n")
	conflict, err := w.rep.IDs(t.Context(), app.ConflictKind, app.Query{})
	if err == nil {
		err = w.rep.Do(t.Context(), w.rep.Load(app.Ref{Kind: app.ConflictKind, ID: conflict[0]}), "resolve", []string{"take=shown"})
	}
	if err != nil {
		t.Fatal(err)
	}
	w.says(t, "\nお知らせ 4件\n") // what is settled is gone
	w.Go("notices")
	for _, b := range kittest.Buttons(w.win) {
		if b.AccessibilityLabel() == "全て既読にする" {
			b.Tapped(nil)
		}
	}
	if words := kittest.Words(w.win); strings.Contains(words, "お知らせ 4件") || !strings.Contains(words, "\n未読 0件\n") {
		t.Error("all are read:", words)
	}
}
