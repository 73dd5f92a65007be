package today

import (
	"slices"

	"daicho/ui/kit"
	"daicho/ui/text"
)

// Measures of the page in design pixels.
const (
	pageHead   = 44
	margin     = 16
	cardsTop   = 54
	columnsTop = 142
	columnGap  = 16
	panelGap   = 14
)

func (p *page) paintPage(d *kit.Pen, w, h float32) {
	d.Rect(0, 0, w, h, d.Sheet)
	p.paintHead(d, w)
	if !p.loaded {
		d.Empty(0, pageHead, w, h-pageHead, p.desk.Words.T(text.Loading), "")
		return
	}
	d.Add(p.cards, margin, cardsTop, w-2*margin, kit.FigureHeight)
	first := float32(int((w - 2*margin - columnGap) * .58))
	paintColumn(d, p.left, margin, first, h)
	paintColumn(d, p.right, margin+first+columnGap, w-2*margin-columnGap-first, h)
}

func (p *page) paintHead(d *kit.Pen, w float32) {
	words, right := p.desk.Words, w-margin
	if p.sheet().fresh != "" {
		right = d.Place(right, 8, p.fresh)
	}
	d.H(0, pageHead, w)
	x := margin + d.Text(margin, 0, 0, pageHead, words.Of(Section().Label), d.Title()) + 12
	x += d.Text(x, 1, right-x, pageHead, words.DayOfWeek(p.desk.Now()), d.Label()) + 12
	if len(p.sheets) > 1 && right-x > 120 {
		d.Add(p.tabs, x, pageHead-28, right-x, 29)
	}
}

// paintColumn draws as many panels as there is room for, one below the other.
func paintColumn(d *kit.Pen, blocks []*block, x, w, h float32) {
	blocks = slices.DeleteFunc(slices.Clone(blocks), func(b *block) bool { return b.now.left })
	var sizes []span
	for _, b := range blocks {
		sizes = append(sizes, b.size(w))
	}
	y := float32(columnsTop)
	for _, b := range blocks {
		b.drawn = false
	}
	for i, high := range arrange(h-columnsTop-8, sizes) {
		blocks[i].drawn = true
		blocks[i].paint(d, x, y, w, high)
		y += high + panelGap
	}
}

// span is the height that a panel asks for, the least it can do with, and by how
// much at a time it gives way.
type span struct{ want, least, step float32 }

// arrange gives panels their heights. Where there is no room for all, the highest that can
// gives way by whole rows, down to its least, and then the last ones are left out; the
// first stays, whatever there is.
func arrange(room float32, sizes []span) (heights []float32) {
	for n := len(sizes); n > 0; n-- {
		heights = heights[:0]
		over := -room - panelGap
		for _, s := range sizes[:n] {
			heights, over = append(heights, s.want), over+s.want+panelGap
		}
		for over > 0 {
			i := highest(heights, sizes)
			if i < 0 {
				break
			}
			heights[i], over = heights[i]-sizes[i].step, over-sizes[i].step
		}
		if over <= 0 || n == 1 {
			return heights
		}
	}
	return nil
}

// highest is the panel that gives way next; -1 if none can.
func highest(heights []float32, sizes []span) int {
	at := -1
	for i, high := range heights {
		if s := sizes[i]; s.step > 0 && high-s.step >= s.least && (at < 0 || high > heights[at]) {
			at = i
		}
	}
	return at
}
