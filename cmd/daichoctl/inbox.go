package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/scan/watch"
	"daicho/store"
)

// inboxVerb registers what is put into a folder: scans of letters, files that came.
type inboxVerb struct {
	Folder string   `arg:"" type:"existingdir" help:"Where files are put. What was registered is moved into its folder 取込済."`
	Set    []string `sep:"none" placeholder:"FIELD=VALUE" help:"Set a field of each document, such as type=report; without a type it is a notice."`
	Watch  bool     `help:"Go on as files come, until this is ended."`
}

// taken is the folder of what was registered.
const taken = "取込済"

// inboxQuiet is how long a file must have been left alone: it may still be copied.
const inboxQuiet = 2 * time.Second

// Run registers a document for each file, with the file attached.
func (v *inboxVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		in := &inbox{verb: v, session: s, replica: r}
		if !v.Watch {
			return in.all(ctx)
		}
		return watch.Run(ctx, watch.Options{Paths: []string{v.Folder}, Leaves: leftInInbox, Quiet: inboxQuiet, Every: time.Minute, Clock: scanClock(s.console),
			Walk: in.all, Scan: func(ctx context.Context, _ []string) error { return in.all(ctx) }})
	})
}

// leftInInbox are names that no person gives to what is to be registered: hidden files,
// and what programs write while they copy.
func leftInInbox(name string, folder bool) bool {
	if folder {
		return name == taken
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".part")
}

// inbox is one folder at work.
type inbox struct {
	verb    *inboxVerb
	session *session
	replica *store.Replica
}

// all registers what lies there. What cannot be read stays, and is told.
func (in *inbox) all(ctx context.Context) error {
	list, err := os.ReadDir(in.verb.Folder)
	if err != nil {
		return fmt.Errorf("%w; name a folder that can be read", err)
	}
	var failed error
	for _, e := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !e.Type().IsRegular() || leftInInbox(e.Name(), false) || in.verb.Watch && in.isWritten(ctx, e) {
			continue
		}
		if err := in.take(ctx, filepath.Join(in.verb.Folder, e.Name())); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", e.Name(), err))
			if in.verb.Watch {
				fmt.Fprintf(in.session.console.Err, "daichoctl: inbox: %s: %v\n", e.Name(), err)
			}
		}
	}
	if in.verb.Watch {
		return nil
	}
	return failed
}

// isWritten says whether somebody still writes the file: then it is told of again. One
// that has just come is given a moment, for nobody may tell of it any more.
func (in *inbox) isWritten(ctx context.Context, e fs.DirEntry) bool {
	if !isFresh(e) {
		return false
	}
	select {
	case <-ctx.Done():
		return true
	case <-time.After(inboxQuiet / 2):
	}
	return isFresh(e)
}

// isFresh says whether the file was changed just now.
func isFresh(e fs.DirEntry) bool {
	info, err := e.Info()
	if err != nil {
		return true
	}
	age := time.Since(info.ModTime())
	return age >= 0 && age < inboxQuiet/2
}

// take registers one file and moves it. The document's id follows from the file, so
// that one which was registered before a crash is moved and not registered again.
func (in *inbox) take(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	ref, err := in.refOf(path, f)
	if err != nil {
		return err
	}
	what := "registered before"
	if _, err := in.replica.Get(ctx, ref); app.IsCode(err, app.NotFound) {
		if err := in.register(ctx, ref, path, f); err != nil {
			return err
		}
		what = "registered"
	} else if err != nil {
		return err
	}
	f.Close() // Windows moves no file that stands open
	if err := moveInto(filepath.Join(in.verb.Folder, taken), path); err != nil {
		return err
	}
	_, err = fmt.Fprintf(in.session.console.Out, "%s  %s  %s\n", what, ref.ID, filepath.Base(path))
	return err
}

// refOf is the document of a file: the same name with the same content is the same one.
func (in *inbox) refOf(path string, f io.ReadSeeker) (ref app.Ref, err error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "daicho-inbox-1\x00%s\x00", filepath.Base(path))
	if _, err = io.Copy(sum, f); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	return app.Ref{Kind: document.Kind, ID: app.DerivedID([32]byte(sum.Sum(nil)))}, err
}

func (in *inbox) register(ctx context.Context, ref app.Ref, path string, f *os.File) error {
	d := document.Register.New().(*document.Document)
	name := filepath.Base(path)
	d.Ref, d.Title, d.Type = ref, strings.TrimSuffix(name, filepath.Ext(name)), document.Notice
	d.Received = app.DayOf(civil.DateOf(in.session.console.Now()))
	if err := enter(document.Register, d, in.verb.Set); err != nil {
		return err
	}
	kind, err := mediaType(f)
	if err != nil {
		return err
	}
	b, err := in.replica.Attach(ctx, ref, name, kind, f)
	if err != nil {
		return err
	}
	d.Files = []app.Blob{b}
	return in.replica.Write(ctx, in.replica.Actor(), func(tx *store.Tx) error { return tx.Save(d) })
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
