// Package page draws the pages of PDF files for people to look at. Files come from
// anybody, so a process of its own draws ([Serve]) and the other side asks it ([Draw]):
// one that crashes, hangs or takes all memory costs its picture and nothing else.
//
// It is for the eye alone. What is written in a file, and whether it is protected, is
// what package extract tells.
package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"

	"daicho/app/extract"
	"daicho/app/extract/apart"
	"daicho/app/extract/pdf"
)

// MaxWidth is the width of the largest picture, in pixels.
const MaxWidth = 2400

// maxPixels bounds what a picture may say of itself: it comes from the process that
// is not trusted.
const maxPixels = 5 * MaxWidth * MaxWidth

// Picture is a page.
type Picture struct {
	Image image.Image
	Pages int // of the file
}

// Draw has the page n, from 0, drawn width pixels wide by a process of the pool.
func Draw(ctx context.Context, pool *apart.Pool, src extract.Source, n, width int) (Picture, error) {
	src.Path = wish{n, min(width, MaxWidth)}.String()
	var h heard
	if err := pool.Extract(ctx, extract.Limits{}, src, &h); err != nil {
		return Picture{}, err
	}
	if h.file.Scanned != extract.Full {
		return Picture{}, fmt.Errorf("draw page %d: %s", n+1, h.file.Reason)
	}
	c, err := png.DecodeConfig(bytes.NewReader(h.png))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height {
		return Picture{}, errors.Join(fmt.Errorf("draw page %d: no picture came", n+1), err)
	}
	m, err := png.Decode(bytes.NewReader(h.png))
	return Picture{m, h.pages}, err
}

// wish is which page is wanted. It goes in the place of the path, which is a person's
// word and nothing that who draws need know.
type wish struct{ page, width int }

func (w wish) String() string { return fmt.Sprintf("%d %d", w.page, w.width) }

// heard is what came: how many pages there are, and the picture.
type heard struct {
	pages int
	png   []byte
	file  extract.File
}

func (h *heard) Enter(string) {}

func (h *heard) Text(p extract.Piece) { h.pages, h.png = p.Line, append(h.png, p.Text...) }

func (h *heard) Leave(f extract.File) error {
	h.file = f
	return nil
}

// Serve draws by an engine.
func Serve(engine *pdf.Engine) apart.Read {
	return func(ctx context.Context, _ extract.Limits, src extract.Source, v extract.Visitor) error {
		var w wish
		if _, err := fmt.Sscanf(src.Path, "%d %d", &w.page, &w.width); err != nil {
			return fmt.Errorf("a page and a width are wanted: %w", err)
		}
		f := extract.File{Scanned: extract.Full}
		if p, err := w.draw(ctx, engine, src); err != nil {
			f.Scanned, f.Reason = extract.Failed, extract.Reason(err.Error())
		} else {
			v.Text(p)
		}
		return v.Leave(f)
	}
}

func (w wish) draw(ctx context.Context, engine *pdf.Engine, src extract.Source) (p extract.Piece, err error) {
	d, err := engine.Open(ctx, src.R, src.Size)
	if err != nil {
		return p, err
	}
	defer d.Close()
	if p.Line, err = d.Pages(); err != nil {
		return p, err
	}
	p.Text, err = d.Picture(w.page, w.width)
	return p, err
}
