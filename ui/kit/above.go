package kit

import "daicho/ui"

// Above is two contents of a card, one above the other.
type Above struct {
	Surface
	upper, lower Tall
}

// NewAbove puts one above the other.
func NewAbove(desk *ui.Desk, upper, lower Tall) *Above {
	a := &Above{upper: upper, lower: lower}
	a.Extend(a, desk.Look, a.paintAbove)
	return a
}

// HeightFor is part of [Tall].
func (a *Above) HeightFor(w float32) float32 { return a.upper.HeightFor(w) + a.lower.HeightFor(w) }

func (a *Above) paintAbove(p *Pen, w, _ float32) {
	high := a.upper.HeightFor(w)
	p.Add(a.upper, 0, 0, w, high)
	p.Add(a.lower, 0, high, w, a.lower.HeightFor(w))
}
