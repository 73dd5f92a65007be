package shell_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/shell"
	"daicho/ui/task"
)

// gate is a door that remembers what was tried.
type gate struct {
	state   ui.DoorState
	tried   []string
	refusal error
	told    func(ui.Rebuild)
	others  []ui.Resident
	during  func(context.Context) // what happens while it is unlocked
}

func (g *gate) Others() []ui.Resident { return g.others }
func (g *gate) Turn(to ui.Resident)   { g.tried = append(g.tried, "turn "+to.Place) }
func (g *gate) State() ui.DoorState   { return g.state }
func (g *gate) Unlock(ctx context.Context, p []byte) error {
	g.tried = append(g.tried, "unlock "+string(p))
	if g.during != nil {
		g.during(ctx)
	}
	return g.refusal
}
func (g *gate) UnlockByKeyring(ctx context.Context) error {
	g.tried = append(g.tried, "keyring")
	if g.during != nil {
		g.during(ctx)
	}
	return g.refusal
}
func (g *gate) Extend(_ context.Context, p ui.Proof) error {
	g.tried = append(g.tried, strings.TrimSpace("extend "+p.Password+" "+p.Code))
	return g.refusal
}
func (g *gate) Watch(told func(ui.Rebuild)) (stop func()) { g.told = told; return func() {} }
func (g *gate) UnlockByRecovery(_ context.Context, k []byte, person, reason string) error {
	g.tried = append(g.tried, fmt.Sprintf("recovery %s %s %s", k, person, reason))
	return g.refusal
}
func (g *gate) UnlockByPair(_ context.Context, p ui.Pair) error {
	g.tried = append(g.tried, fmt.Sprintf("pair %s %s", p.Sheets, append(p.People[:], p.Reason)))
	return g.refusal
}
func (g *gate) SetPassphrase(_ context.Context, p []byte) error {
	g.tried = append(g.tried, "new passphrase "+string(p))
	return g.refusal
}
func (g *gate) NewRecoveryKey(context.Context) (ui.RecoverySheet, error) {
	g.tried = append(g.tried, "recovery key")
	return ui.RecoverySheet{Groups: strings.Split("R3K8-7M2P-X4QT-9WZC-B6HN-1D5F-J0VG-S2YE-8A7R-K4M9-P3T6", "-"), File: "recovery-key.pdf"}, g.refusal
}
func (g *gate) Create(_ context.Context, person string, p []byte) error {
	g.tried = append(g.tried, "create "+person+" "+string(p))
	return g.refusal
}
func (g *gate) Enrol(_ context.Context, code string, p []byte, shown ui.Proof) error {
	g.tried = append(g.tried, strings.TrimSpace("enrol "+code+" "+string(p)+" "+shown.Password+" "+shown.Code))
	return g.refusal
}

func (g *gate) last() string {
	if len(g.tried) == 0 {
		return ""
	}
	return g.tried[len(g.tried)-1]
}

func door(t *testing.T, v kittest.Variant, g *gate) (win fyne.Window, opened *int) {
	desk := kittest.Desk(t)
	v.Set(desk)
	win = kittest.Window(t, kit.NewSurface(desk.Look, func(*kit.Pen, float32, float32) {}), v.W, v.H)
	opened = new(int)
	shell.NewDoor(win, desk, g, func() { *opened++ })
	return win, opened
}

var wrong = app.Refuse(app.Forbidden, "", "パスフレーズが違うため開けません。大文字・小文字と全角・半角を確かめて、もう一度入力してください。", "The passphrase does not open this. Check upper and lower case and type it again")

// doors are the states in which the door must be whole.
func doors() map[string]*gate {
	all := ui.DoorState{Exists: true, Keyring: true, Recovery: true, Pair: true, Device: "7QK4", Person: "中村 彩", Tries: 2}
	idle, pause := all, all
	idle.Shut, idle.After = ui.ByIdleness, 15*time.Minute
	pause.Shut, pause.Tries, pause.Until = ui.ByPerson, 0, kittest.Now.Add(27*time.Second)
	return map[string]*gate{
		"unlock": {state: ui.DoorState{Exists: true, Keyring: true, Device: "7QK4", LastSync: app.StampOf(kittest.Now), Tries: -1}, refusal: wrong},
		"ways":   {state: all, refusal: wrong},
		"idle":   {state: idle, refusal: wrong},
		"pause":  {state: pause},
		"first":  {},
		"erased": {state: ui.DoorState{Shut: ui.ByErasure, Tries: -1}},
	}
}

func TestDoorIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		for name, g := range doors() {
			t.Run(v.Name+"-"+name, func(t *testing.T) {
				win, _ := door(t, v, g)
				kittest.Whole(t, win)
				if f := win.Canvas().Focused(); f != nil {
					test.Type(f, "x")
					f.TypedKey(key(fyne.KeyReturn))
				}
				kittest.Whole(t, win)
				kittest.Shot(t, win, "door-"+name+"-"+v.Name)
			})
		}
	}
}

