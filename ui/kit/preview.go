package kit

import (
	"bytes"
	"image"
	_ "image/gif" // what browsers show
	_ "image/jpeg"
	_ "image/png"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/draw"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/text"
)

// What a preview shows at most: more makes a window slow, and is no preview.
const (
	previewLines  = 400
	previewRunes  = 20_000
	previewPixels = 64 << 20 // of a picture, before it is made smaller
	previewSide   = 1600     // of one that is shown
)

// Preview shows what is in a file: a picture, or its text. Where it has the keyboard the
// arrows, PgUp, PgDn, Home and End scroll it, and at its ends go to another page.
type Preview struct {
	Surface
	desk    *ui.Desk
	body    *Scroller
	turn    func(by int) // to another page; nil: there is none
	picture image.Image  // nil: text is shown
	text    string
	notes   []string
	lines   []string // of text, broken to wide
	wide    float32
}

// PictureOf reads a picture, made small enough for a screen; nil for what is none, or
// is larger than can be shown. It takes a while: call it off the UI goroutine.
func PictureOf(data []byte) image.Image {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > previewPixels/c.Height {
		return nil
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	part := min(1, float64(previewSide)/float64(max(c.Width, c.Height)))
	small := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(c.Width)*part)), max(1, int(float64(c.Height)*part))))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	return small
}

// NewPreview shows a picture, or a text where that is nil. why says why the text is
// not the whole; zero: it is.
func NewPreview(desk *ui.Desk, picture image.Image, content string, why app.Label) *Preview {
	v := &Preview{desk: desk, picture: picture}
	if picture == nil {
		v.take(content, why)
	}
	v.Extend(v, desk.Look, v.paintPreview)
	return v
}

// In says what scrolls the preview, and what turns to the page before (-1) or the one
// after (1); nil where there are no pages.
func (v *Preview) In(body *Scroller, turn func(by int)) { v.body, v.turn = body, turn }

// Put shows another picture, from its top, or from its foot.
func (v *Preview) Put(picture image.Image, foot bool) {
	v.picture = picture
	v.body.Refresh()
	end := v.HeightFor(v.body.Sight())
	if !foot {
		end = -end
	}
	v.body.Scroll(100 * end)
}

// TypedKey scrolls.
func (v *Preview) TypedKey(e *fyne.KeyEvent) {
	v.desk.Touch()
	switch e.Name {
	case fyne.KeyDown:
		v.scroll(2*previewLine, 1)
	case fyne.KeyUp:
		v.scroll(-2*previewLine, -1)
	case fyne.KeyPageDown, fyne.KeySpace:
		v.scroll(v.body.Sight()-2*previewLine, 1)
	case fyne.KeyPageUp:
		v.scroll(-v.body.Sight()+2*previewLine, -1)
	case fyne.KeyHome:
		v.body.Scroll(-v.size.Height)
	case fyne.KeyEnd:
		v.body.Scroll(v.size.Height)
	default:
		v.desk.Key(e)
	}
}

func (v *Preview) scroll(by float32, page int) {
	if !v.body.Scroll(by) && v.turn != nil {
		v.turn(page)
	}
}

// TypedShortcut gives commands to the window.
func (v *Preview) TypedShortcut(s fyne.Shortcut) { v.desk.Touch(); v.desk.Shortcut(s) }

// TypedRune is for Fyne; runes mean nothing here.
func (v *Preview) TypedRune(rune) { v.desk.Touch() }

// FocusGained is for Fyne.
func (v *Preview) FocusGained() {}

// FocusLost is for Fyne.
func (v *Preview) FocusLost() {}

func (v *Preview) take(content string, why app.Label) {
	words := v.desk.Words
	cut := false
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(content, "\t", "　")), "\n")
	if len(lines) > previewLines {
		lines, cut = lines[:previewLines], true
	}
	v.text = strings.Join(lines, "\n")
	if runes := []rune(v.text); len(runes) > previewRunes {
		v.text, cut = string(runes[:previewRunes]), true
	}
	switch {
	case v.text == "":
		v.notes = append(v.notes, words.T(text.PreviewNone))
	case cut:
		v.notes = append(v.notes, words.T(text.PreviewCut))
	}
	if why != (app.Label{}) {
		v.notes = append(v.notes, words.T(text.PreviewPart, words.Of(why)))
	}
}

// previewLine is the height of a line of text.
const previewLine = 20

// HeightFor is part of [Tall].
func (v *Preview) HeightFor(w float32) float32 {
	if v.picture != nil {
		size := v.picture.Bounds().Size()
		return min(w-36, float32(size.X))*float32(size.Y)/float32(size.X) + 24
	}
	p := NewPen(v.look)
	high := float32(len(v.broken(p, w)))*previewLine + 24
	for _, n := range v.notes {
		high += float32(len(p.Wrap(n, p.Sub(), w-36)))*previewLine + 4
	}
	return high
}

// broken is the text in lines of a width.
func (v *Preview) broken(p *Pen, w float32) []string {
	if v.text != "" && v.wide != w {
		v.lines, v.wide = p.Wrap(v.text, p.Body(), w-36), w
	}
	return v.lines
}

func (v *Preview) paintPreview(p *Pen, w, _ float32) {
	if v.picture != nil {
		m := canvas.NewImageFromImage(v.picture)
		m.FillMode = canvas.ImageFillContain
		size := v.picture.Bounds().Size()
		wide := min(w-36, float32(size.X))
		high := wide * float32(size.Y) / float32(size.X)
		p.Box((w-wide)/2-1, 11, wide+2, high+2, nil, p.Edge, 0)
		p.Add(m, (w-wide)/2, 12, wide, high)
		return
	}
	y := float32(8)
	for _, n := range v.notes {
		y = p.Para(18, y, w-36, previewLine, n, p.Sub()) + 4
	}
	for _, line := range v.broken(p, w) {
		p.Text(18, y, 0, previewLine, line, p.Body())
		y += previewLine
	}
}

// AccessibilityLabel is what is shown.
func (v *Preview) AccessibilityLabel() string { return strings.Join(append(v.notes, v.text), "\n") }

// AccessibilityRole is for screen readers.
func (v *Preview) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
