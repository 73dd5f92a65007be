package theme

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// The start makes a window without a word in it while the fonts are read: under the
// race detector nothing that both touch may show.
func TestReadFontsBesideAWindow(t *testing.T) {
	l, err := New(Files{Font: func(name string) []byte { return file(t, name) }, Icon: func(string) []byte { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if before := fyne.CurrentApp(); before != nil {
		t.Cleanup(func() { fyne.SetCurrentApp(before) }) // of the other tests, with their theme
	}
	app := test.NewApp()
	app.Settings().SetTheme(l.Theme())
	read := make(chan struct{})
	go func() { defer close(read); ReadFonts() }()
	w := app.NewWindow("")
	w.SetContent(canvas.NewRectangle(l.Tokens().Ground))
	w.Resize(fyne.NewSize(640, 400))
	w.Show()
	<-read
	if got, want := fyne.MeasureText("台帳", Body, fyne.TextStyle{}).Width, l.Width("台帳", Body, fyne.TextStyle{}); got != want {
		t.Errorf("the window measures %v, the look %v", got, want)
	}
}
