package shell_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/shell"
	"daicho/ui/task"
)

// arrival is a window that somebody arrives at.
type arrival struct {
	win    fyne.Window
	desk   *ui.Desk
	opened int
	later  []func() // what waits for time to pass
}

func newArrival(t *testing.T, v kittest.Variant) *arrival {
	a := &arrival{desk: kittest.Desk(t)}
	v.Set(a.desk)
	a.desk.Tasks = task.Inline(func(f func()) { a.later = append(a.later, f) })
	a.win = kittest.Window(t, kit.NewSurface(a.desk.Look, func(*kit.Pen, float32, float32) {}), v.W, v.H)
	return a
}

func (a *arrival) at(g *gate) { shell.Arrive(a.win, a.desk, g, func() { a.opened++ }) }

// wait lets time pass.
func (a *arrival) wait() {
	for _, f := range a.later {
		f()
	}
}

// unlock types a passphrase at the door.
func (a *arrival) unlock(g *gate) {
	g.refusal, g.during = nil, nil
	test.Type(a.win.Canvas().Focused(), "secret")
	a.win.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
}

// TestNoDoorWhereTheKeyringOpens: nothing is painted before the replica is open,
// also not when the time is over for which the door had waited.
func TestNoDoorWhereTheKeyringOpens(t *testing.T) {
	g := doors()["unlock"]
	g.refusal = nil
	a := newArrival(t, kittest.Variants()[0])
	a.at(g)
	a.wait()
	if g.last() != "keyring" || a.opened != 1 {
		t.Errorf("tried %q, opened %d times", g.last(), a.opened)
	}
	if words := kittest.Words(a.win); words != "" || a.win.Canvas().Focused() != nil {
		t.Errorf("on the screen:\n%s", words)
	}
}

// TestDoorWhereTheKeyringRefuses says why, and opens by the passphrase.
func TestDoorWhereTheKeyringRefuses(t *testing.T) {
	g := doors()["unlock"]
	g.refusal = app.Refuse(app.Failed, "", "OS の鍵束がロックされています。", "the keyring is locked")
	a := newArrival(t, kittest.Variants()[0])
	a.at(g)
	if words := kittest.Words(a.win); !strings.Contains(words, "鍵束がロックされています") || a.opened != 0 {
		t.Fatalf("opened %d times:\n%s", a.opened, words)
	}
	a.unlock(g)
	if g.last() != "unlock secret" || a.opened != 1 {
		t.Errorf("tried %q, opened %d times", g.last(), a.opened)
	}
}

// TestDoorWhereTheKeyringIsSlow: the person sees what is waited for, and can stop it.
func TestDoorWhereTheKeyringIsSlow(t *testing.T) {
	for _, v := range kittest.Variants() {
		t.Run(v.Name, func(t *testing.T) {
			stop := map[app.Lang]string{app.JA: "中断する", app.EN: "Stop"}[v.Lang]
			g, a := doors()["unlock"], newArrival(t, v)
			seen := ""
			g.during = func(ctx context.Context) {
				a.wait()
				seen = kittest.Words(a.win)
				kittest.Whole(t, a.win)
				kittest.Shot(t, a.win, "door-keyring-"+v.Name)
				g.told(ui.Rebuild{What: app.Label{JA: "問い合わせ", EN: "Tickets"}, Done: 5_000, Total: 200_000})
				kittest.Whole(t, a.win)
				follow(t, a.win, stop)
				g.refusal = ctx.Err()
			}
			a.at(g)
			if !strings.Contains(seen, stop) || g.refusal == nil || a.opened != 0 {
				t.Errorf("opened %d times; stopped: %v; seen:\n%s", a.opened, g.refusal, seen)
			}
			kittest.Whole(t, a.win)
			a.unlock(g)
			if g.last() != "unlock secret" || a.opened != 1 {
				t.Errorf("tried %q, opened %d times", g.last(), a.opened)
			}
		})
	}
}

// readingPage is a page that is being read.
type readingPage struct {
	*sheet
	entry *kit.Entry
	done  func()
}

func (p *readingPage) View() fyne.CanvasObject { return p.entry }

func (p *readingPage) Read(done func())        { p.done = done }
func (p *readingPage) Panes() []fyne.Focusable { return []fyne.Focusable{p.entry} }

// TestTheFrameAppearsWithWhatItShows, or when that takes long.
func TestTheFrameAppearsWithWhatItShows(t *testing.T) {
	for _, how := range []string{"read", "late"} {
		t.Run(how, func(t *testing.T) {
			a := newArrival(t, kittest.Variants()[0])
			page := &readingPage{sheet: &sheet{}, entry: kit.NewEntry(a.desk)}
			s := shell.New(a.win, a.desk, nothing{}, online(), []ui.Section{{ID: "first", Icon: "inbox", New: func(ui.Host) ui.Page { return page }}})
			t.Cleanup(s.Close)
			s.AppearRead()
			if a.win.Content().Visible() {
				t.Error("the frame is shown with nothing on its page")
			}
			map[string]func(){"read": func() { page.done() }, "late": a.wait}[how]()
			if !a.win.Content().Visible() {
				t.Error("the frame is not shown")
			}
			if at := a.win.Canvas().Focused(); at != page.entry {
				t.Errorf("the keyboard is in %T", at)
			}
		})
	}
}
