package pdf

import (
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pieces cuts the text of a page at its spaces and ends of lines. from is where
// each begins, in characters.
func pieces(text string, each func(piece string, from int, glued, broken bool)) {
	at, glued, broken := 0, false, false
	for len(text) > 0 {
		end := strings.IndexAny(text, " \r\n")
		if end < 0 {
			end = len(text)
		}
		if end > 0 {
			each(text[:end], at, glued, broken)
			at, glued, broken = at+utf8.RuneCountInString(text[:end]), false, false
		}
		if text = text[end:]; text != "" {
			glued, broken = glued || text[0] == ' ', broken || text[0] != ' '
			text, at = text[1:], at+1
		}
	}
}

// placed asks where each piece of the text stands: its first and its last
// character, for asking of every one takes eight times as long.
func (d *Document) placed(text references.FPDF_TEXTPAGE, all string, turns int) (runs []run) {
	pieces(all, func(piece string, from int, glued, broken bool) {
		r := run{text: piece, glued: glued, broken: broken}
		first, ok := d.box(text, from)
		if n := utf8.RuneCountInString(piece); ok && n > 1 {
			var last run
			if last, ok = d.box(text, from+n-1); ok {
				first = first.with(&last)
			}
		}
		if !ok { // it has no place of its own: it stands behind the one before
			if len(runs) > 0 {
				last := &runs[len(runs)-1]
				last.text += map[bool]string{true: " "}[glued || broken] + piece
				return
			}
		}
		r.left, r.bottom, r.right, r.top = first.turned(turns)
		runs = append(runs, r)
	})
	return runs
}

func (d *Document) box(text references.FPDF_TEXTPAGE, at int) (run, bool) {
	index, err := d.sandbox.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: text, NTextIndex: at})
	if err != nil {
		return run{}, false
	}
	b, err := d.sandbox.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: index.CharIndex})
	if err != nil {
		return run{}, false
	}
	return run{left: min(b.Rect.Left, b.Rect.Right), right: max(b.Rect.Left, b.Rect.Right),
		bottom: min(b.Rect.Bottom, b.Rect.Top), top: max(b.Rect.Bottom, b.Rect.Top)}, true
}

func (r *run) with(o *run) run {
	return run{left: min(r.left, o.left), bottom: min(r.bottom, o.bottom), right: max(r.right, o.right), top: max(r.top, o.top)}
}

// turned is the place on the page as it is read: turned to the right by quarters.
func (r *run) turned(quarters int) (left, bottom, right, top float32) {
	switch quarters {
	case 1:
		return r.bottom, -r.right, r.top, -r.left
	case 2:
		return -r.right, -r.top, -r.left, -r.bottom
	case 3:
		return -r.top, r.left, -r.bottom, r.right
	}
	return r.left, r.bottom, r.right, r.top
}
