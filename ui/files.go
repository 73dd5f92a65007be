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
	// attached to the record anew and kept in the draft of its field, and saved is
	// called, on any goroutine, with the record that has it: a new one, with a draft
	// alone, where this one cannot be changed any more. It is then for the screen to
	// show it. What cannot be
	// kept stays outside until it can, and saved hears why.
	OpenOutside(ctx context.Context, ref app.Ref, field string, b app.Blob, saved func(app.Ref, app.Blob, error)) error
	// DoAll does several deeds, all of them or, if one is refused or ctx ends, none. It
	// calls done after each, with how many there are so far.
	DoAll(ctx context.Context, all []Deed, done func(int)) error
	// Try says why Save would refuse a record; nil: it would not. Nothing is changed.
	Try(ctx context.Context, r app.Record) error
	// Secret is bytes that only this device can make, for a purpose: the same each time.
	Secret(purpose string) ([]byte, error)
}

// Deed is what is done to one of several records: it is saved, or given a command.
type Deed struct {
	Record  app.Record
	Command string   // empty: it is saved
	Args    []string // of the command, as field=value
}

// Sheet is a page of an attachment as it looks.
type Sheet struct {
	Picture image.Image
	Pages   int // of the attachment
}

// Content is what is written in an attachment.
type Content struct {
	Text string    // cells parted by tabs
	Why  app.Label // not all of it was read; zero: all was
}
