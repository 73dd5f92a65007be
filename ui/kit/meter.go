package kit

import (
	"image/color"

	"fyne.io/fyne/v2/canvas"

	"daicho/ui/theme"
)

// Meter draws how much of something is used, from 0 to 1, in a tone. It never
// stands alone: words beside it say the same.
func (p *Pen) Meter(x, y, w, h, used float32, tone theme.Tone) {
	p.Round(x, y, w, h, p.Line, h/2)
	if n := filled(w, h, used); n > 0 {
		p.Round(x, y, n, h, meterColour(p.Tokens, tone), h/2)
	}
}

// filled is the length of the used part: a little of something is seen.
func filled(w, h, used float32) float32 {
	if used <= 0 {
		return 0
	}
	return max(w*min(used, 1), min(h, w))
}

func meterColour(t *theme.Tokens, tone theme.Tone) color.NRGBA {
	if tone == Plain {
		return t.Accent
	}
	return t.Of(tone)
}

// meterView is a meter in a row of a table.
type meterView struct {
	track, bar *canvas.Rectangle
	used       float32
}

func newMeterView() *meterView {
	m := &meterView{track: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil)}
	m.track.CornerRadius, m.bar.CornerRadius = 1.5, 1.5
	return m
}

func (m *meterView) set(t *theme.Tokens, tone theme.Tone, used float32) {
	m.track.FillColor, m.bar.FillColor, m.used = t.Line, meterColour(t, tone), used
	m.track.Refresh()
	m.bar.Refresh()
}

func (m *meterView) place(x, y, w, h float32) {
	place(m.track, x, y, w, h)
	place(m.bar, x, y, floor(filled(w, h, m.used)), h)
}

func (m *meterView) show(yes bool) {
	m.track.Hidden, m.bar.Hidden = !yes, !yes
}

func (m *meterView) hide() { m.show(false) }
