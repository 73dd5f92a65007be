package register

import (
	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/text"
)

func (p *Page) paintPage(d *kit.Pen, w, h float32) {
	p.narrow = w < onePane
	d.Rect(0, 0, w, h, d.Sheet)
	switch {
	case p.alone, p.narrow && p.inside:
		d.Add(p.detail, 0, 0, w, h)
	case p.narrow:
		p.paintList(d, w, h)
	default:
		dw := float32(detailWide)
		if w < 1000 {
			dw = detailSlim
		}
		p.paintList(d, w-dw-1, h)
		d.V(w-dw-1, 0, h)
		d.Add(p.detail, w-dw, 0, dw, h)
	}
}

func (p *Page) paintList(d *kit.Pen, w, h float32) {
	words := p.desk.Words
	right := w - 12
	if p.cfg.makes() {
		right = d.Place(right, 8, p.create)
	}
	if p.bulk.offered() {
		right = d.Place(right, 8, p.bulk.button)
	}
	n := d.Text(16, 0, right-16, headHigh, words.Of(p.cfg.Register.About().Label), d.Title())
	d.Text(16+n+12, 1, right-n-40, headHigh, p.count(), d.Label().In(d.Ink3))
	d.H(0, headHigh, w)
	p.paintFilters(d, w)
	d.H(0, headHigh+filterHigh, w)
	top := float32(headHigh + filterHigh + 1)
	if p.paper.progress != nil {
		h -= printHigh
		d.H(0, h, w)
		d.Add(p.paper.progress, 12, h+8, w-24, printHigh-16)
	}
	if p.bulk.progress != nil {
		h -= printHigh
		d.H(0, h, w)
		d.Add(p.bulk.progress, 12, h+8, w-24, printHigh-16)
	}
	if p.bulk.back.Visible() {
		h -= undoHigh
		d.Add(p.bulk.back, 0, h, w, undoHigh)
	}
	d.Add(p.table, 0, top, w, h-top-footHigh)
	d.Add(p.foot, 0, h-footHigh, w, footHigh)
}

// paintFilters draws the row of filters at the left and the field to find at
// the right.
func (p *Page) paintFilters(d *kit.Pen, w float32) {
	fw := min(180, (w-24)*.45)
	if len(p.filters()) > 0 {
		d.Add(p.filter, 12, headHigh+3, w-24-fw-8, 29)
		d.Add(p.find, w-12-fw, headHigh+3, fw, 29)
		return
	}
	d.Add(p.find, 12, headHigh+3, fw, 29)
}

// count is the name of the filter and the number of records under it.
func (p *Page) count() string {
	if !p.list.Loaded() {
		return ""
	}
	n := p.held()
	if len(p.lists) > 0 {
		n = p.desk.Words.Of(p.lists[p.filter.Chosen(0)].label) + " " + n
	}
	return n
}

// held is how many records the list holds: 20,000件以上 if it is full.
func (p *Page) held() string {
	words := p.desk.Words
	n := words.Count(p.list.Len())
	if p.list.Len() >= app.MaxList {
		n = words.T(text.AtLeast, n)
	}
	return n
}

// paintFoot says which rows are in sight and which keys work. It is a surface
// of its own, so that scrolling draws no more than it.
func (p *Page) paintFoot(d *kit.Pen, w, h float32) {
	words := p.desk.Words
	d.H(0, 0, w)
	used := float32(0)
	if first, last := p.table.Range(); last > 0 {
		used = d.Text(12, 0, w-24, h, words.T(text.RowsInSight, words.Number(first), words.Number(last), p.held()), d.Caption())
	}
	if n := p.table.MarkCount(); n > 0 {
		used += 16 + d.Text(28+used, 0, w-40-used, h, words.T(text.MarkedRows, words.Count(n)), d.Caption().B().In(d.Ink2))
	}
	hint := words.T(text.RowKeys)
	if d.Width(hint, d.Caption()) < w-48-used {
		d.Text(12, 0, w-24, h, hint, d.Caption().R())
	}
}
