package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"daicho/ui/theme"
)

// fit shortens s with an ellipsis to w pixels, from cached widths of runes.
func fit(look *theme.Look, s string, size float32, style fyne.TextStyle, w float32) string {
	dots := look.Advance('…', size, style)
	x, cut := float32(0), 0
	for i, r := range s {
		if x+dots <= w {
			cut = i
		}
		x += look.Advance(r, size, style)
		if x > w+0.5 {
			return s[:cut] + "…"
		}
	}
	return s
}

// Marks that may not begin a line, and those that may not end one (JIS X 4051,
// the common part).
const (
	noStart = "、。，．」）』】〕〉》・ーッャュョァィゥェォっゃゅょぁぃぅぇぉ！？：；…々”’"
	noEnd   = "“‘「（『【〔〈《"
)

// words splits into the pieces that a line may not break: Latin words and numbers,
// words in katakana, and hiragana or kanji with the closing marks that follow them
// or the opening ones before. Blanks belong to the word before them.
func words(s string) []string {
	var out []string
	var last rune
	for _, r := range s {
		joins := latin(r) && latin(last) || katakana(r) && katakana(last) || last != 0 && unicode.IsSpace(r) || strings.ContainsRune(noStart, r) || last != 0 && strings.ContainsRune(noEnd, last)
		if len(out) > 0 && joins {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		last = r
	}
	return out
}

func katakana(r rune) bool { return unicode.Is(unicode.Katakana, r) || r == 'ー' }

func latin(r rune) bool { return r < 0x250 && !unicode.IsSpace(r) && r != 0 }

// Wrap breaks Japanese and Latin text into lines of w. No rune is lost but the
// line breaks themselves. A word longer than a line is broken where it must be.
func (p *Pen) Wrap(s string, st Style, w float32) (lines []string) {
	for _, para := range strings.Split(s, "\n") {
		lines = append(lines, p.wrapLine(para, st, w*p.f)...)
	}
	return lines
}

func (p *Pen) wrapLine(s string, st Style, w float32) (lines []string) {
	size := p.look.TextSize(st.Size)
	line, x := "", float32(0)
	put := func(piece string) {
		a := p.look.Width(piece, size, st.text())
		seen := p.look.Width(strings.TrimRightFunc(piece, unicode.IsSpace), size, st.text()) // blanks may hang over
		if x+seen > w && line != "" {
			lines, line, x = append(lines, line), "", 0
		}
		line, x = line+piece, x+a
	}
	for _, word := range words(s) {
		if p.look.Width(word, size, st.text()) <= w {
			put(word)
			continue
		}
		for _, r := range word {
			put(string(r))
		}
	}
	return append(lines, line)
}

func joined(lines []string) string { return strings.Join(lines, "") }
