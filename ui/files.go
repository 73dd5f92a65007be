package ui

import (
	"context"

	"daicho/app"
)

// Files is what screens do with attachments beside keeping them, and with sheets that
// people edited elsewhere.
type Files interface {
	// Content is what is written in an attachment; it is read now if nobody has
	// read it yet.
	Content(ctx context.Context, ref app.Ref, b app.Blob) (Content, error)
	// OpenOutside opens a copy of an attachment in the program that the system has
	// for such files. The copy is in a folder of the person alone, and is wiped when
	// the window is locked or closed. Each time the person has saved it there it is
	// attached to the record anew, and saved is called, on any goroutine: it is then
	// for the screen to put it into a field of the record.
	OpenOutside(ctx context.Context, ref app.Ref, b app.Blob, saved func(app.Blob, error)) error
	// SaveAll writes several records as Save does, all of them or, if one is refused,
	// none.
	SaveAll(ctx context.Context, all []app.Record) error
	// Try says why Save would refuse a record; nil: it would not. Nothing is changed.
	Try(ctx context.Context, r app.Record) error
	// Secret is bytes that only this device can make, for a purpose: the same each time.
	Secret(purpose string) ([]byte, error)
}

// Content is what is written in an attachment.
type Content struct {
	Text string // cells parted by tabs
	Why  string // not all of it was read, in English as package extract says it; empty: all was
}
