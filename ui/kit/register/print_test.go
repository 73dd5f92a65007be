package register_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// print prints by the button of the card whose word begins so.
func (f *fixture) print(t *testing.T, word string) {
	t.Helper()
	f.act(t, ui.Ctrl(fyne.KeyP))
	card := kittest.Window(t, f.host.Asked, 440, 300)
	kittest.Whole(t, card)
	for _, b := range kittest.Buttons(card) {
		if strings.HasPrefix(b.AccessibilityLabel(), word) {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("nothing to print begins with %q", word)
}

// read is what stands on the pages that were saved.
func (f *fixture) read(t *testing.T) string {
	t.Helper()
	c := exec.Command("pdftotext", "-layout", "-", "-")
	c.Stdin = strings.NewReader(f.host.Wrote)
	var out bytes.Buffer
	c.Stdout = &out
	if err := c.Run(); err != nil {
		t.Fatalf("pdftotext is needed for this test (Debian: poppler-utils): %v", err)
	}
	return out.String()
}

func TestPrintARecord(t *testing.T) {
	f := open(t, 1100, "モニターの映像が乱れる", "議会中継用PCの音声が出ない")
	f.print(t, "この記録")
	got := f.read(t)
	for _, want := range []string{"問い合わせ票", "モニターの映像が乱れる", "令和8年11月", "取扱注意", "1/1", "現在"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on the paper:\n%s", want, got)
		}
	}
	if strings.Contains(got, "議会中継用") {
		t.Error("another record is on the paper, too")
	}
	if said := f.host.LastSaid(); !strings.HasSuffix(said, ".pdf」を保存しました。開いて印刷してください。") {
		t.Error(said)
	}
}

func TestPrintTheListAsItIsNarrowed(t *testing.T) {
	f := open(t, 1100, strings.Split(strings.Repeat("回線の障害,モニターの映像が乱れる,", 120), ",")[:240]...)
	f.entry(t, "").SetText("回線")
	f.print(t, "この一覧　120件")
	got := f.read(t)
	for _, want := range []string{"問い合わせ管理表", "120件", "「回線」", "R8.11."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on the paper", want)
		}
	}
	if n := strings.Count(got, "回線の障害"); n != 120 || strings.Contains(got, "モニター") {
		t.Errorf("%d records on the paper, want the 120 of the list alone", n)
	}
}

func TestPrintAnEmptyList(t *testing.T) {
	f := open(t, 1100)
	f.print(t, "この一覧")
	if got := f.read(t); !strings.Contains(got, "該当なし") {
		t.Error(got)
	}
}

func TestPrintMarkedRecords(t *testing.T) {
	f := open(t, 1100, "一つ目", "二つ目", "三つ目")
	f.desk().Focus(f.Panes()[0])
	f.Panes()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	f.Panes()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	f.print(t, "印を付けた記録　1件")
	if got := f.read(t); !strings.Contains(got, "一つ目") || strings.Contains(got, "二つ目") {
		t.Error(got)
	}
}

// desk is what the page shares with the host.
func (f *fixture) desk() *ui.Desk { return f.host.Desk() }

// A list that is being read shows how far it is, and Esc gives it up: nothing is
// written.
func TestPrintingCanBeGivenUp(t *testing.T) {
	f := open(t, 1100, "回線の障害")
	run, next := task.Queued()
	f.desk().Tasks = run
	f.print(t, "この一覧")
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "printing")
	if !f.shows("中止する") || !f.shows("0 / 1件") {
		t.Fatal("nothing says how far the list is")
	}
	if !f.Back() || f.shows("中止する") {
		t.Error("Esc does not give it up")
	}
	for next() {
	}
	if f.host.Wrote != "" || strings.Contains(strings.Join(f.host.Said, ""), "保存") {
		t.Error("it was written")
	}
}

// What the font cannot show is said when the paper is saved.
func TestPrintSaysWhatItCannotShow(t *testing.T) {
	f := open(t, 1100, "𠮷田町の回線")
	f.print(t, "この記録")
	if said := f.host.LastSaid(); !strings.Contains(said, "表示できない文字が1種類") || f.host.Tone != kit.Warn {
		t.Error(said)
	}
}

func TestPrintCardIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		f := open(t, 1100, "回線の障害")
		v.Set(f.desk())
		f.Panes()[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		f.act(t, ui.Ctrl(fyne.KeyP))
		win := kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), v.W, v.H)
		kittest.Whole(t, win)
		kittest.Shot(t, win, "print-"+v.Name)
	}
}
