package bigram

import (
	"unicode"
	"unicode/utf8"
)

// kept reports whether a folded character belongs to a run: letters, marks,
// digits, symbols. Punctuation and space only divide runs.
func kept(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.S)
}

// char is a folded character and the place of what it was made of.
type char struct {
	r        rune
	from, to int
}

// tokens calls emit for each token of b with its place there, until emit gives
// another result than 0, which it returns. Each character of a run starts one
// token, a pair with its successor or, at the run's end, itself alone; so the
// tokens of a word stand one after the other wherever the word stands. Only the
// last run of a search has no end, for anything may follow it in the text; if it
// is one character, that is its token.
func tokens(b []byte, search bool, emit func(token []byte, from, to int) int32) int32 {
	c := cutter{emit: emit}
	each(b, func(r rune, from, to int) bool {
		c.next(char{r, from, to})
		return c.rc == 0
	})
	if c.rc == 0 && c.any && (c.alone || !search) {
		c.one()
	}
	return c.rc
}

// cutter makes tokens of one character after the other.
type cutter struct {
	emit   func(token []byte, from, to int) int32
	last   char // the last character of a run
	any    bool // there is one
	inside bool // its run goes on
	alone  bool // it is a run of one so far
	buf    [2 * utf8.UTFMax]byte
	rc     int32
}

func (c *cutter) next(n char) {
	switch {
	case !kept(n.r):
		c.inside = false
		return
	case c.inside:
		c.rc = c.emit(utf8.AppendRune(utf8.AppendRune(c.buf[:0], c.last.r), n.r), c.last.from, n.to)
	case c.any:
		c.one()
	}
	c.alone = !c.inside
	c.last, c.any, c.inside = n, true, true
}

// one emits the last character of a run alone.
func (c *cutter) one() {
	c.rc = c.emit(utf8.AppendRune(c.buf[:0], c.last.r), c.last.from, c.last.to)
}
