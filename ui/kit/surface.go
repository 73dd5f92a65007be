// Package kit holds the widgets that every section shares: a drawing surface
// and pen, the dense table and the row of filters above it, the form of any
// register, history, badges, clocks, figures, approvals, buttons, tabs, the
// conflict pair, progress, undo, overlays and questions, tips and empty states.
// Pictures of numbers and plans are in chart, the page of any register in
// register.
//
// Use it for everything on screen but entries and selects, which are Fyne's
// own with our keys and edges. Do not put here what knows one register: that
// belongs into its section. Lengths given to a Pen are design pixels, at the
// normal text size; the pen applies the text factor.
package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daicho/ui/theme"
)

// Surface is a widget that draws itself anew for every size and refresh. It is
// used alone for what is only seen, and embedded by widgets that take input.
type Surface struct {
	widget.BaseWidget
	look *theme.Look
	draw func(p *Pen, w, h float32)
	min  fyne.Size // design pixels
	objs []fyne.CanvasObject
	size fyne.Size
	self fyne.CanvasObject
}

// NewSurface is a surface that is only seen. Draw gets its size in design pixels.
func NewSurface(look *theme.Look, draw func(p *Pen, w, h float32)) *Surface {
	s := &Surface{}
	s.Extend(s, look, draw)
	return s
}

// Extend makes s the drawing part of self, the widget that embeds it. A
// refresh must name the widget that stands in the tree: the embedded part has
// no canvas and would silently paint nothing.
func (s *Surface) Extend(self fyne.Widget, look *theme.Look, draw func(p *Pen, w, h float32)) {
	s.look, s.draw, s.self = look, draw, self
	s.ExtendBaseWidget(self)
}

// SetMin sets the least size in design pixels.
func (s *Surface) SetMin(w, h float32) { s.min = fyne.NewSize(w, h) }

// CreateRenderer is for Fyne.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer { return surfaceRenderer{s} }

func (s *Surface) paint() {
	p := NewPen(s.look)
	if f := s.look.Factor(); s.size.Width > 0 {
		s.draw(p, s.size.Width/f, s.size.Height/f)
	}
	s.objs = p.Objects()
}

type surfaceRenderer struct{ s *Surface }

func (r surfaceRenderer) Destroy()                     {}
func (r surfaceRenderer) Objects() []fyne.CanvasObject { return r.s.objs }

func (r surfaceRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.s.look.Px(r.s.min.Width), r.s.look.Px(r.s.min.Height))
}

func (r surfaceRenderer) Layout(size fyne.Size) {
	if size != r.s.size {
		r.s.size = size
		r.s.paint()
	}
}

func (r surfaceRenderer) Refresh() {
	r.s.paint()
	canvas.Refresh(r.s.self)
}
