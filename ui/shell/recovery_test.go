package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// TestRecoveryKeyIsOffered: nothing is made before the person says so, and then
// the whole key stands on the screen.
func TestRecoveryKeyIsOffered(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s, g := show(t, v, online()), &gate{}
			s.OfferRecovery(g)
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "recovery-offer-"+v.Name)
			if g.last() != "" {
				t.Error("made before anybody asked")
			}
			s.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "recovery-key-"+v.Name)
			sheet, _ := g.NewRecoveryKey(t.Context())
			for _, group := range sheet.Groups {
				if !strings.Contains(kittest.Words(s.win), group+"\n") {
					t.Errorf("group %s is not on the screen", group)
				}
			}
			test.TapCanvas(s.win.Canvas(), fyne.NewPos(8, 8))
			if !strings.Contains(kittest.Words(s.win), sheet.Groups[0]) {
				t.Error("a click beside the card loses the key")
			}
			s.desk.Key(key(fyne.KeyEscape))
			if len(s.win.Canvas().Overlays().List()) != 0 {
				t.Error("Esc does not close it")
			}
		})
	}
}

// TestRecoveryKeyCanWait: Esc leaves it for later, and nothing was made.
func TestRecoveryKeyCanWait(t *testing.T) {
	s, g := show(t, kittest.Variants()[0], online()), &gate{}
	s.OfferRecovery(g)
	s.desk.Key(key(fyne.KeyEscape))
	if g.last() != "" || len(s.win.Canvas().Overlays().List()) != 0 {
		t.Errorf("tried %q, %d cards", g.last(), len(s.win.Canvas().Overlays().List()))
	}
}

// TestLostPassphraseIsReplaced: too short, unlike, refused, set.
func TestLostPassphraseIsReplaced(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s, g := show(t, v, online()), &gate{refusal: wrong}
			s.AskPassphrase(g)
			kittest.Whole(t, s.win)
			enter := func(one, two string) {
				for _, typed := range []string{one, two} {
					e := s.win.Canvas().Focused().(*kit.Entry)
					e.SetText("")
					test.Type(e, typed)
					s.win.Canvas().FocusNext()
				}
				s.win.Canvas().FocusPrevious()
				s.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(ui.Ctrl(fyne.KeyReturn).Shortcut())
				s.win.Canvas().FocusPrevious()
			}
			enter("short", "short")
			enter("long enough for it", "long enough for him")
			if g.last() != "" {
				t.Errorf("tried %q", g.last())
			}
			enter("long enough for it", "long enough for it")
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "new-passphrase-"+v.Name)
			if g.last() != "new passphrase long enough for it" || len(s.win.Canvas().Overlays().List()) != 1 {
				t.Errorf("tried %q; a refusal must leave the card", g.last())
			}
			g.refusal = nil
			enter("long enough for it", "long enough for it")
			if len(s.win.Canvas().Overlays().List()) != 0 {
				t.Error("the card stays open")
			}
			kittest.Whole(t, s.win)
		})
	}
}
