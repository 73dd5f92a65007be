package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"daicho/app/scan/polite"
)

// Options say what to watch and what to do.
type Options struct {
	Paths []string // files and folders of this machine
	// Leaves says what is neither watched nor scanned; nil: nothing.
	Leaves func(name string, folder bool) bool
	// Own says which files the scan itself writes; nil: none.
	Own   func(path string) bool
	Quiet time.Duration // a changed file is scanned once it was left alone for so long
	Every time.Duration // everything is walked so often
	Clock polite.Clock

	Walk func(context.Context) error                 // scans everything
	Scan func(ctx context.Context, p []string) error // scans some files
	Tell func(Trouble)                               // called when changes may be missed until the next walk; nil: nobody
}

// Trouble is why changes may be missed until everything is walked again.
type Trouble string

// The troubles.
const (
	Overflow  Trouble = "more changed at once than the system tells of"
	NoWatch   Trouble = "some folders cannot be watched"
	FolderOff Trouble = "a folder that was watched is gone"
)

// Run walks everything, then scans what changes until ctx ends: that is no error.
// Any error of Walk and Scan ends it.
func Run(ctx context.Context, o Options) error {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	w := &watcher{Options: o, events: events, dirty: map[string]time.Time{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.listen()
	}()
	err = w.run(ctx)
	if ctx.Err() != nil {
		err = nil
	}
	err = errors.Join(err, events.Close())
	<-done
	return err
}

// run works until ctx ends.
func (w *watcher) run(ctx context.Context) error {
	var walked time.Time
	for ctx.Err() == nil {
		if now := w.Clock.Now(); walked.IsZero() || w.missed() || now.Sub(walked) >= w.Every {
			walked = now
			if err := w.walk(ctx); err != nil {
				return err
			}
		}
		if paths := w.settled(w.Clock.Now()); len(paths) > 0 {
			if err := w.Scan(ctx, paths); err != nil {
				return err
			}
		}
		if err := w.Clock.Sleep(ctx, min(w.Quiet/2, time.Second)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// walk watches what is there, then scans it: what changes meanwhile is not missed.
func (w *watcher) walk(ctx context.Context) error {
	for _, p := range w.Paths {
		w.watch(p, nil)
	}
	return w.Walk(ctx)
}

// watch adds a path with all folders below it, and tells of the files in them. A path
// that is itself a link is followed, as by the walk.
func (w *watcher) watch(top string, file func(path string)) {
	if info, err := os.Stat(top); err == nil && info.IsDir() {
		top = filepath.Clean(top) + string(filepath.Separator)
	}
	err := filepath.WalkDir(top, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // the walk tells what cannot be read
		case path != top && w.leaves(e.Name(), e.IsDir()) && e.IsDir():
			return filepath.SkipDir
		case e.IsDir() || path == top:
			if err := w.events.Add(path); err != nil {
				w.trouble(NoWatch)
			}
		}
		if file != nil && e.Type().IsRegular() && !w.leaves(e.Name(), false) {
			file(path)
		}
		return nil
	})
	if err != nil {
		w.trouble(NoWatch)
	}
}

func (w *watcher) leaves(name string, folder bool) bool {
	return w.Leaves != nil && w.Leaves(name, folder)
}
