// Package chart holds the pictures of numbers and plans that sections share:
// heat map, tree map, trend, Gantt rows and the timeline of a day. Each says
// with glyphs, words and edges what it says with colour, and its marks can be
// walked over and picked with the keyboard.
//
// Use it for figures that a section has already computed. What decides them (a
// class, a forecast, a limit) is not here; nor are pictures for paper, which
// package report makes.
package chart

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// spot is a place in design pixels.
type spot struct{ x, y, w, h float32 }

func (s spot) middle() (x, y float32) { return s.x + s.w/2, s.y + s.h/2 }

func (s spot) holds(x, y float32) bool {
	return x >= s.x && x < s.x+s.w && y >= s.y && y < s.y+s.h
}

// picker lets a person walk over the marks of a chart with the keyboard and the
// mouse: ← → in their order, ↑ ↓ to the nearest one, Enter picks.
type picker struct {
	kit.Surface
	desk    *ui.Desk
	spots   []spot // of the marks, in order; drawing sets them
	at      int
	focused bool
	say     func(mark int) string
	onPick  func(mark int)
}

// begin makes the picker the base of self.
func (p *picker) begin(self fyne.Widget, desk *ui.Desk, draw func(*kit.Pen, float32, float32), say func(int) string, onPick func(int)) {
	p.desk, p.say, p.onPick = desk, say, onPick
	p.Extend(self, desk.Look, draw)
}

// ring draws the mark of the cursor round a spot.
func (p *picker) ring(d *kit.Pen, s spot) {
	edge := d.Edge
	if p.focused {
		edge = d.Accent
	}
	d.Box(s.x, s.y, s.w, s.h, nil, edge, 4).StrokeWidth = 2
}

// At is the mark of the cursor.
func (p *picker) At() int { return p.at }

// Choose puts the cursor on a mark.
func (p *picker) Choose(mark int) {
	if mark = max(0, min(mark, len(p.spots)-1)); mark != p.at {
		p.at = mark
		p.Refresh()
	}
}

// TypedKey walks and picks.
func (p *picker) TypedKey(e *fyne.KeyEvent) {
	p.desk.Touch()
	switch e.Name {
	case fyne.KeyLeft:
		p.Choose(p.at - 1)
	case fyne.KeyRight:
		p.Choose(p.at + 1)
	case fyne.KeyUp:
		p.Choose(nearest(p.spots, p.at, -1))
	case fyne.KeyDown:
		p.Choose(nearest(p.spots, p.at, 1))
	case fyne.KeyHome:
		p.Choose(0)
	case fyne.KeyEnd:
		p.Choose(len(p.spots) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.pick()
	default:
		p.desk.Key(e)
	}
}

func (p *picker) pick() {
	if p.onPick != nil && p.at < len(p.spots) {
		p.onPick(p.at)
	}
}

// nearest is the spot that lies below (1) or above (-1) another and is nearest
// to it; the same one if there is none.
func nearest(spots []spot, from, way int) int {
	if from >= len(spots) {
		return from
	}
	x, y := spots[from].middle()
	best, least := from, float32(0)
	for i, s := range spots {
		sx, sy := s.middle()
		dy := (sy - y) * float32(way)
		if dy < 1 {
			continue
		}
		if far := dy + 2*max(sx-x, x-sx); best == from || far < least {
			best, least = i, far
		}
	}
	return best
}

// Tapped puts the cursor on the mark under the mouse, and picks it if it was
// there already.
func (p *picker) Tapped(e *fyne.PointEvent) {
	p.desk.Touch()
	f := p.desk.Look.Factor()
	for i := len(p.spots) - 1; i >= 0; i-- {
		if !p.spots[i].holds(e.Position.X/f, e.Position.Y/f) {
			continue
		}
		if i == p.at && p.focused {
			p.pick()
		}
		p.Choose(i)
		return
	}
}

// TypedShortcut gives commands to the window.
func (p *picker) TypedShortcut(s fyne.Shortcut) { p.desk.Touch(); p.desk.Shortcut(s) }

// TypedRune is for Fyne; letters alone are never commands.
func (p *picker) TypedRune(rune) { p.desk.Touch() }

// FocusGained is for Fyne.
func (p *picker) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost is for Fyne.
func (p *picker) FocusLost() { p.focused = false; p.Refresh() }

// AccessibilityLabel is the mark of the cursor in words.
func (p *picker) AccessibilityLabel() string {
	if p.at >= len(p.spots) {
		return ""
	}
	return p.say(p.at)
}

// AccessibilityRole is for screen readers.
func (p *picker) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
