package kittest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"daicho/ui/kit"
)

// Buttons are the buttons in sight.
func Buttons(win fyne.Window) (all []*kit.Button) {
	for _, o := range test.LaidOutObjects(win.Content()) {
		if b, ok := o.(*kit.Button); ok {
			all = append(all, b)
		}
	}
	return all
}

// Stack lays widgets over each other, the last on top.
func Stack(objects ...fyne.CanvasObject) fyne.CanvasObject { return container.NewStack(objects...) }
