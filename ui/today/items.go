package today

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// items are sentences that ask for something, one below the other: ↑ ↓ go from
// one to the next, Enter opens what it is about.
type items struct {
	picks
	all   []item
	edges []float32 // the lower edge of each, design pixels
}

func newItems(desk *ui.Desk, open func(item)) *items {
	s := &items{picks: picks{desk: desk, before: fyne.KeyUp, after: fyne.KeyDown}}
	s.press = func() { open(s.all[s.at]) }
	s.says = func() string { return s.all[s.at].mark.String() + " " + s.all[s.at].sentence }
	s.Extend(s, desk.Look, s.paint)
	return s
}

func (s *items) show(all []item) {
	s.all = all
	s.among(len(all))
}

// badgeSides is what stands beside the word of a badge: the margin of the list and
// the padding of the badge.
const badgeSides = 8 + 12

// markRoom is the width of the column of marks.
func (s *items) markRoom(p *kit.Pen) (w float32) {
	for _, i := range s.all {
		w = max(w, p.Width(i.mark.String(), p.Caption().B())+badgeSides+12)
	}
	return w
}

// HeightFor is the height of all sentences in a width, both in design pixels.
func (s *items) HeightFor(w float32) (h float32) {
	p := kit.NewPen(s.desk.Look)
	room := w - s.markRoom(p) - 8
	for _, i := range s.all {
		h += float32(len(p.Wrap(i.sentence, p.Body(), room)))*20 + 8
	}
	return h + 2
}

func (s *items) paint(p *kit.Pen, w, _ float32) {
	marks, y := s.markRoom(p), float32(2)
	s.edges = s.edges[:0]
	for i, x := range s.all {
		high := float32(len(p.Wrap(x.sentence, p.Body(), w-marks-8)))*20 + 8
		if s.focused && s.at == i {
			p.Rect(0, y, w, high, p.Select)
			p.Rect(0, y, 3, high, p.Accent)
		}
		p.Badge(8, y+5, x.mark)
		p.Para(marks, y+4, w-marks-8, 20, x.sentence, p.Body())
		y += high
		s.edges = append(s.edges, y)
	}
}

// Tapped opens what the sentence under the mouse is about.
func (s *items) Tapped(e *fyne.PointEvent) {
	s.desk.Touch()
	y := e.Position.Y / s.desk.Look.Factor()
	for i, edge := range s.edges {
		if y < edge {
			s.take(i)
			return
		}
	}
}
