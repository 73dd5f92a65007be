package pdf

import (
	"bytes"
	"image/png"

	"github.com/klippa-app/go-pdfium/requests"
)

// tallest is how many times as high as wide a picture of a page is at most.
const tallest = 4

// Picture draws the page n, from 0, as PNG: width pixels wide, or less where the page
// is very high. Fields of forms and comments are drawn, too.
func (d *Document) Picture(n, width int) ([]byte, error) {
	drawn, err := d.sandbox.RenderPageInPixels(&requests.RenderPageInPixels{
		Page:  requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: n}},
		Width: width, Height: tallest * width, RenderForm: true, Document: &d.ref})
	if err != nil {
		return nil, err
	}
	defer drawn.Cleanup() // the pixels are the sandbox's
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, drawn.Result.RenderedImage)
	return b.Bytes(), err
}
