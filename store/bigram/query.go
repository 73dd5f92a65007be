package bigram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Query turns what a person types into the expression for MATCH. Words stand
// between spaces and must all be found; words between double quotes (" or ＂) must
// stand one after the other. Punctuation does not count. It is empty if nothing
// can be searched: then the caller shows everything or nothing, without MATCH.
func Query(words string) string {
	var found []string
	for _, w := range split(words) {
		if e := phrase(w); e != "" {
			found = append(found, e)
		}
	}
	return strings.Join(found, " ")
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

// phrase is the expression for one word. A last run of one character is the start
// of a token, for which FTS5 wants a star.
func phrase(word string) string {
	runs := strings.FieldsFunc(Fold(word), func(r rune) bool { return !kept(r) })
	if len(runs) == 0 {
		return ""
	}
	last := shorten(runs[len(runs)-1])
	runs[len(runs)-1] = last
	e := `"` + strings.Join(runs, " ") + `"`
	if utf8.RuneCountInString(last) == 1 {
		e += "*"
	}
	return e
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
