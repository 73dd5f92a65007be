package theme

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
)

// Type scale in device-independent pixels, before the text factor. Nothing is
// smaller than Caption.
const (
	Caption = 11 // hints, sources, badges
	Label   = 12 // field labels, column heads, status bar
	Body    = 13 // everything read
	Subject = 14 // the subject of the open record
	Title   = 17 // the page's name
	Figure  = 22 // the one number of a card
)

// Files gives the look its fonts and icons: the file of that name, or nil.
type Files struct {
	Font func(name string) []byte // TrueType, a copy for the look to change
	Icon func(name string) []byte // SVG with currentColor, name without extension
}

// Factors are the text sizes offered, as parts of the normal one.
func Factors() []float32 { return []float32{1, 1.15, 1.3} }

// Look is everything that decides how the window is drawn. It is made once,
// belongs to the UI goroutine and may be changed while the window is open:
// after Set, make all pages anew.
type Look struct {
	tokens   Tokens
	dark     bool
	factor   float32
	fonts    [faces]fyne.Resource
	icon     func(string) []byte
	icons    map[string]fyne.Resource
	advances map[glyph]float32
}

// New makes the light look at normal size. It fails on a font that is missing
// or no TrueType font.
func New(files Files) (*Look, error) {
	fonts, err := loadFonts(files.Font)
	if err != nil {
		return nil, err
	}
	return (&Look{fonts: fonts, icon: files.Icon}).Fresh(), nil
}

// Fresh is a light look at normal size with the same fonts. Fyne keeps what it
// makes of a font for as long as the program runs: tests, which make many looks,
// share one set.
func (l *Look) Fresh() *Look {
	return &Look{
		tokens: Light(), factor: 1, fonts: l.fonts, icon: l.icon,
		icons: map[string]fyne.Resource{}, advances: map[glyph]float32{},
	}
}

// Set chooses the palette and the text factor (1, 1.15 or 1.3).
func (l *Look) Set(dark bool, factor float32) {
	l.dark, l.factor = dark, factor
	if l.tokens = Light(); dark {
		l.tokens = Dark()
	}
}

// Dark reports whether the dark palette is on.
func (l *Look) Dark() bool { return l.dark }

// Tokens are the colours of the moment: read them while drawing, never keep them.
func (l *Look) Tokens() *Tokens { return &l.tokens }

// Factor is the text factor.
func (l *Look) Factor() float32 { return l.factor }

// TextSize is a size of the type scale under the text factor, a whole pixel.
func (l *Look) TextSize(size float32) float32 { return round(size * l.factor) }

// Px is a length under the text factor on a whole pixel, never too small for
// the text it was measured for: a row of 24 becomes 28 and 32.
func (l *Look) Px(n float32) float32 { return float32(math.Ceil(float64(n*l.factor) - 1e-3)) }

func round(n float32) float32 { return float32(math.Round(float64(n))) }

// glyph is one rune at one size in one face: its width never changes.
type glyph struct {
	r    rune
	size float32
	face face
}

// Advance is the width of one rune in pixels. The fonts have no kerning, so
// the sum over a text is its width.
func (l *Look) Advance(r rune, size float32, s fyne.TextStyle) float32 {
	k := glyph{r, size, faceOf(s)}
	w, ok := l.advances[k]
	if !ok {
		w = fyne.MeasureText(string(r), size, s).Width
		l.advances[k] = w
	}
	return w
}

// Width is the width of a text in pixels.
func (l *Look) Width(s string, size float32, style fyne.TextStyle) (w float32) {
	for _, r := range s {
		w += l.Advance(r, size, style)
	}
	return w
}

// Icon is an icon in a colour. An unknown name gives a resource without
// drawing, and the test of the icons names it.
func (l *Look) Icon(name string, c color.NRGBA) fyne.Resource {
	key := fmt.Sprintf("%s-%02x%02x%02x.svg", name, c.R, c.G, c.B)
	r := l.icons[key]
	if r == nil {
		svg := strings.ReplaceAll(string(l.icon(name)), "currentColor", fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B))
		r = fyne.NewStaticResource(key, []byte(svg))
		l.icons[key] = r
	}
	return r
}
