package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// rowView is the objects of one row in sight; it is bound to one row after
// another.
type rowView struct {
	row   int
	look  rowLook
	bg    *canvas.Rectangle
	bar   *canvas.Rectangle
	cells []cellView
}

// rowLook is what a row's ground says.
type rowLook struct{ marked, cursor, over, focused bool }

type cellView struct {
	text *canvas.Text
	soft *canvas.Rectangle // of a badge
	used *meterView        // of a clock
	last Cell
	w    float32
}

// build makes the views for the size of the table; colours are read here, so a
// change of the palette needs no more than a refresh.
func (t *Table) build() {
	look := t.desk.Look
	t.rowPx, t.hdPx = look.Px(rowHeight), look.Px(headHeight)
	t.layoutColumns()
	t.rows, t.objs, t.ruleCount = t.rows[:0], t.objs[:0], -1
	for range t.fits() {
		t.rows = append(t.rows, t.newRow())
	}
	t.rules = canvas.NewImageFromImage(nil)
	t.rules.FillMode, t.rules.ScaleMode = canvas.ImageFillStretch, canvas.ImageScalePixels
	t.rules.Hide() // an image without pixels is not painted
	t.objs = append(t.objs, t.rules, t.empty, t.head, t.thumb, t.sideThumb)
	place(t.head, 0, 0, t.size.Width, t.hdPx)
	place(t.empty, 0, t.hdPx, t.size.Width, t.size.Height-t.hdPx)
	t.head.Refresh()
	t.update()
}

func (t *Table) fits() int { return max(1, int((t.size.Height-t.hdPx-t.side.bar())/t.rowPx)) }

func (t *Table) newRow() *rowView {
	v := &rowView{row: -1, bg: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent)}
	t.objs = append(t.objs, v.bg, v.bar)
	for _, i := range t.vis {
		c := t.newCell(t.cols[i].Kind)
		if c.soft != nil {
			t.objs = append(t.objs, c.soft)
		}
		if c.used != nil {
			t.objs = append(t.objs, c.used.track, c.used.bar)
		}
		t.objs = append(t.objs, c.text)
		v.cells = append(v.cells, c)
	}
	return v
}

func (t *Table) newCell(k ColumnKind) cellView {
	look := t.desk.Look
	p := NewPen(look)
	st := p.Body()
	c := cellView{w: -1}
	switch k {
	case MonoColumn, NumColumn:
		st = st.M()
	case BadgeColumn:
		st = p.Caption().B()
		c.soft = canvas.NewRectangle(color.Transparent)
		c.soft.CornerRadius = 3
	case ClockColumn:
		st = p.Label().M()
		c.used = newMeterView()
	}
	c.text = canvas.NewText("", st.Color)
	c.text.TextSize, c.text.TextStyle = look.TextSize(st.Size), st.text()
	return c
}

// update binds rows to views.
func (t *Table) update() {
	n := len(t.rows)
	if n == 0 {
		return
	}
	t.top = max(0, min(t.top, t.src.Len()-n))
	for i := range n {
		row := t.top + i
		v := t.rows[row%n]
		if row >= t.src.Len() {
			v.hide()
			continue
		}
		t.bind(v, row, t.hdPx+float32(i)*t.rowPx)
	}
	t.drawRules(min(n, t.src.Len()))
	t.thumb.place()
	t.sideThumb.place()
	if t.src.Len() == 0 && t.emptySay[0] != "" {
		t.empty.Show()
	} else {
		t.empty.Hide()
	}
	if first, last := t.Range(); t.seenFirst != first || t.seenLast != last {
		t.seenFirst, t.seenLast = first, last
		call(t.onView)
	}
}

func (v *rowView) hide() {
	v.row = -1
	v.bg.Hide()
	v.bar.Hide()
	for _, c := range v.cells {
		c.text.Hide()
		if c.soft != nil {
			c.soft.Hide()
		}
		if c.used != nil {
			c.used.hide()
		}
	}
}

