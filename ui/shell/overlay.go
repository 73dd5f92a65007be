package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/theme"
)

// stage is a window of the program with the cards that lie on its content.
type stage struct {
	window   fyne.Window
	desk     *ui.Desk
	tell     func(theme.Tone, string)   // shows one sentence in that window
	open     func() ui.Page             // the page in sight
	drawn    func() []fyne.CanvasObject // below the cards, that may have the keyboard
	overlays []*overlay
	files    func()    // takes Fyne's dialog of files away; nil: it is not open
	covered  []covered // what a lock has taken off the window, from the top
}

// overlay is something on top of the whole window. It lies in Fyne's overlay
// stack, so that Tab stays inside it.
type overlay struct {
	*kit.Overlay
	before fyne.Focusable // what had the keyboard
	kept   ui.Keeper      // of what is typed on it; nil: nothing
	closed func()
}

// Ask opens an overlay of a size in design pixels. Closing is up to the
// content; Esc closes it too, and a click beside it where nothing is typed in it.
func (s *stage) Ask(content fyne.CanvasObject, size fyne.Size) (closeIt func()) {
	o := &overlay{closed: func() {}}
	if k, ok := content.(ui.Kept); ok {
		o.kept, o.closed = k, k.Closed
	}
	closeIt = func() { s.closeOverlay(o) }
	s.put(o, kit.NewOverlay(s.desk, content, size, func() {
		if !kit.IsTyped(content) {
			closeIt()
		}
	}))
	return closeIt
}

// keepCards keeps what is typed on the cards.
func (s *stage) keepCards() {
	for _, o := range s.overlays {
		if o.kept != nil {
			o.kept.Keep()
		}
	}
}

// overlay opens one; closed runs when it is gone.
func (s *stage) overlay(content fyne.CanvasObject, size fyne.Size, closed func()) (closeIt func()) {
	o := &overlay{closed: closed}
	closeIt = func() { s.closeOverlay(o) }
	s.put(o, kit.NewOverlay(s.desk, content, size, closeIt))
	return closeIt
}

// keep opens an overlay that a click beside it does not close.
func (s *stage) keep(content fyne.CanvasObject, size fyne.Size) (closeIt func()) {
	o := &overlay{closed: func() {}}
	s.put(o, kit.NewOverlay(s.desk, content, size, nil))
	return func() { s.closeOverlay(o) }
}

// put shows an overlay on top of all others.
func (s *stage) put(o *overlay, card *kit.Overlay) {
	c := s.window.Canvas()
	o.before, o.Overlay = c.Focused(), card
	s.overlays = append(s.overlays, o)
	c.Overlays().Add(o.Overlay)
	o.Resize(c.Size())
}

// closeOverlay closes an overlay and what lies on it, and gives the keyboard
// back to what had it.
func (s *stage) closeOverlay(o *overlay) {
	for i, x := range s.overlays {
		if x != o {
			continue
		}
		for _, above := range s.overlays[i:] {
			s.window.Canvas().Overlays().Remove(above.Overlay)
			above.closed()
		}
		s.overlays = s.overlays[:i]
		s.giveBack(o.before)
		return
	}
}

// giveBack gives the keyboard to what had it before an overlay. Where that is not
// drawn any more, the page's first pane gets it.
func (s *stage) giveBack(before fyne.Focusable) {
	switch {
	case before == nil:
	case len(s.overlays) == 0 && !slices.ContainsFunc(s.drawn(), func(o fyne.CanvasObject) bool { return kit.Holds(o, before) }):
		s.desk.Focus(nil)
		s.focusFirst(s.open())
	default:
		s.desk.Focus(before)
	}
}

// focusFirst puts the keyboard into the first pane of a page that is in sight.
func (s *stage) focusFirst(page ui.Page) {
	if p, ok := page.(ui.Paner); ok {
		for _, pane := range p.Panes() {
			if o, ok := pane.(fyne.CanvasObject); ok && o.Visible() {
				s.desk.Focus(pane)
				return
			}
		}
	}
}

// closeTop closes the overlay on top; false if there is none.
func (s *stage) closeTop() bool {
	switch {
	case s.files != nil:
		s.files()
	case len(s.overlays) > 0:
		s.closeOverlay(s.overlays[len(s.overlays)-1])
	default:
		return false
	}
	return true
}

// covers says whether something lies on top, so that the page below takes no keys.
func (s *stage) covers() bool { return len(s.overlays) > 0 || s.files != nil }
