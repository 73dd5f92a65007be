package shell

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// nav is the navigation: with words, or as a rail of icons whose names are
// shown beside the pointer and the focus.
type nav struct {
	kit.Surface
	shell   *Shell
	spots   []spot // where a click means something, in design pixels
	over    int    // spot under the pointer, or -1
	at      int    // spot of the keyboard, or -1
	focused bool
	scroll  navScroll
}

// spot is a place to click.
type spot struct {
	y, h float32
	id   string // section; empty: the palette
	out  bool   // scrolled out of sight
}

func newNav(s *Shell) *nav {
	n := &nav{shell: s, over: -1, at: -1}
	n.Extend(n, s.desk.Look, n.paint)
	return n
}

func (n *nav) paint(p *kit.Pen, w, h float32) {
	rail := w < 100
	n.spots = n.spots[:0]
	p.Rect(0, 0, w, h, p.Ground)
	p.ProductSeal(14, 12, 20)
	if !rail {
		p.Text(42, 12, w-50, 20, n.shell.desk.Words.T(text.ProductName), p.Subject())
	}
	n.paintSearch(p, w, rail)
	n.paintSections(p, w, h-personHigh, rail)
	p.V(w-1, 0, h)
	n.paintPerson(p, w, h, rail)
}

func (n *nav) paintSearch(p *kit.Pen, w float32, rail bool) {
	n.spot(44, 28, "")
	edge := p.Line
	if n.focused && n.at == 0 {
		edge = p.Accent
	}
	p.Box(8, 44, w-16, 28, p.Sheet, edge, 4)
	if rail {
		p.Icon(17, 51, 14, "search", p.Ink3)
		return
	}
	p.Icon(16, 51, 14, "search", p.Ink3)
	key := ui.Ctrl(fyne.KeyK).String()
	kw := p.Width(key, p.Caption())
	p.Text(36, 44, w-60-kw, 28, n.shell.desk.Words.T(text.SearchAndAct), p.Body().In(p.Ink3))
	p.Text(8, 44, w-24, 28, key, p.Caption().R())
}

func (n *nav) spot(y, h float32, id string) int {
	n.spots = append(n.spots, spot{y: y, h: h, id: id})
	return len(n.spots) - 1
}

// paintGroup draws a group's heading, or a line on the rail.
func (n *nav) paintGroup(p *kit.Pen, y, w float32, rail bool, group app.Label) {
	if rail {
		p.H(14, y+6, 20)
		return
	}
	p.Text(16, y+4, w-24, 22, n.shell.desk.Words.Of(group), p.Caption())
}

func (n *nav) paintSection(p *kit.Pen, x ui.Section, y, w float32, rail bool) {
	at := n.spot(y, 26, x.ID)
	st, on := p.Body().In(p.Ink2), x.ID == n.shell.current
	switch {
	case on:
		p.Round(6, y, w-12, 26, p.Select, 4)
		p.Rect(0, y+4, 3, 18, p.Accent)
		st = p.Body().B().In(p.Accent)
	case n.over == at:
		p.Round(6, y, w-12, 26, p.Over, 4)
	}
	if n.focused && n.at == at {
		p.Box(6, y, w-12, 26, nil, p.Accent, 4)
	}
	p.Icon(16, y+5, 16, x.Icon, st.Color)
	count := n.shell.counts[x.ID]
	if rail {
		if count > 0 && !on {
			p.Circle(30, y+2, 7, p.Accent, p.Ground, 1)
		}
		return
	}
	right := float32(0)
	if count > 0 {
		right = p.Text(0, y, w-18, 26, counted(count), p.Label().R()) + 6
	}
	p.Text(40, y, w-58-right, 26, n.shell.desk.Words.Of(x.Label), st)
}

// counted is a number beside a section. What no list can hold whole is not
// counted to its end.
func counted(n int) string {
	if n > app.MaxList {
		return strconv.Itoa(app.MaxList) + "+"
	}
	return strconv.Itoa(n)
}

// paintPerson says who works here; it opens the settings.
func (n *nav) paintPerson(p *kit.Pen, w, h float32, rail bool) {
	st := n.shell.link.Status()
	name := st.Person
	if name == "" {
		name = n.shell.desk.Words.T(text.WorkingAlone)
	}
	y := h - personHigh
	p.H(0, y, w)
	n.paintSettings(p, y, w)
	p.Circle(12, y+9, 26, p.Select, p.Select, 0)
	p.Text(12, y+9, 26, 26, string([]rune(name)[:1]), p.Label().B().In(p.Accent).C())
	if rail {
		return
	}
	p.Text(46, y+5, w-78, 18, name, p.Label().In(p.Ink))
	p.Text(46, y+21, w-78, 16, n.shell.desk.Words.T(text.DeviceNamed, st.Device), p.Caption())
	if n.shell.settings != nil {
		p.Icon(w-28, y+14, 16, "settings", p.Ink3)
	}
}

