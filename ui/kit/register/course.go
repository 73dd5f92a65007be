package register

import (
	"context"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
)

// Course is what became of a record, step by step, and how its clocks stand.
type Course struct {
	Clocks []kit.Clock
	Kin    []Kin     // records that may help with it; none: no word is said of them
	Called app.Label // what these are
	Lends  app.Label // the act of taking over what one of them says
	Into   string    // the field that takes it
	Steps  []Step
}

// Kin is a record that may help with another.
type Kin struct {
	ui.Hit
	Says string // what can be taken over of it; may be empty
}

// Step is one line of a course.
type Step struct {
	At   app.Stamp
	Mark kit.Mark
	Text string // what was said; may be empty
	Note string // who, and how sure the time is
}

// CourseFace is the face of a record with its course. Load runs off the UI goroutine.
func CourseFace(load func(context.Context, ui.Records, *ui.Desk, app.Record) (Course, error)) Face {
	return Face{Label: app.Label{JA: "時計・対応", EN: "Clocks"}, New: func(host ui.Host, desk *ui.Desk) View {
		v := &courseView{desk: desk, load: load, kin: newKin(desk, host)}
		v.Extend(v, desk.Look, func(p *kit.Pen, w, _ float32) { v.paint(p, w) })
		return v
	}}
}

type courseView struct {
	kit.Surface
	desk *ui.Desk
	load func(context.Context, ui.Records, *ui.Desk, app.Record) (Course, error)
	told Course
	kin  *kin
	read bool
}

// Fills is part of [Filler].
func (v *courseView) Fills(put func(field, words string)) {
	v.kin.take = func(k Kin) { put(v.told.Into, k.Says) }
}

// Load is part of [View].
func (v *courseView) Load(ctx context.Context, records ui.Records, r app.Record) (func(), error) {
	told, err := v.load(ctx, records, v.desk, r)
	return func() {
		v.told, v.read = told, true
		v.kin.set(told)
		v.Refresh()
	}, err
}

// HeightFor is part of [kit.Tall].
func (v *courseView) HeightFor(w float32) float32 { return v.paint(kit.NewPen(v.desk.Look), w) }

var (
	noCourse = app.Label{JA: "対応の記録はまだありません。", EN: "Nothing has been recorded yet."}
	steps    = app.Label{JA: "対応の記録", EN: "What was done"}
)

// paint draws it, and returns how high that is.
func (v *courseView) paint(p *kit.Pen, w float32) float32 {
	y := float32(14)
	if n := len(v.told.Clocks); n > 0 {
		p.Clocks(18, y, w-36, v.desk.Words, v.told.Clocks...)
		y += kit.ClocksHeight(n) + 14
	}
	if len(v.told.Kin) > 0 {
		p.Panel(18, y, w-36, v.desk.Words.Of(v.told.Called), "")
		high := v.kin.HeightFor(w)
		p.Add(v.kin, 0, y+24, w, high)
		y += 24 + high + 6
	}
	p.Panel(18, y, w-36, v.desk.Words.Of(steps), "")
	y += 32
	if v.read && len(v.told.Steps) == 0 {
		p.Text(18, y, w-36, 22, v.desk.Words.Of(noCourse), p.Sub())
		return y + 36
	}
	for _, s := range v.told.Steps {
		y = v.step(p, y, w, s)
	}
	return y + 16
}

// step draws one line: what happened and when, what was said, and by whom.
func (v *courseView) step(p *kit.Pen, y, w float32, s Step) float32 {
	p.Badge(18, y+2, s.Mark)
	p.Text(w-18-150, y, 150, 22, v.desk.Words.Moment(s.At, v.desk.Now()), p.Caption().R())
	y += 24
	if s.Text != "" {
		y = p.Para(30, y, w-48, 20, s.Text, p.Body())
	}
	if s.Note != "" {
		y = p.Para(30, y, w-48, 18, s.Note, p.Caption())
	}
	return y + 6
}
