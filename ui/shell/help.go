package shell

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// help is the card of F1: what can be done here, and by which key.
type help struct {
	kit.Surface
	desk  *ui.Desk
	here  []kit.KeyHint // on the page
	lists []kit.KeyHint // in every table
	every []kit.KeyHint // on every page
	shut  *kit.Button
}

// Measures of the card in design pixels.
const (
	helpWide  = 720
	helpLine  = 24
	helpTop   = 48
	helpFoot  = 52
	helpKeys  = 150 // room for a key
	helpInner = 18
)

// help shows the actions of the page, and those of every page.
func (s *stage) help(here, every []ui.Action) {
	w := s.desk.Words
	h := &help{desk: s.desk, here: hints(here, w), every: hints(every, w), lists: []kit.KeyHint{
		{Key: "↑ ↓ PgUp PgDn", Does: w.T(text.MoveRows)}, {Key: "Shift+↑ ↓", Does: w.T(text.MarkRange)}, {Key: ui.Plain(fyne.KeySpace).String(), Does: w.T(text.MarkRow)},
		{Key: "Enter", Does: w.T(text.OpenVerb)}, {Key: "Esc", Does: w.T(text.OneBack)},
	}}
	var closeIt func()
	h.shut = kit.NewButton(s.desk, kit.Secondary, w.T(text.Close), ui.Plain(fyne.KeyEscape), func() { closeIt() })
	h.Extend(h, s.desk.Look, h.paint)
	lines := max(len(h.here)+len(h.lists)+2, len(h.every)+1)
	closeIt = s.Ask(h, fyne.NewSize(helpWide, helpTop+float32(lines)*helpLine+8+helpFoot))
	s.desk.Focus(h.shut)
}

// hints are the actions that have a key.
func hints(actions []ui.Action, words *text.Words) (out []kit.KeyHint) {
	for _, a := range actions {
		if !a.Key.IsZero() {
			out = append(out, kit.KeyHint{Key: a.Key.String(), Does: words.Of(a.Label)})
		}
	}
	return out
}

func (h *help) paint(p *kit.Pen, w, high float32) {
	words, half := h.desk.Words, w/2
	p.Text(helpInner, 8, w-2*helpInner, 28, words.T(text.KeysTitle), p.Subject())
	y := h.column(p, helpInner, helpTop, half-1.5*helpInner, words.T(text.KeysHere), h.here)
	h.column(p, helpInner, y+8, half-1.5*helpInner, words.T(text.KeysInLists), h.lists)
	h.column(p, half+helpInner/2, helpTop, half-1.5*helpInner, words.T(text.KeysEverywhere), h.every)
	p.H(0, high-helpFoot+4, w)
	p.Place(w-helpInner, high-38, h.shut)
}

// column draws keys below a heading and returns the y below them.
func (h *help) column(p *kit.Pen, x, y, w float32, heading string, hints []kit.KeyHint) float32 {
	if len(hints) == 0 {
		return y - 8
	}
	p.Text(x, y, w, helpLine, heading, p.Label().B())
	for _, k := range hints {
		y += helpLine
		p.Key(x, y+3, k.Key)
		p.Text(x+helpKeys, y, w-helpKeys, helpLine, k.Does, p.Body())
	}
	return y + helpLine
}

// AccessibilityLabel is what the card is for.
func (h *help) AccessibilityLabel() string { return h.desk.Words.T(text.KeysTitle) }

// AccessibilityRole is for screen readers.
func (h *help) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
