package kittest

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Words is every text that the window shows, also what is typed into fields,
// a line each.
func Words(win fyne.Window) string {
	var b strings.Builder
	for _, root := range append([]fyne.CanvasObject{win.Content()}, win.Canvas().Overlays().List()...) {
		words(&b, root)
	}
	return b.String()
}

func words(b *strings.Builder, o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		b.WriteString(o.Text + "\n")
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	case *fyne.Container:
		inside = o.Objects
	}
	for _, c := range inside {
		words(b, c)
	}
}

// Typed is what is typed into a field; empty for what is none.
func Typed(f fyne.Focusable) string {
	w, ok := f.(fyne.Widget)
	if !ok {
		return ""
	}
	for _, o := range test.LaidOutObjects(w) {
		if g, ok := o.(interface{ String() string }); ok && o.Visible() {
			return g.String()
		}
	}
	return ""
}
