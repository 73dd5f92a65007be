package today

import (
	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/chart"
	"daicho/ui/text"
)

// block is a panel on the page. What a panel holds decides what it is made of: a
// table, sentences or a chart.
type block struct {
	panel *panel
	host  ui.Host
	desk  *ui.Desk
	now   content
	table *kit.Table // nil: the panel has no columns
	items *items
	chart *chart.Timeline // nil: there is nothing to be drawn
	all   *kit.Button
	drawn bool // there was room for it
}

// Heights in design pixels.
const (
	titleHigh = 28
	emptyHigh = 36
	chartGap  = 4
	rowsLeast = 3
)

func newBlock(h ui.Host, p *panel) *block {
	b := &block{panel: p, host: h, desk: h.Desk(), now: content{left: true}}
	if p.columns != nil {
		b.table = kit.NewTable(b.desk, b.columns(), b, -1, false)
		b.table.OnOpen(h.Open)
		b.table.Calm()
	}
	b.items = newItems(b.desk, b.open)
	b.all = kit.NewButton(b.desk, kit.Linked, "", ui.Key{}, func() { h.List(p.opens.kind, p.opens.name) })
	return b
}

func (b *block) columns() (cols []kit.Column) {
	g := b.host.Records().Registers()[b.panel.opens.kind]
	for _, c := range b.panel.columns {
		switch s, ok := specOf(g, c.field); {
		case c.Kind == kit.ClockColumn:
			c.Title = b.desk.Words.T(text.LeftColumn)
		case ok:
			c.Title = b.desk.Words.Of(s.Label)
		case c.field == "number":
			c.Title = b.desk.Words.T(text.RecordColumn)
		case c.field == "title":
			c.Title = b.desk.Words.T(text.SubjectColumn)
		default:
			c.Title = b.desk.Words.T(text.TimeColumn)
		}
		c.Name = c.field
		if s, ok := specOf(g, c.field); ok && c.Kind == kit.MonoColumn {
			c.Width = max(c.Width, b.dateWidth(s))
		}
		cols = append(cols, c.Column)
	}
	return cols
}

// dateWidth is the room for a day or a moment of this year, in the language of the
// window.
func (b *block) dateWidth(s app.Spec) float32 {
	pen, words, now := kit.NewPen(b.desk.Look), b.desk.Words, b.desk.Now()
	before, word := now.AddDate(0, 0, -1), ""
	switch s.Type {
	case app.TDay:
		word = words.Day(app.DayOf(civil.DateOf(before)), now)
	case app.TTime:
		word = words.Moment(app.StampOf(before), now)
	}
	return pen.Width(word, pen.Body().M()) + 18
}

func specOf(g app.AnyRegister, field string) (app.Spec, bool) {
	if g == nil {
		return app.Spec{}, false
	}
	return app.SpecOf(g, field)
}

// show puts new content into the panel.
func (b *block) show(c content) {
	b.now = c
	b.items.show(c.items)
	if b.table != nil {
		b.table.Reload()
	}
	b.chart = nil
	if c.day != nil {
		b.chart = chart.NewTimeline(b.desk, c.day.lanes, c.day.from, c.day.to, c.day.work, func(i int) { b.host.Open(c.day.refs[i]) })
	}
	b.all.SetWord(b.desk.Words.T(text.ShowAll, b.desk.Words.Count(c.total)))
}

func (b *block) open(i item) {
	if i.opens.IsZero() {
		b.host.List(i.list.kind, i.list.name)
		return
	}
	b.host.Open(i.opens)
}

// body is what stands below the title; nil: a sentence that there is nothing.
func (b *block) body() fyne.CanvasObject {
	switch {
	case len(b.now.rows) > 0:
		return b.table
	case len(b.now.items) > 0:
		return b.items
	case b.chart != nil:
		return b.chart
	}
	return nil
}

// pane is what takes the keyboard; nil: nothing in sight does.
func (b *block) pane() fyne.Focusable {
	if b.now.left || !b.drawn {
		return nil
	}
	f, _ := b.body().(fyne.Focusable)
	return f
}

// size is the height that the panel asks for in a width.
func (b *block) size(w float32) span {
	table := func(n int) float32 { return kit.TableHeight(b.desk.Look, n) }
	high := float32(emptyHigh)
	switch n := len(b.now.rows); {
	case n > 0:
		return span{titleHigh + table(n), titleHigh + table(min(n, rowsLeast)), table(1) - table(0)}
	case len(b.now.items) > 0:
		high = b.items.HeightFor(w)
	case b.chart != nil:
		high = chartGap + b.chart.HeightFor(w)
	}
	return span{titleHigh + high, titleHigh + high, 0}
}

// paint draws the panel in its place.
func (b *block) paint(p *kit.Pen, x, y, w, h float32) {
	words := b.desk.Words
	right := x + w
	if b.now.total > 0 {
		right = p.Place(x+w, y-1, b.all)
	}
	p.Panel(x, y, w, words.Of(b.panel.title), "")
	n, note := p.Width(words.Of(b.panel.title), p.Body().B()), words.Of(b.panel.note)
	if room := right - x - n - 12; note != "" && room > 48 {
		p.Text(x+n+12, y, room, 26, note, p.Caption())
	}
	if o := b.body(); o != nil {
		gap := float32(0)
		if b.now.day != nil {
			gap = chartGap
		}
		p.Add(o, x, y+titleHigh+gap, w, h-titleHigh-gap)
		return
	}
	p.Text(x, y+titleHigh, w, emptyHigh, words.Of(b.panel.empty), p.Sub())
}

// What follows makes the panel the source of its table.

// Len is the number of rows.
func (b *block) Len() int { return len(b.now.rows) }

// Ref is the record of a row.
func (b *block) Ref(row int) app.Ref { return b.now.rows[row].opens }

// Row is the row of a record; -1 if it stands here no more.
func (b *block) Row(ref app.Ref) int {
	for i, r := range b.now.rows {
		if r.opens == ref {
			return i
		}
	}
	return -1
}

// Cell is one cell.
func (b *block) Cell(row, col int) kit.Cell { return b.now.rows[row].cells[col] }

// Sort is not offered: the order is what the title says.
func (b *block) Sort(int, bool) {}
