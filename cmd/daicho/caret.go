package main

import (
	"os"

	"fyne.io/fyne/v2"
)

// showCaret tells the input method where a person writes, so that it composes and
// offers its candidates there. A field without the keyboard says nothing.
func (d *desktopApp) showCaret(field fyne.CanvasObject, at fyne.Position) {
	for _, w := range d.fyne.Driver().AllWindows() {
		if c := w.Canvas(); any(c.Focused()) == any(field) {
			x, y := c.PixelCoordinateForPosition(d.fyne.Driver().AbsolutePositionForObject(field).Add(at))
			tellCaret(w, x, y)
		}
	}
}

// platform names the variable by which Fyne lets a person choose X11 or Wayland.
const platform = "FYNE_PLATFORM"

// preferX11 chooses X11 where a session offers it beside Wayland, and nobody chose:
// what draws the window knows no input method on Wayland.
func preferX11() error {
	if os.Getenv("DISPLAY") == "" || os.Getenv(platform) != "" {
		return nil
	}
	return os.Setenv(platform, "x11")
}
