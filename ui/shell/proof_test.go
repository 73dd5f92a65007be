package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit/kittest"
)

// notYou are the answers of a server that wants to see the person.
var (
	notYou   = &ui.Unproved{Why: app.Refuse(app.Forbidden, "password", "この利用者にはパスワードまたは確認コードが必要です。入力してください。", "this person's password or one-time code is needed; enter it")}
	notRight = &ui.Unproved{Why: app.Refuse(app.Forbidden, "password", "続けて間違えたため、今は確認できません。あと30秒待ってから、もう一度入力してください。急ぐ場合は、管理者がパスワードを設定し直すと待たずに入れます。",
		"too many wrong tries; wait 30 s more and enter it again; if it is urgent, the administrator can set the password anew")}
)

// typeAll types into the field of the keyboard, then Enter, and so on.
func typeAll(win fyne.Window, lines ...string) {
	for _, l := range lines {
		if e, ok := win.Canvas().Focused().(interface{ SetText(string) }); ok {
			e.SetText(l)
		}
		win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	}
}

// TestDoorAsksWhoItIs: the server's question comes after the enrolment code, in
// its place; a wrong answer keeps the password and not the code, and going back
// keeps what was typed before.
func TestDoorAsksWhoItIs(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			g := &gate{refusal: notYou}
			win, opened := door(t, v, g)
			fields(win, "CODE", "long enough for it", "long enough for it")
			kittest.Whole(t, win)
			kittest.Shot(t, win, "door-proof-"+v.Name)
			win.Canvas().Focused().TypedKey(key(fyne.KeyEscape))
			if kittest.Typed(win.Canvas().Focused()) != "CODE" {
				t.Fatal("going back lost the code")
			}
			win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
			g.refusal = notRight
			typeAll(win, "hanabi", "123456")
			if g.last() != "enrol CODE long enough for it hanabi 123456" {
				t.Errorf("tried %q", g.last())
			}
			kittest.Whole(t, win)
			kittest.Shot(t, win, "door-proof-wrong-"+v.Name)
			if !strings.Contains(kittest.Words(win), "30") {
				t.Error("nobody says how long to wait")
			}
			g.refusal = nil
			if kittest.Typed(win.Canvas().Focused()) != "hanabi" {
				t.Error("the password must be typed anew")
			}
			typeAll(win, "hanabi", "654321")
			if *opened != 1 {
				t.Errorf("tried %q, opened %d times", g.tried, *opened)
			}
		})
	}
}

// TestLeaseThatNeedsAProof: extending asks, too, and goes on.
func TestLeaseThatNeedsAProof(t *testing.T) {
	g := doors()["ways"]
	g.state.Leased, g.refusal = true, notYou
	win, opened := door(t, kittest.Variants()[0], g)
	follow(t, win, "サーバーに接続して延長")
	g.refusal = nil
	typeAll(win, "hanabi", "")
	if g.last() != "extend hanabi" || *opened != 1 {
		t.Errorf("tried %q, opened %d times", g.last(), *opened)
	}
}

// TestNothingTypedIsNotTried.
func TestNothingTypedIsNotTried(t *testing.T) {
	g := &gate{refusal: notYou}
	win, _ := door(t, kittest.Variants()[0], g)
	fields(win, "CODE", "long enough for it", "long enough for it")
	tries := len(g.tried)
	typeAll(win, "", "")
	if len(g.tried) != tries || !strings.Contains(kittest.Words(win), "パスワードか確認コード") {
		t.Errorf("tried %q", g.tried)
	}
}

// unproven is a link that has stopped because the certificate is over.
func unproven() *wire {
	w := offline()
	w.status.Halted, w.status.Unproved = true, true
	w.status.Why = app.Label{JA: "端末の証明書の期限が切れたため、同期には本人確認が必要です。", EN: "the device's certificate is over, so sync needs to know that it is you"}
	return w
}

// TestWindowAsksWhoItIs: F5 opens the question, and so do status bar and page.
func TestWindowAsksWhoItIs(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			s := show(t, v, unproven())
			s.Go("outbox")
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "proof-outbox-"+v.Name)
			s.desk.Key(key(fyne.KeyF5))
			if s.link.syncs != 0 {
				t.Error("it synced without asking")
			}
			s.link.err = notRight
			typeAll(s.win, "hanabi", "123456")
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "proof-"+v.Name)
			if !strings.Contains(kittest.Words(s.win), "30") || len(s.link.proved) != 1 || s.link.proved[0] != (ui.Proof{Password: "hanabi", Code: "123456"}) {
				t.Errorf("shown %+v:\n%s", s.link.proved, kittest.Words(s.win))
			}
			s.link.err = nil
			typeAll(s.win, "hanabi", "654321")
			if len(s.link.proved) != 2 || len(s.win.Canvas().Overlays().List()) != 0 {
				t.Errorf("shown %+v", s.link.proved)
			}
		})
	}
}

// TestProofCanWait: Esc closes the question, nothing was shown, and what was
// typed is not there when it is asked again.
func TestProofCanWait(t *testing.T) {
	s := show(t, kittest.Variants()[0], unproven())
	s.desk.Key(key(fyne.KeyF5))
	typeAll(s.win, "hanabi")
	s.win.Canvas().Focused().TypedKey(key(fyne.KeyEscape))
	if len(s.win.Canvas().Overlays().List()) != 0 || len(s.link.proved) != 0 {
		t.Error("it was shown, or is still asked")
	}
	s.desk.Key(key(fyne.KeyF5))
	if kittest.Typed(s.win.Canvas().Focused()) != "" {
		t.Error("the password is still there")
	}
}
