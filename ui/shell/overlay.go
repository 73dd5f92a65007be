package shell

import (
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"daicho/app"
	"daicho/ui/kit"
)

// overlay is something on top of the whole window. It lies in Fyne's overlay
// stack, so that Tab stays inside it.
type overlay struct {
	widget.BaseWidget
	shell   *Shell
	back    *kit.Surface
	content fyne.CanvasObject
	size    fyne.Size // design pixels
	before  fyne.Focusable
	closed  func()
}

// Ask opens an overlay of a size in design pixels. Closing is up to the
// content; Esc closes it too.
func (s *Shell) Ask(content fyne.CanvasObject, size fyne.Size) (closeIt func()) {
	o := s.overlay(content, size, nil)
	return func() { s.closeOverlay(o) }
}

func (s *Shell) overlay(content fyne.CanvasObject, size fyne.Size, closed func()) *overlay {
	c := s.window.Canvas()
	o := &overlay{shell: s, content: content, size: size, before: c.Focused(), closed: closed}
	o.back = kit.NewSurface(s.desk.Look, o.paint)
	o.ExtendBaseWidget(o)
	s.overlays = append(s.overlays, o)
	c.Overlays().Add(o)
	o.Resize(c.Size())
	return o
}

// closeOverlay closes an overlay and what lies on it, and gives the keyboard
// back to what had it.
func (s *Shell) closeOverlay(o *overlay) {
	for i, x := range s.overlays {
		if x != o {
			continue
		}
		for _, above := range s.overlays[i:] {
			s.window.Canvas().Overlays().Remove(above)
			if above.closed != nil {
				above.closed()
			}
		}
		s.overlays = s.overlays[:i]
		if o.before != nil {
			s.window.Canvas().Focus(o.before)
		}
		return
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

func (o *overlay) paint(p *kit.Pen, w, h float32) {
	p.Rect(0, 0, w, h, p.Scrim)
	x, y, bw, bh := o.box(w, h)
	p.Box(x, y, bw, bh, p.Sheet, p.Edge, 8)
}

// box is where the content stands: in the middle, a little above it.
func (o *overlay) box(w, h float32) (x, y, bw, bh float32) {
	bw, bh = min(o.size.Width, w-48), min(o.size.Height, h-48)
	return (w - bw) / 2, max(24, (h-bh)/2-24), bw, bh
}

// Tapped keeps clicks from what lies below.
func (o *overlay) Tapped(*fyne.PointEvent) {}

// CreateRenderer is for Fyne.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer { return overlayRenderer{o} }

type overlayRenderer struct{ o *overlay }

func (r overlayRenderer) Destroy()           {}
func (r overlayRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }
func (r overlayRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.o.back, r.o.content}
}

func (r overlayRenderer) Layout(size fyne.Size) {
	f := r.o.shell.desk.Look.Factor()
	put(r.o.back, 0, 0, size.Width, size.Height)
	x, y, w, h := r.o.box(size.Width/f, size.Height/f)
	put(r.o.content, x*f, y*f, w*f, h*f)
}

func (r overlayRenderer) Refresh() {
	r.Layout(r.o.Size())
	r.o.back.Refresh()
	r.o.content.Refresh()
	canvas.Refresh(r.o)
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
	d.Resize(fyne.NewSize(760, 560))
	d.Show()
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
	d.Resize(fyne.NewSize(760, 560))
	d.Show()
}

// PickRecord lets the person choose a record of a kind; empty for any.
func (s *Shell) PickRecord(kind app.Kind, chosen func(app.Ref)) {
	newPalette(s, kind, chosen).open()
}
