// Package kittest is what tests of the window share: a desk with the real look
// and a fixed clock, windows without a display, pictures to look at, and the
// check that no text is cut, covered or outside. Only tests may import it.
package kittest

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Now is the moment at which every test of the window takes place.
var Now = time.Date(2026, time.November, 20, 14, 2, 0, 0, time.FixedZone("JST", 9*3600))

// Desk is a desk in Japanese with the light look, whose work is done at once.
func Desk(t testing.TB) *ui.Desk {
	d := &ui.Desk{
		Look: Look(t), Words: text.New(app.JA), Tasks: task.Inline(nil),
		Now: func() time.Time { return Now },
	}
	clip := test.NewClipboard()
	d.Focus = func(f fyne.Focusable) {
		if c := fyne.CurrentApp().Driver().CanvasForObject(nil); c != nil {
			c.Focus(f)
		}
	}
	d.Focused = func() fyne.Focusable { return fyne.CurrentApp().Driver().CanvasForObject(nil).Focused() }
	d.Place = func(o fyne.CanvasObject) fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	}
	d.Above = func(o fyne.CanvasObject) func() {
		c := fyne.CurrentApp().Driver().CanvasForObject(nil)
		c.Overlays().Add(o)
		o.Resize(c.Size())
		return func() { c.Overlays().Remove(o) }
	}
	d.Key = func(*fyne.KeyEvent) bool { return false }
	d.Shortcut = func(fyne.Shortcut) bool { return false }
	d.Touch = func() {}
	d.Writes = func(bool) {}
	d.Caret = func(fyne.CanvasObject, fyne.Position) {}
	d.Clipboard = func() fyne.Clipboard { return clip }
	return d
}

// Window shows content in a window without a display or borders.
func Window(t testing.TB, content fyne.CanvasObject, w, h float32) fyne.Window {
	win := test.NewWindow(content)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	t.Cleanup(win.Close)
	return win
}

// Variant is one way a page is shown.
type Variant struct {
	Name   string
	W, H   float32
	Dark   bool
	Lang   app.Lang
	Factor float32
}

// Variants are all ways in which every page must be whole. The palette moves
// nothing, so dark ones are few unless pictures are taken.
func Variants() (out []Variant) {
	for _, size := range [][2]float32{{1280, 800}, {1024, 768}} {
		for _, lang := range []app.Lang{app.JA, app.EN} {
			for _, f := range []float32{1, 1.3} {
				name := map[float32]string{1280: "1280", 1024: "1024"}[size[0]] + "-" + string(lang) + map[float32]string{1: "", 1.3: "-130"}[f]
				out = append(out, Variant{Name: name, W: size[0], H: size[1], Lang: lang, Factor: f})
			}
		}
	}
	darkened := []Variant{out[0], out[4]}
	if os.Getenv(shots) != "" {
		darkened = out
	}
	for _, v := range darkened {
		v.Dark, v.Name = true, v.Name+"-dark"
		out = append(out, v)
	}
	return out
}

// Set turns a desk to a variant. Pages made before must be refreshed.
func (v Variant) Set(d *ui.Desk) {
	d.Look.Set(v.Dark, v.Factor)
	d.Words.Set(v.Lang)
}

// shots names the folder for pictures.
const shots = "DAICHO_SHOTS"

// Shot writes a picture of the window to the folder named by DAICHO_SHOTS, for
// people to look at; without it nothing is written.
func Shot(t testing.TB, win fyne.Window, name string) {
	dir := os.Getenv(shots)
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
