package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	core "daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/inbox"
	"daicho/app/scan/polite"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// intake watches the folder of this device whose files become documents, while the
// replica is open and no longer.
type intake struct {
	shelf document.Shelf
	now   core.Clock
	log   io.Writer        // English, no personal data
	came  func(inbox.Came) // on any goroutine; of a file that stays once for each reason
	fault func(err error)  // the same, nil: the folder is watched again
	again time.Duration    // after which a folder that failed is tried again
	mu    sync.Mutex
	stop  func() // nil: none is watched
}

// watch watches a folder instead of the one before; none if it is empty.
func (i *intake) watch(folder string) {
	i.halt()()
	if folder == "" {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	i.stop = func() { cancel(); <-done }
	go func() {
		defer close(done)
		i.run(ctx, folder)
	}()
}

// halt ends the watching. Ended returns when the replica is not used any more.
func (i *intake) halt() (ended func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	stop := i.stop
	i.stop = nil
	if stop == nil {
		return func() {}
	}
	done := make(chan struct{})
	go func() { defer close(done); stop() }()
	return func() { <-done }
}

func (i *intake) run(ctx context.Context, folder string) {
	told := map[string]string{} // why a file stays
	in := &inbox.Inbox{Folder: folder, Shelf: i.shelf, Clock: polite.Clock{Now: i.now, Sleep: sleep}, Set: i.set, Came: func(c inbox.Came) {
		why := ""
		if c.Err != nil {
			why = c.Err.Error()
		}
		if ctx.Err() == nil && (c.Err == nil || told[c.Name] != why) {
			i.came(c)
		}
		told[c.Name] = why
	}}
	for ctx.Err() == nil {
		err := in.Watch(ctx)
		if ctx.Err() != nil {
			return
		}
		fmt.Fprintln(i.log, "daicho: the folder of incoming files cannot be watched")
		i.fault(err)
		if sleep(ctx, i.again) == nil {
			i.fault(nil)
		}
	}
}

func (i *intake) set(d *document.Document) error {
	d.Received = core.DayOf(civil.DateOf(i.now()))
	return nil
}

// sleep lets time pass.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// watchInbox watches the folder that is set.
func (d *desktopApp) watchInbox() {
	tasks, words := d.desk.Tasks, d.desk.Words
	d.intake.halt()
	tell := func(say func()) {
		tasks.Post(func() {
			if d.shell != nil {
				say()
			}
		})
	}
	d.intake = &intake{shelf: d.records, now: time.Now, log: d.log, again: time.Minute}
	d.intake.came = func(c inbox.Came) {
		tell(func() {
			if c.Err != nil {
				d.shell.Say(theme.Late, words.T(text.InboxStays, c.Name, words.Error(c.Err)))
				return
			}
			d.shell.Say(theme.Good, words.T(text.InboxCame, c.Name))
			d.notify(words.T(text.InboxNews))
		})
	}
	d.intake.fault = func(err error) {
		tell(func() {
			if err == nil {
				d.shell.TellInbox("")
				return
			}
			said := words.T(text.InboxFault, words.Error(err))
			d.shell.TellInbox(said)
			d.shell.Say(theme.Late, said)
		})
	}
	d.intake.watch(d.settings.Inbox)
}
