package shell

import (
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"daicho/ui/kit"
	"daicho/ui/text"
)

// PickFile lets the person choose a file to read.
func (s *stage) PickFile(chosen func(name string, open func() (io.ReadCloser, error))) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil {
			s.tell(kit.Late, s.desk.Words.Error(err))
		}
		if err != nil || f == nil {
			return
		}
		chosen(f.URI().Name(), func() (io.ReadCloser, error) { return f, nil })
	}, s.window)
	s.showFiles(d, text.ChooseFile, text.OpenVerb)
}

// SaveFile lets the person choose where to put a file.
func (s *stage) SaveFile(name string, chosen func(create func() (io.WriteCloser, error))) {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil {
			s.tell(kit.Late, s.desk.Words.Error(err))
		}
		if err != nil || f == nil {
			return
		}
		chosen(func() (io.WriteCloser, error) { return f, nil })
	}, s.window)
	d.SetFileName(name)
	s.showFiles(d, text.ChoosePlace, text.SaveFile)
}

// showFiles shows a dialog of Fyne's in which a person may write the name of a file.
func (s *stage) showFiles(d *dialog.FileDialog, title, confirm text.Key) {
	words, room := s.desk.Words, s.window.Canvas().Size()
	d.SetTitleText(words.T(title))
	d.SetConfirmText(words.T(confirm))
	d.SetDismissText(words.T(text.Leave))
	d.Show()
	d.Resize(fyne.NewSize(min(760, room.Width-48), min(560, room.Height-48))) // not before: Fyne 2.8.0 has nothing to resize then, and ends the program
	top := s.window.Canvas().Overlays().Top()
	nameFolders(top, words)
	top.Refresh() // into the middle
	s.files = d.Hide
	d.SetOnClosed(func() { s.files = nil; s.desk.Writes(false) })
	s.desk.Writes(true)
}

// PickPath lets the person choose a folder of this machine, or where an ending
// is given a file with a name that ends so: * is any.
func (s *stage) PickPath(ending string, chosen func(path string)) {
	took := func(uri fyne.URI, err error) {
		if err != nil {
			s.tell(kit.Late, s.desk.Words.Error(err))
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
		s.showFiles(d, text.ChooseFolder, text.SelectVerb)
		return
	}
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f != nil {
			took(f.URI(), errors.Join(err, f.Close()))
		} else if err != nil {
			took(nil, err)
		}
	}, s.window)
	if ending != "*" {
		d.SetFilter(storage.NewExtensionFileFilter([]string{ending}))
	}
	s.showFiles(d, text.ChooseFile, text.SelectVerb)
}
