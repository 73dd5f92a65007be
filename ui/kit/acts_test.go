package kit_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

func TestUndoBar(t *testing.T) {
	b := kit.NewUndoBar(kittest.Desk(t))
	if b.Visible() {
		t.Error("with nothing to take back it must not be seen")
	}
	var undone []string
	offer := func(s string) { b.Offer(s, func() { undone = append(undone, s) }) }
	offer("一件目")
	offer("二件目")
	b.Undo()
	b.Undo()
	offer("三件目")
	b.Close()
	b.Undo()
	if strings.Join(undone, " ") != "二件目" || b.Visible() {
		t.Error("only what stands there is taken back, once:", undone)
	}
}

func TestUndoBarLook(t *testing.T) {
	kittest.Gallery(t, "undobar", 620, 34, func(d *ui.Desk) fyne.CanvasObject {
		b := kit.NewUndoBar(d)
		b.Offer("問い合わせ 3件を完了にしました。", nil)
		return b
	})
}

// scanned is a work of which a part was done in so many seconds.
func scanned(done int64, after time.Duration) *task.Progress {
	now := kittest.Now
	p := task.NewProgress(func() time.Time { return now })
	now = now.Add(after)
	p.Step(context.Background(), done, 215_400)
	return p
}

func TestProgress(t *testing.T) {
	d := kittest.Desk(t)
	ticks, cancelled := 0, 0
	d.Tasks = task.Inline(func(f func()) {
		if ticks++; ticks < 3 {
			f()
		}
	})
	work := scanned(133_604, 80*time.Minute)
	b := kit.NewProgress(d, work, " ファイル", ui.Key{}, ui.Key{}, func() { cancelled++ })
	win := kittest.Window(t, b, 800, 92)
	b.Follow()
	press := func(word string) {
		for _, o := range kittest.Buttons(win) {
			if o.AccessibilityLabel() == word {
				o.Tapped(nil)
			}
		}
	}
	for _, c := range []struct{ press, want string }{
		{"", "◎ 実行中|62%|133,604 / 215,400 ファイル　残り およそ 49分　毎秒 27 ファイル"},
		{"一時停止", "■ 一時停止中|再開"}, {"再開", "◎ 実行中|一時停止"}, {"中止する", "● 終了"},
	} {
		press(c.press)
		for _, want := range strings.Split(c.want, "|") {
			if got := kittest.Words(win); !strings.Contains(got, want) {
				t.Errorf("after %q: no %q in %s", c.press, want, got)
			}
		}
	}
	if press("中止する"); cancelled != 1 || ticks != 3 {
		t.Errorf("cancelled %d times, looked %d times", cancelled, ticks)
	}
}

func TestProgressLook(t *testing.T) {
	kittest.Gallery(t, "progress", 820, 92, func(d *ui.Desk) fyne.CanvasObject {
		return kit.NewProgress(d, scanned(133_604, 80*time.Minute), d.Words.Of(app.Label{JA: " ファイル", EN: " files"}), ui.Plain(fyne.KeyF9), ui.Key{}, nil)
	})
}

func TestQuestionLook(t *testing.T) {
	kittest.Gallery(t, "question", 640, 420, func(d *ui.Desk) fyne.CanvasObject {
		c, _ := app.CommandOf(ticket.Register, "dispatch")
		form := kit.NewForm(d, &host{}, kit.NewCommandModel(ticket.Register, c), nil)
		q := kit.NewQuestion(d, d.Words.Of(c.Label), "2026-004129", d.Words.Of(app.Label{
			JA: "担当者に現地へ向かうよう依頼します。希望の日時がなければ空欄にしてください。", EN: "Asks somebody to go there. Leave the time empty if none is wanted."}), form,
			kit.NewButton(d, kit.Primary, d.Words.Of(c.Label), ui.Ctrl(fyne.KeyReturn), nil), kit.NewButton(d, kit.Secondary, d.Words.Of(app.Label{JA: "やめる", EN: "Leave"}), ui.Plain(fyne.KeyEscape), nil))
		return kit.NewOverlay(d, q, q.Card(), nil)
	})
}

func TestTips(t *testing.T) {
	d := kittest.Desk(t)
	var later []func()
	d.Tasks = task.Inline(func(f func()) { later = append(later, f) })
	tips := kit.NewTips(d)
	win := kittest.Window(t, tips, 300, 200)
	shows := func() string { return strings.TrimSpace(kittest.Words(win)) }
	tips.Soon("問い合わせ", fyne.NewPos(0, 40), fyne.NewSize(48, 26))
	if shows() != "" {
		t.Error("the mouse has not rested yet")
	}
	tips.Soon("文書", fyne.NewPos(0, 70), fyne.NewSize(48, 26))
	for _, f := range later {
		f()
	}
	if shows() != "文書" {
		t.Errorf("shows %q, want what the mouse came to last", shows())
	}
	kittest.Whole(t, win)
	tips.Clear()
	if shows() != "" {
		t.Error("gone with the mouse")
	}
}

func TestTipsLook(t *testing.T) {
	kittest.Gallery(t, "tips", 220, 90, func(d *ui.Desk) fyne.CanvasObject {
		tips := kit.NewTips(d)
		f := d.Look.Factor()
		tips.Now(d.Words.Of(app.Label{JA: "問い合わせ　42件", EN: "Tickets 42"}), fyne.NewPos(8*f, 30*f), fyne.NewSize(32*f, 26*f))
		icon := kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
			p.Rect(0, 0, w, h, p.Ground)
			p.Icon(16, 35, 16, "inbox", p.Ink2)
		})
		return kittest.Stack(icon, tips)
	})
}
