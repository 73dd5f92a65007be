package store

import (
	"strings"
	"unicode/utf8"

	"daicho/store/bigram"
)

// snippetRunes is about how long a snippet is.
const snippetRunes = 60

// snippet is the first line of a text that holds most of the words, cut to the
// part around one of them if it is long.
func snippet(text string, words []bigram.Word) string {
	best, most := "", -1
	for line := range strings.SplitSeq(text, "\n") {
		if n := held(line, words); n > most {
			best, most = line, n
		}
		if most == len(words) {
			break
		}
	}
	for _, w := range words {
		if w.In(best) {
			return around(best, w)
		}
	}
	return around(best, nil)
}

// around cuts a line to a part that holds a word. Windows overlap, so that the
// word is whole in one of them.
func around(line string, word bigram.Word) string {
	runes := []rune(line)
	if len(runes) <= snippetRunes {
		return line
	}
	step := min(snippetRunes/2, max(1, snippetRunes-utf8.RuneCountInString(strings.Join(word, " "))))
	for from := 0; ; from += step {
		to := min(from+snippetRunes, len(runes))
		if part := string(runes[from:to]); word.In(part) || to == len(runes) {
			return ellipsis(part, from > 0, to < len(runes))
		}
	}
}

func ellipsis(part string, before, after bool) string {
	if before {
		part = "…" + part
	}
	if after {
		part += "…"
	}
	return part
}
