package pdf

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// ink is a colour of print.
type ink struct{ r, g, b int }

var (
	black = ink{0, 0, 0}
	seal  = ink{0xB3, 0x26, 0x1E} // vermilion of stamps
	shade = ink{0xEC, 0xEE, 0xEC} // ground of heads and labels, light enough for a fax
)

// mark is one thing drawn on a page. Lengths are in mm from the top left corner.
type mark interface{ draw(f *gofpdf.Fpdf) }

// font is a face at a size in points.
type font struct {
	face *face
	size float64
}

func (f font) width(s string) float64 {
	sum := 0.0
	for _, r := range s {
		sum += f.face.width(r, f.size)
	}
	return sum
}

// within returns the font so small that s fits the width, but never smaller than
// can be printed.
func (f font) within(s string, width float64) font {
	const smallest = 3.5 // points
	if w := f.width(s); w > width {
		f.size = max(f.size*width/w, smallest)
	}
	return f
}

func (f font) measure(r rune) float64 { return f.face.width(r, f.size) }

// text is one line of text from x on its baseline y.
type text struct {
	x, y float64
	s    string
	font font
	ink  ink
}

func (t text) draw(f *gofpdf.Fpdf) {
	f.SetFont(t.font.face.name, "", t.font.size)
	f.SetTextColor(t.ink.r, t.ink.g, t.ink.b)
	x := t.x
	for _, span := range spans(t.s) {
		if span.blank {
			f.RawWriteStr(actualText(span.s))
		}
		f.Text(x, t.y, span.s)
		if span.blank {
			f.RawWriteStr("EMC")
		}
		x += t.font.width(span.s)
	}
}

// span is a part of a line that is written at once.
type span struct {
	s     string
	blank bool // holds a blank that extraction would turn into a plain space
}

// spans cuts a line so that each run of wide or no-break blanks stands in a span
// with a neighbour. Programs that extract text take a lone blank for a gap
// between words and write U+0020; with its text given beside its neighbour
// (ActualText, ISO 32000-1, 14.9.4) it comes out as it is.
func spans(s string) []span {
	if !strings.ContainsFunc(s, isOddBlank) {
		return []span{{s: s}}
	}
	var out []span
	rest := []rune(s)
	for len(rest) > 0 {
		from := oddBlank(rest)
		to := from
		for to < len(rest) && isOddBlank(rest[to]) {
			to++
		}
		if from == 0 && to < len(rest) {
			to++
		}
		if from = max(from-1, 0); from > 0 {
			out = append(out, span{s: string(rest[:from])})
		}
		if to > from {
			out = append(out, span{s: string(rest[from:to]), blank: hasOddBlank(rest[from:to])})
		}
		rest = rest[to:]
	}
	return out
}

func isOddBlank(r rune) bool { return r == '\u3000' || r == '\u00a0' }

func hasOddBlank(text []rune) bool { return oddBlank(text) < len(text) }

// oddBlank returns where the first such blank stands, or the length.
func oddBlank(text []rune) int {
	for i, r := range text {
		if isOddBlank(r) {
			return i
		}
	}
	return len(text)
}

// actualText returns the operator that opens a span with its text.
func actualText(s string) string {
	var b strings.Builder
	b.WriteString("/Span <</ActualText <FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteString(">>> BDC")
	return b.String()
}

// rule is a line of a width in mm.
type rule struct {
	x1, y1, x2, y2 float64
	width          float64
	ink            ink
}

func (r rule) draw(f *gofpdf.Fpdf) {
	f.SetDrawColor(r.ink.r, r.ink.g, r.ink.b)
	f.SetLineWidth(r.width)
	f.Line(r.x1, r.y1, r.x2, r.y2)
}

// ground is a filled rectangle.
type ground struct{ x, y, w, h float64 }

func (g ground) draw(f *gofpdf.Fpdf) {
	f.SetFillColor(shade.r, shade.g, shade.b)
	f.Rect(g.x, g.y, g.w, g.h, "F")
}

// ring is the circle of a stamp.
type ring struct{ x, y, radius float64 }

func (r ring) draw(f *gofpdf.Fpdf) {
	f.SetDrawColor(seal.r, seal.g, seal.b)
	f.SetLineWidth(0.3)
	f.Circle(r.x, r.y, r.radius, "D")
}

// bookmark is an entry of the outline at a height of the page.
type bookmark struct {
	s     string
	level int // 0 at the top
	y     float64
}

func (b bookmark) draw(f *gofpdf.Fpdf) { f.Bookmark(oneLine(b.s), b.level, b.y) }
