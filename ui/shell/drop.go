package shell

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// dropped gives the page in sight what a person let fall onto a window. Behind a lock and
// behind a card nobody takes it.
func (s *stage) dropped(locked bool, at fyne.Position, uris []fyne.URI) {
	s.desk.Touch()
	if locked || len(s.overlays) > 0 || len(uris) == 0 {
		return
	}
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	page, ok := s.open().(ui.Dropper)
	if !ok || len(paths) == 0 || !page.Drop(at, paths) {
		s.tell(theme.Warn, s.desk.Words.T(text.BringNowhere))
	}
}
