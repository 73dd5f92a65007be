//go:build cured && linux

package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// cured is whether packaging/glfw.diff is in this program.
const cured = true

// tellCaret tells the input method of a window where its caret is, in pixels.
func tellCaret(w fyne.Window, x, y int) {
	w.(driver.NativeWindow).RunNative(func(native any) {
		if on, ok := native.(driver.X11WindowContext); ok && on.WindowHandle != 0 {
			glfw.SetX11Caret(on.WindowHandle, x, y)
		}
	})
}

// tellWriting gives the keys to the input method, or to the windows alone.
func tellWriting(yes bool) { glfw.SetX11TextInput(yes) }
