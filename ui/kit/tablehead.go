package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"daicho/ui/theme"
)

// grip is how far from a column's edge a drag still takes it; 4 px is too
// little for a hand.
const grip = 6

func (t *Table) paintHead(p *Pen, w, h float32) {
	p.Rect(0, 0, w, h, p.Band)
	f := p.look.Factor()
	for i, n := range t.vis {
		c, x, cw := t.cols[n], t.xs[i]/f, t.ws[i]/f
		st, word := p.Label(), c.Title
		if t.sortCol == n {
			word += map[bool]string{true: " ▼", false: " ▲"}[t.desc]
			st = st.B().In(p.Accent)
		}
		if c.Kind == NumColumn {
			st = st.R()
		}
		p.Text(x+cellPad, 0, cw-2*cellPad+4, h, word, st)
		if i > 0 {
			p.V(x, 7, h-14)
		}
	}
	p.H(0, h-1, w)
}

// headWidth is the room for a column's name, with the mark of its order if it can be
// sorted by.
func headWidth(look *theme.Look, c Column) float32 {
	p, word, st := NewPen(look), c.Title, Style{Size: theme.Label}
	if c.Sortable {
		word, st = word+" ▼", st.B()
	}
	return p.Width(word, st) + 2*cellPad - 2
}

// headAt is the visible column under a place.
func (t *Table) headAt(p fyne.Position) int {
	for i := range t.xs {
		if p.X >= t.xs[i] && p.X < t.xs[i]+t.ws[i] {
			return i
		}
	}
	return -1
}

// edgeAt is the visible column whose right edge is under a place.
func (t *Table) edgeAt(p fyne.Position) int {
	for i := 1; i < len(t.xs); i++ {
		if d := p.X - t.xs[i]; d > -grip && d < grip {
			return i - 1
		}
	}
	return -1
}

// Dragged resizes the column whose edge the drag began on.
func (t *Table) Dragged(e *fyne.DragEvent) {
	t.desk.Touch()
	if t.drag < 0 {
		if e.Position.Y > t.hdPx {
			return
		}
		if t.drag = t.edgeAt(e.Position.Subtract(e.Dragged)); t.drag < 0 {
			return
		}
		t.grabbed = t.vis[t.drag]
	}
	i, d := t.vis[t.drag], e.Dragged.DX/t.desk.Look.Factor()
	if t.cols[i].Flex && t.drag+1 < len(t.vis) { // the flexible one grows by its neighbour's loss
		i, d = t.vis[t.drag+1], -d
	}
	t.cols[i].Width = max(t.cols[i].Width+d, narrowest)
	before := slices.Clone(t.vis)
	if t.layoutColumns(); !slices.Equal(before, t.vis) { // a column came or went: rows have other cells
		t.Refresh()
		t.drag = slices.Index(t.vis, t.grabbed)
		return
	}
	t.head.Refresh()
	t.update()
}

// DragEnd lets the column go and tells who remembers widths.
func (t *Table) DragEnd() {
	if t.drag >= 0 {
		call(t.onResize)
	}
	t.drag = -1
}

// thumb of the scroll bar. Its arithmetic is float64: with float32 a list of
// 700,000 rows would miss whole rows.
type thumb struct {
	widget.BaseWidget
	t   *Table
	y   float64
	bar *canvas.Rectangle
}

func newThumb(t *Table) *thumb {
	b := &thumb{t: t, bar: canvas.NewRectangle(nil)}
	b.bar.CornerRadius = 3.5
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is for Fyne.
func (b *thumb) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.bar) }

func (b *thumb) place() {
	t := b.t
	n, seen := t.src.Len(), len(t.rows)
	if n <= seen {
		b.Hide()
		return
	}
	b.bar.FillColor = t.thumbColour()
	room := t.size.Height - t.hdPx - t.side.bar()
	h := max(28, room*float32(seen)/float32(n))
	y := float32(float64(room-h) * float64(t.top) / float64(n-seen))
	b.Show()
	place(b, t.size.Width-9, t.hdPx+y, 7, h)
}

// thumbColour lets what lies below a thumb shine through.
func (t *Table) thumbColour() color.NRGBA {
	c := t.desk.Look.Tokens().Edge
	c.A = 130
	return c
}

// Dragged scrolls.
func (b *thumb) Dragged(e *fyne.DragEvent) {
	t := b.t
	t.desk.Touch()
	room := float64(t.size.Height - t.hdPx - t.side.bar() - b.Size().Height)
	if b.y == 0 {
		b.y = float64(b.Position().Y - t.hdPx)
	}
	b.y += float64(e.Dragged.DY)
	t.ScrollTo(int(b.y/room*float64(t.src.Len()-len(t.rows)) + 0.5))
}

// DragEnd is for Fyne.
func (b *thumb) DragEnd() { b.y = 0 }
