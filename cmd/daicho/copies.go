package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"sync"

	"daicho/app"
	"daicho/app/document"
	"daicho/cmd/daicho/outside"
	"daicho/store"
	"daicho/ui/kit/register"
)

// copies are the attachments that stand open in other programs, of whichever replica.
// What is saved there is attached and put into the kept draft of its record, before
// any screen hears of it: a screen may be locked, or gone.
type copies struct {
	dir string
	log io.Writer

	going sync.WaitGroup
	mu    sync.Mutex
	desk  *outside.Desk // nil: none could be made yet
	of    *records      // of the replica that the window shows
	saved map[string]func(app.Ref, app.Blob, error)
}

func newCopies(log io.Writer) *copies {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return &copies{dir: filepath.Join(cache, "daicho", "opened"), log: log, saved: map[string]func(app.Ref, app.Blob, error){}}
}

// beside does something of this off the UI goroutine; close waits for it.
func (c *copies) beside(do func()) { c.going.Go(do) }

// show says which replica takes things back from now on.
func (c *copies) show(r *records) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of = r
}

// start wipes what an earlier run has left, but for what was saved and not taken back.
func (c *copies) start() {
	if _, err := c.open(); err != nil {
		fmt.Fprintf(c.log, "daicho: wipe what was opened outside: %v\n", err)
	}
	if n := c.left(); n > 0 {
		fmt.Fprintf(c.log, "daicho: %d files were saved outside and not taken back; they are when their register is opened\n", n)
	}
}

func (c *copies) open() (_ *outside.Desk, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.desk == nil {
		c.desk, err = outside.New(c.dir, startProgram, c.take)
	}
	return c.desk, err
}

func (c *copies) made() *outside.Desk {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.desk
}

func (c *copies) left() int {
	if desk := c.made(); desk != nil {
		return desk.Left()
	}
	return 0
}

// add opens a file; saved hears of each new content.
func (c *copies) add(o outside.Origin, content []byte, saved func(app.Ref, app.Blob, error)) error {
	desk, err := c.open()
	if err != nil {
		return err
	}
	c.mu.Lock()
	c.saved[heardAt(o)] = saved
	c.mu.Unlock()
	return desk.Open(o, content)
}

// heardAt names the field in which a screen waits for a file.
func heardAt(o outside.Origin) string { return o.Record + "/" + o.Field + "/" + o.Name }

// take keeps what was saved, and tells the screen that has opened it, if there is one.
func (c *copies) take(o outside.Origin, body []byte, err error) (outside.Origin, error) {
	c.mu.Lock()
	r, saved := c.of, c.saved[heardAt(o)]
	c.mu.Unlock()
	var ref app.Ref
	var blob app.Blob
	if err == nil {
		ref, blob, err = r.takeBack(context.Background(), o, body)
	}
	if err == nil {
		o.Record, o.Blob = ref.String(), blob.ID.String()
		c.mu.Lock()
		c.saved[heardAt(o)] = saved
		c.mu.Unlock()
	} else {
		fmt.Fprintf(c.log, "daicho: what was saved outside of %s was not taken back: %v\n", o.Record, err)
	}
	if saved != nil {
		saved(ref, blob, err)
	}
	if app.IsCode(err, app.NotFound) {
		err = nil // its record was erased, or may not be read here any more: nor may the copy
	}
	return o, err
}

// wipe takes back what was saved and wipes the copies. It takes as long as the files
// are large: never on the UI goroutine.
func (c *copies) wipe() {
	desk := c.made()
	if desk == nil {
		return
	}
	if err := desk.Wipe(); err != nil {
		fmt.Fprintf(c.log, "daicho: %d copies that were opened outside are still there: %v\n", desk.Left(), err)
	}
}

// takeWaiting takes back what could not be when it was saved, for a register that was
// just opened: before its screens look for drafts.
func (c *copies) takeWaiting() {
	if _, err := c.open(); err == nil { // start says why not
		c.wipe()
	}
}

// discard wipes the copies of a replica that was erased.
func (c *copies) discard(r *store.Replica) {
	if desk := c.made(); desk != nil && r != nil {
		if err := desk.Discard(string(r.ID())); err != nil {
			fmt.Fprintf(c.log, "daicho: %v\n", err)
		}
	}
}

// close wipes all, once nothing else of the window goes on.
func (c *copies) close() {
	c.going.Wait()
	desk := c.made()
	if desk == nil {
		return
	}
	if err := desk.Close(); err != nil {
		fmt.Fprintf(c.log, "daicho: %d copies that were opened outside are still there: %v\n", desk.Left(), err)
	}
}

// takeBack attaches what was saved outside, and puts it into the draft of its record,
// or of the one that goes on where that cannot be changed any more: it says which.
func (r *records) takeBack(ctx context.Context, o outside.Origin, content []byte) (ref app.Ref, now app.Blob, err error) {
	open, err := r.door.open()
	if err != nil {
		return ref, now, err
	}
	if string(open.ID()) != o.Replica {
		return ref, now, errOtherPerson
	}
	if ref, err = app.ParseRef(o.Record); err != nil {
		return ref, now, err
	}
	was, err := app.ParseBlobID(o.Blob)
	if err != nil {
		return ref, now, err
	}
	g, err := r.Registers().Of(ref.Kind)
	if err != nil {
		return ref, now, err
	}
	rec, draft, err := r.drafted(ctx, ref)
	if err != nil {
		return ref, now, err
	}
	if old, is := rec.(*document.Revision); is {
		next, err := r.New(document.RevisionKind)
		if err != nil {
			return ref, now, err
		}
		if old.Continue(next.(*document.Revision)) {
			ref, rec, draft = next.Meta().Ref, next, nil
		}
	}
	if now, err = open.Attach(ctx, ref, o.Name, mime.TypeByExtension(filepath.Ext(o.Name)), bytes.NewReader(content)); err != nil {
		return ref, now, err
	}
	value, err := register.WithFile(g, ref, rec, draft, app.StampOf(r.door.options.Clock()), o.Field, was, now)
	if err != nil {
		return ref, now, err
	}
	return ref, now, r.Keep(ctx, register.Drafts+ref.String(), value)
}

// drafted is a record and what is kept of a draft of it; a new record is a draft alone.
func (r *records) drafted(ctx context.Context, ref app.Ref) (app.Record, []byte, error) {
	kept, err := r.Recall(ctx, register.Drafts+ref.String())
	if err != nil {
		return nil, nil, err
	}
	draft := kept[register.Drafts+ref.String()]
	rec, err := r.Get(ctx, ref)
	switch {
	case app.IsCode(err, app.NotFound) && draft != nil:
		return nil, draft, nil
	case err == nil && rec.Meta().IsErased():
		err = errErasedMeanwhile
	}
	return rec, draft, err
}

var (
	errOtherPerson     = app.Refuse(app.Failed, "", "別の利用者の台帳から開いたファイルです。その利用者が台帳を開くと、取り込まれます。", "it was opened from another person's register, and is taken back when that is opened")
	errErasedMeanwhile = app.Refuse(app.NotFound, "", "記録の個人情報が消去されたため、外部で保存したファイルは取り込みません。", "the personal data of the record was erased, so what was saved outside is not taken back")
)
