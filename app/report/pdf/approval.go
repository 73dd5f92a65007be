package pdf

import (
	"daicho/app/civil"
	"daicho/app/report"
)

// Lengths of the 承認欄 in mm.
const (
	boxSide   = 20.0
	rankBand  = 5.0
	codeBand  = 4.0
	nameBand  = 5.0
	sideGap   = 4.0
	stampSize = 8.0 // radius
)

// approval sets the boxes of all sides in one line that ends at the right margin.
func (l *layout) approval(a report.Approval) {
	height := rankBand + boxSide + codeBand
	l.need(height)
	x := l.sheet.left + l.width() - approvalWidth(a)
	for _, s := range a.Sides {
		x = l.side(s, x) + sideGap
	}
	l.y += height + gap
}

func approvalWidth(a report.Approval) float64 {
	w := -sideGap
	for _, s := range a.Sides {
		w += sideGap + float64(len(s.Boxes))*boxSide
		if s.Name != "" {
			w += nameBand
		}
	}
	return w
}

// side draws one party's boxes from x and returns where they end.
func (l *layout) side(s report.Side, x float64) float64 {
	if s.Name != "" {
		l.sideName(l.clean(s.Name, "承認欄"), x)
		x += nameBand
	}
	for _, b := range s.Boxes {
		rank := l.clean(b.Rank, "承認欄")
		l.put(ground{x, l.y, boxSide, rankBand})
		l.put(box(x, l.y, boxSide, rankBand, thin)...)
		l.put(box(x, l.y, boxSide, rankBand+boxSide, thick)...)
		l.fit(rank, l.regular(noteSize), x+boxSide/2, l.y, rankBand, boxSide-1, black)
		if b.Stamp != nil {
			l.stamp(*b.Stamp, x+boxSide/2, l.y+rankBand+boxSide/2)
		}
		x += boxSide
	}
	return x
}

// sideName writes the name of a party down the left edge of its boxes.
func (l *layout) sideName(name string, x float64) {
	height := rankBand + boxSide
	l.put(ground{x, l.y, nameBand, height})
	l.put(box(x, l.y, nameBand, height, thick)...)
	letters := []rune(name)
	step := min(lineHeight(noteSize), height/float64(max(len(letters), 1)))
	y := l.y + (height-step*float64(len(letters)))/2
	for _, r := range letters {
		l.fit(string(r), l.regular(noteSize), x+nameBand/2, y, step, nameBand, black)
		y += step
	}
}

// stamp draws a 日付印 around its centre: office, date between two rules, name;
// the code stands below the box.
func (l *layout) stamp(s report.Stamp, x, y float64) {
	f := l.regular(noteSize)
	half := stampSize * 0.94
	l.put(ring{x, y, stampSize},
		rule{x - half, y - 2.2, x + half, y - 2.2, 0.2, seal},
		rule{x - half, y + 2.2, x + half, y + 2.2, 0.2, seal})
	l.fit(l.clean(s.Office, "承認欄"), f, x, y-6.2, 4, stampSize*1.4, seal)
	if !s.Date.IsZero() {
		l.fit(civil.DateOf(s.Date).WarekiShort(), f, x, y-2, 4, stampSize*1.8, seal)
	}
	l.fit(l.clean(s.Name, "承認欄"), f, x, y+2.3, 4, stampSize*1.4, seal)
	l.fit(l.clean(s.Code, "承認欄"), l.regular(6), x, y+boxSide/2, codeBand, boxSide-1, black)
}

// fit centres one line on x in a band from y of height h, in letters small enough
// for the width.
func (l *layout) fit(s string, f font, x, y, h, width float64, colour ink) {
	s = oneLine(s)
	f = f.within(s, width)
	if s != "" {
		l.put(text{x - f.width(s)/2, baseline(y, h, f.size), s, f, colour})
	}
}