// paintSettings makes the foot the place to open the settings.
func (n *nav) paintSettings(p *kit.Pen, y, w float32) {
	if n.shell.settings == nil {
		return
	}
	at := n.spot(y+3, personHigh-6, settingsID)
	switch {
	case n.shell.current == settingsID:
		p.Round(4, y+3, w-8, personHigh-6, p.Select, 4)
	case n.over == at:
		p.Round(4, y+3, w-8, personHigh-6, p.Over, 4)
	}
	if n.focused && n.at == at {
		p.Box(4, y+3, w-8, personHigh-6, nil, p.Accent, 4)
	}
}

// Tapped opens what was clicked.
func (n *nav) Tapped(e *fyne.PointEvent) {
	n.shell.desk.Touch()
	n.open(n.spotAt(e.Position.Y))
}

func (n *nav) spotAt(y float32) int {
	y /= n.shell.desk.Look.Factor()
	for i, s := range n.spots {
		if !s.out && y >= s.y && y < s.y+s.h {
			return i
		}
	}
	return -1
}

func (n *nav) open(i int) {
	switch {
	case i < 0:
	case n.spots[i].id == "":
		n.shell.openPalette()
	default:
		n.shell.Go(n.spots[i].id)
	}
}

// MouseIn is for Fyne.
func (n *nav) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows what a click would open, on the rail with its name.
func (n *nav) MouseMoved(e *desktop.MouseEvent) {
	if over := n.spotAt(e.Position.Y); over != n.over {
		n.over = over
		n.Refresh()
		n.nameSpot(over, n.shell.frame.tips.Soon)
	}
}

// MouseOut is for Fyne.
func (n *nav) MouseOut() { n.over = -1; n.Refresh(); n.shell.frame.tips.Clear() }

// nameSpot says the name of a spot beside it, where the rail has no room for
// it: at once for the keyboard, after a moment for the mouse.
func (n *nav) nameSpot(i int, say func(word string, at fyne.Position, of fyne.Size)) {
	look := n.shell.desk.Look
	if i < 0 || n.Size().Width >= look.Px(100) {
		n.shell.frame.tips.Clear()
		return
	}
	s := n.spots[i]
	say(n.nameOf(s.id), n.Position().AddXY(0, look.Px(s.y)), fyne.NewSize(n.Size().Width, look.Px(s.h)))
}

func (n *nav) nameOf(id string) string {
	for _, x := range n.shell.sections {
		if x.ID == id {
			return n.shell.desk.Words.Of(x.Label)
		}
	}
	if id == settingsID {
		return n.shell.desk.Words.T(text.SettingsTitle)
	}
	return n.shell.desk.Words.T(text.SearchAndAct)
}

// FocusGained is for Fyne.
func (n *nav) FocusGained() {
	n.focused, n.at = true, 0
	for i, s := range n.spots {
		if s.id == n.shell.current {
			n.at = i
		}
	}
	n.Refresh()
	n.nameSpot(n.at, n.shell.frame.tips.Now)
}

// FocusLost is for Fyne.
func (n *nav) FocusLost() { n.focused = false; n.Refresh(); n.shell.frame.tips.Clear() }

// TypedRune is for Fyne; runes mean nothing here.
func (n *nav) TypedRune(rune) { n.shell.desk.Touch() }

// TypedKey moves and opens.
func (n *nav) TypedKey(e *fyne.KeyEvent) {
	n.shell.desk.Touch()
	switch e.Name {
	case fyne.KeyDown:
		n.at = min(n.at+1, len(n.spots)-1)
	case fyne.KeyUp:
		n.at = max(n.at-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		n.open(n.at)
		return
	default:
		n.shell.desk.Key(e)
		return
	}
	n.Refresh()
	n.nameSpot(n.at, n.shell.frame.tips.Now)
}

// AccessibilityLabel is what a screen reader says.
func (n *nav) AccessibilityLabel() string {
	if n.at >= 0 && n.at < len(n.spots) {
		return n.nameOf(n.spots[n.at].id)
	}
	return n.shell.desk.Words.T(text.Navigation)
}

// AccessibilityRole is for screen readers.
func (n *nav) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
