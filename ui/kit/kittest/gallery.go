package kittest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/ui"
)

// Gallery shows a widget in both palettes, both languages and all text sizes,
// w by h design pixels large: everywhere it must hold every word whole and say
// to a screen reader what takes the keyboard. The first of them is held against the markup testdata/NAME.xml. DAICHO_SHOTS
// keeps a picture of each.
func Gallery(t *testing.T, name string, w, h float32, make func(*ui.Desk) fyne.CanvasObject) {
	t.Helper()
	d := Desk(t)
	for i, v := range []Variant{
		{Lang: app.JA, Factor: 1}, {Lang: app.EN, Factor: 1}, {Lang: app.JA, Factor: 1, Dark: true},
		{Lang: app.JA, Factor: 1.15}, {Lang: app.JA, Factor: 1.3}, {Lang: app.EN, Factor: 1.3, Dark: true},
	} {
		look := fmt.Sprintf("%s-%v", v.Lang, v.Factor*100)
		if v.Dark {
			look += "-dark"
		}
		t.Run(look, func(t *testing.T) {
			v.Set(d)
			win := Window(t, make(d), w*v.Factor, h*v.Factor)
			Whole(t, win)
			Spoken(t, win)
			Shot(t, win, "kit-"+name+"-"+look)
			if i == 0 {
				test.AssertRendersToMarkup(t, name+".xml", win.Canvas())
			}
		})
	}
}
