package kittest

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// box is a rectangle on the canvas.
type box struct{ x0, y0, x1, y1 float32 }

func (b box) in(c box, slack float32) bool {
	return b.x0 >= c.x0-slack && b.y0 >= c.y0-slack && b.x1 <= c.x1+slack && b.y1 <= c.y1+slack
}

func (b box) cross(c box) box {
	return box{max(b.x0, c.x0), max(b.y0, c.y0), min(b.x1, c.x1), min(b.y1, c.y1)}
}

func (b box) empty() bool { return b.x1-b.x0 <= 1 || b.y1-b.y0 <= 1 }

// seen is one text as it is painted.
type seen struct {
	text string
	ink  box  // where its glyphs are
	host box  // the widget it belongs to
	clip box  // what a scroll lets through
	free bool // no scroll above it: it must be in sight
}

// Whole fails for every text of the window that is cut without an ellipsis,
// covered by another text, outside its widget or outside the window.
func Whole(t testing.TB, win fyne.Window) {
	t.Helper()
	for _, fault := range Faults(win) {
		t.Error(fault)
	}
}

// Faults are what Whole fails for.
func Faults(win fyne.Window) (faults []string) {
	size := win.Canvas().Size()
	window := box{0, 0, size.Width, size.Height}
	for _, root := range append([]fyne.CanvasObject{win.Content()}, win.Canvas().Overlays().List()...) {
		w := walker{window: window}
		w.walk(root, 0, 0, window, window)
		faults = append(faults, w.faults()...)
	}
	return faults
}

type walker struct {
	window   box
	scrolled int // scrolls above
	texts    []seen
}

func (w *walker) walk(o fyne.CanvasObject, x, y float32, host, clip box) {
	if !o.Visible() {
		return
	}
	x, y = x+o.Position().X, y+o.Position().Y
	here := box{x, y, x + o.Size().Width, y + o.Size().Height}
	switch o := o.(type) {
	case *canvas.Text:
		w.note(o, here, host, clip)
	case *widget.Entry:
		// Fyne's own: it scrolls its text by itself
	case *container.Scroll:
		for _, c := range test.WidgetRenderer(o).Objects() {
			if c == o.Content {
				w.scrolled++
				w.walk(c, x, y, here, clip.cross(here))
				w.scrolled--
			}
		}
	case fyne.Widget:
		if isStock(o) {
			return
		}
		for _, c := range test.WidgetRenderer(o).Objects() {
			w.walk(c, x, y, here, clip)
		}
	case *fyne.Container:
		for _, c := range o.Objects {
			w.walk(c, x, y, host, clip)
		}
	}
}

// isStock finds widgets that embed Fyne's entry.
func isStock(o fyne.Widget) bool {
	_, entry := o.(interface{ CursorTextOffset() int })
	return entry
}

func (w *walker) note(o *canvas.Text, here, host, clip box) {
	if strings.TrimSpace(o.Text) == "" {
		return
	}
	width := fyne.MeasureText(o.Text, o.TextSize, o.TextStyle).Width
	middle := (here.y0 + here.y1) / 2
	ink := box{here.x0, middle - o.TextSize/2, here.x0 + width, middle + o.TextSize/2}
	switch o.Alignment {
	case fyne.TextAlignCenter:
		ink.x0 = (here.x0+here.x1)/2 - width/2
	case fyne.TextAlignTrailing:
		ink.x0 = here.x1 - width
	}
	ink.x1 = ink.x0 + width
	w.texts = append(w.texts, seen{o.Text, ink, host, clip, w.scrolled == 0})
}

func (w *walker) faults() (out []string) {
	for i, s := range w.texts {
		visible := s.ink.cross(s.clip)
		if visible.empty() {
			if s.free && !s.ink.in(w.window, 1) {
				out = append(out, fmt.Sprintf("%q is outside the window: %v", s.text, s.ink))
			}
			continue
		}
		if s.ink.x0 < s.host.x0-1 || s.ink.x1 > s.host.x1+1 {
			out = append(out, fmt.Sprintf("%q is cut at the side: %v in %v", s.text, s.ink, s.host))
		}
		if s.free && !s.ink.in(s.host, 1.5) {
			out = append(out, fmt.Sprintf("%q leaves its widget: %v in %v", s.text, s.ink, s.host))
		}
		if s.free && !s.ink.in(w.window, 1) {
			out = append(out, fmt.Sprintf("%q is outside the window: %v", s.text, s.ink))
		}
		for _, other := range w.texts[:i] {
			if over := visible.cross(other.ink.cross(other.clip)); over.x1-over.x0 > 1.5 && over.y1-over.y0 > 2 {
				out = append(out, fmt.Sprintf("%q and %q overlap at %v", other.text, s.text, over))
			}
		}
	}
	return out
}
