package extract

import (
	"context"
	"errors"
	"io"

	"daicho/app/extract/pdf"
)

// Reader reads files. It is safe for concurrent use.
type Reader struct {
	Limits Limits
	// PDF reads the text of PDF files, which are Unscannable without it.
	PDF *pdf.Engine
	// Apart, when set, reads the formats whose parsers are not trusted.
	Apart Apart
}

// Extract reads src and tells v what is in it. It returns the error of
// v.Leave, or ctx's when the reading was cancelled; a deadline of ctx is a
// limit like others and gives a Partial file. Whatever is wrong with the file
// itself is told in File.
func (r *Reader) Extract(ctx context.Context, src Source, v Visitor) error {
	j := &job{ctx: ctx, limits: r.Limits.orDefault(), engine: r.PDF, apart: r.Apart, visitor: v, size: src.Size}
	return j.file(&item{job: j, path: src.Path, name: src.Path, size: src.Size, r: src.R})
}

// job is the work on one top-level file with everything inside it.
type job struct {
	ctx      context.Context
	limits   Limits
	engine   *pdf.Engine // may be nil
	apart    Apart       // may be nil
	visitor  Visitor
	size     int64 // bytes
	inflated int64
	entries  int
}

// item is one file or entry being read.
type item struct {
	*job
	path   string
	name   string // its ending tells the type
	size   int64
	r      io.ReaderAt
	rest   io.Reader         // what follows r's size bytes, of an entry too large to hold; else nil
	part   func(*item) error // reads an item that has no bytes of its own; else nil
	depth  int               // archives around it
	text   int64             // bytes told so far
	told   File
	unread int // entries that were not read in full

	entriesOpen, entriesLocked int // by whether a password was needed
}

// file reads one item and tells of it. Only the visitor's error, and
// cancellation, are returned.
func (j *job) file(it *item) error {
	it.told = File{Path: it.path, Size: it.size, Protection: ProtectNone, Scanned: Full}
	j.visitor.Enter(it.path)
	err := it.read()
	var s *stop
	switch {
	case err == nil && it.unread == 0:
	case err == nil:
		it.told.Scanned, it.told.Reason = Partial, ReasonEntries
	case errors.As(err, &s):
		it.told.Scanned, it.told.Reason = s.scanned, s.reason
	case errors.Is(err, context.DeadlineExceeded):
		it.told.Scanned, it.told.Reason = Partial, ReasonTime
	case errors.Is(err, context.Canceled), errors.As(err, new(visitorError)):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		it.told.Scanned, it.told.Reason = Failed, ReasonTruncated
	default:
		it.told.Scanned, it.told.Reason = Failed, ReasonDamaged
	}
	if err := j.visitor.Leave(it.told); err != nil {
		return visitorError{err}
	}
	return nil
}

// visitorError carries the visitor's error out of nested entries.
type visitorError struct{ error }

func (e visitorError) Unwrap() error { return e.error }

// read tells the type and runs its reader. A panic in a reader is the file's
// error: the readers know nothing beyond their item.
func (it *item) read() (err error) {
	defer func() {
		if recover() != nil {
			err = failed(ReasonParser)
		}
	}()
	if err := it.ctx.Err(); err != nil {
		return err
	}
	if it.part != nil {
		return it.part(it)
	}
	head := make([]byte, min(sniffSize, it.size))
	if n, err := it.r.ReadAt(head, 0); n < len(head) {
		return readError(err)
	}
	it.told.Type = sniff(head, it.name)
	f, ok := formats[it.told.Type]
	if !ok {
		return it.readText()
	}
	it.told.Protection = f.protection
	if it.apart != nil && it.depth == 0 && f.read != nil && !f.plain {
		return it.readApart()
	}
	if f.read == nil {
		return unreadable(f.reason)
	}
	if it.rest != nil && !f.streams {
		return unreadable(ReasonTooLarge)
	}
	return f.read(it)
}

func readError(err error) error {
	if err == io.EOF || err == nil {
		return failed(ReasonTruncated)
	}
	return failed(ReasonRead)
}

// emit tells a piece of text, within the limits.
func (it *item) emit(p Piece) error {
	if err := it.ctx.Err(); err != nil {
		return err
	}
	if len(p.Text) == 0 {
		return nil
	}
	if it.text += int64(len(p.Text)); it.text > it.limits.Text {
		return partly(ReasonTooMuchText)
	}
	it.visitor.Text(p)
	return nil
}

// reader reads the item from its beginning, with all that follows.
func (it *item) reader() io.Reader {
	var r io.Reader = io.NewSectionReader(it.r, 0, it.size)
	if it.rest != nil {
		r = io.MultiReader(r, it.rest)
	}
	return &patient{it.ctx, r}
}

// patient ends a long reading when its context ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}
