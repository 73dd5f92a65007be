package shell_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/text"
)

// working is a link in the middle of its first sync.
func working() *wire {
	w := online()
	w.status.Online, w.status.LastSync, w.status.First = false, 0, true
	w.status.Doing = ui.Work{What: app.Label{JA: "最初の同期中", EN: "First sync"}, Done: 12_400, Total: 103_250}
	return w
}

// links are the states of a sync that the bar and the page of the link tell.
func links() map[string]*wire {
	paused, halted := working(), offline()
	paused.status.Doing, paused.status.Paused = ui.Work{}, true
	halted.status.Halted = true
	halted.status.Why = app.Label{JA: "端末の証明書の有効期間外です。サーバーに接続して同期してください。", EN: "the device's certificate is not valid now; connect to the server and sync"}
	return map[string]*wire{"working": working(), "paused": paused, "halted": halted}
}

func TestWorkIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		for name, link := range links() {
			t.Run(v.Name+"-"+name, func(t *testing.T) {
				s := show(t, v, link)
				s.Go("outbox")
				kittest.Whole(t, s.win)
				kittest.Shot(t, s.win, "work-"+name+"-"+v.Name)
			})
		}
	}
}

// TestWorkIsTold: how far a sync is, that a person has stopped it, and that it
// waits for a person are said in the bar.
func TestWorkIsTold(t *testing.T) {
	for name, want := range map[string]string{"working": "最初の同期中 12,400 / 103,250件", "paused": string(text.SyncPaused), "halted": string(text.SyncHalted)} {
		s := show(t, kittest.Variants()[0], links()[name])
		if got := kittest.Words(s.win); !strings.Contains(got, want) {
			t.Errorf("%s: %q is not in %s", name, want, got)
		}
	}
}

// TestStopIsBesideTheWork: whoever looks at how far the sync is can stop it there.
func TestStopIsBesideTheWork(t *testing.T) {
	s := show(t, kittest.Variants()[0], working())
	for x := float32(0); x < 400 && s.link.pauses == 0; x += 10 {
		test.TapCanvas(s.win.Canvas(), fyne.NewPos(x, s.win.Canvas().Size().Height-10))
	}
	if s.link.pauses != 1 {
		t.Error("nothing in the bar stops the sync")
	}
}

// TestRightsThatChangeAreTold, once each time.
func TestRightsThatChangeAreTold(t *testing.T) {
	s := show(t, kittest.Variants()[0], online())
	said := func() bool { return strings.Contains(kittest.Words(s.win), string(text.RightsChanged)) }
	s.link.tell()
	if said() {
		t.Error("nothing has changed")
	}
	s.link.status.Rescoped = app.StampOf(kittest.Now.Add(-time.Minute))
	s.link.tell()
	if !said() {
		t.Error("it is not said")
	}
	s.Say(0, "")
	s.link.tell()
	if said() {
		t.Error("it is said again")
	}
}

func TestSearchSaysWhatItDoesNotFindYet(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			link := online()
			link.unindexed = 48_200
			s := show(t, v, link)
			s.press(fyne.KeyK)
			test.Type(s.win.Canvas().Focused(), "帳票")
			kittest.Whole(t, s.win)
			kittest.Shot(t, s.win, "palette-unindexed-"+v.Name)
			if !strings.Contains(kittest.Words(s.win), "48,200") {
				t.Error("it is not said")
			}
		})
	}
}
