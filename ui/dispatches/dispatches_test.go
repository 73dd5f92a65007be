package dispatches_test

import (
	"bytes"
	"image/png"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/dispatch"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/dispatches"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// fixture is the page of visits with one that is done.
type fixture struct {
	page  ui.Page
	host  *kittest.Host
	visit app.Ref
}

func open(t *testing.T) *fixture {
	t.Helper()
	d := kittest.Desk(t)
	r := kittest.NewReplica(t, modules.Book())
	site := r.Add(t, people.SiteKind, "name=本庁舎", "main=yes")
	inquiry := r.Add(t, ticket.Kind, "title=地下の端末が起動しない", "channel=phone", "department=税務課")
	f := &fixture{host: kittest.NewHost(t, d, r)}
	f.visit = r.Add(t, dispatch.Kind, "ticket="+inquiry.String(), "site="+site.String(), "engineer=佐々木", "wished=2026-11-20 13:30", "wished_by=税務課", "work=電源を交換した。")
	for _, command := range []string{"arrive", "begin", "finish"} {
		rec, err := r.Get(t.Context(), f.visit)
		if err == nil {
			err = r.Do(t.Context(), rec, command, nil)
		}
		if err != nil {
			t.Fatal(command, err)
		}
	}
	f.page = dispatches.Section().New(f.host)
	win := kittest.Window(t, f.page.View(), 1100, 700)
	f.page.Shown()
	f.page.(ui.Lister).List("all")
	f.page.(ui.Opener).Open(f.visit)
	kittest.Whole(t, win)
	return f
}

// To have arrived is one key: no card stands between a person at the door and the time.
// Who says another time gets the card. The page is named after the site.
func TestArrivalIsOneTap(t *testing.T) {
	f := open(t)
	r := f.host.Replica
	rec := r.Load(f.visit).(*dispatch.Visit)
	visit := r.Add(t, dispatch.Kind, "ticket="+rec.Ticket.String(), "site="+rec.Site.String(), "engineer=佐々木", "wished=2026-11-20 14:30")
	f.page.(ui.Opener).Open(visit)
	win := kittest.Window(t, f.page.View(), 1100, 700)
	kittest.Whole(t, win)
	if words := kittest.Words(win); strings.Count(words, "本庁舎") < 2 || strings.Contains(words, rec.Site.String()) {
		t.Error("the head does not name the site:", words)
	}
	f.act(t, "到着した")
	if f.host.Asked != nil || r.Load(visit).(*dispatch.Visit).State != dispatch.There {
		t.Errorf("a card is open, or nobody arrived: %v", f.host.Said)
	}
	f.act(t, "作業を始めた（日時などを入力）")
	if f.host.Asked == nil || r.Load(visit).(*dispatch.Visit).State != dispatch.There {
		t.Error("no card asks for the time")
	}
}

func (f *fixture) act(t *testing.T, label string) {
	t.Helper()
	i := slices.IndexFunc(f.page.Actions(), func(a ui.Action) bool { return a.Label.JA == label })
	if i < 0 {
		t.Fatalf("no action %s", label)
	}
	f.page.Actions()[i].Do()
}

// card is the card that is open, in a window of its own.
func (f *fixture) card(t *testing.T) fyne.Window {
	t.Helper()
	if f.host.Asked == nil {
		t.Fatal("no card is open:", f.host.Said)
	}
	return kittest.Window(t, kit.NewOverlay(f.host.Desk(), f.host.Asked, f.host.Card, nil), 900, 640)
}

func tap(t *testing.T, win fyne.Window, word string) {
	t.Helper()
	for _, b := range kittest.Buttons(win) {
		if strings.HasPrefix(b.AccessibilityLabel(), word) {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("no button %s", word)
}

// in finds the one widget of a sort on a card.
func in[W fyne.CanvasObject](t *testing.T, win fyne.Window) (found W) {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if w, is := o.(W); is {
			return w
		}
	}
	t.Fatalf("no %T", found)
	return found
}

func (f *fixture) get(t *testing.T) *dispatch.Visit {
	t.Helper()
	rec, err := f.host.Replica.Get(t.Context(), f.visit)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*dispatch.Visit)
}

// sign draws two strokes, the second beyond the edge.
func sign(pad *kit.Signature) {
	at := func(x, y float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(x, y)} }
	pad.MouseDown(&desktop.MouseEvent{PointEvent: at(60, 40)})
	for i := range 20 {
		pad.Dragged(&fyne.DragEvent{PointEvent: at(60+float32(i)*8, 40+float32(i%5)*10)})
	}
	pad.DragEnd()
	pad.MouseDown(&desktop.MouseEvent{PointEvent: at(250, 30)})
	pad.Dragged(&fyne.DragEvent{PointEvent: at(2000, 900)})
	pad.DragEnd()
}

