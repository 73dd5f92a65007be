package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// selectList is the open list of a Select, on top of the whole window. Enter, Space
// or a click takes a word, Esc or a click beside it none. Who types goes to the next
// word that begins so: it is the one list that an input method writes into.
type selectList struct {
	Surface
	of    *Select
	at    int // of the cursor; -1: nothing was chosen yet
	first int // in sight
	typed string
	box   tipRect
	rows  int // that have room
	wheel float32
	away  func()
}

// optionHigh is the height of a word of the list, in design pixels.
const optionHigh = 28

func newSelectList(s *Select) *selectList {
	l := &selectList{of: s, at: s.SelectedIndex()}
	l.Extend(l, s.look, l.paintList)
	return l
}

func (l *selectList) show() {
	l.away = l.of.desk.Above(l)
	l.of.desk.Focus(l)
}

// shut takes the list away; the choice has the keyboard again.
func (l *selectList) shut() { l.away() }

func (l *selectList) take(at int) {
	l.shut()
	l.of.SetSelectedIndex(at)
}

func (l *selectList) paintList(p *Pen, w, h float32) {
	l.arrange(p, w, h)
	l.first = max(0, min(max(l.first, l.at-l.rows+1), l.at))
	b := l.box
	card := p.Box(b.x, b.y, b.w, b.h, p.Sheet, p.Edge, 4)
	card.Shadow.Color, card.Shadow.BlurRadius, card.Shadow.Offset.Y = p.Scrim, 8, 2
	for i := range l.rows {
		l.paintOption(p, l.first+i, b.y+4+float32(i)*optionHigh)
	}
	if n := len(l.of.Options); n > l.rows {
		share := b.h - 8
		p.Round(b.x+b.w-7, b.y+4+share*float32(l.first)/float32(n), 4, share*float32(l.rows)/float32(n), p.Edge, 2)
	}
}

// paintOption draws one word: the chosen one is bold, that of the cursor has a bar.
func (l *selectList) paintOption(p *Pen, i int, y float32) {
	st := p.Body()
	if i == l.at {
		p.Rect(l.box.x+1, y, l.box.w-2, optionHigh, p.Select)
		p.Rect(l.box.x+1, y, 3, optionHigh, p.Accent)
	}
	if i == l.of.SelectedIndex() {
		st = st.B()
	}
	p.Text(l.box.x+12, y, l.box.w-24, optionHigh, l.of.Options[i], st)
}

// arrange finds room below the choice, or above it where there is more.
func (l *selectList) arrange(p *Pen, w, h float32) {
	at, size, n := l.of.desk.Place(l.of), l.of.Size(), len(l.of.Options)
	x, top, foot := at.X/p.f, at.Y/p.f, (at.Y+size.Height)/p.f
	wide := size.Width / p.f
	for _, o := range l.of.Options {
		wide = max(wide, p.Width(o, p.Body().B())+26)
	}
	below, above := int((h-foot-14)/optionHigh), int((top-14)/optionHigh)
	l.rows = max(1, min(n, max(below, above)))
	high := float32(l.rows)*optionHigh + 8
	y := foot + 2
	if l.rows > below {
		y = top - 2 - high
	}
	wide = min(wide, w)
	l.box = tipRect{max(0, min(x, w-wide)), max(0, y), wide, high}
}

func (l *selectList) moveTo(at int) {
	l.typed = ""
	l.at = max(0, min(at, len(l.of.Options)-1))
	l.Refresh()
}

// row is the word at a place; -1: none is there.
func (l *selectList) row(at fyne.Position) int {
	x, y := at.X/l.look.Factor()-l.box.x, at.Y/l.look.Factor()-l.box.y-4
	if x < 0 || x > l.box.w || y < 0 || y >= float32(l.rows)*optionHigh {
		return -1
	}
	return l.first + int(y/optionHigh)
}

// Tapped takes the word, or shuts the list.
func (l *selectList) Tapped(e *fyne.PointEvent) {
	l.of.desk.Touch()
	l.take(l.row(e.Position))
}

// Scrolled moves the cursor.
func (l *selectList) Scrolled(e *fyne.ScrollEvent) {
	l.of.desk.Touch()
	if l.wheel += e.Scrolled.DY; l.wheel >= 1 || l.wheel <= -1 {
		step := -1
		if l.wheel < 0 {
			step = 1
		}
		l.wheel = 0
		l.moveTo(l.at + step)
	}
}

// TypedKey moves, takes or shuts.
func (l *selectList) TypedKey(k *fyne.KeyEvent) {
	l.of.desk.Touch()
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.take(l.at)
	case fyne.KeyEscape:
		l.shut()
	case fyne.KeyUp:
		l.moveTo(l.at - 1)
	case fyne.KeyDown:
		l.moveTo(l.at + 1)
	case fyne.KeyPageUp:
		l.moveTo(l.at - l.rows)
	case fyne.KeyPageDown:
		l.moveTo(l.at + l.rows)
	case fyne.KeyHome:
		l.moveTo(0)
	case fyne.KeyEnd:
		l.moveTo(len(l.of.Options) - 1)
	}
}

// TypedRune goes to the next word that begins with what was typed since the cursor
// was moved, or with this rune alone. The blank that opened the list comes here too.
func (l *selectList) TypedRune(r rune) {
	l.of.desk.Touch()
	if l.typed == "" && unicode.IsSpace(r) {
		return
	}
	for _, typed := range []string{l.typed + string(r), string(r)} {
		if at := l.next(typed); at >= 0 {
			l.moveTo(at)
			l.typed = typed
			return
		}
	}
}

// next is the first word from the cursor on, and round again, that begins with what
// was typed; a single rune goes on to the next such word. -1: there is none.
func (l *selectList) next(typed string) int {
	from, n := max(l.at, 0), len(l.of.Options)
	if len([]rune(typed)) == 1 {
		from = l.at + 1
	}
	for i := range n {
		at := (from + i) % n
		if strings.HasPrefix(strings.ToLower(l.of.Options[at]), strings.ToLower(typed)) {
			return at
		}
	}
	return -1
}

// TypedShortcut does nothing: the list stands in front of the window's commands.
func (l *selectList) TypedShortcut(fyne.Shortcut) { l.of.desk.Touch() }

// FocusGained is for Fyne.
func (l *selectList) FocusGained() {}

// FocusLost is for Fyne.
func (l *selectList) FocusLost() {}

// MouseIn is for Fyne.
func (l *selectList) MouseIn(*desktop.MouseEvent) {}

// MouseMoved takes the cursor along.
func (l *selectList) MouseMoved(e *desktop.MouseEvent) {
	if at := l.row(e.Position); at >= 0 && at != l.at {
		l.moveTo(at)
	}
}

// MouseOut is for Fyne.
func (l *selectList) MouseOut() {}

// Cursor is asked for whenever the mouse moves, wherever in the window.
func (l *selectList) Cursor() desktop.Cursor {
	l.of.desk.Touch()
	return desktop.DefaultCursor
}

// AccessibilityLabel is the word of the cursor.
func (l *selectList) AccessibilityLabel() string {
	if l.at < 0 {
		return spoken(l.of.named, l.of.PlaceHolder)
	}
	return spoken(l.of.named, l.of.Options[l.at])
}

// AccessibilityRole is for screen readers.
func (l *selectList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
