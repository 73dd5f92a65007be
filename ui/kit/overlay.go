package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daicho/ui"
)

// Overlay is a card over the window: what is behind is dimmed and takes no
// input. A click beside the card closes it, as Esc does through the shell.
type Overlay struct {
	Surface
	desk    *ui.Desk
	content fyne.CanvasObject
	card    fyne.Size // design pixels; at most the window
	away    *veil
}

// NewOverlay makes a card of a size around content. away is called on a click
// beside it; nil keeps the card.
func NewOverlay(desk *ui.Desk, content fyne.CanvasObject, card fyne.Size, away func()) *Overlay {
	o := &Overlay{desk: desk, content: content, card: card, away: newVeil(desk, away)}
	o.Extend(o, desk.Look, o.paintOverlay)
	return o
}

func (o *Overlay) paintOverlay(p *Pen, w, h float32) {
	p.Rect(0, 0, w, h, p.Scrim)
	p.Add(o.away, 0, 0, w, h)
	cw, ch := min(o.card.Width, w-32), min(o.card.Height, h-32)
	x, y := (w-cw)/2, max(16, min(84, (h-ch)/2))
	card := p.Box(x, y, cw, ch, p.Sheet, p.Edge, 8)
	card.Shadow.Color, card.Shadow.BlurRadius, card.Shadow.Offset.Y = p.Scrim, 16, 4
	p.Add(newVeil(o.desk, nil), x, y, cw, ch) // clicks on the card are not beside it
	p.Add(o.content, x+1, y+1, cw-2, ch-2)
}

// Cursor is asked for whenever the mouse moves, wherever in the window.
func (o *Overlay) Cursor() desktop.Cursor {
	o.desk.Touch()
	return desktop.DefaultCursor
}

// veil takes taps where nothing else does.
type veil struct {
	widget.BaseWidget
	desk   *ui.Desk
	tapped func()
}

func newVeil(desk *ui.Desk, tapped func()) *veil {
	v := &veil{desk: desk, tapped: tapped}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer is for Fyne.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{})
}

// Tapped is for Fyne.
func (v *veil) Tapped(*fyne.PointEvent) { v.desk.Touch(); call(v.tapped) }
