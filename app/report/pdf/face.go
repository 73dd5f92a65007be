package pdf

import (
	"fmt"

	metrics "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// mmPerPoint is 25.4 mm over 72 points.
const mmPerPoint = 25.4 / 72

// face is one font with what the layout asks of it.
type face struct {
	name     string
	data     []byte
	advances [1 << 16]uint16 // in thousandths of the size, plus one; 0 where there is no glyph
}

func newFace(name string, data []byte) (*face, error) {
	f := &face{name: name, data: data}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("pdf: %s font: %w", name, err)
	}
	var buf sfnt.Buffer
	for r := rune(' '); r < 0xFFFF; r++ {
		if isControl(r) {
			continue
		}
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		advance, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(1000), metrics.HintingNone)
		if err != nil {
			return nil, fmt.Errorf("pdf: %s font: width of U+%04X: %w", name, r, err)
		}
		f.advances[r] = uint16(min(max(advance.Round(), 0), 0xFFFE)) + 1
	}
	return f, nil
}

// isControl reports whether r is a control character (C0, DEL, C1), which fonts
// may map to an empty glyph.
func isControl(r rune) bool { return r < ' ' || (r >= 0x7F && r < 0xA0) }

// has reports whether the font has a glyph that can be written for r.
func (f *face) has(r rune) bool { return r >= 0 && r < 0x10000 && f.advances[r] > 0 }

// width returns the width of r in mm at a size in points; 0 when there is none.
func (f *face) width(r rune, size float64) float64 {
	if !f.has(r) {
		return 0
	}
	return float64(f.advances[r]-1) / 1000 * size * mmPerPoint
}
