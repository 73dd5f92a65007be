package bigram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is what must stand together in a text: folded runs of characters, of which
// only the first may begin and only the last may end within a run of the text.
// What stands between two runs, be it a hyphen, a comma or a space, does not matter.
type Word []string

// Words reads what a person types. Words stand between spaces; what stands between
// double quotes (" or ＂) is one word, spaces and all. Punctuation does not count,
// and nor does a long vowel mark at the end of a word of three sounds and more.
func Words(search string) []Word {
	var words []Word
	for _, w := range split(search) {
		if runs := runsOf(w); len(runs) > 0 {
			runs[len(runs)-1] = shorten(runs[len(runs)-1])
			words = append(words, runs)
		}
	}
	return words
}

// Query is the expression for MATCH that finds the texts which hold all [Words] of
// a search. It is empty if nothing can be searched: then the caller shows
// everything or nothing, without MATCH.
func Query(search string) string {
	var found []string
	for _, w := range Words(search) {
		found = append(found, w.phrase())
	}
	return strings.Join(found, " ")
}

// leastNumber is how many digits make a number that few texts hold.
const leastNumber = 3

// Number is the expression for the longest number of a search alone, which all texts
// hold that [Query] finds, and few others: what stands around it, such as 第…号, stands
// in every text of its kind. It is empty where there is none, or nothing else.
func Number(search string) string {
	longest, all := "", 0
	for _, w := range Words(search) {
		for _, run := range w {
			all += len(run)
			for _, digits := range strings.FieldsFunc(run, func(r rune) bool { return r < '0' || r > '9' }) {
				if len(digits) > len(longest) {
					longest = digits
				}
			}
		}
	}
	if len(longest) < leastNumber || len(longest) == all {
		return ""
	}
	return Word{longest}.phrase()
}

// In reports whether a text holds the word. What a MATCH finds are the texts of
// which this is true for each word.
func (w Word) In(text string) bool {
	return strings.Contains(strings.Join(runsOf(text), " "), strings.Join(w, " "))
}

// phrase is the expression for one word. A last run of one character is the start
// of a token, for which FTS5 wants a star.
func (w Word) phrase() string {
	e := `"` + strings.Join(w, " ") + `"`
	if utf8.RuneCountInString(w[len(w)-1]) == 1 {
		e += "*"
	}
	return e
}

// runsOf folds a text and leaves out what only divides runs.
func runsOf(text string) []string {
	return strings.FieldsFunc(Fold(text), func(r rune) bool { return !kept(r) })
}

// split cuts words at spaces outside double quotes.
func split(words string) []string {
	quoted := false
	return strings.FieldsFunc(words, func(r rune) bool {
		if r == '"' || r == '＂' || r == '“' || r == '”' {
			quoted = !quoted
			return true
		}
		return !quoted && unicode.IsSpace(r)
	})
}

// shorten leaves out the long vowel mark at the end of a long word, so that サーバー
// finds サーバ, too, as JIS Z 8301:2008 (G.6.2.2) writes words of three sounds and
// more. The other way needs no help: サーバ is part of サーバー.
func shorten(run string) string {
	rs := []rune(run)
	n := len(rs)
	if n < 4 || rs[n-1] != 'ー' || !isKana(rs[n-2]) || !isKana(rs[n-3]) || !isKana(rs[n-4]) {
		return run
	}
	return string(rs[:n-1])
}
