package chart

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// Point is one value of a trend.
type Point struct {
	Label string // 11月
	Value float64
}

// Trend shows how a number went: the past in soft bars, the last one in the
// accent, the first and the last value written, the target as a broken line.
type Trend struct {
	kit.Surface
	points []Point
	target float64 // 0: none
	show   func(float64) string
}

// NewTrend makes a trend; the last point is now. Show writes a value.
func NewTrend(desk *ui.Desk, points []Point, target float64, show func(float64) string) *Trend {
	t := &Trend{points: points, target: target, show: show}
	t.Extend(t, desk.Look, t.paintTrend)
	t.SetMin(200, 120)
	return t
}

// trendLines is how many lines above 0 a trend has at most.
const trendLines = 4

func (t *Trend) paintTrend(p *kit.Pen, w, h float32) {
	if len(t.points) == 0 {
		return
	}
	largest := t.target
	for _, v := range t.points {
		largest = max(largest, v.Value)
	}
	s := scaleFor(largest, trendLines)
	left, top, bottom := p.Width(t.show(s.top()), p.Caption())+8, float32(22), h-22
	at := func(v float64) float32 { return bottom - float32(v/s.top())*(bottom-top) }
	for i := range s.lines + 1 {
		y := at(float64(i) * s.step)
		p.H(left, y, w-left)
		p.Text(0, y-9, left-6, 18, t.show(float64(i)*s.step), p.Caption().R())
	}
	t.paintBars(p, left, w-left, at)
	if t.target > 0 {
		y := at(t.target)
		for x := left; x < w-4; x += 8 {
			p.Rect(x, y-1, 4, 1.5, p.Warn)
		}
	}
	t.paintEnds(p, left, w, at)
}

func (t *Trend) paintBars(p *kit.Pen, left, w float32, at func(float64) float32) {
	n := len(t.points)
	each := w / float32(n)
	for i, v := range t.points {
		c := p.Select
		if i == n-1 {
			c = p.Accent
		}
		if high := at(0) - at(v.Value); high > 0 {
			b := p.Rect(left+each*(float32(i)+.2), at(v.Value), each*.6, high, c)
			b.TopLeftCornerRadius, b.TopRightCornerRadius = 2, 2
		}
	}
	t.paintLabels(p, left, w, at(0)+2)
}

// paintLabels names the last point, and as many before it as have room.
func (t *Trend) paintLabels(p *kit.Pen, left, w, y float32) {
	n := len(t.points)
	widest := float32(0)
	for _, v := range t.points {
		widest = max(widest, p.Width(v.Label, p.Caption()))
	}
	free := left + w // what lies right of it is taken
	for i := n - 1; i >= 0; i -= every(n, w, widest+8) {
		word := t.points[i].Label
		ww := p.Width(word, p.Caption())
		x := min(max(left+w/float32(n)*(float32(i)+.5)-ww/2, 0), left+w-ww-1)
		if x+ww <= free {
			p.Text(x, y, 0, 18, word, p.Caption())
			free = x - 6
		}
	}
}

// paintEnds writes the first and the last value above their bars, on a ground
// of their own where the target runs through them.
func (t *Trend) paintEnds(p *kit.Pen, left, right float32, at func(float64) float32) {
	n := len(t.points)
	each := (right - left) / float32(n)
	ends := []int{0, n - 1}
	if words := p.Width(t.show(t.points[0].Value), p.Caption().B()); n == 1 || each*float32(n-1) < words+40 {
		ends = ends[1:]
	}
	for _, i := range ends {
		v := t.points[i].Value
		word, st := t.show(v), p.Caption().B().In(p.Ink)
		ww := p.Width(word, st)
		x := min(max(left+each*(float32(i)+.5)-ww/2, left+2), right-ww-2)
		p.Rect(x-2, at(v)-19, ww+4, 16, p.Sheet)
		p.Text(x, at(v)-20, 0, 18, word, st)
	}
}

// AccessibilityLabel is the first and the last value.
func (t *Trend) AccessibilityLabel() string {
	if len(t.points) == 0 {
		return ""
	}
	a, b := t.points[0], t.points[len(t.points)-1]
	return a.Label + " " + t.show(a.Value) + " → " + b.Label + " " + t.show(b.Value)
}

// AccessibilityRole is for screen readers.
func (t *Trend) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
