package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// Measures of the card in design pixels.
const (
	fieldPitch = 36
	linkPitch  = 28
	doorTop    = 168
	doorEdge   = 36 // left and right of what stands on the card
	faultHigh  = 66
)

// width of the card, and of the labels on it.
func (d *doorPage) width() (card, label float32) {
	if d.way.wide {
		return 660, 132
	}
	return 420, 120
}

// height of the card.
func (d *doorPage) height() float32 {
	return d.below() + faultHigh + 32 + 10 + linkPitch*float32(len(d.links)) + 24 + 40
}

// below is where the fields end.
func (d *doorPage) below() float32 { return doorTop + fieldPitch*float32(len(d.fields)) }

// origin is the card's corner.
func (d *doorPage) origin(w, h float32) (x, y float32) {
	card, _ := d.width()
	return (w - card) / 2, max(8, (h-d.height())/2-20)
}

func (d *doorPage) paint(p *kit.Pen, w, h float32) {
	words := d.desk.Words
	x, y := d.origin(w, h)
	card, label := d.width()
	in := card - 2*doorEdge
	p.Rect(0, 0, w, h, p.Ground)
	p.Box(x, y, card, d.height(), p.Sheet, p.Line, 8)
	p.ProductSeal(x+doorEdge, y+32, 36)
	p.Text(x+86, y+30, in-50, 24, words.T(text.ProductName), p.Title())
	p.Text(x+86, y+54, in-50, 18, d.whose(), p.Caption().In(p.Ink2))
	p.Para(x+doorEdge, y+88, in, 20, d.welcome(), p.Sub())
	fy := y + doorTop
	for _, f := range d.fields {
		p.Text(x+doorEdge, fy, label-6, 29, words.T(f.label), p.Label())
		fy += fieldPitch
	}
	if r := d.rebuild; r.Total > 0 {
		p.Rect(x+doorEdge, fy+faultHigh-14, in, 4, p.Line)
		p.Rect(x+doorEdge, fy+faultHigh-14, in*float32(r.Done)/float32(r.Total), 4, p.Accent)
	}
	said, tone := d.said()
	p.Para(x+doorEdge, fy+2, in, 17, said, p.Caption().In(p.Of(tone)))
	foot := y + d.height() - 40
	p.H(x, foot, card)
	p.Text(x+doorEdge, foot+10, in, 20, d.foot(), p.Caption().In(p.Ink2))
}

// said is the line between the fields and the button.
func (d *doorPage) said() (string, theme.Tone) {
	words := d.desk.Words
	switch {
	case d.rebuild.Total > 0:
		r := d.rebuild
		return words.T(text.MakingAnew, words.Of(r.What), words.Number(r.Done), words.Count(r.Total)), kit.Quiet
	case d.busy:
		return words.T(text.OpeningNow), kit.Quiet
	case d.pausing():
		return words.T(text.WarnAbove, d.pause()), kit.Warn
	case d.fault != "":
		return words.T(text.ErrorAbove, d.fault), kit.Late
	}
	return "", kit.Quiet
}

// whose says whose replica this is, as far as that is known.
func (d *doorPage) whose() string {
	words, known := d.desk.Words, d.state.Person
	if d.state.Device != "" {
		if known != "" {
			known += words.T(text.FactGap)
		}
		known += words.T(text.DeviceNamed, d.state.Device)
	}
	if known == "" {
		return words.T(text.ProductLine)
	}
	return known
}

// welcome says why the door is shut, or what to do here.
func (d *doorPage) welcome() string {
	words := d.desk.Words
	switch {
	case d.people:
		return words.T(text.TurnSentence)
	case d.state.Shut == ui.ByErasure:
		return words.T(text.ErasedSentence)
	case d.way != byPassphrase || d.state.Shut == ui.NotYetOpen:
		return words.T(d.way.welcome)
	case d.state.Shut == ui.ByIdleness:
		return words.T(text.LockedByIdleness, words.Span(d.state.After))
	}
	return words.T(text.LockedByPerson)
}

// foot says what is known without the key.
func (d *doorPage) foot() string {
	w := d.desk.Words
	switch {
	case d.state.Exists && d.state.Tries >= 0 && !d.pausing():
		return w.T(text.TriesLeft, d.state.Tries)
	case d.state.Exists && d.state.LastSync > 0:
		return w.T(text.LastSync, w.Moment(d.state.LastSync, d.desk.Now()))
	}
	return w.T(text.NothingReadable)
}

// CreateRenderer is for Fyne.
func (d *doorPage) CreateRenderer() fyne.WidgetRenderer { return doorRenderer{d} }

type doorRenderer struct{ d *doorPage }

func (r doorRenderer) Destroy()           {}
func (r doorRenderer) MinSize() fyne.Size { return fyne.NewSize(640, 520) }

func (r doorRenderer) Objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{r.d.back}
	for _, f := range r.d.fields {
		objs = append(objs, f.entry)
	}
	objs = append(objs, r.d.open)
	for _, l := range r.d.links {
		objs = append(objs, l)
	}
	return objs
}

func (r doorRenderer) Layout(size fyne.Size) {
	f := r.d.desk.Look.Factor()
	put(r.d.back, 0, 0, size.Width, size.Height)
	x, y := r.d.origin(size.Width/f, size.Height/f)
	card, label := r.d.width()
	in := card - 2*doorEdge
	fy := y + doorTop
	for _, field := range r.d.fields {
		put(field.entry, (x+doorEdge+label)*f, fy*f, (in-label)*f, field.entry.MinSize().Height)
		fy += fieldPitch
	}
	fy += faultHigh
	put(r.d.open, (x+doorEdge)*f, fy*f, in*f, 32*f)
	fy += 42
	for _, l := range r.d.links {
		put(l, (x+doorEdge-2)*f, fy*f, l.Need()*f, linkPitch*f)
		fy += linkPitch
	}
}

func (r doorRenderer) Refresh() {
	shut := r.d.busy || r.d.pausing()
	r.d.open.Enable(!shut)
	for _, f := range r.d.fields {
		enable(f.entry, !r.d.pausing())
	}
	for _, l := range r.d.links {
		l.Enable(!r.d.busy || r.d.stoppable())
	}
	r.Layout(r.d.Size())
	r.d.back.Refresh()
	r.d.open.Refresh()
	canvas.Refresh(r.d)
}

func enable(f fyne.Disableable, yes bool) {
	switch {
	case yes && f.Disabled():
		f.Enable()
	case !yes && !f.Disabled():
		f.Disable()
	}
}
