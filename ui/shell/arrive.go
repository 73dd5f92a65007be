package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/task"
)

// patience is how long nothing is shown while the keyring opens the replica.
const patience = time.Second

// arrival opens the replica by the system's keyring before a door is shown.
type arrival struct {
	door   func() *doorPage
	page   *doorPage // shown after all; nil: nothing is
	cancel func()
	ends   []func()
}

// Arrive goes in without a door where the system's keyring opens the replica.
// The door is shown if that takes long, as it does when the keyring asks the
// person or columns are made anew, and if it does not succeed. Until then the
// window stays as it is.
func Arrive(window fyne.Window, desk *ui.Desk, door ui.Door, opened func()) {
	a := &arrival{door: func() *doorPage { return showDoor(window, desk, door, opened) }}
	ctx, cancel := context.WithCancel(context.Background())
	a.cancel = cancel
	a.ends = append(a.ends, cancel, task.After(desk.Tasks, patience, func() { a.wait() }),
		door.Watch(func(r ui.Rebuild) { desk.Tasks.Post(func() { a.rebuilding(r) }) }))
	task.Go(desk.Tasks, func(context.Context) error { return door.UnlockByKeyring(ctx) }, func(err error) {
		for _, end := range a.ends {
			end()
		}
		if err == nil && a.page == nil {
			opened()
			return
		}
		a.shown().tried(unasked(door.UnlockByKeyring), err)
	})
}

// wait shows the door, which says that it is being opened.
func (a *arrival) wait() {
	if a.page != nil {
		return
	}
	d := a.shown()
	d.busy, d.slow, d.cancel = true, true, a.cancel
	d.offer()
}

// shown is the door, shown when it is first wanted.
func (a *arrival) shown() *doorPage {
	if a.page == nil {
		a.page = a.door()
	}
	return a.page
}

// rebuilding shows how far the opening is; the door then hears of it by itself.
func (a *arrival) rebuilding(r ui.Rebuild) {
	if a.page == nil {
		a.wait()
		a.page.rebuilding(r)
	}
}