// TestConfirmedByASignature: what was drawn on the card is a picture with the visit,
// which is confirmed, with no server at hand; the report has it.
func TestConfirmedByASignature(t *testing.T) {
	f := open(t)
	f.act(t, "確認を受けた")
	win := f.card(t)
	in[*kit.Entry](t, win).SetText("印南 隆")
	sign(in[*kit.Signature](t, win))
	kittest.Whole(t, win)
	kittest.Shot(t, win, "signature")
	tap(t, win, "確認を受けた")
	v := f.get(t)
	if v.Confirmed != "印南 隆" || len(v.Signature) != 1 || v.Signature[0].Name != "署名.png" {
		t.Fatalf("confirmed by %q with %v; said %v", v.Confirmed, v.Signature, f.host.Said)
	}
	body, err := f.host.Replica.OpenBlob(t.Context(), v.Ref, v.Signature[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(body)
	if err != nil || m.Bounds().Dx() < 300 || m.Bounds().Dy() < 60 {
		t.Fatalf("%v, %v", m.Bounds(), err)
	}
	f.act(t, "印刷（PDF）")
	tap(t, f.card(t), "現地対応報告書")
	text := exec.Command("pdftotext", "-", "-")
	text.Stdin = strings.NewReader(f.host.Wrote)
	var out bytes.Buffer
	text.Stdout = &out
	if err := text.Run(); err != nil {
		t.Fatalf("pdftotext is needed for this test (Debian: poppler-utils): %v", err)
	}
	for _, want := range []string{"現地対応報告書", "印南 隆", "画面への署名", "地下の端末が起動しない", "電源を交換した。"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not on the report:\n%s", want, out.String())
		}
	}
}

// TestConfirmedByTheNameAlone, by the keyboard; without either the card says what to do.
func TestConfirmedByTheNameAlone(t *testing.T) {
	f := open(t)
	f.act(t, "確認を受けた")
	win := f.card(t)
	in[*kit.Entry](t, win).SetText("印南 隆")
	tap(t, win, "確認を受けた")
	if v := f.get(t); v.Confirmed != "" || f.host.Asked == nil || !strings.Contains(test.RenderToMarkup(win.Canvas()), "署名がありません") {
		t.Fatalf("confirmed by %q; said %v", v.Confirmed, f.host.Said)
	}
	kittest.Whole(t, win)
	kittest.Shot(t, win, "unsigned")
	typed := in[*kit.Check](t, win)
	typed.SetChecked(true)
	tap(t, win, "確認を受けた")
	if v := f.get(t); v.Confirmed != "印南 隆" || len(v.Signature) != 0 {
		t.Errorf("confirmed by %q with %v; said %v", v.Confirmed, v.Signature, f.host.Said)
	}
}

// TestSignatureIsTakenAway and given anew.
func TestSignatureIsTakenAway(t *testing.T) {
	f := open(t)
	f.act(t, "確認を受けた")
	win := f.card(t)
	pad := in[*kit.Signature](t, win)
	sign(pad)
	tap(t, win, "署名を書き直す")
	if !pad.IsEmpty() {
		t.Error("it is still there")
	}
}
