package carry_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/carry"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

type fixture struct {
	host *kittest.Host
	page ui.Page
	win  fyne.Window
}

var naomi = ui.Device{ID: app.ID{3}, Short: "V08V", Name: "FE-03", Person: "髙橋 直"}

func file() ui.Bundle {
	return ui.Bundle{Export: "0191", Part: 1, Parts: 2, File: "daicho-7QK4-20261120-140200.001.daicho", From: "7QK4 中村 彩", To: []string{"", "V08V 髙橋 直"}, ForMe: true,
		Made: app.StampOf(kittest.Now), Changes: 1204, Files: 3, Bytes: 48_211_904, Whole: true,
		SHA256: "9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08"}
}

func open(t testing.TB, v kittest.Variant) *fixture {
	d := kittest.Desk(t)
	v.Set(d)
	f := &fixture{host: kittest.NewHost(t, d, kittest.NewReplica(t, modules.Book()))}
	f.host.State.Waiting = 12
	c := f.host.Carrier
	c.Known = []ui.Device{naomi, {ID: app.ID{4}, Short: "K2ZZ", Person: "水野 健"}}
	c.Load = []ui.Cargo{{Device: naomi, First: 41, Last: 57, Files: 2, Bytes: 81_204, Via: naomi, At: app.StampOf(kittest.Now)},
		{Device: c.Known[1], First: 1, Last: 3, Bytes: 2_904, Via: naomi, At: app.StampOf(kittest.Now), Said: "この端末は停止されています。"}}
	c.Packs = ui.Packed{Bundles: []ui.Bundle{file()}, Slip: "daicho-7QK4-20261120-140200.pdf", Print: []byte("%PDF-1.4 slip")}
	c.Sees = file()
	c.Gives = ui.Unpacked{Bundle: file(), Changes: 1204, New: 12, Files: 3}
	f.page = carry.Section().New(f.host)
	f.win = kittest.Window(t, f.page.View(), v.W-176, v.H-24)
	f.page.Shown()
	return f
}

// act does what a key of the page is for.
func (f *fixture) act(t *testing.T, k ui.Key) {
	t.Helper()
	i := slices.IndexFunc(f.page.Actions(), func(a ui.Action) bool { return a.Key == k })
	if i < 0 {
		t.Fatal("no action for", k)
	}
	f.page.Actions()[i].Do()
}

// find is a widget of the page that a test looks for.
func find[W fyne.CanvasObject](t *testing.T, win fyne.Window, is func(W) bool) W {
	t.Helper()
	for _, o := range test.LaidOutObjects(win.Content()) {
		if w, ok := o.(W); ok && is(w) {
			return w
		}
	}
	t.Fatal("the page lacks something:\n" + kittest.Words(win))
	panic("not reached")
}

func (f *fixture) press(t *testing.T, words ...string) {
	t.Helper()
	find(t, f.win, func(b *kit.Button) bool { return slices.Contains(words, b.AccessibilityLabel()) }).Tapped(nil)
}

// turn chooses a tab.
func (f *fixture) turn(t *testing.T, tab int) {
	find(t, f.win, func(*kit.Tabs) bool { return true }).Choose(tab)
}

func (f *fixture) says(words ...string) bool {
	all := kittest.Words(f.win)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) })
}

const folder = "/media/usb"

var ctrlEnter = ui.Ctrl(fyne.KeyReturn)

