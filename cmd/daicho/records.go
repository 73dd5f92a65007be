package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"path/filepath"
	"sync"

	"daicho/app"
	"daicho/app/extract/apart"
	"daicho/cmd/worker"
	"daicho/store"
	"daicho/ui"
)

// records shows the replica to the screens: whichever the door has open. They
// hold on to it while the door is shut and opened again.
type records struct {
	door     *door
	scanner  *scanner
	watchers listeners[func([]app.Ref)]
	copies   *copies

	once  sync.Mutex
	apart *apart.Pool // nil: nothing was read yet
	draws *apart.Pool // nil: nothing was drawn yet
}

// workers are the processes that read files.
func (r *records) workers() *apart.Pool {
	r.once.Lock()
	defer r.once.Unlock()
	if r.apart == nil {
		r.apart = worker.Readers()
	}
	return r.apart
}

// drawers are the processes that draw pages.
func (r *records) drawers() *apart.Pool {
	r.once.Lock()
	defer r.once.Unlock()
	if r.draws == nil {
		r.draws = worker.Drawers()
	}
	return r.draws
}

func (r *records) Scanner() ui.Scanner { return r.scanner }

func (r *records) Registers() app.Registers { return r.door.options.Book.Registers }

// with asks the replica that is open, and refuses where none is.
func with[T any](r *records, ask func(*store.Replica) (T, error)) (T, error) {
	open, err := r.door.open()
	if err != nil {
		var none T
		return none, err
	}
	return ask(open)
}

func (r *records) IDs(ctx context.Context, kind app.Kind, q app.Query) ([]app.ID, error) {
	return with(r, func(open *store.Replica) ([]app.ID, error) { return open.IDs(ctx, kind, q) })
}

func (r *records) Rows(ctx context.Context, kind app.Kind, ids []app.ID) ([]app.Record, error) {
	return with(r, func(open *store.Replica) ([]app.Record, error) { return open.Rows(ctx, kind, ids) })
}

func (r *records) Count(ctx context.Context, kind app.Kind, where []app.Cond) (int, error) {
	return with(r, func(open *store.Replica) (int, error) { return open.Count(ctx, kind, app.Query{Where: where}) })
}

func (r *records) Get(ctx context.Context, ref app.Ref) (app.Record, error) {
	return with(r, func(open *store.Replica) (app.Record, error) { return open.Get(ctx, ref) })
}

func (r *records) New(kind app.Kind) (app.Record, error) {
	return with(r, func(open *store.Replica) (app.Record, error) { return open.Draft(kind) })
}

func (r *records) Save(ctx context.Context, rec app.Record) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Write(ctx, open.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
}

func (r *records) Do(ctx context.Context, rec app.Record, command string, args []string) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	g, err := r.Registers().Of(rec.Meta().Ref.Kind)
	if err != nil {
		return err
	}
	doc, err := app.Args(g, command, args)
	if err != nil {
		return err
	}
	return open.Write(ctx, open.Actor(), func(tx *store.Tx) error { return tx.Do(rec, command, doc) })
}

func (r *records) History(ctx context.Context, ref app.Ref) ([]app.Event, error) {
	return with(r, func(open *store.Replica) ([]app.Event, error) { return open.History(ctx, ref) })
}

func (r *records) Lacking(ctx context.Context, ref app.Ref) (ui.Lacking, error) {
	return with(r, func(open *store.Replica) (ui.Lacking, error) {
		l, err := open.Lacks(ctx, ref)
		return ui.Lacking{Some: l.Some, Since: l.Since}, err
	})
}

func (r *records) Unindexed(ctx context.Context) (int, error) {
	return with(r, func(open *store.Replica) (int, error) {
		records, err := open.Unindexed(ctx)
		if err != nil {
			return 0, err
		}
		files, err := open.UnreadCount(ctx)
		return records + files, err
	})
}

func (r *records) Linked(ctx context.Context, ref app.Ref) ([]ui.Hit, error) {
	return hits(with(r, func(open *store.Replica) ([]store.Hit, error) { return open.Linked(ctx, ref) }))
}

