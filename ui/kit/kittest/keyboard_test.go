package kittest_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// A keyboard in a field that is not drawn any more must be seen.
func TestTheLostKeyboardIsSeen(t *testing.T) {
	d := kittest.Desk(t)
	field, there := kit.NewEntry(d), true
	page := kit.NewSurface(d.Look, func(p *kit.Pen, w, h float32) {
		if there {
			p.Add(field, 0, 0, w, h)
		}
	})
	win := kittest.Window(t, page, 200, 40)
	win.Canvas().Focus(field)
	if kittest.Lost(win) != nil {
		t.Error("the field is drawn")
	}
	there = false
	page.Refresh()
	if kittest.Lost(win) != fyne.Focusable(field) {
		t.Error("the field is not drawn, and nobody says so")
	}
	win.Canvas().Unfocus()
	if kittest.Lost(win) != nil {
		t.Error("nothing has the keyboard")
	}
}