// TestEveryStateIsWhole walks through every tab and each of its states.
func TestEveryStateIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			f := open(t, v)
			look := func(name string) {
				t.Helper()
				kittest.Whole(t, f.win)
				kittest.Shot(t, f.win, "carry-"+name+"-"+v.Name)
			}
			look("pack")
			f.act(t, ctrlEnter)
			look("pack-nowhere")
			test.Type(f.win.Canvas().Focused(), folder)
			f.host.Carrier.During = func() { look("pack-working") }
			f.act(t, ctrlEnter)
			look("packed")
			f.turn(t, 1)
			look("take")
			test.Type(f.win.Canvas().Focused(), folder+"/a.daicho")
			f.act(t, ui.Ctrl(fyne.KeyI))
			look("look")
			f.act(t, ctrlEnter)
			look("taken")
			f.turn(t, 2)
			look("meet")
			f.press(t, "待ち受ける", "Wait")
			m := f.host.Carrier.Meetings[0]
			look("waiting")
			m.Goes(func(s *ui.Met) {
				s.Turned, s.Why = 2, app.Label{JA: "相手の端末は停止されています。", EN: "the other device was frozen"}
			})
			look("turned")
			m.Goes(func(s *ui.Met) { s.Stage, s.Code, s.Other = ui.Comparing, "4821 0937 5520", naomi })
			look("compare")
			m.Goes(func(s *ui.Met) {
				s.Stage, s.Work = ui.Exchanging, ui.Work{What: app.Label{JA: "取り込み中", EN: "Reading"}, Done: 3, Total: 9}
			})
			look("exchange")
			m.Goes(func(s *ui.Met) { s.Stage, s.Gave, s.Took = ui.Over, 12, 7 })
			look("met")
			f.turn(t, 3)
			look("cargo")
			f.host.Carrier.Load = nil
			f.page.Shown()
			look("cargo-none")
			f.host.State.Enrolled = false
			f.page.Shown()
			look("alone")
		})
	}
}

// TestPacking: nothing is written nowhere; the folder, the carrier and the choice
// reach the replica; the slip is saved from what was written.
func TestPacking(t *testing.T) {
	f := open(t, kittest.Variants()[0])
	f.act(t, ctrlEnter)
	if len(f.host.Carrier.Folders) != 0 || !f.says("「保存先フォルダー」を入力してください。") {
		t.Error("written nowhere")
	}
	f.host.Path = folder
	f.press(t, "選ぶ")
	find(t, f.win, func(*kit.Select) bool { return true }).SetSelectedIndex(1)
	find(t, f.win, func(*kit.Check) bool { return true }).SetChecked(true)
	f.act(t, ctrlEnter)
	c := f.host.Carrier
	if len(c.Parcels) != 1 || c.Folders[0] != folder || !c.Parcels[0].All || !slices.Equal(c.Parcels[0].For, []app.ID{naomi.ID}) {
		t.Errorf("packed %+v into %q", c.Parcels, c.Folders)
	}
	if !f.says("9f86d081 884c7d65", "サーバー　V08V 髙橋 直", "変更 1,204　添付 3　48,211,904 バイト", "1 / 2 個目") {
		t.Error("what was written is not said:\n" + kittest.Words(f.win))
	}
	f.act(t, ui.Ctrl(fyne.KeyP))
	if f.host.Wrote != "%PDF-1.4 slip" {
		t.Errorf("saved %q", f.host.Wrote)
	}
}

// TestPackingCanBeStopped, and while it goes on nothing else begins.
func TestPackingCanBeStopped(t *testing.T) {
	f := open(t, kittest.Variants()[0])
	test.Type(f.win.Canvas().Focused(), folder)
	f.host.Carrier.During = func() {
		if !f.says("120 / 240") || len(f.page.Actions()) != 0 {
			t.Error("it does not say how far it is, or lets another begin")
		}
		f.press(t, "中止する")
	}
	f.act(t, ctrlEnter)
	if f.says("9f86d081") || !f.says("×") {
		t.Error("a file that was stopped is shown as written:\n" + kittest.Words(f.win))
	}
	f.host.Carrier.During = nil
	f.act(t, ctrlEnter)
	if !f.says("9f86d081") {
		t.Error("the next one does not begin")
	}
}

func TestRefusalOfAFileIsSaid(t *testing.T) {
	f := open(t, kittest.Variants()[0])
	f.turn(t, 1)
	test.Type(f.win.Canvas().Focused(), "b.daicho")
	f.host.Carrier.Refusal = app.Refuse(app.Forbidden, "", "この持ち運び用ファイルは、別のサーバー（別の団体）のものです。取り込んでいません。", "the bundle belongs to another server; nothing was imported")
	for _, k := range []ui.Key{ui.Ctrl(fyne.KeyI), ctrlEnter} {
		f.act(t, k)
		if !f.says("別の団体") {
			t.Errorf("%s: not said", k)
		}
	}
}

