package kit

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"daicho/ui"
	"daicho/ui/text"
)

// SignatureHigh is how high a signature pad is, in design pixels.
const SignatureHigh = 150

// Signature is a field on which a person signs, with a finger, a pen or the mouse.
// Who cannot do that says so elsewhere on the card: the keyboard does nothing here but
// to take the signature away.
type Signature struct {
	Surface
	desk    *ui.Desk
	strokes [][]fyne.Position // design pixels, each without a break
	down    bool
	clear   *Button
}

// NewSignature is an empty field.
func NewSignature(desk *ui.Desk) *Signature {
	s := &Signature{desk: desk}
	s.clear = NewButton(desk, Linked, desk.Words.T(text.SignAgain), noKey, s.Clear)
	s.Extend(s, desk.Look, s.paintSignature)
	return s
}

// HeightFor is part of [Tall].
func (s *Signature) HeightFor(float32) float32 { return SignatureHigh }

// IsEmpty says whether nobody has signed.
func (s *Signature) IsEmpty() bool { return len(s.strokes) == 0 }

// Clear takes the signature away.
func (s *Signature) Clear() {
	s.strokes, s.down = nil, false
	s.Refresh()
}

func (s *Signature) paintSignature(p *Pen, w, h float32) {
	p.Box(18, 0, w-36, h-30, p.Ground, p.Edge, 4)
	p.H(34, h-58, w-68)
	if s.IsEmpty() {
		p.Text(18, h-56, w-36, 22, s.desk.Words.T(text.SignHere), p.Caption().C())
	} else {
		p.Place(w-18, h-28, s.clear)
	}
	for _, stroke := range s.strokes {
		for i := 1; i < len(stroke); i++ {
			p.Stroke(stroke[i-1].X, stroke[i-1].Y, stroke[i].X, stroke[i].Y, p.Ink, inkWidth)
		}
		if len(stroke) == 1 {
			p.Circle(stroke[0].X-inkWidth/2, stroke[0].Y-inkWidth/2, inkWidth, p.Ink, p.Ink, 0)
		}
	}
}

// inkWidth is that of a line, in design pixels.
const inkWidth = 2

// at is a place on the field: what is drawn beyond its edge stays on the edge.
func (s *Signature) at(e fyne.Position) fyne.Position {
	f := s.look.Factor()
	w, h := s.size.Width/f, s.size.Height/f
	return fyne.NewPos(min(max(e.X/f, 20), w-20), min(max(e.Y/f, 2), h-32))
}

// MouseDown begins a stroke.
func (s *Signature) MouseDown(e *desktop.MouseEvent) {
	s.desk.Touch()
	s.begin(e.Position)
}

// MouseUp ends it.
func (s *Signature) MouseUp(*desktop.MouseEvent) { s.DragEnd() }

func (s *Signature) begin(at fyne.Position) {
	s.strokes, s.down = append(s.strokes, []fyne.Position{s.at(at)}), true
	s.Refresh()
}

// Dragged goes on with the stroke; where no button was pressed before, as with a
// finger, it begins one.
func (s *Signature) Dragged(e *fyne.DragEvent) {
	s.desk.Touch()
	if !s.down {
		s.begin(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	}
	last := &s.strokes[len(s.strokes)-1]
	*last = append(*last, s.at(e.Position))
	s.Refresh()
}

// DragEnd ends it.
func (s *Signature) DragEnd() { s.down = false }

// AccessibilityLabel says what the field is, and whether somebody has signed.
func (s *Signature) AccessibilityLabel() string {
	if s.IsEmpty() {
		return s.desk.Words.T(text.SignHere)
	}
	return s.desk.Words.T(text.Signed)
}

// AccessibilityRole is for screen readers.
func (s *Signature) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// scale is how many pixels of the picture a design pixel has: enough for print.
const scale = 3

// PNG is the signature as a picture: black on white, no larger than what was drawn
// with a margin, so that it says nothing of the screen it was made on.
func (s *Signature) PNG() ([]byte, error) {
	box := s.bounds()
	m := image.NewGray(image.Rect(0, 0, int(box.Width)*scale, int(box.Height)*scale))
	for i := range m.Pix {
		m.Pix[i] = 0xFF
	}
	low := s.low()
	for _, stroke := range s.strokes {
		from := stroke[0]
		for _, to := range stroke {
			line(m, from.Subtract(low), to.Subtract(low))
			from = to
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, m)
	return out.Bytes(), err
}

// margin is around what was drawn, in design pixels.
const margin = 8

// low is the corner of the picture.
func (s *Signature) low() fyne.Position {
	low := s.strokes[0][0]
	for _, stroke := range s.strokes {
		for _, at := range stroke {
			low = fyne.NewPos(min(low.X, at.X), min(low.Y, at.Y))
		}
	}
	return low.SubtractXY(margin, margin)
}

func (s *Signature) bounds() fyne.Size {
	low, high := s.low(), fyne.Position{}
	for _, stroke := range s.strokes {
		for _, at := range stroke {
			high = fyne.NewPos(max(high.X, at.X), max(high.Y, at.Y))
		}
	}
	return fyne.NewSize(high.X-low.X+margin, high.Y-low.Y+margin)
}

// line draws a line with round ends.
func line(m *image.Gray, from, to fyne.Position) {
	long := math.Hypot(float64(to.X-from.X), float64(to.Y-from.Y)) * scale
	for n := 0.0; n <= long; n++ {
		part := float32(0)
		if long > 0 {
			part = float32(n / long)
		}
		dot(m, float64(from.X+(to.X-from.X)*part)*scale, float64(from.Y+(to.Y-from.Y)*part)*scale)
	}
	dot(m, float64(to.X)*scale, float64(to.Y)*scale)
}

// dot is one touch of the pen.
func dot(m *image.Gray, x, y float64) {
	const r = inkWidth * scale / 2.0
	for dy := -r; dy <= r; dy++ {
		for dx := -r; dx <= r; dx++ {
			if dx*dx+dy*dy <= r*r {
				m.SetGray(int(x+dx), int(y+dy), color.Gray{})
			}
		}
	}
}

var (
	_ fyne.Draggable    = (*Signature)(nil)
	_ desktop.Mouseable = (*Signature)(nil)
)
