package carry

import (
	"context"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// work is one file that is being written or read; it can be stopped.
type work struct {
	page *page
	ui.Work
	cancel func()
	stop   *kit.Button
}

func (k *work) busy() bool { return k.cancel != nil }

// run does it off the UI goroutine and then tells how it went.
func run[T any](k *work, do func(context.Context, func(ui.Work)) (T, error), done func(T, error)) {
	if k.busy() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	tasks := k.page.desk.Tasks
	k.Work, k.cancel = ui.Work{}, cancel
	k.page.Refresh()
	var got T
	task.Go(tasks, func(context.Context) (err error) {
		got, err = do(ctx, func(w ui.Work) { tasks.Post(func() { k.told(w) }) })
		return err
	}, func(err error) {
		cancel()
		k.cancel = nil
		done(got, err)
		k.page.Changed(nil)
	})
}

// told draws how far it is; of a long row of steps not each one.
func (k *work) told(w ui.Work) {
	before := k.Work
	if k.Work = w; w.What != before.What || percent(w) != percent(before) {
		k.page.Refresh()
	}
}

func percent(w ui.Work) int {
	if w.Total == 0 {
		return 0
	}
	return w.Done * 100 / w.Total
}

// paint draws the band and returns the y below.
func (k *work) paint(d *kit.Pen, y, w float32) float32 {
	words := k.page.desk.Words
	said := words.T(text.Loading)
	if k.Total > 0 {
		said = words.T(text.WorkDone, words.Of(k.What), words.Number(k.Done), words.Count(k.Total))
	}
	d.Rect(0, y, w, 44, d.Raised)
	wide := w - 3*side - k.stop.Need()
	d.Text(side, y+6, wide, 20, said, d.Body())
	d.Rect(side, y+30, wide, 4, d.Line)
	d.Rect(side, y+30, wide*float32(percent(k.Work))/100, 4, d.Accent)
	d.Place(w-side, y+8, k.stop)
	d.H(0, y+44, w)
	return y + 45
}