// TestTaking: each part of an export is counted once, and a file for others is
// told before it is tried.
func TestTaking(t *testing.T) {
	f := open(t, kittest.Variants()[0])
	f.turn(t, 1)
	f.host.Path, f.host.Carrier.Sees.ForMe = folder+"/a.daicho", false
	f.press(t, "選ぶ")
	if !f.says("この端末宛てではありません") {
		t.Error("nobody says that it is for others")
	}
	f.act(t, ctrlEnter)
	f.act(t, ctrlEnter)
	if !f.says("変更 1,204件と添付 3件を預かりました", "あと 1件あります") {
		t.Error(kittest.Words(f.win))
	}
	f.host.Carrier.Gives.Bundle.Part, f.host.Carrier.Gives.Answer, f.host.Carrier.Gives.Updates, f.host.Carrier.Gives.More = 2, true, 30, true
	f.act(t, ctrlEnter)
	if f.says("あと") || !f.says("サーバーの更新 30件", "送信済みにしました", "続きがあります") {
		t.Error(kittest.Words(f.win))
	}
	f.host.Carrier.Gives = ui.Unpacked{Bundle: ui.Bundle{Export: "x", Part: 1, Parts: 1}}
	f.act(t, ctrlEnter)
	if !f.says("新しい内容はありませんでした") {
		t.Error(kittest.Words(f.win))
	}
	if !slices.Equal(f.host.Carrier.Taken, slices.Repeat([]string{folder + "/a.daicho"}, 4)) {
		t.Errorf("taken in %q", f.host.Carrier.Taken)
	}
}

// TestMeeting: the one who waits tells its address; the answer that goes on has
// its key, and the keyboard stands on the other one.
func TestMeeting(t *testing.T) {
	f := open(t, kittest.Variants()[0])
	f.turn(t, 2)
	f.press(t, "つなぐ")
	if len(f.host.Carrier.Meetings) != 0 || !f.says("「相手のアドレス」を入力してください。") {
		t.Error("nobody was named, and called")
	}
	test.Type(f.win.Canvas().Focused(), "192.168.10.9:8444")
	f.press(t, "つなぐ")
	called := f.host.Carrier.Meetings[0]
	if called.Address != "192.168.10.9:8444" || called.Waits || !f.says("192.168.10.9:8444 を呼び出しています。") {
		t.Errorf("called %+v", called)
	}
	f.press(t, "中止する")
	called.Goes(func(s *ui.Met) { s.Stage, s.Err = ui.Over, errors.New("stopped") })
	if !called.Stopped || !f.says("×") {
		t.Error("it was not stopped")
	}
	f.press(t, "続けて交換する")
	f.press(t, "待ち受ける")
	m := f.host.Carrier.Meetings[1]
	if m.Address != "192.168.10.21:8444" || !m.Waits || !f.says("この端末は 7QK4") {
		t.Errorf("waits %+v", m)
	}
	m.Goes(func(s *ui.Met) { s.Stage, s.Code, s.Other = ui.Comparing, "4821 0937 5520", naomi })
	if b, is := f.win.Canvas().Focused().(*kit.Button); !is || b.AccessibilityLabel() != "違う" || !f.says("4821 0937 5520", "髙橋 直") {
		t.Error("a slip of the Enter key says that the codes are the same")
	}
	f.act(t, ctrlEnter)
	if !slices.Equal(m.Answers, []bool{true}) {
		t.Errorf("answered %v", m.Answers)
	}
	m.Goes(func(s *ui.Met) { s.Stage, s.Gave, s.Took = ui.Over, 12, 7 })
	if !f.says("渡した変更 12件、預かった変更 7件") {
		t.Error(kittest.Words(f.win))
	}
}

// TestGolden: what was written, and the question whether both are who they say.
func TestGolden(t *testing.T) {
	f := open(t, kittest.Variants()[0])
	test.Type(f.win.Canvas().Focused(), folder)
	f.act(t, ctrlEnter)
	test.AssertRendersToMarkup(t, "packed.xml", f.win.Canvas())
	f.turn(t, 2)
	f.press(t, "待ち受ける")
	f.host.Carrier.Meetings[0].Goes(func(s *ui.Met) { s.Stage, s.Code, s.Other = ui.Comparing, "4821-0937-5520", naomi })
	test.AssertRendersToMarkup(t, "compare.xml", f.win.Canvas())
}