// follow presses links of the door: each Tab goes to the next, Enter takes it.
func follow(t *testing.T, win fyne.Window, words ...string) {
	t.Helper()
	for _, word := range words {
		for n := 0; ; n++ {
			b, ok := win.Canvas().Focused().(*kit.Button)
			if ok && b.AccessibilityLabel() == word {
				b.TypedKey(key(fyne.KeyReturn))
				break
			}
			if n == 10 {
				t.Fatalf("Tab does not lead to %q", word)
			}
			win.Canvas().FocusNext()
		}
	}
}

func TestOtherWaysAreWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		for name, words := range map[string][2]string{"ways-open": {"ほかの方法で開く", "Open another way"}, "recovery": {"回復キーで開く", "Open with the recovery key"}, "pair": {"分割キー2枚で、2人で開く", "Open with two shares, two people together"}} {
			t.Run(v.Name+"-"+name, func(t *testing.T) {
				g := doors()["ways"]
				g.refusal = app.Refuse(app.Invalid, "", "回復キーの3組目の4文字に打ち間違いがあります。紙と見比べて直してください。", "Group 3 of the recovery key is mistyped. Compare it with the paper")
				win, _ := door(t, v, g)
				lang := map[app.Lang]int{app.JA: 0, app.EN: 1}[v.Lang]
				follow(t, win, [2]string{"ほかの方法で開く", "Open another way"}[lang])
				if name != "ways-open" {
					follow(t, win, words[lang])
					sheet := strings.TrimSuffix(strings.Repeat("1A5F-", 13), "-")
					fields := []string{sheet, sheet, "中村 彩", "小林 健", "担当者が急病のため、未送信の受付を引き継ぐ"}
					if name == "recovery" { // one sheet, one person
						fields = []string{sheet, fields[2], fields[4]}
					}
					for _, typed := range fields {
						if e, ok := win.Canvas().Focused().(interface{ SetText(string) }); ok {
							e.SetText(typed)
							win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
						}
						win.Canvas().FocusNext()
					}
					win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
					if !strings.Contains(kittest.Words(win), "×") {
						t.Error("the refusal is not on the screen")
					}
				}
				kittest.Whole(t, win)
				kittest.Shot(t, win, "door-"+name+"-"+v.Name)
			})
		}
	}
}

// TestOpeningAnotherWay: what is typed reaches the door as it was typed.
func TestOpeningAnotherWay(t *testing.T) {
	another := func(links ...string) (*gate, fyne.Window, *int) {
		g := doors()["ways"]
		g.refusal = nil
		win, opened := door(t, kittest.Variants()[0], g)
		follow(t, win, append([]string{"ほかの方法で開く"}, links...)...)
		return g, win, opened
	}
	kept := func(want string, g *gate, win fyne.Window, opened *int, typed ...string) {
		t.Helper()
		fields(win, typed...)
		if g.last() != "" {
			t.Error("a bare Enter opened: an input method uses it, and the reason is kept for ever")
		}
		win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
		if g.last() != want || *opened != 1 {
			t.Errorf("tried %q, opened %d times", g.last(), *opened)
		}
	}
	g, win, opened := another("回復キーで開く", "パスフレーズで開く", "ほかの方法で開く", "回復キーで開く")
	kept("recovery r3k8 7m2p 中村 急病", g, win, opened, "r3k8 7m2p", "中村", "急病")
	g, win, opened = another("分割キー2枚で、2人で開く")
	kept("pair [1AAA 2BBB] [中村 小林 急病]", g, win, opened, "1AAA", "2BBB", "中村", "小林", "急病")
	if g, _, opened = another("OS の鍵束で開く"); g.last() != "keyring" || *opened != 1 {
		t.Errorf("tried %q, opened %d times", g.last(), *opened)
	}
}

// TestOpeningTellsHowFarItIs, and can be stopped.
func TestOpeningTellsHowFarItIs(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			g := doors()["ways"]
			win, opened := door(t, v, g)
			seen := map[int]string{}
			g.during = func(ctx context.Context) {
				for _, done := range []int{5_000, 120_000} {
					g.told(ui.Rebuild{What: app.Label{JA: "問い合わせ", EN: "Tickets"}, Done: done, Total: 200_000})
					kittest.Whole(t, win)
					seen[done] = kittest.Words(win)
				}
				kittest.Shot(t, win, "door-anew-"+v.Name)
				if ctx.Err() != nil {
					t.Error("stopped by nobody")
				}
				follow(t, win, map[app.Lang]string{app.JA: "中断する", app.EN: "Stop"}[v.Lang])
				g.refusal = ctx.Err()
			}
			test.Type(win.Canvas().Focused(), "secret")
			win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
			if !strings.Contains(seen[5_000], "5,000") || !strings.Contains(seen[120_000], "120,000") {
				t.Errorf("nobody sees how far it is: %v", seen)
			}
			if g.refusal == nil || *opened != 0 {
				t.Error("the opening was not stopped")
			}
			kittest.Whole(t, win)
			if now := kittest.Words(win); strings.Contains(now, "120,000") || strings.Contains(now, "canceled") {
				t.Errorf("after the stop:\n%s", now)
			}
		})
	}
}

