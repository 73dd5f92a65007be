package chart

import (
	"daicho/ui"
	"daicho/ui/kit"
)

// Tile is one part of a tree map: its area is Size.
type Tile struct {
	Name  string
	Size  float64
	Lines []string // what is said of it, the first first; those that have room
	Class kit.Mark // glyph and tone of a class that needs work; zero: none
	Heavy bool     // of the class that needs work most: an edge stands round it
}

// words are all that is known of a tile.
func (t Tile) words() string {
	s := t.named()
	for _, l := range t.Lines {
		s += "　" + l
	}
	return s
}

// wordsIn are as many of them as have room, so that no figure is cut.
func (t Tile) wordsIn(p *kit.Pen, w float32) string {
	s := t.named()
	for _, l := range t.Lines {
		if p.Width(s+"　"+l, p.Label()) <= w {
			s += "　" + l
		}
	}
	return s
}

func (t Tile) named() string {
	if t.Class.Glyph == "" {
		return t.Name
	}
	return t.Class.Glyph + " " + t.Name
}

// TreeMap shows parts of a whole by area. Two classes at most are marked, with
// a glyph and an edge; everything else is grey. The line below it says the tile
// of the cursor in full, for tiles without room for words.
type TreeMap struct {
	picker
	tiles []Tile
}

// footLine is the height of the line below a chart.
const footLine = 22

// NewTreeMap makes a map; give the largest tile first. OnPick is called with
// the number of a tile; nil: nothing can be picked.
func NewTreeMap(desk *ui.Desk, tiles []Tile, onPick func(int)) *TreeMap {
	m := &TreeMap{tiles: tiles}
	m.begin(m, desk, m.paintMap, func(i int) string { return m.tiles[i].words() }, onPick)
	m.SetMin(240, 160)
	return m
}

func (m *TreeMap) paintMap(p *kit.Pen, w, h float32) {
	sizes := make([]float64, len(m.tiles))
	for i, t := range m.tiles {
		sizes[i] = t.Size
	}
	m.spots = squarify(sizes, 0, 0, float64(w), float64(h-footLine))
	for i, t := range m.tiles {
		paintTile(p, t, m.spots[i])
	}
	if m.at < len(m.tiles) {
		m.ring(p, m.spots[m.at])
		p.Text(0, h-footLine, w, footLine, m.tiles[m.at].wordsIn(p, w), p.Label())
	}
}

func paintTile(p *kit.Pen, t Tile, s spot) {
	if s.w < 3 || s.h < 3 {
		return
	}
	box := p.Round(s.x+1, s.y+1, s.w-2, s.h-2, p.Soft(t.Class.Tone), 3)
	if t.Heavy {
		box.StrokeColor, box.StrokeWidth = p.Of(t.Class.Tone), 2
	}
	name, st := t.named(), p.Label().In(p.Ink)
	if s.w < 44 || s.h < 26 {
		if p.Width(t.Class.Glyph, st.B())+4 <= s.w && s.h >= 20 { // the colour is not to stand alone
			p.Text(s.x, s.y+(s.h-20)/2, s.w, 20, t.Class.Glyph, st.B().C())
		}
		return
	}
	p.Text(s.x+8, s.y+4, s.w-14, 20, name, st.B())
	y := float32(22)
	for _, l := range t.Lines {
		if y+18 <= s.h-4 && p.Width(l, st) <= s.w-14 { // a figure is never cut
			p.Text(s.x+8, s.y+y, 0, 20, l, st)
			y += 18
		}
	}
}
