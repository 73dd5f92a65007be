package documents_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/documents"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

const letter = "From: yamada@vendor.example\r\nTo: joho@city.example\r\nSubject: Schedule\r\nDate: Thu, 19 Nov 2026 18:05:00 +0900\r\n\r\nSee you.\r\n"

// TestDropped: files that fall onto the list become documents, one for each, a mail with
// what it says of itself; what cannot be read is told and keeps none of the others.
func TestDropped(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"点検報告.txt": "点検", "a/mail.eml": letter} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := kittest.Desk(t)
	r := kittest.NewReplica(t, modules.Book())
	host := kittest.NewHost(t, d, r)
	page := documents.Sections()[0].New(host)
	kittest.Window(t, page.View(), 1000, 620)
	page.Shown()
	paths := []string{filepath.Join(dir, "点検報告.txt"), filepath.Join(dir, "a"), filepath.Join(dir, "ない.txt")}
	for round, want := range []string{"文書を2件登録しました。", "文書を0件登録しました。2件は登録済みでした。"} {
		if !page.(ui.Dropper).Drop(fyne.NewPos(40, 200), paths) {
			t.Fatal("nobody takes the files")
		}
		win := kittest.Window(t, kit.NewOverlay(d, host.Asked, host.Card, nil), 1000, 700)
		kittest.Whole(t, win)
		kittest.Shot(t, win, "bring")
		words := kittest.Words(win)
		for _, part := range []string{"点検報告.txt", "TXT", "フォルダー　ファイル 1件", "ない.txt", "× ファイルがありません。", "2件を登録する"} {
			if !strings.Contains(words, part) {
				t.Errorf("round %d: no %q in\n%s", round, part, words)
			}
		}
		kittest.Buttons(win)[0].Tapped(nil)
		if !slices.Contains(host.Said, want) {
			t.Errorf("round %d: said %q, want %q", round, host.Said, want)
		}
	}
	ids, err := r.IDs(t.Context(), document.Kind, app.Query{})
	if err != nil || len(ids) != 2 {
		t.Fatal(len(ids), err)
	}
	rows, err := r.Rows(t.Context(), document.Kind, ids)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, rec := range rows {
		m := rec.(*document.Document)
		got = append(got, strings.Join([]string{m.Title, m.Sender, document.Register.Show(m, "issued", app.EN), document.Register.Show(m, "received", app.EN), m.Files[0].Name}, "|"))
	}
	want := []string{"点検報告|||2026-11-20|点検報告.txt", "Schedule|yamada@vendor.example|2026-11-19|2026-11-20|mail.eml"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// TestChosen does the same by the keyboard.
func TestChosen(t *testing.T) {
	host := kittest.NewHost(t, kittest.Desk(t), kittest.NewReplica(t, modules.Book()))
	page := documents.Sections()[0].New(host)
	kittest.Window(t, page.View(), 1000, 620)
	var names []string
	for _, a := range page.Actions() {
		names = append(names, a.Label.JA)
	}
	for _, want := range []string{"ファイルから登録", "フォルダーから登録"} {
		if !strings.Contains(strings.Join(names, "\n"), want) {
			t.Errorf("no %s in %v", want, names)
		}
	}
}
