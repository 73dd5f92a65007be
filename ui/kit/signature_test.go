package kit_test

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

func pointAt(x, y float32) fyne.PointEvent { return fyne.PointEvent{Position: fyne.NewPos(x, y)} }

// TestSignaturePicture: as large as what was drawn, black where the pen went, white
// elsewhere; a tap is a dot, and a finger needs no button.
func TestSignaturePicture(t *testing.T) {
	s := kit.NewSignature(kittest.Desk(t))
	kittest.Window(t, s, 420, 150)
	s.MouseDown(&desktop.MouseEvent{PointEvent: pointAt(100, 50)})
	s.Dragged(&fyne.DragEvent{PointEvent: pointAt(200, 50)})
	s.MouseUp(nil)
	s.MouseDown(&desktop.MouseEvent{PointEvent: pointAt(220, 70)}) // a dot
	s.MouseUp(nil)
	s.Dragged(&fyne.DragEvent{PointEvent: pointAt(250, 60), Dragged: fyne.NewDelta(5, 0)}) // a finger
	s.DragEnd()
	data, err := s.PNG()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil || m.Bounds().Dx() != 3*(150+16) || m.Bounds().Dy() != 3*(20+16) {
		t.Fatalf("%v, %v", m.Bounds(), err)
	}
	for _, c := range []struct {
		x, y  int
		black bool
	}{{3 * (50 + 8), 3 * 8, true}, {3 * (120 + 8), 3 * (20 + 8), true}, {3 * (147 + 8), 3 * (10 + 8), true}, {3 * (50 + 8), 3 * (20 + 8), false}, {1, 1, false}} {
		if got := color.GrayModel.Convert(m.At(c.x, c.y)).(color.Gray).Y < 128; got != c.black {
			t.Errorf("at %d,%d: black is %t", c.x, c.y, got)
		}
	}
	s.Clear()
	if !s.IsEmpty() {
		t.Error("it is still there")
	}
}

func TestSignatureGallery(t *testing.T) {
	kittest.Gallery(t, "signature", 420, 150, func(d *ui.Desk) fyne.CanvasObject { return kit.NewSignature(d) })
}
