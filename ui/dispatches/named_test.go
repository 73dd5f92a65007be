package dispatches_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app/dispatch"
	"daicho/ui"
	"daicho/ui/dispatches"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// What the site is called is read after the visit: it is drawn when it comes, in the form
// and above it.
func TestTheSiteIsNamedWhenItIsKnown(t *testing.T) {
	f := open(t)
	desk := f.host.Desk()
	var step func() bool
	desk.Tasks, step = task.Stepped()
	f.page = dispatches.Section().New(f.host)
	win := kittest.Window(t, f.page.View(), 1100, 700)
	f.page.(ui.Opener).Open(f.visit)
	shown := func() int { win.Canvas().Capture(); return strings.Count(kittest.Words(win), "本庁舎") }
	for step() {
		shown()
	}
	if n := shown(); n != 2 {
		t.Errorf("the site is named %d times: %s", n, kittest.Words(win))
	}
}

// A visit ends with what was done: who has not written it is led there, and no card stands
// in between.
func TestWhatWasDoneIsAskedFor(t *testing.T) {
	f := open(t)
	r := f.host.Replica
	rec := r.Load(f.visit).(*dispatch.Visit)
	visit := r.Add(t, dispatch.Kind, "ticket="+rec.Ticket.String(), "site="+rec.Site.String(), "engineer=佐々木", "wished=2026-11-20 14:30", "do:arrive")
	f.page.(ui.Opener).Open(visit)
	win := kittest.Window(t, f.page.View(), 1100, 700)
	for _, o := range test.LaidOutObjects(win.Content()) {
		if tabs, ok := o.(*kit.Tabs); ok {
			tabs.Choose(3) // the clocks
		}
	}
	f.act(t, "完了した")
	tap(t, f.card(t), "完了した")
	if f.host.Asked != nil {
		t.Error("the card stands before the field")
	}
	if words := kittest.Words(win); !strings.Contains(words, "作業内容がありません。") {
		t.Error("nobody is told what is missing:", words)
	}
	if state := r.Load(visit).(*dispatch.Visit).State; state != dispatch.There {
		t.Errorf("it ended in %q", state)
	}
}
