package kit

import "strings"

// Figure is one number that matters: what it is, the number, what it is made of
// and whether that is enough.
type Figure struct {
	Name     string
	Value    string
	Fraction string // 1,113 / 1,134件　目標 98%: a percentage never stands alone
	Mark     Mark   // no word: none
}

// FigureHeight is the height of a card of a figure.
const FigureHeight = 76

// Figures draws cards side by side, 12 apart, FigureHeight high.
func (p *Pen) Figures(x, y, w float32, figures ...Figure) {
	n := float32(len(figures))
	cw := (w - 12*(n-1)) / n
	for i, f := range figures {
		p.figure(x+float32(i)*(cw+12), y, cw, f)
	}
}

func (p *Pen) figure(x, y, w float32, f Figure) {
	p.Box(x, y, w, FigureHeight, p.Raised, p.Line, 6)
	number := Style{Size: 22, Color: p.Ink, Bold: true}
	room := w - 24
	if f.Mark.Word != "" {
		bw, nw := p.badgeWidth(f.Mark), p.Width(f.Value, number)
		if top := y + 30; nw+bw+34 <= w {
			p.Badge(x+w-bw-10, top, f.Mark)
		} else { // no room beside the number: above it, beside the name
			bw = min(bw, max(w*.55, w-30-p.Width(f.Name, p.Label())))
			room -= bw + 6
			p.badgeIn(x+w-bw-10, y+7, bw, f.Mark)
		}
	}
	if p.Width(f.Fraction, p.Caption()) > w-24 { // two lines of it: all else gives way a little
		p.Text(x+12, y+4, room, 20, f.Name, p.Label())
		p.Text(x+12, y+19, w-24, 28, f.Value, number)
		p.Para(x+12, y+47, w-24, 13, parted(f.Fraction), p.Caption())
		return
	}
	p.Text(x+12, y+6, room, 20, f.Name, p.Label())
	p.Text(x+12, y+25, w-24, 28, f.Value, number)
	p.Text(x+12, y+53, w-24, 18, f.Fraction, p.Caption())
}

// parted breaks facts before the last of them.
func parted(facts string) string {
	i := max(strings.LastIndex(facts, "　"), strings.LastIndex(facts, ", "))
	if i < 0 {
		return facts
	}
	return facts[:i] + "\n" + strings.TrimLeft(facts[i:], "　, ")
}

// Step is one step of a chain of people: a review, an approval.
type Step struct {
	Role, Who string
	When      string
	Note      string // may be empty
	Mark      Mark
}

// StepHeight is the height of a step.
const StepHeight = 48

// Steps draws a chain of people in words, StepHeight each: who did it, whose
// turn it is, who follows.
func (p *Pen) Steps(x, y, w float32, steps ...Step) {
	roles := float32(80)
	for _, s := range steps {
		roles = max(roles, p.Width(s.Role, p.Body().B()))
	}
	n := min(roles+12, w*.32)
	for i, s := range steps {
		if i < len(steps)-1 {
			p.Rect(x+9, y+22, 1, StepHeight-22, p.Line)
		}
		p.Circle(x+5, y+8, 9, p.Soft(s.Mark.Tone), p.Of(s.Mark.Tone), 1.5)
		bw := p.badgeWidth(s.Mark)
		p.Badge(x+w-bw, y+3, s.Mark)
		room := w - 24 - bw - 8
		p.Text(x+24, y, n-8, 24, s.Role, p.Body().B())
		p.Text(x+24+n, y, min(90, room-n), 24, s.Who, p.Body())
		if rest := room - n - 98; rest > 40 {
			p.Text(x+24+n+98, y, rest, 24, s.When, p.Label())
		}
		p.Text(x+24, y+21, w-24, 20, s.Note, p.Caption())
		y += StepHeight
	}
}

// Share draws how many of all have done something, as one field for each, 8
// high; words beside it say it too.
func (p *Pen) Share(x, y, w float32, done, all int) {
	if all <= 0 {
		return
	}
	each := w / float32(all)
	for i := range all {
		c := p.OK
		if i >= done {
			c = p.Line
		}
		p.Round(x+float32(i)*each, y, max(each-3, 1), 8, c, 2)
	}
}
