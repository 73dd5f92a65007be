package rejects

import (
	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// Measures in design pixels.
const (
	headHigh = 44
	tabsHigh = 29
	rowHigh  = 24
)

func (p *page) paintPage(d *kit.Pen, w, h float32) {
	d.Rect(0, 0, w, h, d.Sheet)
	right := w - 14
	if p.tabs.At() == tabOpen && p.now() != nil {
		right = d.Place(right, 8, p.retry, p.dismiss, p.copied, p.record)
	}
	d.Text(16, 0, right-16, headHigh, p.desk.Words.T(text.RejectsTitle), d.Title())
	d.Add(p.tabs, 0, headHigh, w, tabsHigh)
	top := float32(headHigh + tabsHigh)
	if p.tabs.At() == tabDone {
		d.Add(p.done.View(), 0, top, w, h-top)
		return
	}
	if p.now() == nil {
		d.Add(p.table, 0, top, w, h-top)
		return
	}
	high := min(float32(len(p.list)+1)*rowHigh+14, (h-top)*.4)
	d.Add(p.table, 0, top, w, high)
	d.H(0, top+high, w)
	d.Add(p.body, 0, top+high+1, w, h-top-high-1)
}

// detail is one change: why it was refused, and field by field what it wanted
// beside what there is now.
type detail struct {
	kit.Surface
	page *page
}

func newDetail(p *page) *detail {
	d := &detail{page: p}
	d.Extend(d, p.desk.Look, func(pen *kit.Pen, w, _ float32) { d.paint(pen, w) })
	return d
}

// HeightFor is the height of it all.
func (d *detail) HeightFor(w float32) float32 { return d.paint(kit.NewPen(d.page.desk.Look), w) }

const side = 18

// paint draws it and returns the height.
func (d *detail) paint(p *kit.Pen, w float32) float32 {
	x, words := d.page.now(), d.page.desk.Words
	if x == nil {
		return 0
	}
	y := float32(12)
	n := p.Badge(side, y, x.mark(words)) + 10
	made := words.T(text.MadeAt, x.Number, words.Of(x.acted), words.MomentSure(x.At, x.Err, d.page.desk.Now()))
	p.Text(side+n, y-1, w-2*side-n, 20, made, p.Label())
	y += 24
	if x.Title != "" {
		y = p.Balanced(side, y, w-2*side, 22, x.Title, p.Subject(), 2)
	}
	if x.gone {
		y = p.Para(side, y, w-2*side, 20, words.T(text.RecordIsGone), p.Sub())
	}
	y = p.Para(side, y+4, w-2*side, 20, words.T(text.WhyRefused, words.Sentence(x.Say)), p.Body()) + 10
	return d.paintWishes(p, x, y, w)
}

// paintWishes draws the table of fields.
func (d *detail) paintWishes(p *kit.Pen, x *reject, y, w float32) float32 {
	words := d.page.desk.Words
	lab := min(140, w/5)
	cw := (w - 2*side - lab) / 3
	for i, title := range []text.Key{text.WasBefore, text.WantedThis, text.IsToday} {
		p.Text(side+lab+float32(i)*cw, y, cw-12, 22, words.T(title), p.Label().B())
	}
	y += 24
	for _, wish := range x.wishes {
		p.H(side, y, w-2*side)
		y = d.paintWish(p, wish, y+4, lab, cw) + 6
	}
	p.H(side, y, w-2*side)
	return y + 14
}

// paintWish draws one field and returns the y below. A value of today that is
// not what the author saw carries a mark: somebody else has changed it.
func (d *detail) paintWish(p *kit.Pen, wish app.Wish, y, lab, cw float32) float32 {
	words := d.page.desk.Words
	below := p.Para(side, y, lab-12, 20, words.Of(wish.Label), p.Label())
	if wish.Looked {
		below = p.Para(side, below, lab-12, 16, words.T(text.DecidedOn), p.Caption())
	}
	for i, value := range []string{wish.Was, wish.Wanted, wish.Now} {
		st := p.Body()
		if i == 2 && wish.Now != wish.Was && wish.Now != "" {
			value, st = "△ "+value, st.B()
		}
		below = max(below, p.Para(side+lab+float32(i)*cw, y, cw-12, 20, value, st))
	}
	return below
}
