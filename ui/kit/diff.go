package kit

import (
	"unicode"

	"daicho/app"
)

// maxMarked bounds the work of telling two texts apart: pieces of one times
// pieces of the other. Longer ones are shown without marks.
const maxMarked = 1_000_000

// differences tells for each rune of two texts whether the other text does
// without it.
func differences(a, b string) (ofA, ofB []bool) {
	x, y := pieces(a), pieces(b)
	if len(x)*len(y) > maxMarked {
		return nil, nil
	}
	to := app.Match(x, y)
	inY := make([]bool, len(y))
	for i, j := range to {
		if j >= 0 && alone(to, i) { // one rune between two differences says nothing
			to[i], j = -1, -1
		}
		if j >= 0 {
			inY[j] = true
		}
	}
	for i, piece := range x {
		ofA = mark(ofA, piece, to[i] < 0)
	}
	for j, piece := range y {
		ofB = mark(ofB, piece, !inY[j])
	}
	return ofA, ofB
}

// alone says whether a piece that both texts have stands between two that they
// do not share.
func alone(to []int, i int) bool {
	return i > 0 && i < len(to)-1 && to[i-1] < 0 && (to[i+1] < 0 || to[i+1] != to[i]+1)
}

func mark(to []bool, piece string, differs bool) []bool {
	for range piece { // runes
		to = append(to, differs)
	}
	return to
}

// pieces are the words of Latin text and numbers, and every other rune alone.
func pieces(s string) (out []string) {
	word := false
	for _, r := range s {
		joins := r < unicode.MaxLatin1 && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if joins && word {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		word = joins
	}
	return out
}

// Marked is Para that underlines the runes for which differs is true, so that
// they are seen without colour too.
func (p *Pen) Marked(x, y, w, lh float32, s string, st Style, differs []bool) float32 {
	runes, at := []rune(s), 0
	for _, l := range p.Wrap(s, st, w) {
		line := []rune(l)
		if at+len(line) <= len(differs) {
			p.underline(x, y+lh-3, line, differs[at:at+len(line)], st)
		}
		p.Text(x, y, 0, lh, l, st)
		y += lh
		if at += len(line); at < len(runes) && runes[at] == '\n' {
			at++
		}
	}
	return y
}

// underline draws a line under each run of runes that differ.
func (p *Pen) underline(x, y float32, line []rune, differs []bool, st Style) {
	for i := 0; i < len(line); i++ {
		if !differs[i] {
			continue
		}
		from := i
		for i < len(line) && differs[i] {
			i++
		}
		left := p.Width(string(line[:from]), st)
		p.Rect(x+left, y, p.Width(string(line[:i]), st)-left, 2, p.Unsure)
	}
}
