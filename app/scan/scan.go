package scan

import (
	"cmp"
	"context"
	"sync"
	"time"

	"daicho/app/detect"
	"daicho/app/extract"
	"daicho/app/extract/pdf"
)

// Options say what to scan and how.
type Options struct {
	// Paths are files and folders; folders are walked, links in them are not
	// followed. A path that is itself a link is.
	Paths []string
	// Files is where the paths are; nil is [Local].
	Files Files
	// Exclude are patterns, as of filepath.Match, of names of files and folders that
	// are left out. A path of Paths itself is not.
	Exclude []string
	// Include are such patterns of names of files that are read, no others; empty: all.
	// A path of Paths itself always is.
	Include []string
	// Engine finds the data; nil is detect.Standard.
	Engine *detect.Engine
	// Limits bound what one file may cost; zero fields have defaults.
	Limits extract.Limits
	// PDF reads the text of PDF files; without it they are told as unscannable.
	PDF *pdf.Engine
	// Apart, when set, reads documents and archives in a process of its own, with
	// PDF or without as that one likes; the rest is read here.
	Apart extract.Apart
	// FileTime bounds the time for one file; what was read until then is
	// reported as partial. Zero is five minutes.
	FileTime time.Duration
	// Workers read files side by side; zero is two.
	Workers int
	// Gate, when set, makes the scan wait.
	Gate Gate
	// Memory, when set, is asked before a file is opened, and told what was found.
	Memory Memory
	// Progress, when set, is told after every file, by one goroutine at a time.
	Progress func(Progress)
}

// Progress is how far a scan has come.
type Progress struct {
	Files  int    // so far, entries not counted
	Bytes  int64  // of these files
	Folder string // of the file read last
}

// Summary counts what a scan met.
type Summary struct {
	Files       int // regular files, entries not counted
	Known       int // of them were not opened, since they are as they were
	Entries     int // files inside archives
	Bytes       int64
	Protected   int // lines with a password or key
	Exposed     int // lines with personal data and no protection
	Partial     int
	Unscannable int
	Errors      int
}

func (s *Summary) add(l *Line, entry bool) {
	if entry {
		s.Entries++
	} else {
		s.Files++
		s.Bytes += max(l.Size, 0)
	}
	if l.Protection == extract.ProtectPassword || l.Protection == extract.ProtectKey {
		s.Protected++
	}
	if l.Exposed() {
		s.Exposed++
	}
	switch l.Scanned {
	case extract.Partial:
		s.Partial++
	case extract.Unscannable:
		s.Unscannable++
	case extract.Failed:
		s.Errors++
	}
}

const (
	defaultWorkers  = 2
	defaultFileTime = 5 * time.Minute
	// ahead is how many finished files may wait for a slow one before them: a
	// gigabyte of log takes as long as a thousand documents.
	ahead = 1024
	// aheadLines is how many lines they may hold when another file is begun.
	aheadLines = 50_000
)

// Run scans and hands every line to each, from one goroutine, in the order of
// the walk: names in a folder sorted by their bytes, an archive before its
// entries. What cannot be opened is a line too. Run returns the first error of
// each, or ctx's; the summary then counts what was handed over.
func Run(ctx context.Context, o Options, each func(Line) error) (Summary, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := newRunner(o)
	queue := make(chan *task)
	order := make(chan *task, ahead)
	go func() {
		defer close(queue)
		defer close(order)
		(&walker{r.files, &o}).walk(ctx, o.Paths, func(t *task) bool {
			for _, c := range []chan *task{order, queue} {
				select {
				case c <- t:
				case <-ctx.Done():
					return false
				}
			}
			return true
		})
	}()
	var workers sync.WaitGroup
	for range r.workers {
		workers.Go(func() { r.work(ctx, queue) })
	}
	sum, err := r.deliver(ctx, order, each)
	cancel()
	workers.Wait()
	return sum, err
}

// work reads files until there are no more. It waits before it takes one, never with
// one in hand: so the file that all others wait for is being read.
func (r *runner) work(ctx context.Context, queue <-chan *task) {
	for r.waiting.room(ctx) {
		t, more := <-queue
		if !more {
			return
		}
		t.lines, t.err = r.lines(ctx, t)
		r.waiting.add(len(t.lines))
		close(t.done)
	}
}

// deliver hands over the lines in the order of the walk.
func (r *runner) deliver(ctx context.Context, order <-chan *task, each func(Line) error) (sum Summary, err error) {
	for t := range order {
		select {
		case <-t.done:
		case <-ctx.Done():
			return sum, ctx.Err()
		}
		if err := cmp.Or(t.err, ctx.Err()); err != nil {
			return sum, err
		}
		r.waiting.add(-len(t.lines))
		for i := range t.lines {
			sum.add(&t.lines[i], i > 0)
			if err := each(t.lines[i]); err != nil {
				return sum, err
			}
		}
		if err := r.remember(t, &sum); err != nil {
			return sum, err
		}
		if r.progress != nil {
			r.progress(Progress{sum.Files, sum.Bytes, t.folder})
		}
	}
	return sum, ctx.Err()
}
