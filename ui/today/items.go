package today

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// items are sentences that ask for something, one below the other: ↑ ↓ go from
// one to the next, Enter opens what it is about.
type items struct {
	kit.Surface
	desk    *ui.Desk
	all     []item
	at      int
	focused bool
	edges   []float32 // the lower edge of each, design pixels
	open    func(item)
}

func newItems(desk *ui.Desk, open func(item)) *items {
	s := &items{desk: desk, open: open}
	s.Extend(s, desk.Look, s.paint)
	return s
}

func (s *items) show(all []item) {
	s.all, s.at = all, max(0, min(s.at, len(all)-1))
	s.Refresh()
}

// badgeSides is what stands beside the word of a badge: the margin of the list and
// the padding of the badge.
const badgeSides = 8 + 12

// markRoom is the width of the column of marks.
func (s *items) markRoom(p *kit.Pen) (w float32) {
	for _, i := range s.all {
		w = max(w, p.Width(i.mark.String(), p.Caption().B())+badgeSides+12)
	}
	return w
}

// HeightFor is the height of all sentences in a width, both in design pixels.
func (s *items) HeightFor(w float32) (h float32) {
	p := kit.NewPen(s.desk.Look)
	room := w - s.markRoom(p) - 8
	for _, i := range s.all {
		h += float32(len(p.Wrap(i.sentence, p.Body(), room)))*20 + 8
	}
	return h + 2
}

func (s *items) paint(p *kit.Pen, w, _ float32) {
	marks, y := s.markRoom(p), float32(2)
	s.edges = s.edges[:0]
	for i, x := range s.all {
		high := float32(len(p.Wrap(x.sentence, p.Body(), w-marks-8)))*20 + 8
		if s.focused && s.at == i {
			p.Rect(0, y, w, high, p.Select)
			p.Rect(0, y, 3, high, p.Accent)
		}
		p.Badge(8, y+5, x.mark)
		p.Para(marks, y+4, w-marks-8, 20, x.sentence, p.Body())
		y += high
		s.edges = append(s.edges, y)
	}
}

// TypedKey moves and opens.
func (s *items) TypedKey(e *fyne.KeyEvent) {
	s.desk.Touch()
	switch e.Name {
	case fyne.KeyUp:
		s.at = max(s.at-1, 0)
	case fyne.KeyDown:
		s.at = min(s.at+1, len(s.all)-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.press()
		return
	default:
		s.desk.Key(e)
		return
	}
	s.Refresh()
}

func (s *items) press() {
	if s.at < len(s.all) {
		s.open(s.all[s.at])
	}
}

// Tapped opens what the sentence under the mouse is about.
func (s *items) Tapped(e *fyne.PointEvent) {
	s.desk.Touch()
	y := e.Position.Y / s.desk.Look.Factor()
	for i, edge := range s.edges {
		if y < edge {
			s.at = i
			s.press()
			return
		}
	}
}

// TypedShortcut gives commands to the window.
func (s *items) TypedShortcut(k fyne.Shortcut) { s.desk.Touch(); s.desk.Shortcut(k) }

// TypedRune is for Fyne; runes mean nothing here.
func (s *items) TypedRune(rune) { s.desk.Touch() }

// FocusGained is for Fyne.
func (s *items) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost is for Fyne.
func (s *items) FocusLost() { s.focused = false; s.Refresh() }

// AccessibilityLabel is the sentence of the keyboard, for a screen reader.
func (s *items) AccessibilityLabel() string {
	if s.at < len(s.all) {
		return s.all[s.at].mark.String() + " " + s.all[s.at].sentence
	}
	return ""
}

// AccessibilityRole is for screen readers.
func (s *items) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
