package shell_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

var chosen = ui.Settings{Lang: app.JA, Palette: ui.Light, Text: 100, LockAfter: 15 * time.Minute, Notify: true}

// set opens the page of settings of a shell by its key, and remembers what was chosen.
func (s *scene) set(t *testing.T, now ui.Settings) (changes *[]ui.Settings) {
	t.Helper()
	changes = &[]ui.Settings{}
	s.OnSettings(now, func(next ui.Settings) { *changes = append(*changes, next) })
	s.desk.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyComma, Modifier: fyne.KeyModifierControl})
	return changes
}

func TestSettingsAreWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		s := show(t, v, online())
		s.set(t, chosen)
		kittest.Whole(t, s.win)
		kittest.Spoken(t, s.win)
		kittest.Shot(t, s.win, "settings-"+v.Name)
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

// Every setting is chosen with F6 and the arrows, and counts at once.
func TestSettingsByKeyboard(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	changes := s.set(t, chosen)
	want := chosen
	press := func(k fyne.KeyName) {
		t.Helper()
		s.win.Canvas().Focused().TypedKey(key(k))
		if got := (*changes)[len(*changes)-1]; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	want.Lang = app.EN
	press(fyne.KeyRight)
	s.desk.Key(key(fyne.KeyF6))
	want.Palette = ui.Dark
	press(fyne.KeyRight)
	want.Palette = ui.BySystem
	press(fyne.KeyRight)
	s.desk.Key(key(fyne.KeyF6))
	want.Text = 115
	press(fyne.KeyRight)
	s.desk.Key(key(fyne.KeyF6))
	want.LockAfter = 10 * time.Minute
	press(fyne.KeyLeft)
	s.desk.Key(key(fyne.KeyF6))
	want.Notify = false
	press(fyne.KeyRight)
	if n := len(*changes); n != 6 {
		t.Errorf("%d changes", n)
	}
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyRight)) // there is no more
	if n := len(*changes); n != 6 {
		t.Error("what is chosen already was chosen again")
	}
}

// A setting that stands in no list, by an argument of the program, is shown as none.
func TestASettingOfItsOwn(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	own := chosen
	own.LockAfter = 90 * time.Second
	changes := s.set(t, own)
	for _, o := range s.choices() {
		if label := o.AccessibilityLabel(); strings.HasPrefix(label, "操作がないときにロック") && label != "操作がないときにロック" {
			t.Error(label)
		}
	}
	s.choices()[0].Tapped(&fyne.PointEvent{Position: fyne.NewPos(100, 10)})
	if len(*changes) != 1 || (*changes)[0].LockAfter != own.LockAfter || (*changes)[0].Lang != app.EN {
		t.Error("another setting must leave it alone:", *changes)
	}
}

func (s *scene) choices() (all []*kit.Choices) {
	for range 6 {
		c, ok := s.win.Canvas().Focused().(*kit.Choices)
		if ok && !slices.Contains(all, c) {
			all = append(all, c)
		}
		s.desk.Key(key(fyne.KeyF6))
	}
	return all
}

// The foot of the navigation opens the settings, and what is known of the device
// stands there. A new shell goes on at the same field.
func TestTheFootOpensTheSettings(t *testing.T) {
	s := show(t, kittest.Variants()[0], offline())
	s.set(t, chosen)
	s.Go("tickets")
	s.desk.Key(key(fyne.KeyF6))
	for range 9 {
		s.win.Canvas().Focused().TypedKey(key(fyne.KeyDown))
	}
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	for _, want := range []string{"\n中村 彩\n", "\n登録済み\n", "\n12/20 14:02（サーバーに接続しない場合）\n"} {
		if !strings.Contains(kittest.Words(s.win), want) {
			t.Errorf("%q is missing in %s", want, kittest.Words(s.win))
		}
	}
	s.desk.Key(key(fyne.KeyF6))
	s.desk.Key(key(fyne.KeyF6))
	s.desk.Key(key(fyne.KeyF6))
	was := s.win.Canvas().Focused().(*kit.Choices).AccessibilityLabel()
	again := show(t, kittest.Variants()[0], offline())
	again.OnSettings(chosen, func(ui.Settings) {})
	again.Resume(s.Shell)
	if now, ok := again.win.Canvas().Focused().(*kit.Choices); !ok || now.AccessibilityLabel() != was {
		t.Errorf("the keyboard was at %q and is at %T", was, again.win.Canvas().Focused())
	}
}

// The folder of incoming files is chosen and given up by its buttons, and why it is not
// watched stands there.
func TestSettingOfTheInbox(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	now := chosen
	now.Inbox = "/srv/scans"
	changes := s.set(t, now)
	s.TellInbox("フォルダーを読み取れません。")
	words := kittest.Words(s.win)
	for _, want := range []string{"/srv/scans", "× フォルダーを読み取れません。", "取込みをやめる"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in\n%s", want, words)
		}
	}
	kittest.Shot(t, s.win, "settings-inbox")
	for _, b := range kittest.Buttons(s.win) {
		if strings.HasPrefix(b.AccessibilityLabel(), "取込みをやめる") {
			b.Tapped(nil)
		}
	}
	if len(*changes) != 1 || (*changes)[0].Inbox != "" {
		t.Errorf("%+v", *changes)
	}
	if words := kittest.Words(s.win); !strings.Contains(words, "取り込みません。") || strings.Contains(words, "取込みをやめる") {
		t.Error(words)
	}
}
