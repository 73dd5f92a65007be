package register_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/register"
)

// withFile is a page with one ticket that has a file, and is open.
func withFile(t *testing.T, name, content string) *fixture {
	t.Helper()
	f := open(t, 1100, "端末の故障", "別の件")
	r := f.host.Replica
	rec, err := r.Get(t.Context(), f.refs[0])
	if err == nil {
		var b app.Blob
		b, err = r.Attach(t.Context(), rec, name, strings.NewReader(content))
		rec.(*ticket.Ticket).Photos = []app.Blob{b}
	}
	if err == nil {
		err = r.Save(t.Context(), rec)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Page.Changed(nil)
	f.Page.Open(f.refs[0])
	kittest.Whole(t, f.win)
	return f
}

// press presses the button of a word, and of several the first.
func press(t *testing.T, win fyne.Window, word string) {
	t.Helper()
	for _, b := range kittest.Buttons(win) {
		if strings.HasPrefix(b.AccessibilityLabel(), word) {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("no button %s", word)
}

func photos(t *testing.T, f *fixture, ref app.Ref) []app.Blob {
	t.Helper()
	rec, err := f.host.Replica.Get(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*ticket.Ticket).Photos
}

func pictureOf(t *testing.T, w, h int) string {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w {
		m.Set(i, i*h/w, color.NRGBA{200, 30, 30, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestPreview shows text and pictures without leaving the window, in each look.
func TestPreview(t *testing.T) {
	for _, c := range []struct{ name, content, shows string }{
		{"議事録.docx", "第1回 打合せ\n\t決定事項　無停電電源装置の蓄電池を交換する。", "無停電電源装置"},
		{"空.docx", "", "表示できる文字はありません"},
		{"長い.txt", strings.Repeat("一行。\n", 900), "先頭を表示しています"},
		{"写真.png", pictureOf(t, 3000, 1200), ""},
		{"壊れた.png", "\x89PNG\r\n\x1a\n\x00", "画像です"},
	} {
		f := withFile(t, c.name, c.content)
		f.host.Replica.Unread = map[string]app.Label{"壊れた.png": {JA: "画像です", EN: "a picture"}}
		press(t, f.win, "プレビュー")
		if f.host.Asked == nil {
			t.Fatal(c.name, f.host.Said)
		}
		card := kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), 1000, 700)
		kittest.Whole(t, card)
		kittest.Shot(t, card, "preview-"+c.name)
		if markup := test.RenderToMarkup(card.Canvas()); !strings.Contains(markup, c.shows) {
			t.Errorf("%s: %q is not shown", c.name, c.shows)
		}
	}
}

// TestPagesOfAPreview: a PDF is shown as it looks, page by page, by the keyboard alone;
// its text is a key away.
func TestPagesOfAPreview(t *testing.T) {
	f := withFile(t, "手順書.PDF", "%PDF のつもり")
	sheet := func(w, h int) image.Image { return image.NewNRGBA(image.Rect(0, 0, w, h)) }
	f.host.Replica.Sheets = map[string][]image.Image{"手順書.PDF": {sheet(1600, 2263), sheet(1600, 400), sheet(1600, 2263)}}
	var view fyne.Focusable
	f.desk().Focus = func(o fyne.Focusable) { view = o }
	press(t, f.win, "プレビュー")
	card := kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), 1000, 700)
	kittest.Whole(t, card)
	kittest.Shot(t, card, "preview-pages")
	page := func(n int) {
		t.Helper()
		if about := f.host.Asked.(*kit.Question).About; !strings.HasSuffix(about, fmt.Sprintf("　%d／3ページ", n)) {
			t.Errorf("%s, want page %d", about, n)
		}
	}
	keys := func(name fyne.KeyName, times int) {
		for range times {
			view.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	page(1)
	keys(fyne.KeyUp, 1) // there is nothing before it
	page(1)
	keys(fyne.KeyPageDown, 1) // the rest of the first one
	page(1)
	keys(fyne.KeyEnd, 1)
	keys(fyne.KeyPageDown, 1)
	page(2)
	keys(fyne.KeyPageDown, 1)
	page(3)
	keys(fyne.KeyEnd, 1)
	keys(fyne.KeyPageDown, 3)
	page(3)
	keys(fyne.KeyHome, 1)
	keys(fyne.KeyPageUp, 2)
	page(1)
	press(t, card, "次のページ")
	page(2)
	press(t, card, "文字で表示")
	card = kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), 1000, 700)
	if markup := test.RenderToMarkup(card.Canvas()); !strings.Contains(markup, "%PDF のつもり") {
		t.Error("its text is not shown")
	}
}

// TestOpenedOutside: what is saved there stands in the form as if it had been typed,
// again and again, and nothing is recorded before the person does that.
func TestOpenedOutside(t *testing.T) {
	f := withFile(t, "手順書.txt", "初め")
	press(t, f.win, "開く")
	if !strings.Contains(f.host.LastSaid(), "別のプログラムで開きました") {
		t.Error(f.host.LastSaid())
	}
	before := photos(t, f, f.refs[0])
	for _, content := range []string{"直した", "もう一度"} {
		f.host.Replica.SaveOutside(content)
		if now := photos(t, f, f.refs[0]); len(now) != 1 || now[0] != before[0] || !f.shows("記録していません") && !f.shows("未記録") {
			t.Errorf("recorded %v", now)
		}
	}
	press(t, f.win, "記録する")
	now := photos(t, f, f.refs[0])
	if len(now) != 1 || now[0].ID == before[0].ID || now[0].Name != "手順書.txt" || now[0].Size != int64(len("もう一度")) {
		t.Errorf("recorded %v", now)
	}
}

// TestOpenedOutsideOfAnotherRecord: the record is left meanwhile, and what was saved
// waits in its draft.
func TestOpenedOutsideOfAnotherRecord(t *testing.T) {
	f := withFile(t, "手順書.txt", "初め")
	press(t, f.win, "開く")
	f.Page.Open(f.refs[1])
	f.host.Replica.SaveOutside("直した")
	if !strings.Contains(f.host.LastSaid(), "「手順書.txt」が別のプログラムで保存されました") {
		t.Error(f.host.LastSaid())
	}
	f.Page.Open(f.refs[0])
	press(t, f.win, "記録する")
	if now := photos(t, f, f.refs[0]); len(now) != 1 || now[0].Size != int64(len("直した")) {
		t.Errorf("recorded %v", now)
	}
}

// TestOpenedOutsideOfWhatIsFixed: what was saved stands in a new record that waits to be
// recorded, and the old one is as it was.
func TestOpenedOutsideOfWhatIsFixed(t *testing.T) {
	f := withFile(t, "手順書.txt", "初め")
	r, before := f.host.Replica, photos(t, f, f.refs[0])
	next, err := r.New(ticket.Kind)
	if err != nil {
		t.Fatal(err)
	}
	next.(*ticket.Ticket).Title, next.(*ticket.Ticket).Channel = "続き", ticket.Phone
	at := next.Meta().Ref
	r.GoesOn = func(b app.Blob) app.Ref {
		draft, err := register.WithFile(ticket.Register, at, next, nil, 1, "photos", before[0].ID, b)
		if err == nil {
			err = r.Keep(t.Context(), register.Drafts+at.String(), draft)
		}
		if err != nil {
			t.Error(err)
		}
		return at
	}
	press(t, f.win, "開く")
	r.SaveOutside("直した")
	if !strings.Contains(f.host.LastSaid(), "新しい案を始めました") {
		t.Error(f.host.LastSaid())
	}
	press(t, f.win, "記録する")
	if now := photos(t, f, at); len(now) != 1 || now[0].Size != int64(len("直した")) {
		t.Errorf("recorded %v", now)
	}
	if now := photos(t, f, f.refs[0]); len(now) != 1 || now[0] != before[0] {
		t.Errorf("the old one has %v", now)
	}
}
