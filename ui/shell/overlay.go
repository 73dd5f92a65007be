package shell

import (
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"daicho/app"
	"daicho/ui/kit"
)

// overlay is something on top of the whole window. It lies in Fyne's overlay
// stack, so that Tab stays inside it.
type overlay struct {
	*kit.Overlay
	before fyne.Focusable // what had the keyboard
	closed func()
}

// Ask opens an overlay of a size in design pixels. Closing is up to the
// content; Esc and a click beside it close it too.
func (s *Shell) Ask(content fyne.CanvasObject, size fyne.Size) (closeIt func()) {
	return s.overlay(content, size, func() {})
}

// overlay opens one; closed runs when it is gone.
func (s *Shell) overlay(content fyne.CanvasObject, size fyne.Size, closed func()) (closeIt func()) {
	o := &overlay{closed: closed}
	closeIt = func() { s.closeOverlay(o) }
	s.put(o, kit.NewOverlay(s.desk, content, size, closeIt))
	return closeIt
}

// keep opens an overlay that a click beside it does not close.
func (s *Shell) keep(content fyne.CanvasObject, size fyne.Size) (closeIt func()) {
	o := &overlay{closed: func() {}}
	s.put(o, kit.NewOverlay(s.desk, content, size, nil))
	return func() { s.closeOverlay(o) }
}

// put shows an overlay on top of all others.
func (s *Shell) put(o *overlay, card *kit.Overlay) {
	c := s.window.Canvas()
	o.before, o.Overlay = c.Focused(), card
	s.overlays = append(s.overlays, o)
	c.Overlays().Add(o.Overlay)
	o.Resize(c.Size())
}

// closeOverlay closes an overlay and what lies on it, and gives the keyboard
// back to what had it.
func (s *Shell) closeOverlay(o *overlay) {
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
func (s *Shell) giveBack(before fyne.Focusable) {
	switch page := s.pages[s.current]; {
	case before == nil:
	case len(s.overlays) == 0 && !kit.Holds(s.frame.nav, before) && !kit.Holds(page.View(), before):
		s.desk.Focus(nil)
		s.focusFirst(page)
	default:
		s.desk.Focus(before)
	}
}

// closeTop closes the overlay on top; false if there is none.
func (s *Shell) closeTop() bool {
	if len(s.overlays) == 0 {
		return false
	}
	s.closeOverlay(s.overlays[len(s.overlays)-1])
	return true
}

// PickFile lets the person choose a file to read.
func (s *Shell) PickFile(chosen func(name string, open func() (io.ReadCloser, error))) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil {
			s.Say(kit.Late, s.desk.Words.Error(err))
		}
		if err != nil || f == nil {
			return
		}
		chosen(f.URI().Name(), func() (io.ReadCloser, error) { return f, nil })
	}, s.window)
	s.showFiles(d)
}

// SaveFile lets the person choose where to put a file.
func (s *Shell) SaveFile(name string, chosen func(create func() (io.WriteCloser, error))) {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil {
			s.Say(kit.Late, s.desk.Words.Error(err))
		}
		if err != nil || f == nil {
			return
		}
		chosen(func() (io.WriteCloser, error) { return f, nil })
	}, s.window)
	d.SetFileName(name)
	s.showFiles(d)
}

// showFiles shows a dialog of Fyne's in which a person may write the name of a file.
func (s *Shell) showFiles(d *dialog.FileDialog) {
	d.Resize(fyne.NewSize(760, 560))
	d.SetOnClosed(func() { s.desk.Writes(false) })
	d.Show()
	s.desk.Writes(true)
}

// PickPath lets the person choose a folder of this machine, or where an ending
// is given a file with a name that ends so.
func (s *Shell) PickPath(ending string, chosen func(path string)) {
	took := func(uri fyne.URI, err error) {
		if err != nil {
			s.Say(kit.Late, s.desk.Words.Error(err))
			return
		}
		chosen(uri.Path())
	}
	if ending == "" {
		d := dialog.NewFolderOpen(func(f fyne.ListableURI, err error) {
			if err != nil || f != nil {
				took(f, err)
			}
		}, s.window)
		s.showFiles(d)
		return
	}
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f != nil {
			took(f.URI(), errors.Join(err, f.Close()))
		} else if err != nil {
			took(nil, err)
		}
	}, s.window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{ending}))
	s.showFiles(d)
}

// PickRecord lets the person choose a record of a kind; empty for any.
func (s *Shell) PickRecord(kind app.Kind, chosen func(app.Ref)) {
	newPalette(s, kind, chosen).open()
}