// TestLeaseIsExtended: where only a contact with the server opens the door, the
// way to it has the keyboard at once.
func TestLeaseIsExtended(t *testing.T) {
	g := doors()["ways"]
	g.during = func(context.Context) { g.state.Leased = true }
	g.refusal = app.Refuse(app.Forbidden, "", "サーバーに接続しないまま使える期限（2026-11-20 14:02）を過ぎているため、開けません。サーバーに接続して同期するか、管理者に二人での解錠を依頼してください。",
		"the time for work without the server ended at 2026-11-20 14:02 (Japan): connect and sync, or have two custodians unlock it")
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			win, _ := door(t, v, g)
			test.Type(win.Canvas().Focused(), "secret")
			win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
			kittest.Whole(t, win)
			kittest.Shot(t, win, "door-lease-"+v.Name)
			win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
			if g.last() != "extend" {
				t.Errorf("tried %q", g.last())
			}
			kittest.Whole(t, win)
		})
	}
}

// TestPauseCountsDown: nothing can be tried until the pause is over, and then
// the person goes on without doing anything about it.
func TestPauseCountsDown(t *testing.T) {
	desk := kittest.Desk(t)
	now := kittest.Now
	desk.Now = func() time.Time { return now }
	var later []func()
	desk.Tasks = task.Inline(func(f func()) { later = append(later, f) })
	second := func() {
		now = now.Add(time.Second)
		due := later
		later = nil
		for _, f := range due {
			f()
		}
	}
	g := &gate{state: ui.DoorState{Exists: true, Tries: 1}, refusal: wrong}
	win := kittest.Window(t, kit.NewSurface(desk.Look, func(*kit.Pen, float32, float32) {}), 1280, 800)
	shell.NewDoor(win, desk, g, func() {})
	g.state.Tries, g.state.Until = 0, now.Add(3*time.Second)
	entry := win.Canvas().Focused()
	test.Type(entry, "wrong")
	entry.TypedKey(key(fyne.KeyReturn))
	seen := ""
	for range 3 {
		if now := kittest.Words(win); now == seen || !strings.Contains(now, "14:02:03 まで開けません") {
			t.Errorf("the countdown stands still:\n%s", now)
		} else {
			seen = now
		}
		entry.TypedKey(key(fyne.KeyReturn))
		second()
	}
	if len(g.tried) != 1 {
		t.Errorf("tried during the pause: %q", g.tried)
	}
	if len(later) != 0 || strings.Contains(kittest.Words(win), "開けません") || win.Canvas().Focused() != entry {
		t.Errorf("the pause does not end:\n%s", kittest.Words(win))
	}
}

func TestUnlocking(t *testing.T) {
	g := &gate{state: ui.DoorState{Exists: true}, refusal: app.Refuse(app.Forbidden, "", "違います。", "wrong")}
	win, opened := door(t, kittest.Variants()[0], g)
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "" {
		t.Error("tried with nothing typed")
	}
	test.Type(win.Canvas().Focused(), "secret")
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "unlock secret" || *opened != 0 {
		t.Errorf("tried %q, opened %d times", g.last(), *opened)
	}
	g.refusal = nil
	test.Type(win.Canvas().Focused(), "better") // the wrong one is gone
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if g.last() != "unlock better" || *opened != 1 {
		t.Errorf("tried %q, opened %d times", g.last(), *opened)
	}
}

// fields types into the fields of a first run, in order.
func fields(win fyne.Window, texts ...string) {
	for i, s := range texts {
		if i > 0 {
			win.Canvas().FocusNext()
		}
		test.Type(win.Canvas().Focused(), s)
	}
	win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
}

func TestFirstRunChecksBeforeItTries(t *testing.T) {
	for _, c := range []struct {
		typed []string
		want  string
	}{
		{[]string{"CODE", "short", "short"}, ""},
		{[]string{"CODE", "long enough for it", "long enough for him"}, ""},
		{[]string{"", "long enough for it", "long enough for it"}, ""},
		{[]string{"CODE", "long enough for it", "long enough for it"}, "enrol CODE long enough for it"},
	} {
		g := &gate{}
		win, opened := door(t, kittest.Variants()[0], g)
		fields(win, c.typed...)
		if g.last() != c.want || (*opened == 1) != (c.want != "") {
			t.Errorf("%q: tried %q, opened %d times", c.typed, g.last(), *opened)
		}
	}
}
