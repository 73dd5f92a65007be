// Package fulltext reads what is attached to records, so that a search finds words
// within Office files, PDFs, mails and archives. It works in the background, a file
// at a time, and can be stopped at any moment: what was read is kept, and the next
// run goes on with the rest.
//
// Use it where a replica is open for a while. Whoever wants the text of one file at
// once asks package extract.
package fulltext

import (
	"bytes"
	"context"
	"time"

	"daicho/app"
	"daicho/app/extract"
	"daicho/store"
)

// The limits of one file.
const (
	// MaxText is the most bytes of its text that are kept: about 500 pages.
	MaxText = 1 << 20
	// MaxFile is the most bytes that it may have: it is held in memory while it is
	// read, for nothing readable may lie on the disk.
	MaxFile = 64 << 20
	// MaxTime is how long it is read.
	MaxTime = time.Minute
)

// ReasonSize is why a file larger than MaxFile was not read.
const ReasonSize extract.Reason = "limit reached: size of the file"

// Limits are those of a reader for this package.
func Limits() extract.Limits {
	return extract.Limits{Text: MaxText, Buffer: MaxFile, Inflated: 256 << 20, Entries: 1_000, Depth: 3}
}

// How much is kept in one transaction, for which whoever writes may have to wait.
const (
	batchFiles = 32
	batchText  = 128 << 10 // bytes
)

// Shelf is the replica: [store.Replica] is one.
type Shelf interface {
	Unread(ctx context.Context, after app.BlobID, limit int) ([]store.Attachment, app.BlobID, error)
	UnreadCount(ctx context.Context) (int, error)
	TakeContents(ctx context.Context, all []store.Content) error
	Opener
}

// Opener gives the content of attachments, verified: [store.Replica] is one.
type Opener interface {
	OpenContent(ctx context.Context, b app.Blob) (*bytes.Reader, error)
}

// Result is what came of a run: how many files were kept.
type Result struct {
	Read  int `json:"read"`  // in full
	Parts int `json:"parts"` // only a part, for a limit was reached or an entry could not be read
	Not   int `json:"not"`   // not at all: protected, damaged, or of no known format
}

// Run reads all attachments that nobody has read, and returns the error of the
// shelf, or ctx's. What is wrong with a file is kept as the reason why its words are
// not found. One whose bytes turn out damaged or gone is left for another run.
// Progress may be nil; it hears of files.
func Run(ctx context.Context, shelf Shelf, reader *extract.Reader, progress func(done, total int)) (Result, error) {
	total, err := shelf.UnreadCount(ctx)
	if err != nil || total == 0 {
		return Result{}, err
	}
	r := &run{shelf: shelf, reader: reader}
	var after app.BlobID
	for {
		list, last, err := shelf.Unread(ctx, after, batchFiles)
		if err != nil {
			return r.result, err
		}
		if last == (app.BlobID{}) {
			return r.result, r.keep(ctx)
		}
		for _, a := range list {
			if err := r.one(ctx, a.Blob); err != nil {
				return r.result, err
			}
			if r.seen++; progress != nil {
				progress(r.seen, max(r.seen, total))
			}
		}
		after = last
	}
}

// run is one pass through the attachments.
type run struct {
	shelf  Shelf
	reader *extract.Reader
	batch  []store.Content
	held   int // bytes of text in batch
	seen   int
	result Result
}

// one reads one attachment, and keeps the batch when it is full.
func (r *run) one(ctx context.Context, b app.Blob) error {
	c, err := Read(ctx, r.shelf, r.reader, b)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case app.IsCode(err, app.NotFound), app.IsCode(err, app.Damaged):
		return nil
	case err != nil:
		return err
	}
	r.batch, r.held = append(r.batch, c), r.held+len(c.Text)
	if len(r.batch) < batchFiles && r.held < batchText {
		return nil
	}
	return r.keep(ctx)
}

func (r *run) keep(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	if err := r.shelf.TakeContents(ctx, r.batch); err != nil {
		return err
	}
	for _, c := range r.batch {
		r.result.count(c)
	}
	r.batch, r.held = nil, 0
	return nil
}

func (r *Result) count(c store.Content) {
	switch extract.Scanned(c.Extent) {
	case extract.Full:
		r.Read++
	case extract.Partial:
		r.Parts++
	default:
		r.Not++
	}
}

// Read is what is written in one attachment.
func Read(ctx context.Context, shelf Opener, reader *extract.Reader, b app.Blob) (store.Content, error) {
	c := store.Content{Blob: b.ID}
	if b.Size > MaxFile {
		c.Extent, c.Reason = string(extract.Unscannable), string(ReasonSize)
		return c, nil
	}
	bytes, err := shelf.OpenContent(ctx, b)
	if err != nil {
		return c, err
	}
	text, f, err := Text(ctx, reader, extract.Source{Path: b.Name, Size: bytes.Size(), R: bytes})
	c.Extent, c.Reason, c.Text = string(f.Scanned), string(f.Reason), text
	return c, err
}
