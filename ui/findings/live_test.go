package findings_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// half is a scan half done after ten minutes, that could not read some of its files.
func half(w *world) ui.Scan {
	now := kittest.Now.Add(-10 * time.Minute)
	work := task.NewProgress(func() time.Time { return now })
	now = kittest.Now
	_ = work.Step(context.Background(), 5<<30, 12<<30)
	return ui.Scan{Job: w.jobs[0], Title: "本庁舎の共有フォルダー", Work: work, Files: 41_200, AllFiles: 96_500, Found: 214,
		Folder: "smb://fs1/share/福祉総務課/令和8年度/障害福祉サービス受給者証の更新/申請書の写し/10月分/北庁舎",
		Unread: []ui.Unread{{Why: app.Label{JA: "読む権限がない", EN: "permission denied"}, Count: 12}, {Why: app.Label{JA: "ファイルの破損", EN: "damaged file"}, Count: 3}}}
}

func TestLiveLook(t *testing.T) {
	d := kittest.Desk(t)
	w := year(t)
	w.Author = w.agent
	for _, v := range kittest.Variants() {
		v.Set(d)
		for name, scan := range map[string]ui.Scan{"live-": half(w), "mine-": {}} {
			w.Scans.Scan = scan
			page, h := overviewOf(t, d, w)
			win := kittest.Window(t, page.View(), v.W-176*v.Factor, v.H-24*v.Factor)
			page.Shown()
			kittest.Whole(t, win)
			kittest.Spoken(t, win)
			kittest.Shot(t, win, name+v.Name)
			if name == "mine-" {
				act(t, page, "この端末で点検する").Do()
				card := kittest.Window(t, h.Asked, h.Card.Width*v.Factor, h.Card.Height*v.Factor)
				kittest.Whole(t, card)
				kittest.Shot(t, card, "mine-card-"+v.Name)
			}
		}
	}
}

// act is what a page offers under a name; nil: it does not.
func act(t *testing.T, page ui.Page, label string) *ui.Action {
	t.Helper()
	for _, a := range page.Actions() {
		if a.Label.JA == label {
			return &a
		}
	}
	return nil
}

func press(t *testing.T, win fyne.Window, label string) {
	t.Helper()
	for _, b := range kittest.Buttons(win) {
		if b.AccessibilityLabel() == label {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("no button %s", label)
}

// live is a page of the agent, whose clock a test winds.
func live(t *testing.T, w *world) (page ui.Page, h *kittest.Host, win fyne.Window, second func()) {
	w.Author = w.agent
	var later []func()
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	d.Tasks = task.Inline(func(f func()) { later = append(later, f) })
	page, h = overviewOf(t, d, w)
	win = kittest.Window(t, page.View(), 1100, 776)
	page.Shown()
	return page, h, win, func() {
		due := later
		later = nil
		for _, f := range due {
			f()
		}
	}
}

// A job of this device is chosen and begun; how far it is stands on the page until it
// is over, and then how it ended.
func TestScanHere(t *testing.T) {
	w := year(t)
	page, h, win, second := live(t, w)
	act(t, page, "この端末で点検する").Do()
	card := kittest.Window(t, h.Asked, h.Card.Width, h.Card.Height)
	press(t, card, "北庁舎の共有フォルダー")
	if got := w.Scans.Scan.Job; got != w.jobs[1] {
		t.Errorf("begun is %v, not %v", got, w.jobs[1])
	}
	if act(t, page, "この端末で点検する") != nil {
		t.Error("another is offered beside it")
	}
	w.Scans.Scan = half(w)
	second()
	second()
	says(t, win, "41,200 / 96,500件", "41%", "残り およそ", "5.0 GB / 12.0 GB", "毎秒 8.5 MB", "/北庁舎", "検出 214件", "読取不可 15件（読む権限がない 12件、ファイルの破損 3件）")
	w.Scans.Scan.Over = true
	second()
	if got := h.LastSaid(); got != "点検が終わりました。検出 214件、読取不可 15件。" || strings.Contains(kittest.Words(win), "96,500件") {
		t.Error(got, kittest.Words(win))
	}
}

// A scan can rest and be stopped; one that was stopped is said to go on.
func TestScanStops(t *testing.T) {
	w := year(t)
	w.Scans.Scan = half(w)
	_, h, win, second := live(t, w)
	press(t, win, "一時停止")
	if !w.Scans.Scan.Work.Measure().Rests {
		t.Error("it does not rest")
	}
	says(t, win, "一時停止中")
	press(t, win, "再開")
	press(t, win, "中止する")
	second()
	if w.Scans.Stopped != 1 || !strings.HasPrefix(h.LastSaid(), "点検を中断しました。") {
		t.Error(w.Scans.Stopped, h.LastSaid())
	}
}

// After an unlocking a scan goes on as another work, which the page may learn of before
// it looks at the first one again: it is told once how that has ended.
func TestScanGoesOnAsAnother(t *testing.T) {
	w := year(t)
	w.Scans.Scan = half(w)
	page, h, win, second := live(t, w)
	w.Scans.Scan = half(w)
	page.Shown()
	second()
	says(t, win, "41,200 / 96,500件")
	w.Scans.Scan.Over = true
	second()
	second()
	if len(h.Said) != 1 || strings.Contains(kittest.Words(win), "96,500件") {
		t.Errorf("%q: %s", h.Said, kittest.Words(win))
	}
}

// What cannot begin, and what ends early, is said.
func TestScanRefused(t *testing.T) {
	w := year(t)
	w.retire(t)
	page, h, _, second := live(t, w)
	w.Scans.Refusal = errors.New("no disk")
	act(t, page, "この端末で点検する").Do() // the one that is left, without a question
	if h.LastSaid() == "" {
		t.Error("nothing is said")
	}
	said := len(h.Said)
	w.Scans.Refusal = nil
	act(t, page, "この端末で点検する").Do()
	w.Scans.Scan.Over, w.Scans.Scan.Err = true, errors.New("no disk")
	second()
	if len(h.Said) != said+1 {
		t.Error(h.Said)
	}
}

// One whose run has not ended goes on.
func TestScanGoesOn(t *testing.T) {
	w := year(t)
	w.retire(t)
	w.Author = w.agent
	w.Edit(t, w.Load(w.Add(t, "scan_run", "job="+w.jobs[0].String())), "state=paused")
	page, _, win, _ := live(t, w)
	if act(t, page, "点検を続ける") == nil {
		t.Error(page.Actions())
	}
	press(t, win, "点検を続ける")
	if w.Scans.Scan.Job != w.jobs[0] {
		t.Error(w.Scans.Scan)
	}
}

// Who is no agent is offered none.
func TestOthersScanNothing(t *testing.T) {
	page, _, _ := shown(t, year(t))
	if act(t, page, "この端末で点検する") != nil {
		t.Error("a scan of another device is offered")
	}
}
