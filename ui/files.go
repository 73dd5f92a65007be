package ui

import (
	"context"
	"image"

	"daicho/app"
)

// Files is what screens do with attachments beside keeping them, and with sheets that
// people edited elsewhere.
type Files interface {
	// Content is what is written in an attachment; it is read now if nobody has
	// read it yet.
	Content(ctx context.Context, ref app.Ref, b app.Blob) (Content, error)
	// Page draws a page, from 0, of an attached PDF, so many pixels wide. It refuses
	// what is none, or cannot be drawn.
	Page(ctx context.Context, b app.Blob, page, width int) (Sheet, error)
	// OpenOutside opens a copy of an attachment in the program that the system has
	// for such files. The copy is in a folder of the person alone, and is wiped when
	// the window is locked or closed. Each time the person has saved it there it is
	// attached to the record anew, and saved is called, on any goroutine: it is then
	// for the screen to put it into a field of the record.
	OpenOutside(ctx context.Context, ref app.Ref, b app.Blob, saved func(app.Blob, error)) error
	// SaveAll writes several records as Save does, all of them or, if one is refused,
	// none.
	SaveAll(ctx context.Context, all []app.Record) error
	// Secret is bytes that only this device can make, for a purpose: the same each time.
	Secret(purpose string) ([]byte, error)
}

// Sheet is a page of an attachment as it looks.
type Sheet struct {
	Picture image.Image
	Pages   int // of the attachment
}

// Content is what is written in an attachment.
type Content struct {
	Text string // cells parted by tabs
	Why  string // not all of it was read, in English as package extract says it; empty: all was
}
