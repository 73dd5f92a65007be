package pdf

import "daicho/app/report"

const (
	formSize   = 9.5
	labelWidth = 30.0 // mm; takes 問い合わせ担当者 in one line
)

// form sets a sheet: two pairs beside each other, wide ones alone, a pair left
// over before a wide one over the whole width.
func (l *layout) form(s report.Sheet) {
	for i := 0; i < len(s.Pairs); i++ {
		p := s.Pairs[i]
		if !p.Wide && i+1 < len(s.Pairs) && !s.Pairs[i+1].Wide {
			half := l.width() / 2
			l.band(append(l.pair(p, half), l.pair(s.Pairs[i+1], half)...), nil)
			i++
			continue
		}
		l.band(l.pair(p, l.width()), nil)
	}
	l.y += gap
}

func (l *layout) pair(p report.Pair, width float64) band {
	label := l.clean(p.Label, "項目名")
	name := newCell(label, labelWidth, l.bold(formSize))
	name.middle, name.shaded = true, true
	value := newCell(l.clean(p.Value, label), width-labelWidth, l.regular(formSize))
	return band{name, value}
}