// drawRules makes one picture of the hairlines of all rows: a painter without
// a GPU pays for each object, not for its size.
func (t *Table) drawRules(n int) {
	if n == t.ruleCount {
		return
	}
	t.ruleCount = n
	img := image.NewNRGBA(image.Rect(0, 0, 1, max(1, n*int(t.rowPx))))
	for i := range n {
		img.SetNRGBA(0, (i+1)*int(t.rowPx)-1, t.desk.Look.Tokens().Line)
	}
	t.rules.Image = img
	place(t.rules, 0, t.hdPx, t.size.Width, float32(n)*t.rowPx)
	t.rules.Hidden = n == 0
	t.rules.Refresh()
}

func (t *Table) bind(v *rowView, row int, y float32) {
	ref := t.src.Ref(row)
	look := rowLook{marked: t.marks[ref], cursor: ref == t.cursor && !ref.IsZero() && (t.focused || !t.calm), over: row == t.hover, focused: t.focused}
	if v.row < 0 || v.look != look {
		t.paintGround(v, look)
	}
	place(v.bg, 0, y, t.size.Width, t.rowPx)
	place(v.bar, 0, y, 3, t.rowPx)
	for i := range v.cells {
		col := t.vis[i]
		t.bindCell(&v.cells[i], t.src.Cell(row, col), t.cols[col].Kind, t.xs[i], y, t.ws[i])
	}
	v.row = row
}

// paintGround colours a row. A transparent rectangle costs nothing to paint.
func (t *Table) paintGround(v *rowView, l rowLook) {
	tok := t.desk.Look.Tokens()
	ground, bar := color.Color(color.Transparent), color.Color(color.Transparent)
	switch {
	case l.cursor || l.marked:
		ground = tok.Select
	case l.over:
		ground = tok.Over
	}
	switch {
	case l.cursor && l.focused:
		bar = tok.Accent
	case l.cursor || l.marked:
		bar = tok.Edge
	}
	v.bg.FillColor, v.bar.FillColor, v.look = ground, bar, l
	v.bg.Show()
	v.bar.Show()
	v.bg.Refresh()
	v.bar.Refresh()
}

func (t *Table) bindCell(c *cellView, d Cell, k ColumnKind, x, y, w float32) {
	look := t.desk.Look
	pad := look.Px(cellPad)
	x, w = x+pad, w-pad
	if c.last != d || c.w != w {
		t.setCell(c, d, k, w)
	}
	tw := look.Width(c.text.Text, c.text.TextSize, c.text.TextStyle)
	switch k {
	case NumColumn:
		place(c.text, floor(x+w-tw-pad), y, tw, t.rowPx-1)
	case BadgeColumn:
		inset, h := look.Px(6), look.Px(17)
		top := y + floor((t.rowPx-1-h)/2)
		place(c.soft, x, top, tw+2*inset, h)
		place(c.text, x+inset, top, tw, h)
	case ClockColumn:
		m, high := look.Px(3), t.rowPx-1
		if d.Used >= 0 {
			high = t.rowPx - 2*m
		}
		place(c.text, x, y, tw, high)
		c.used.place(x, y+t.rowPx-m-look.Px(2), w-pad, m)
	default:
		place(c.text, x, y, tw, t.rowPx-1)
	}
	c.text.Show()
	if c.used != nil {
		c.used.show(d.Text != "" && d.Used >= 0)
	}
	if c.soft != nil && d.Text != "" {
		c.soft.Show()
	} else if c.soft != nil {
		c.soft.Hide()
	}
}

func (t *Table) setCell(c *cellView, d Cell, k ColumnKind, w float32) {
	look := t.desk.Look
	room := w - 4
	if k == BadgeColumn {
		room -= 2*look.Px(6) - 4
		c.soft.FillColor = look.Tokens().Soft(d.Tone)
		c.soft.Refresh()
	} else {
		c.text.TextStyle.Bold = d.Bold
	}
	if c.used != nil {
		c.used.set(look.Tokens(), d.Tone, d.Used)
	}
	c.text.Text = fit(look, d.Text, c.text.TextSize, c.text.TextStyle, room)
	c.text.Color = look.Tokens().Of(d.Tone)
	c.text.Refresh()
	c.last, c.w = d, w
}

func floor(v float32) float32 { return float32(math.Floor(float64(v))) }

var _ fyne.Widget = (*Table)(nil)
