package sections_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/disaster"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/sections"
)

// quake is an earthquake twenty minutes ago; more says what else is known of it.
func quake(t testing.TB, r *kittest.Replica, more ...string) app.Ref {
	return r.Add(t, disaster.Kind, append([]string{"title=葉月市で震度6強", "type=earthquake", "happened=2026-11-20 13:31", "since=2026-11-20 13:40", "extent=本庁舎、北庁舎",
		"change=サーバーなしで業務を続けています。番号は仮番号になります。\n安否を確認してから、紙の受付票を使います。"}, more...)...)
}

func (w *window) act(t *testing.T, ref app.Ref, command string, args ...string) {
	t.Helper()
	if err := w.rep.Do(t.Context(), w.rep.Load(ref), command, args); err != nil {
		t.Fatal(err)
	}
}

// passes lets time go by, and the minute tick come.
func (w *window) passes(d time.Duration) {
	w.desk.Now = func() time.Time { return kittest.Now.Add(d) }
	w.rep.At = kittest.Now.Add(d)
	w.Tick()
}

// A declared disaster stands over every page until it is ended, in the phase of the
// time that it is.
func TestADisasterStandsOverEveryPage(t *testing.T) {
	w := over(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1}, kittest.NewReplica(t, modules.Book()))
	ref := quake(t, w.rep)
	if w.shows("第1段階") {
		t.Fatal("it was not declared yet")
	}
	w.act(t, ref, "declare")
	for _, s := range sections.All() {
		w.Go(s.ID)
		w.says(t, "\n地震　第1段階\n13:40から\nサーバーなしで業務を続けています。番号は仮番号になります。\n第2段階は 11/27 13:40から\n")
	}
	w.passes(8 * 24 * time.Hour)
	w.says(t, "\n地震　第2段階\n11/20 13:40から\n")
	w.says(t, "\n第3段階は 12/20 13:40から\n")
	w.passes(31 * 24 * time.Hour)
	w.says(t, "\n地震　第3段階\n")
	if w.shows("第4段階") {
		t.Error("there is no fourth")
	}
	w.act(t, ref, "end", "reason=全ての業務を再開した。")
	if w.shows("第3段階\n") {
		t.Error("it is over:", kittest.Words(w.win))
	}
}

// What is to be done is one key, one click or F6 and Enter away; the keys of the
// page are still told.
func TestTheBannerOpensWhatToDo(t *testing.T) {
	w := over(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1}, kittest.NewReplica(t, modules.Book()))
	ref := quake(t, w.rep, "do:declare")
	opens := func(how string, do func()) {
		w.Go("tickets")
		if do(); !w.shows("安否を確認してから、紙の受付票を使います。") {
			t.Errorf("%s does not open the declaration", how)
		}
	}
	opens("F1", func() { w.press(fyne.KeyF1) })
	opens("a click", func() { test.TapCanvas(w.win.Canvas(), fyne.NewPos(600, 15)) })
	opens("Enter", func() {
		w.strike(ui.Plain(fyne.KeyF6))
		for range 9 {
			if said, ok := w.win.Canvas().Focused().(fyne.Accessible); ok && strings.HasPrefix(said.AccessibilityLabel(), "地震　第1段階") {
				break
			}
			w.strike(ui.Plain(fyne.KeyF6))
		}
		w.look(t, "banner-focus")
		w.press(fyne.KeyReturn)
	})
	w.strike(ui.Key{Name: fyne.KeyF1, Mod: fyne.KeyModifierShift})
	if w.overlaid() != 1 || !w.shows("やることを見る") {
		t.Error("the card of keys:", kittest.Words(w.win))
	}
	w.press(fyne.KeyEscape)
	w.act(t, ref, "end", "reason=全ての業務を再開した。")
	if w.press(fyne.KeyF1); w.overlaid() != 1 {
		t.Error("F1 shows the keys again")
	}
}

// A drill says that it is one, and gives way to a disaster.
func TestADrillSaysSo(t *testing.T) {
	w := over(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1}, kittest.NewReplica(t, modules.Book()))
	quake(t, w.rep, "nature=drill", "do:declare")
	w.says(t, "\n【訓練】地震　第1段階\n")
	w.Go("disasters")
	w.says(t, "\n【訓練】葉月市で震度6強\n")
	quake(t, w.rep, "do:declare")
	w.says(t, "\n地震　第1段階\n13:40から　ほか 1件\n")
}

// With the banner, too, every page holds every word whole.
func TestEveryPageIsWholeUnderTheBanner(t *testing.T) {
	for _, v := range kittest.Variants() {
		narrow := v.W == 1024 && v.Factor > 1
		w := open(t, v)
		quake(t, w.rep, "nature=drill", "do:declare")
		w.Go("today")
		w.look(t, "banner-drill-"+v.Name)
		ref := quake(t, w.rep, "type=cyber", "do:declare")
		w.look(t, "banner-"+v.Name)
		for _, s := range sections.All() {
			if narrow {
				w.Go(s.ID)
				w.look(t, "banner-"+s.ID+"-"+v.Name)
			}
		}
		w.Open(ref)
		w.look(t, "banner-open-"+v.Name)
		w.strike(ui.Key{Name: fyne.KeyF1, Mod: fyne.KeyModifierShift})
		w.look(t, "banner-keys-"+v.Name)
		w.press(fyne.KeyEscape)
		w.host.State.Alarm = app.StampOf(kittest.Now) // the alarm stands below it
		w.Tick()
		w.look(t, "banner-alarm-"+v.Name)
	}
}