// Names names records, and people by the directory.
func (r *records) Names(ctx context.Context, refs []app.Ref) ([]ui.Hit, error) {
	return with(r, func(open *store.Replica) ([]ui.Hit, error) {
		out, err := hits(open.Names(ctx, refs))
		for i := range out {
			if ref := out[i].Ref; err == nil && ref.Kind == app.PersonKind {
				var name string
				if name, err = open.Person(ctx, ref.ID); name != "" {
					out[i].Title = name
				}
			}
		}
		return out, err
	})
}

func (r *records) Search(ctx context.Context, words string, limit int) ([]ui.Hit, error) {
	return hits(with(r, func(open *store.Replica) ([]store.Hit, error) { return open.Search(ctx, words, limit) }))
}

func (r *records) Similar(ctx context.Context, like app.Like) ([]ui.Hit, error) {
	return hits(with(r, func(open *store.Replica) ([]store.Hit, error) { return open.Similar(ctx, like) }))
}

func hits(found []store.Hit, err error) ([]ui.Hit, error) {
	out := make([]ui.Hit, len(found))
	for i, h := range found {
		out[i] = ui.Hit{Ref: h.Ref, Number: h.Number, Title: h.Title, Note: h.Snippet, File: h.File}
	}
	return out, err
}

func (r *records) Watch(changed func([]app.Ref)) (stop func()) { return r.watchers.add(changed) }

// hear tells the screens what the replica says that has changed.
func (r *records) hear(refs []app.Ref) {
	for _, tell := range r.watchers.all() {
		tell(refs)
	}
}

// maxAttachment bounds what is held in memory while it is sealed.
const maxAttachment = 256 << 20

// Attach seals a file. Sealing reads it twice: what cannot be read again is held in
// memory, for nothing readable may lie in a temporary file.
func (r *records) Attach(ctx context.Context, rec app.Record, name string, body io.Reader) (app.Blob, error) {
	src, ok := body.(io.ReadSeeker)
	if !ok {
		b, err := io.ReadAll(io.LimitReader(body, maxAttachment+1))
		if err != nil {
			return app.Blob{}, app.Because(err, app.Failed, "ファイルを読み取れませんでした。開いているプログラムを閉じて、もう一度添付してください。", "the file could not be read")
		}
		if len(b) > maxAttachment {
			return app.Blob{}, app.Refuse(app.Invalid, "", fmt.Sprintf("ファイルが大きすぎます。%d MB までのファイルを添付してください。", maxAttachment>>20), "the file is too large to attach")
		}
		src = bytes.NewReader(b)
	}
	return with(r, func(open *store.Replica) (app.Blob, error) {
		return open.Attach(ctx, rec.Meta().Ref, filepath.Base(name), mime.TypeByExtension(filepath.Ext(name)), src)
	})
}

func (r *records) OpenBlob(ctx context.Context, ref app.Ref, id app.BlobID) (io.ReadCloser, error) {
	rec, err := r.Get(ctx, ref)
	if err != nil {
		return nil, err
	}
	g, err := r.Registers().Of(ref.Kind)
	if err != nil {
		return nil, err
	}
	for _, f := range g.About().Fields {
		for _, b := range g.Column(rec, f.Name).Blobs() {
			if b.ID == id {
				return r.read(ctx, b)
			}
		}
	}
	return nil, app.Refuse(app.NotFound, "", "この添付ファイルは記録から外されています。", "the record no longer has this attachment")
}

// read verifies the whole attachment before it gives out the first byte.
func (r *records) read(ctx context.Context, b app.Blob) (io.ReadCloser, error) {
	return with(r, func(open *store.Replica) (io.ReadCloser, error) {
		var buf bytes.Buffer
		err := open.OpenBlob(ctx, b, &buf)
		return io.NopCloser(&buf), err
	})
}

var _ ui.Records = (*records)(nil)
