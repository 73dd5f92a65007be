package chart

import (
	"fmt"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/theme"
)

// Heat is one cell of a heat map.
type Heat struct {
	Class string // a letter: A
	Value int    // what the class was made of
	Tone  theme.Tone
	Count int // things in the cell
}

// Grid is what a heat map shows: rows from the top, columns from the left.
type Grid struct {
	Rows, Columns []string
	Caption       string // what the columns mean
	Heat          [][]Heat
}

// Move is where a thing was and where it is now: rows and columns.
type Move struct{ FromRow, FromColumn, Row, Column int }

// HeatMap shows how many things are in each class: class letter and value in
// each cell, the count in a ring, a stair between classes. An arrow shows how
// one of them moved.
type HeatMap struct {
	picker
	grid Grid
	move *Move
}

// NewHeatMap makes a map. OnPick is called with row and column of a cell; nil:
// nothing can be picked.
func NewHeatMap(desk *ui.Desk, grid Grid, onPick func(row, column int)) *HeatMap {
	m := &HeatMap{grid: grid}
	pick := func(i int) { onPick(i/len(grid.Columns), i%len(grid.Columns)) }
	if onPick == nil {
		pick = nil
	}
	m.begin(m, desk, m.paintHeat, m.sayCell, pick)
	m.SetMin(320, 240)
	return m
}

// SetMove draws the arrow of a thing, and puts the cursor where it is now; nil
// takes it away.
func (m *HeatMap) SetMove(move *Move) {
	if m.move = move; move != nil {
		m.at = move.Row*len(m.grid.Columns) + move.Column
	}
	m.Refresh()
}

func (m *HeatMap) sayCell(i int) string {
	row, col := i/len(m.grid.Columns), i%len(m.grid.Columns)
	c := m.grid.Heat[row][col]
	return fmt.Sprintf("%s × %s: %s %d, %d", m.grid.Rows[row], m.grid.Columns[col], c.Class, c.Value, c.Count)
}

// below and right say whether a class ends between a cell and its neighbour.
func (g Grid) below(row, col int) bool {
	return row+1 < len(g.Heat) && g.Heat[row][col].Class != g.Heat[row+1][col].Class
}

func (g Grid) right(row, col int) bool {
	return col+1 < len(g.Heat[row]) && g.Heat[row][col].Class != g.Heat[row][col+1].Class
}

func (m *HeatMap) paintHeat(p *kit.Pen, w, h float32) {
	left := float32(0)
	for _, r := range m.grid.Rows {
		left = max(left, p.Width(r, p.Label()))
	}
	left = min(left, w*.3) + 8
	cw, ch := (w-left)/float32(len(m.grid.Columns)), (h-42)/float32(len(m.grid.Rows))
	m.spots = m.spots[:0]
	for row, name := range m.grid.Rows {
		y := float32(row) * ch
		p.Text(0, y, left-8, ch, name, p.Label().R())
		for col, c := range m.grid.Heat[row] {
			s := spot{left + float32(col)*cw, y, cw, ch}
			m.spots = append(m.spots, s)
			paintCell(p, c, s)
		}
	}
	m.paintStairs(p, cw, ch)
	for col, name := range m.grid.Columns {
		p.Text(left+float32(col)*cw, h-40, cw-2, 18, name, p.Label().C())
	}
	p.Text(left, h-21, w-left, 18, m.grid.Caption, p.Caption().C())
	if m.at < len(m.spots) {
		m.ring(p, m.spots[m.at])
	}
	m.paintMove(p, left, cw, ch)
}

func paintCell(p *kit.Pen, c Heat, s spot) {
	ink := p.Of(c.Tone)
	p.Round(s.x+1, s.y+1, s.w-2, s.h-2, p.Soft(c.Tone), 3)
	p.Text(s.x+4, s.y+s.h-18, s.w-10, 16, fmt.Sprint(c.Class, " ", c.Value), p.Caption().In(ink).R())
	if c.Count > 0 {
		d := min(28, s.h-22)
		x, y := s.x+s.w/2-d/2, s.y+max((s.h-18-d)/2, 2)
		p.Circle(x, y, d, p.Sheet, ink, 1.5)
		p.Text(x, y, d, d, fmt.Sprint(c.Count), p.Subject().C())
	}
}

// paintStairs draws the border of classes, for print and grey screens.
func (m *HeatMap) paintStairs(p *kit.Pen, cw, ch float32) {
	for i, s := range m.spots {
		row, col := i/len(m.grid.Columns), i%len(m.grid.Columns)
		if m.grid.right(row, col) {
			p.Rect(s.x+cw-1, s.y-1, 2, ch+2, p.Ink2)
		}
		if m.grid.below(row, col) {
			p.Rect(s.x-1, s.y+ch-1, cw+2, 2, p.Ink2)
		}
	}
}

// paintMove draws an arrow from the cell of before to that of now.
func (m *HeatMap) paintMove(p *kit.Pen, left, cw, ch float32) {
	if m.move == nil {
		return
	}
	at := func(row, col int) (x, y float32) { return left + (float32(col)+.24)*cw, (float32(row) + .5) * ch }
	x1, y1 := at(m.move.FromRow, m.move.FromColumn)
	x2, y2 := at(m.move.Row, m.move.Column)
	if x1 == x2 && y1 == y2 {
		return
	}
	p.Stroke(x1, y1, x2, y2, p.Accent, 2)
	p.Circle(x1-5, y1-5, 10, p.Sheet, p.Accent, 1.5)
	for _, b := range barbs(x1, y1, x2, y2, 8) {
		p.Stroke(x2, y2, b.x, b.y, p.Accent, 2)
	}
}
