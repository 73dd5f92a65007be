package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // photos
	"image/png"

	"github.com/jung-kurt/gofpdf"

	"daicho/app/report"
)

// maxPixels bounds what a picture may take in memory.
const maxPixels = 64 << 20

// drawable is a picture as gofpdf takes it.
type drawable struct {
	name, format string // format as gofpdf calls it
	data         []byte
	ratio        float64 // of its height to its width
}

// drawableOf reads a picture; false for what is none. A PNG is written anew, for
// gofpdf reads only the plain ones.
func drawableOf(data []byte) (drawable, bool) {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height {
		return drawable{}, false
	}
	d := drawable{format: "JPG", data: data, ratio: float64(c.Height) / float64(c.Width)}
	if format == "png" {
		if d.data, err = plainPNG(data); err != nil {
			return drawable{}, false
		}
		d.format = "PNG"
	}
	sum := sha256.Sum256(data)
	d.name = hex.EncodeToString(sum[:])
	return d, true
}

// plainPNG is the picture on white, with 8 bits a colour.
func plainPNG(data []byte) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	flat := image.NewRGBA(src.Bounds())
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), src, src.Bounds().Min, draw.Over)
	var out bytes.Buffer
	err = png.Encode(&out, flat)
	return out.Bytes(), err
}

// picture sets a picture with its label above it, or says that it is none.
func (l *layout) picture(b report.Picture) {
	label := l.clean(b.Label, "図")
	d, ok := drawableOf(b.Data)
	if !ok {
		l.lines(label+"（画像を表示できません）", l.regular(noteSize), l.sheet.left, l.width(), 0)
		l.y += gap
		return
	}
	w := min(b.Width, l.width(), b.Height/d.ratio)
	h := w * d.ratio
	l.need(h + lineHeight(noteSize))
	l.lines(label, l.regular(noteSize), l.sheet.left, l.width(), 0)
	l.put(placed{d, l.sheet.left, l.y, w, h})
	l.put(box(l.sheet.left, l.y, w, h, thin)...)
	l.y += h + gap
}

// placed is a picture at its place.
type placed struct {
	drawable
	x, y, w, h float64
}

func (i placed) draw(f *gofpdf.Fpdf) {
	o := gofpdf.ImageOptions{ImageType: i.format}
	f.RegisterImageOptionsReader(i.name, o, bytes.NewReader(i.data))
	f.ImageOptions(i.name, i.x, i.y, i.w, i.h, false, o, 0, "")
}
