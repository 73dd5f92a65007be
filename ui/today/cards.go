package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui"
	"daicho/ui/kit"
)

// cards are the figures on top, side by side: ← → go from one to the next, Enter
// opens the list that is counted.
type cards struct {
	picks
	figures []figure
	width   float32 // of all, design pixels
}

const cardGap = 12

func newCards(desk *ui.Desk, open func(list)) *cards {
	c := &cards{picks: picks{desk: desk, before: fyne.KeyLeft, after: fyne.KeyRight}}
	c.press = func() { open(c.figures[c.at].opens) }
	c.says = func() string {
		f := c.figures[c.at]
		return f.Name + " " + f.Value + " " + f.Fraction + " " + f.Mark.String()
	}
	c.Extend(c, desk.Look, c.paint)
	return c
}

func (c *cards) show(figures []figure) {
	c.figures = figures
	c.among(len(figures))
}

func (c *cards) paint(p *kit.Pen, w, _ float32) {
	c.width = w
	if len(c.figures) == 0 {
		return
	}
	var figures []kit.Figure
	for _, f := range c.figures {
		figures = append(figures, f.Figure)
	}
	p.Figures(0, 0, w, figures...)
	if c.focused {
		p.Box(float32(c.at)*c.pitch(), 0, c.pitch()-cardGap, kit.FigureHeight, nil, p.Accent, 6).StrokeWidth = 2
	}
}

// pitch is the distance from one card to the next.
func (c *cards) pitch() float32 { return (c.width + cardGap) / float32(len(c.figures)) }

// Tapped opens the list of the card under the mouse.
func (c *cards) Tapped(e *fyne.PointEvent) {
	c.desk.Touch()
	if len(c.figures) == 0 {
		return
	}
	c.take(min(int(e.Position.X/c.desk.Look.Factor()/c.pitch()), len(c.figures)-1))
}

// Cursor says that a card can be clicked.
func (c *cards) Cursor() desktop.Cursor { c.desk.Touch(); return desktop.PointerCursor }
