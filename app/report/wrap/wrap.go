// Package wrap breaks Japanese text into lines that fit a width, by the rules of
// Japanese typesetting (行頭・行末禁則 and 分離禁止 of JIS X 4051, simplified to pushing
// characters to the next line), and never loses a character.
//
// Use it for every text of a printed form. It does not hyphenate, justify or
// shape, and it knows no right-to-left script: the screen has its own text.
package wrap

import "strings"

// Lines returns the lines of text, none wider than width by the sum of measure
// over its runes, blanks at a line's end not counted. Line feeds end a line and
// are the only runes left out: joined without them, the lines are the text.
// An empty text is one empty line.
//
// The rules yield in one case: a word wider than the width is broken, behind one
// of its signs if it has any. A line keeps at least one rune, however narrow
// the width.
func Lines(text string, width float64, measure func(rune) float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, breakParagraph([]rune(paragraph), width, measure)...)
	}
	return lines
}

func breakParagraph(text []rune, width float64, measure func(rune) float64) []string {
	var lines []string
	for {
		n := lineLength(text, width, measure)
		lines = append(lines, string(text[:n]))
		if text = text[n:]; len(text) == 0 {
			return lines
		}
	}
}

// lineLength returns how many runes of text go on its first line, blanks that
// follow them included.
func lineLength(text []rune, width float64, measure func(rune) float64) int {
	fit := fitting(text, width, measure)
	if fit == len(text) {
		return fit
	}
	for n := withBlanks(text, fit); n > 0; n-- {
		if mayBreak(text, n) {
			return n
		}
	}
	return withBlanks(text, emergency(text, fit))
}

// fitting returns how many runes fit the width; blanks at the end of the line
// hang over it. It is at least one where there is one.
func fitting(text []rune, width float64, measure func(rune) float64) int {
	const rounding = 1e-9 // so that a text fits a width that was summed from its runes
	used := 0.0
	for i, r := range text {
		used += measure(r)
		if used > width+rounding && !isBlank(r) && i > 0 {
			return i
		}
	}
	return len(text)
}

// withBlanks moves a break behind the blanks that follow it.
func withBlanks(text []rune, n int) int {
	for n < len(text) && isBlank(text[n]) {
		n++
	}
	return n
}

// emergency returns where to break a word that is wider than the line: behind
// the last of its signs that fits, else where no rule of line ends is hurt, else
// where the line is full.
func emergency(text []rune, fit int) int {
	for n := fit; n > 0; n-- {
		if isJoint(text[n-1]) && isWord(text[n]) {
			return n
		}
	}
	for n := fit; n > 0; n-- {
		if !noStart(text[n]) && !noEnd(text[n-1]) && !combines(text[n]) {
			return n
		}
	}
	return fit
}
