package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
)

// picture is what a screen shows.
type picture struct {
	pixels     []byte // blue, green, red and nothing
	line       int    // bytes
	wide, high int
}

// look reads what the screen shows from the memory of its display, where it stands in the
// format XWD.
func (s *screen) look() picture {
	s.t.Helper()
	b, err := os.ReadFile(s.display.memory())
	ok(s.t, err)
	return pictureOf(b)
}

// memory is the file that holds what the screen shows.
func (d *display) memory() string { return filepath.Join(d.dir, "Xvfb_screen0") }

func pictureOf(b []byte) picture {
	word := func(n int) int { return int(binary.BigEndian.Uint32(b[4*n:])) }
	return picture{b[word(0)+12*word(19):], word(12), word(4), word(5)}
}

// ColorModel, Bounds and At make it an image.
func (p picture) ColorModel() color.Model { return color.RGBAModel }

func (p picture) Bounds() image.Rectangle { return image.Rect(0, 0, p.wide, p.high) }

func (p picture) At(x, y int) color.Color {
	c := p.at(x, y)
	return color.RGBA{c[0], c[1], c[2], 255}
}

// at is the red, green and blue of a pixel.
func (p picture) at(x, y int) [3]byte {
	c := p.pixels[y*p.line+4*x:]
	return [3]byte{c[2], c[1], c[0]}
}

// count counts pixels of a part of the picture that are so.
func (p picture) count(part image.Rectangle, so func(r, g, b byte) bool) (count int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := p.at(x, y); so(c[0], c[1], c[2]) {
				count++
			}
		}
	}
	return count
}

// colours counts different colours.
func (p picture) colours() int {
	seen := map[[3]byte]bool{}
	p.count(p.Bounds(), func(r, g, b byte) bool { seen[[3]byte{r, g, b}] = true; return true })
	return len(seen)
}

// differs reports whether anything is painted otherwise.
func (p picture) differs(from picture) bool { return !bytes.Equal(p.pixels, from.pixels) }

// ground reports whether nothing but the ground is painted where it should be empty.
func (p picture) ground(empty func(x, y int) bool) bool {
	ground := p.at(2, 2)
	for y := range p.high {
		for x := range p.wide {
			if empty(x, y) && p.at(x, y) != ground {
				return false
			}
		}
	}
	return true
}

// picture is what the screen shows; DAICHO_SHOTS keeps it.
func (s *screen) picture(name string) picture {
	s.t.Helper()
	p := s.look()
	if dir := os.Getenv("DAICHO_SHOTS"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "window-"+name+".png"))
		ok(s.t, err)
		defer f.Close()
		ok(s.t, png.Encode(f, p))
	}
	return p
}

// photograph keeps a picture of the screen in DAICHO_SHOTS.
func (s *screen) photograph(name string) { s.picture(name) }

// still waits until the window has done what it was asked for, and photographs it.
func (s *screen) still(name string) {
	s.t.Helper()
	s.settled()
	s.photograph(name)
}

// painted reports whether there is a picture.
func (s *screen) painted() bool { return s.look().painted() }

func (p picture) painted() bool {
	return p.count(image.Rect(700, 200, 800, 300), func(r, g, b byte) bool { return r|g|b != 0 }) > 0
}
