package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Holds reports whether a widget is drawn inside another. The window lets a
// widget have the keyboard that is drawn no more, and what is typed is lost in it:
// who takes away what may have the keyboard asks this, and moves it.
func Holds(root fyne.CanvasObject, w fyne.Focusable) bool {
	if w == nil || root == nil || !root.Visible() {
		return false
	}
	if root == w.(fyne.CanvasObject) {
		return true
	}
	return slices.ContainsFunc(inside(root), func(o fyne.CanvasObject) bool { return Holds(o, w) })
}

// IsTyped reports whether a field inside a widget holds words.
func IsTyped(root fyne.CanvasObject) bool {
	if e, ok := root.(*Entry); ok {
		return e.Text != ""
	}
	return slices.ContainsFunc(inside(root), IsTyped)
}

// inside are the objects that a widget of ours has drawn.
func inside(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case interface{ drawn() []fyne.CanvasObject }:
		return o.drawn()
	case *Scroller:
		return []fyne.CanvasObject{o.content}
	case *fyne.Container:
		return o.Objects
	}
	return nil
}

func (s *Surface) drawn() []fyne.CanvasObject { return s.objs }
