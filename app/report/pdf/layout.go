package pdf

import (
	"strings"

	"daicho/app/report"
	"daicho/app/report/wrap"
)

// Sizes in points and lengths in mm that all blocks share.
const (
	bodySize  = 10.5
	noteSize  = 8
	footSize  = 8
	titleSize = 15

	leading = 1.45 // line height over size

	thick = 0.35 // frames
	thin  = 0.12 // rules inside

	headHeight = 9  // from the upper edge to the header
	footHeight = 10 // from the lower edge to the footer's baseline
	gap        = 3  // between blocks
)

// sheet is a page size with its margins in mm.
type sheet struct{ w, h, left, right, top, bottom float64 }

// layout puts blocks on pages, top down.
type layout struct {
	press    *Press
	faces    []*face // that it is set in
	doc      report.Document
	sheet    sheet
	pages    [][]mark
	y        float64 // where the next block begins on the last page
	census   report.Census
	counters [4]int // of headings
	outline  outline
}

func newLayout(p *Press, doc report.Document) *layout {
	l := &layout{press: p, faces: p.faces(doc), doc: doc, sheet: sheetOf(doc)}
	l.newPage()
	for _, s := range []struct{ text, place string }{{doc.Number, "文書番号"}, {doc.Handling, "取扱区分"}} {
		l.clean(s.text, s.place)
	}
	return l
}

func (l *layout) block(b report.Block) {
	switch b := b.(type) {
	case report.Title:
		l.title(b)
	case report.Letter:
		l.letter(b)
	case report.Approval:
		l.approval(b)
	case report.Sheet:
		l.form(b)
	case report.Table:
		l.table(b, l.clean)
	case report.Heading:
		l.heading(b)
	case report.Paragraph:
		l.paragraph(b)
	case report.Notes:
		l.notes(b)
	case report.Picture:
		l.picture(b)
	case report.PageBreak:
		l.newPage()
	}
}

func (l *layout) newPage() {
	l.pages = append(l.pages, nil)
	l.y = l.sheet.top
}

func (l *layout) put(marks ...mark) {
	last := len(l.pages) - 1
	l.pages[last] = append(l.pages[last], marks...)
}

// width returns the width between the margins, floor the lower end of a page.
func (l *layout) width() float64 { return l.sheet.w - l.sheet.left - l.sheet.right }
func (l *layout) floor() float64 { return l.sheet.h - l.sheet.bottom }

// need begins a new page unless h mm are left on this one, or it is empty.
func (l *layout) need(h float64) {
	if l.y+h > l.floor() && l.y > l.sheet.top {
		l.newPage()
	}
}

func (l *layout) regular(size float64) font { return font{l.press.regular, size} }

// prose is what the text of a letter is set in.
func (l *layout) prose(size float64) font {
	if l.doc.Mincho {
		return font{l.press.mincho, size}
	}
	return l.regular(size)
}

func (l *layout) bold(size float64) font { return font{l.press.bold, size} }

// cleaner makes a text printable; the place says where it stands.
type cleaner func(s, place string) string

// clean replaces what cannot be shown by 〓 and counts it.
func (l *layout) clean(s, place string) string {
	return replace(s, l.shows, func(r rune) { l.census.Add(r, place) })
}

// shows reports whether r can be printed as itself.
func (l *layout) shows(r rune) bool {
	for _, f := range l.faces {
		if !f.has(r) {
			return false
		}
	}
	return true
}

// plain does the same without counting, for texts that were counted before.
func (l *layout) plain(s string) string { return replace(s, l.shows, func(rune) {}) }

func (l *layout) plainAt(s, _ string) string { return l.plain(s) }

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "  ")

func replace(s string, shows func(rune) bool, missing func(rune)) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || shows(r) {
			return r
		}
		missing(r)
		return report.Geta
	}, lineEnds.Replace(s))
}

// oneLine puts a blank in the place of line feeds.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// lineHeight returns the height of a line in mm at a size in points.
func lineHeight(size float64) float64 { return size * mmPerPoint * leading }

// baseline returns where a line of a size stands in a band from y of height h, so
// that the middle of a kanji is in its middle: the em box reaches from 0.12 below
// the baseline to 0.88 above.
func baseline(y, h, size float64) float64 { return y + h/2 + 0.38*size*mmPerPoint }

// box returns the four edges of a rectangle.
func box(x, y, w, h, width float64) []mark {
	return []mark{
		rule{x, y, x + w, y, width, black}, rule{x, y + h, x + w, y + h, width, black},
		rule{x, y, x, y + h, width, black}, rule{x + w, y, x + w, y + h, width, black},
	}
}

// lines sets text in lines between x and x+w, page after page. shift places a
// line by the width it leaves over: 0 left, 0.5 centred, 1 right.
func (l *layout) lines(s string, f font, x, w, shift float64) {
	h := lineHeight(f.size)
	for _, line := range wrap.Lines(s, w, f.measure) {
		l.need(h)
		shown := strings.TrimRight(line, " 　")
		l.put(text{x + (w-f.width(shown))*shift, baseline(l.y, h, f.size), line, f, black})
		l.y += h
	}
}

// listMissing lists the characters that were not shown, on the last page if they
// fit it whole, else on pages of their own.
func (l *layout) listMissing(missing []report.Missing) {
	if len(missing) == 0 {
		return
	}
	list := report.MissingTable(missing)
	pages, marks, y := len(l.pages), len(l.pages[len(l.pages)-1]), l.y
	l.table(list, l.plainAt)
	if len(l.pages) == pages || y == l.sheet.top {
		return
	}
	l.pages = l.pages[:pages]
	l.pages[pages-1] = l.pages[pages-1][:marks]
	l.newPage()
	l.table(list, l.plainAt)
}
