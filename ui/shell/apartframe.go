package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daicho/ui/kit"
	"daicho/ui/theme"
)

// apartFrame lays out the window of a single record: the page, and below it the
// sentence that was said last.
type apartFrame struct {
	widget.BaseWidget
	apart    *apart
	saying   *kit.Surface
	sentence string
	tone     theme.Tone
}

func newApartFrame(a *apart) *apartFrame {
	f := &apartFrame{apart: a}
	f.saying = kit.NewSurface(a.desk.Look, func(p *kit.Pen, w, h float32) { paintSaying(p, w, h, f.tone, f.sentence) })
	f.ExtendBaseWidget(f)
	return f
}

// Cursor is asked for whenever the mouse moves, wherever in the window.
func (f *apartFrame) Cursor() desktop.Cursor {
	f.apart.desk.Touch()
	return desktop.DefaultCursor
}

func (f *apartFrame) say(tone theme.Tone, sentence string) {
	f.tone, f.sentence = tone, sentence
	f.Refresh()
}

// CreateRenderer is for Fyne.
func (f *apartFrame) CreateRenderer() fyne.WidgetRenderer { return apartRenderer{f} }

type apartRenderer struct{ f *apartFrame }

func (r apartRenderer) Destroy()           {}
func (r apartRenderer) MinSize() fyne.Size { return fyne.NewSize(480, 480) }
func (r apartRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.f.apart.page.View(), r.f.saying}
}

func (r apartRenderer) Layout(size fyne.Size) {
	high := float32(0)
	if r.f.sentence != "" {
		high = r.f.apart.desk.Look.Px(sayHeight)
	}
	put(r.f.apart.page.View(), 0, 0, size.Width, size.Height-high)
	put(r.f.saying, 0, size.Height-high, size.Width, high)
}

func (r apartRenderer) Refresh() {
	r.Layout(r.f.Size())
	r.f.apart.page.View().Refresh()
	r.f.saying.Refresh()
}
