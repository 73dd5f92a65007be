package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"daicho/ui/theme"
)

// Pen draws primitives at absolute places, in design pixels; y is a top edge
// unless said. What is drawn later lies above: grounds, then lines, then texts.
type Pen struct {
	*theme.Tokens
	look *theme.Look
	f    float32
	objs []fyne.CanvasObject
}

// NewPen is a pen with nothing drawn.
func NewPen(look *theme.Look) *Pen {
	return &Pen{Tokens: look.Tokens(), look: look, f: look.Factor()}
}

// Objects are what was drawn.
func (p *Pen) Objects() []fyne.CanvasObject { return p.objs }

// px brings a place to a whole pixel of the screen, so that edges are sharp.
func (p *Pen) px(v float32) float32 { return float32(math.Round(float64(v * p.f))) }

// Add puts an object into the box. Rounding never takes a pixel of a widget's
// height: an entry one pixel too low scrolls inside itself.
func (p *Pen) Add(o fyne.CanvasObject, x, y, w, h float32) {
	x1, y1 := p.px(x), p.px(y)
	high := p.px(y+h) - y1
	if _, ok := o.(fyne.Widget); ok {
		high = float32(math.Ceil(float64(h*p.f) - 0.01))
	}
	place(o, x1, y1, p.px(x+w)-x1, high)
	p.objs = append(p.objs, o)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// Rect fills a box.
func (p *Pen) Rect(x, y, w, h float32, fill color.Color) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	p.Add(r, x, y, w, h)
	return r
}

// Round fills a box with rounded corners.
func (p *Pen) Round(x, y, w, h float32, fill color.Color, radius float32) *canvas.Rectangle {
	r := p.Rect(x, y, w, h, fill)
	r.CornerRadius = radius * p.f
	return r
}

// Box fills a box and draws its edge; a nil fill leaves it open.
func (p *Pen) Box(x, y, w, h float32, fill, edge color.Color, radius float32) *canvas.Rectangle {
	r := p.Round(x, y, w, h, fill, radius)
	r.StrokeColor, r.StrokeWidth = edge, 1
	return r
}

// H is a hairline to the right.
func (p *Pen) H(x, y, w float32) {
	r := canvas.NewRectangle(p.Line)
	place(r, p.px(x), p.px(y), p.px(x+w)-p.px(x), 1)
	p.objs = append(p.objs, r)
}

// V is a hairline downwards.
func (p *Pen) V(x, y, h float32) {
	r := canvas.NewRectangle(p.Line)
	place(r, p.px(x), p.px(y), 1, p.px(y+h)-p.px(y))
	p.objs = append(p.objs, r)
}

// Circle is a disc of diameter d with an edge.
func (p *Pen) Circle(x, y, d float32, fill, edge color.Color, width float32) {
	c := canvas.NewCircle(fill)
	c.StrokeColor, c.StrokeWidth = edge, width
	p.Add(c, x, y, d, d)
}

// Icon is an icon by name in a box of d.
func (p *Pen) Icon(x, y, d float32, name string, c color.NRGBA) {
	i := canvas.NewImageFromResource(p.look.Icon(name, c))
	i.FillMode = canvas.ImageFillContain
	p.Add(i, x, y, d, d)
}

// Text draws one line in a box of height h and returns its width. A text wider
// than w ends in an ellipsis; w of 0 or less means as wide as it is.
func (p *Pen) Text(x, y, w, h float32, s string, st Style) float32 {
	size := p.look.TextSize(st.Size)
	if w > 0 {
		s = fit(p.look, s, size, st.text(), w*p.f)
	}
	n := p.look.Width(s, size, st.text())
	at := x * p.f
	switch st.Align {
	case fyne.TextAlignTrailing:
		at += w*p.f - n
	case fyne.TextAlignCenter:
		at += (w*p.f - n) / 2
	}
	t := canvas.NewText(s, st.Color)
	t.TextSize, t.TextStyle = size, st.text()
	place(t, float32(math.Floor(float64(at))), p.px(y), n, p.px(y+h)-p.px(y))
	p.objs = append(p.objs, t)
	return n / p.f
}

// Width is the width of a text in design pixels.
func (p *Pen) Width(s string, st Style) float32 {
	return p.look.Width(s, p.look.TextSize(st.Size), st.text()) / p.f
}

// Para draws lines of height lh broken to w and returns the y below them.
func (p *Pen) Para(x, y, w, lh float32, s string, st Style) float32 {
	for _, l := range p.Wrap(s, st, w) {
		p.Text(x, y, 0, lh, l, st)
		y += lh
	}
	return y
}

// Balanced is Para with lines of like length, at most the number given, so
// that no line holds two lonely runes; what does not fit ends in an ellipsis.
func (p *Pen) Balanced(x, y, w, lh float32, s string, st Style, most int) float32 {
	lines := p.Wrap(s, st, w)
	if n := len(lines); n > most {
		rest := s[len(joined(lines[:most-1])):]
		lines = append(lines[:most-1], fit(p.look, rest, p.look.TextSize(st.Size), st.text(), w*p.f))
	} else {
		for try := w - 12; try > w/2; try -= 12 {
			narrower := p.Wrap(s, st, try)
			if len(narrower) != n {
				break
			}
			lines = narrower
		}
	}
	for _, l := range lines {
		p.Text(x, y, w, lh, l, st)
		y += lh
	}
	return y
}

// Stroke draws a straight line between two places.
func (p *Pen) Stroke(x1, y1, x2, y2 float32, c color.Color, width float32) {
	l := canvas.NewLine(c)
	l.StrokeWidth = width
	l.Position1, l.Position2 = fyne.NewPos(p.px(x1), p.px(y1)), fyne.NewPos(p.px(x2), p.px(y2))
	p.objs = append(p.objs, l)
}

// Diamond draws a square on its corner in a box of d.
func (p *Pen) Diamond(x, y, d float32, c color.Color) {
	p.Add(canvas.NewRegularPolygon(4, c), x, y, d, d)
}
