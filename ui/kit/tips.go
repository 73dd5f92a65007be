package kit

import (
	"time"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/task"
)

// tipPause is how long the mouse rests on something before its name is shown.
const tipPause = 500 * time.Millisecond

// Tips shows the name of what has no room for words, such as an icon of the
// narrow navigation. It is a layer that lies above everything else of the
// window and lets the mouse through. What it says must be reached otherwise
// too: nothing is shown on hover alone.
type Tips struct {
	Surface
	desk *ui.Desk
	word string
	at   fyne.Position // of what is named, pixels in the layer
	of   fyne.Size
	stop func()
}

// NewTips makes a layer that shows nothing.
func NewTips(desk *ui.Desk) *Tips {
	t := &Tips{desk: desk}
	t.Extend(t, desk.Look, t.paintTip)
	return t
}

// Soon names something after a moment, when the mouse comes to it.
func (t *Tips) Soon(word string, at fyne.Position, of fyne.Size) {
	t.Clear()
	t.stop = task.After(t.desk.Tasks, tipPause, func() { t.Now(word, at, of) })
}

// Now names something at once, when the keyboard comes to it.
func (t *Tips) Now(word string, at fyne.Position, of fyne.Size) {
	t.Clear()
	t.word, t.at, t.of = word, at, of
	t.Refresh()
}

// Clear takes the name away.
func (t *Tips) Clear() {
	call(t.stop)
	t.stop = nil
	if t.word != "" {
		t.word = ""
		t.Refresh()
	}
}

func (t *Tips) paintTip(p *Pen, w, h float32) {
	if t.word == "" {
		return
	}
	f := p.look.Factor()
	box := beside(tipRect{t.at.X / f, t.at.Y / f, t.of.Width / f, t.of.Height / f}, p.Width(t.word, p.Label())+16, 24, w, h)
	p.Box(box.x, box.y, box.w, box.h, p.Ink, p.Ink, 4)
	p.Text(box.x+8, box.y, box.w-14, box.h, t.word, p.Label().In(p.Sheet))
}

// tipRect is a place in design pixels.
type tipRect struct{ x, y, w, h float32 }

// beside is the place of a tip of size tw by th: right of a thing if there is
// room, else left of it, else below or above; always whole inside w by h if it
// is not larger than that.
func beside(o tipRect, tw, th, w, h float32) tipRect {
	const gap = 6
	tw = min(tw, w)
	x, y := o.x+o.w+gap, o.y+(o.h-th)/2
	switch {
	case x+tw <= w:
	case o.x-gap-tw >= 0:
		x = o.x - gap - tw
	default:
		x, y = o.x+(o.w-tw)/2, o.y+o.h+gap
		if y+th > h {
			y = o.y - gap - th
		}
	}
	return tipRect{max(0, min(x, w-tw)), max(0, min(y, h-th)), tw, th}
}
