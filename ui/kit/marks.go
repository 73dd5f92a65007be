package kit

import (
	"strings"

	"daicho/ui/theme"
)

// Mark is a state said three times: a glyph of the font, a word and a tone. The
// glyphs are those of Japanese offices and print, copy and mail: ○ ◎ ◆ □ ● ▽ △ ×.
type Mark struct {
	Glyph, Word string
	Tone        theme.Tone
}

// String is the glyph and the word.
func (m Mark) String() string {
	return strings.TrimSpace(m.Glyph + " " + m.Word)
}

// Badge draws a mark on its soft ground, 18 high, and returns its width.
func (p *Pen) Badge(x, y float32, m Mark) float32 {
	w := p.badgeWidth(m)
	p.badgeIn(x, y, w, m)
	return w
}

// badgeIn draws a badge of a width; a word that has no room ends in an ellipsis.
func (p *Pen) badgeIn(x, y, w float32, m Mark) {
	p.Round(x, y, w, 18, p.Soft(m.Tone), 3)
	p.Text(x+6, y, w-11, 18, m.String(), p.Caption().B().In(p.Of(m.Tone)))
}

func (p *Pen) badgeWidth(m Mark) float32 { return p.Width(m.String(), p.Caption().B()) + 12 }

// Key draws the name of a key, 18 high, and returns its width.
func (p *Pen) Key(x, y float32, s string) float32 {
	st := p.Caption().In(p.Ink2)
	w := p.Width(s, st) + 10
	p.Box(x, y, w, 18, p.Raised, p.Line, 3)
	p.Text(x+5, y, 0, 18, s, st)
	return w
}

// KeyHint is a key and what it does.
type KeyHint struct{ Key, Does string }

// Hints draws keys with what they do, 18 high, from x to at most right; those
// that do not fit are left out.
func (p *Pen) Hints(x, y, right float32, hints ...KeyHint) {
	for _, h := range hints {
		st := p.Caption()
		need := p.Width(h.Key, st) + 16 + p.Width(h.Does, st)
		if x+need > right {
			return
		}
		x += p.Key(x, y, h.Key) + 6
		x += p.Text(x, y, 0, 18, h.Does, st) + 16
	}
}

// Panel draws the head of a panel: a bold title, a caption at the right that
// says source or order, a hairline. It is 28 high.
func (p *Pen) Panel(x, y, w float32, title, note string) {
	n := p.Text(x, y, w, 26, title, p.Body().B())
	if note != "" && w-n > 24 {
		p.Text(x+n+12, y, w-n-12, 26, note, p.Caption().R())
	}
	p.H(x, y+27, w)
}

// Empty draws one sentence and the way on in the middle of a box.
func (p *Pen) Empty(x, y, w, h float32, sentence, wayOn string) {
	st := p.Sub()
	lines := p.Wrap(sentence, st, min(w-48, 420))
	top := y + max(h/2-float32(len(lines))*10-20, 8)
	for _, l := range lines {
		p.Text(x, top, w, 20, l, st.C())
		top += 20
	}
	if wayOn != "" {
		p.Text(x, top+4, w, 20, wayOn, p.Caption().C())
	}
}

// ProductSeal draws the product's seal.
func (p *Pen) ProductSeal(x, y, d float32) {
	p.Round(x, y, d, d, p.Seal, d/5)
	p.Text(x, y, d, d, "台", Style{Size: d * .65, Color: p.OnSeal, Bold: true}.C())
}
