package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
)

// Colours of the photo: a wall, a desk, a device, its panel.
var (
	wall   = color.RGBA{0xd8, 0xd4, 0xcb, 0xff}
	desk   = color.RGBA{0x9a, 0x7b, 0x5a, 0xff}
	casing = color.RGBA{0x4a, 0x50, 0x57, 0xff}
	panel  = color.RGBA{0x1f, 0x2a, 0x33, 0xff}
	green  = color.RGBA{0x3f, 0xb0, 0x62, 0xff}
	red    = color.RGBA{0xd0, 0x3b, 0x2f, 0xff}
)

// photo draws a device on a desk with its lamps, one of them red.
func (d *dice) photo(asset string) File {
	img := image.NewRGBA(image.Rect(0, 0, 480, 360))
	fill(img, img.Bounds(), wall)
	fill(img, image.Rect(0, 250, 480, 360), desk)
	x, y := d.between(90, 150), d.between(90, 120)
	fill(img, image.Rect(x, y, x+230, 265), casing)
	fill(img, image.Rect(x+20, y+18, x+210, y+70), panel)
	bad := d.below(5)
	for lamp := range 5 {
		c := green
		if lamp == bad {
			c = red
		}
		at := x + 34 + 36*lamp
		fill(img, image.Rect(at, y+36, at+14, y+50), c)
	}
	return File{Field: "photos", Name: strings.TrimSpace("現場写真 "+asset) + ".png", Type: "image/png", Bytes: pngOf(img)}
}

func fill(img *image.RGBA, r image.Rectangle, c color.RGBA) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func pngOf(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil // a buffer takes everything, and no side of the picture is 0
	}
	return b.Bytes()
}
