package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/ui"
)

// Select is a choice of one out of words. ↑ ↓ choose, Space or a click opens the
// list of all.
type Select struct {
	Surface
	desk        *ui.Desk
	Options     []string
	Selected    string // need not be one of the Options
	PlaceHolder string // shown while nothing is chosen
	OnChanged   func(string)

	named   string
	focused bool
	onFocus func()
	onBlur  func()
}

// NewSelect is a choice out of words; changed is called when another is chosen.
func NewSelect(desk *ui.Desk, words []string, changed func(string)) *Select {
	s := &Select{desk: desk, Options: words, OnChanged: changed}
	s.Extend(s, desk.Look, s.paintSelect)
	s.SetMin(80, fieldHeight)
	return s
}

// Name gives the choice the name that stands beside it, for screen readers.
func (s *Select) Name(name string) { s.named = name }

// SetOptions puts other words in the place of the Options.
func (s *Select) SetOptions(words []string) { s.Options = words; s.Refresh() }

// SelectedIndex is the place of what is chosen; -1 if it is none of the Options.
func (s *Select) SelectedIndex() int { return slices.Index(s.Options, s.Selected) }

// SetSelected chooses a word; one that is none of the Options chooses nothing else.
func (s *Select) SetSelected(word string) { s.SetSelectedIndex(slices.Index(s.Options, word)) }

// SetSelectedIndex chooses by place; a place that is none chooses nothing else.
func (s *Select) SetSelectedIndex(at int) {
	if at < 0 || at >= len(s.Options) || s.Options[at] == s.Selected {
		return
	}
	s.Selected = s.Options[at]
	s.Refresh()
	if s.OnChanged != nil {
		s.OnChanged(s.Selected)
	}
}

func (s *Select) paintSelect(p *Pen, w, h float32) {
	edge, width := p.Edge, float32(1)
	if s.focused {
		edge, width = p.Accent, 2
	}
	p.Box(0, 0, w, h, p.Sheet, edge, 4).StrokeWidth = width
	word, st := s.Selected, p.Body()
	if word == "" {
		word, st = s.PlaceHolder, p.Body().In(p.Ink3)
	}
	p.Text(5, 0, w-28, h, word, st)
	p.Icon(w-21, (h-14)/2, 14, "chevron-down", p.Ink2)
}

// open shows the list of all words.
func (s *Select) open() {
	if len(s.Options) > 0 {
		newSelectList(s).show()
	}
}

// Tapped opens the list.
func (s *Select) Tapped(*fyne.PointEvent) {
	s.desk.Touch()
	s.desk.Focus(s)
	s.open()
}

// TypedKey opens with Space, chooses with ↑ ↓ and gives the rest to the window.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	s.desk.Touch()
	switch k.Name {
	case fyne.KeySpace:
		s.open()
	case fyne.KeyUp:
		s.SetSelectedIndex(s.SelectedIndex() - 1)
	case fyne.KeyDown:
		s.SetSelectedIndex(s.SelectedIndex() + 1)
	default:
		s.desk.Key(k)
	}
}

// TypedShortcut gives commands to the window.
func (s *Select) TypedShortcut(sc fyne.Shortcut) { s.desk.Touch(); s.desk.Shortcut(sc) }

// TypedRune is for Fyne; runes mean nothing here.
func (s *Select) TypedRune(rune) { s.desk.Touch() }

// FocusGained is for Fyne.
func (s *Select) FocusGained() { s.focused = true; s.Refresh(); call(s.onFocus) }

// FocusLost is for Fyne.
func (s *Select) FocusLost() { s.focused = false; s.Refresh(); call(s.onBlur) }

// AccessibilityLabel is the name of the choice and what is chosen.
func (s *Select) AccessibilityLabel() string {
	return spoken(s.named, cmp.Or(s.Selected, s.PlaceHolder))
}

// AccessibilityRole is for screen readers.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
