package sections_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"daicho/app"
	"daicho/app/modules"
	"daicho/ui/kit/kittest"
	"daicho/ui/sections"
	"daicho/ui/shell"
	"daicho/ui/task"
)

// TestTheKeyboardIsNeverLost: whatever page is opened, whatever comes in while it
// reads, what has the keyboard is drawn, in wide windows and in narrow ones.
func TestTheKeyboardIsNeverLost(t *testing.T) {
	for _, width := range []float32{1280, 820} {
		w := &window{desk: kittest.Desk(t), rep: kittest.NewReplica(t, modules.Book())}
		fill(t, w.rep)
		var step func() bool
		w.desk.Tasks, step = task.Stepped()
		w.win = kittest.Window(t, canvas.NewRectangle(nil), width, 800)
		w.Shell = shell.New(w.win, w.desk, w.rep, kittest.NewHost(t, w.desk, w.rep).Link(), sections.All())
		w.win.Resize(fyne.NewSize(width, 800))
		settle := func(what string) {
			t.Helper()
			for more := true; more; more = step() {
				if kittest.Lost(w.win) != nil {
					t.Error(width, what)
					kittest.Keyboard(t, w.win)
					return
				}
			}
		}
		for _, s := range sections.All() {
			w.Go(s.ID)
			settle(s.ID + " is opened")
			for _, kind := range s.Kinds {
				ids, err := w.rep.IDs(context.Background(), kind, app.Query{})
				if err != nil || len(ids) == 0 {
					t.Fatal(kind, err)
				}
				w.Open(app.Ref{Kind: kind, ID: ids[0]})
				settle(string(kind) + " is opened")
				w.rep.Drop(app.Ref{Kind: kind, ID: ids[0]})
				settle(string(kind) + " has left")
			}
		}
	}
}
