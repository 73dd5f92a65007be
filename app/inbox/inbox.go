// Package inbox is a folder of this machine in which files become documents: scans of
// letters, files that came. What was registered is moved away, so the folder shows what
// is still to be done.
//
// Use it for a folder that people or devices fill by themselves; a file that a person
// hands to the program is [document.Take]'s matter alone.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/scan/polite"
	"daicho/app/scan/watch"
)

// Inbox is one folder at work.
type Inbox struct {
	Folder string
	Shelf  document.Shelf
	Set    func(*document.Document) error // puts in what a file does not say
	Clock  polite.Clock
	Came   func(Came)
}

// Came is what became of one file.
type Came struct {
	Name   string
	Ref    app.Ref
	Before bool  // it was registered earlier, and is only moved now
	Err    error // why it stays
}

// taken is the folder of what was registered.
const taken = "取込済"

// quiet is how long a file must have been left alone: it may still be copied.
const quiet = 2 * time.Second

// Watch registers files as they come until ctx ends: that is no error. One that cannot be
// registered stays and is told, and the others go on.
func (in *Inbox) Watch(ctx context.Context) error {
	all := func(ctx context.Context) error { return in.all(ctx, true) }
	return watch.Run(ctx, watch.Options{Paths: []string{in.Folder}, Leaves: Leaves, Quiet: quiet, Every: time.Minute, Clock: in.Clock,
		Walk: all, Scan: func(ctx context.Context, _ []string) error { return all(ctx) }})
}

// All registers what lies there now.
func (in *Inbox) All(ctx context.Context) error { return in.all(ctx, false) }

// Leaves are names that no person gives to what is to be registered: hidden files, and
// what programs write while they copy.
func Leaves(name string, folder bool) bool {
	if folder {
		return name == taken
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".part")
}

func (in *Inbox) all(ctx context.Context, patient bool) error {
	list, err := os.ReadDir(in.Folder)
	if err != nil {
		return app.Because(err, app.Failed, "フォルダーを読み取れません。フォルダーがあるか、読み取りの権限があるかを確認してください。", "the folder cannot be read; name one that can")
	}
	for _, e := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !e.Type().IsRegular() || Leaves(e.Name(), false) || patient && in.isWritten(ctx, e) {
			continue
		}
		c := Came{Name: e.Name()}
		c.Ref, c.Before, c.Err = in.take(ctx, filepath.Join(in.Folder, e.Name()))
		in.Came(c)
	}
	return nil
}

// isWritten says whether somebody still writes the file: then it is told of again. One
// that has just come is given a moment, for nobody may tell of it any more.
func (in *Inbox) isWritten(ctx context.Context, e fs.DirEntry) bool {
	return in.isFresh(e) && (in.Clock.Sleep(ctx, quiet/2) != nil || in.isFresh(e))
}

// isFresh says whether the file was changed just now.
func (in *Inbox) isFresh(e fs.DirEntry) bool {
	info, err := e.Info()
	if err != nil {
		return true
	}
	age := in.Clock.Now().Sub(info.ModTime())
	return age >= 0 && age < quiet/2
}

// take registers one file and moves it. One that was registered before a crash is moved
// and not registered again.
func (in *Inbox) take(ctx context.Context, path string) (ref app.Ref, before bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return ref, false, err
	}
	defer f.Close()
	if ref, before, err = document.Take(ctx, in.Shelf, filepath.Base(path), f, in.Set); err != nil {
		return ref, before, err
	}
	f.Close() // Windows moves no file that stands open
	return ref, before, moveInto(filepath.Join(in.Folder, taken), path)
}

// moveInto moves a file into a folder and overwrites nothing there.
func moveInto(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	name := filepath.Base(path)
	end := filepath.Ext(name)
	for n := 1; ; n++ {
		to := filepath.Join(dir, name)
		if n > 1 {
			to = filepath.Join(dir, fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, end), n, end))
		}
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return os.Rename(path, to)
		} else if err != nil {
			return err
		}
	}
}
