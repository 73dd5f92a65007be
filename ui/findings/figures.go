package findings

import (
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
)

// figures are the cards on top of the overview. They are only seen, and read aloud.
type figures struct {
	kit.Surface
	all []kit.Figure
}

func newFigures(desk *ui.Desk) *figures {
	f := &figures{}
	f.Extend(f, desk.Look, func(p *kit.Pen, w, _ float32) {
		if len(f.all) > 0 {
			p.Figures(0, 0, w, f.all[:min(cardsIn(w), len(f.all))]...)
		}
	})
	return f
}

// cardLeast is the least width of a card, in design pixels.
const cardLeast = 172

// cardsIn is how many cards have room; the last ones are left out.
func cardsIn(w float32) int { return max(2, int((w+12)/(cardLeast+12))) }

func (f *figures) show(all []kit.Figure) {
	f.all = all
	f.Refresh()
}

// AccessibilityLabel is all of them in words.
func (f *figures) AccessibilityLabel() string {
	var all []string
	for _, x := range f.all {
		all = append(all, strings.TrimSpace(x.Name+" "+x.Value+" "+x.Fraction+" "+x.Mark.Word))
	}
	return strings.Join(all, "　")
}

// AccessibilityRole is for screen readers.
func (f *figures) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
