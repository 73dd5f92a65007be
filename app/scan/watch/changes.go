package watch

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watcher gathers what changes while something is scanned.
type watcher struct {
	Options
	events *fsnotify.Watcher

	mu    sync.Mutex
	dirty map[string]time.Time // files, and when they changed last
	miss  bool                 // changes may have been missed
	told  map[Trouble]bool
}

// listen takes events until there are no more.
func (w *watcher) listen() {
	for {
		select {
		case e, more := <-w.events.Events:
			if !more {
				return
			}
			w.event(e)
		case err, more := <-w.events.Errors:
			if !more {
				return
			}
			w.failed(err)
		}
	}
}

func (w *watcher) event(e fsnotify.Event) {
	if w.Own != nil && w.Own(e.Name) {
		return
	}
	info, err := os.Lstat(e.Name)
	switch {
	case err != nil:
		w.gone(e.Name)
	case info.IsDir():
		if e.Has(fsnotify.Create) && !w.leaves(info.Name(), true) {
			w.watch(e.Name, w.touch)
		}
	case info.Mode().IsRegular() && (w.named(e.Name) || !w.leaves(info.Name(), false)):
		w.touch(e.Name)
	}
}

// failed notes that events were lost, whatever the reason.
func (w *watcher) failed(err error) {
	w.mu.Lock()
	w.miss = true
	w.mu.Unlock()
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		w.trouble(Overflow)
	} else {
		w.trouble(NoWatch)
	}
}

// gone forgets a file. A folder that was to be watched itself is looked for by a walk.
func (w *watcher) gone(path string) {
	w.mu.Lock()
	delete(w.dirty, path)
	w.mu.Unlock()
	if w.named(path) {
		w.trouble(FolderOff)
	}
}

func (w *watcher) named(path string) bool {
	return slices.ContainsFunc(w.Paths, func(p string) bool { return filepath.Clean(p) == filepath.Clean(path) })
}

func (w *watcher) touch(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dirty[path] = w.Clock.Now()
}

// settled takes out the files that were left alone for long enough, in the order of
// their names.
func (w *watcher) settled(now time.Time) (paths []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for path, changed := range w.dirty {
		if now.Sub(changed) >= w.Quiet {
			paths = append(paths, path)
			delete(w.dirty, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// missed says whether everything must be walked, and that it will be.
func (w *watcher) missed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer func() { w.miss = false }()
	return w.miss
}

// trouble tells of each kind once.
func (w *watcher) trouble(t Trouble) {
	w.mu.Lock()
	known := w.told[t]
	if w.told == nil {
		w.told = map[Trouble]bool{}
	}
	w.told[t] = true
	w.mu.Unlock()
	if !known && w.Tell != nil {
		w.Tell(t)
	}
}
