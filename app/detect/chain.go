package detect

import (
	"unicode/utf8"
)

// A chain is a run of digit groups with single separators between them, as
// numbers are written: 03(1234)5678, 1234－5678－9018, 090 1234 5678.
type chain struct {
	text      []byte
	n         int // groups
	groups    [maxGroups]group
	digits    [maxChainDigits]byte // ASCII, of all groups
	nDigits   int
	end       int  // index after the last group
	plus      bool // a '+' stands before the first group
	wholeCell bool // a table's cell holds the chain and nothing else
	active    bool // a word near or above names the kind that is asked about
	full      bool // more groups may follow than it holds
}

const (
	maxGroups      = 16
	maxChainDigits = 64
)

// group is one run of digits: text[start:end], n digits from digits[first].
type group struct {
	start, end int
	first, n   int
	sep        separator // what stands before it
}

type separator byte

const (
	sepNone separator = iota
	sepHyphen
	sepSpace
	sepParen
	sepDot
	sepSlash
	sepMiddle // ・, which also parts one number from the next
)

// digitAt reads the digit at text[i] in either width; size 0 when none is there.
func digitAt(text []byte, i int) (d byte, size int) {
	c := text[i]
	if c-'0' <= 9 {
		return c, 1
	}
	if c == 0xEF && i+2 < len(text) && text[i+1] == 0xBC && text[i+2]-0x90 <= 9 {
		return '0' + text[i+2] - 0x90, 3
	}
	return 0, 0
}

// separatorAt reads what may stand between two groups. The long vowel mark and
// the kanji for one are hyphens only here, between digits.
func separatorAt(text []byte, i int) (separator, int) {
	switch c := text[i]; c {
	case '-':
		return sepHyphen, 1
	case ' ':
		return sepSpace, 1
	case '(', ')':
		return sepParen, 1
	case '.':
		return sepDot, 1
	case '/':
		return sepSlash, 1
	case 0xE2, 0xE3, 0xE4, 0xEF:
		return wideSeparator(text[i:])
	}
	return sepNone, 0
}

func wideSeparator(text []byte) (separator, int) {
	r, size := utf8.DecodeRune(text)
	switch r {
	case '－', '‐', '‑', '‒', '–', '—', '―', '−', 'ー', '一', '─', '﹣':
		return sepHyphen, size
	case '　':
		return sepSpace, size
	case '・', '･':
		return sepMiddle, size
	case '（', '）':
		return sepParen, size
	case '．':
		return sepDot, size
	case '／':
		return sepSlash, size
	}
	return sepNone, 0
}

// read fills c with the chain that begins with the digit at text[i].
func (c *chain) read(text []byte, i int) {
	c.text, c.n, c.nDigits, c.wholeCell, c.full = text, 0, 0, false, false
	c.plus = i > 0 && (text[i-1] == '+' || i > 2 && text[i-3] == 0xEF && text[i-2] == 0xBC && text[i-1] == 0x8B)
	sep := sepNone
	for c.n < maxGroups {
		next := c.group(i, sep)
		if c.end = next; next >= len(text) {
			return
		}
		if sep, i = c.gap(next); i < 0 {
			return
		}
	}
	c.full = true
}

// longest is how many groups the numbers have that are written in most.
const longest = 4

// next is where the pass goes on behind the chain: a number may begin in the last groups
// of one that is full.
func (c *chain) next() int {
	if c.full && c.n > longest {
		return c.groups[c.n-longest+1].start
	}
	return c.end
}

// group reads the digits at i as one group and returns the index after it.
func (c *chain) group(i int, sep separator) int {
	g := group{start: i, first: c.nDigits, sep: sep}
	for i < len(c.text) && c.text[i]-'0' <= 9 && c.nDigits < maxChainDigits {
		c.digits[c.nDigits] = c.text[i]
		c.nDigits++
		g.n++
		i++
	}
	for i < len(c.text) {
		d, size := digitAt(c.text, i)
		if size == 0 {
			break
		}
		if c.nDigits < maxChainDigits {
			c.digits[c.nDigits] = d
			c.nDigits++
		}
		g.n++
		i += size
	}
	if g.first+g.n > maxChainDigits {
		g.n = maxChainDigits + 1 // longer than any kind: no matcher takes it
	}
	g.end = i
	c.groups[c.n] = g
	c.n++
	return i
}

// gap reads one separator, or a parenthesis and a space, that a digit follows.
// It returns -1 when the chain ends here.
func (c *chain) gap(i int) (separator, int) {
	sep, size := separatorAt(c.text, i)
	if size == 0 {
		return sep, -1
	}
	i += size
	if i < len(c.text) {
		if more, size := separatorAt(c.text, i); size > 0 && (sep == sepParen || more == sepParen) {
			sep, i = sepParen, i+size
		}
	}
	if i >= len(c.text) {
		return sep, -1
	}
	if _, size := digitAt(c.text, i); size == 0 {
		return sep, -1
	}
	if c.nDigits >= maxChainDigits {
		c.full = true
		return sep, -1
	}
	return sep, i
}

// close joins digits that stand each on its own, as in the boxes of a form: 1 2
// 3 4 5 6 7. Twelve are left to the rule of individual numbers.
func (c *chain) close() {
	if c.n < leastBoxes || c.n != c.nDigits || c.n == individualDigits {
		return
	}
	for g := 1; g < c.n; g++ {
		if c.groups[g].sep != sepSpace {
			return
		}
	}
	c.groups[0].end, c.groups[0].n = c.groups[c.n-1].end, c.nDigits
	c.n = 1
}

const leastBoxes = 6

func (c *chain) digitsOf(from, to int) []byte {
	last := c.groups[to]
	if last.n > maxChainDigits {
		return c.digits[c.groups[from].first:c.nDigits]
	}
	return c.digits[c.groups[from].first : last.first+last.n]
}

// readBoxes reads single digits, each in a cell of its own, as forms with a box
// per digit come out of tables. It returns false, and leaves c undefined, when
// as many as a number has do not stand at text[i].
func (c *chain) readBoxes(text []byte, i int, sep byte) bool {
	if i+3 >= len(text) || !endsBox(text, i+1, sep) {
		return false
	}
	c.text, c.n, c.nDigits, c.plus, c.wholeCell = text, 0, 0, false, false
	for c.n < individualDigits {
		if next := c.group(i, sepSpace); next != i+1 {
			return false
		}
		c.end = i + 1
		next := skipSpaces(text, i+1)
		if next >= len(text) || text[next] != sep {
			break
		}
		if i = skipSpaces(text, next+1); i >= len(text) || text[i]-'0' > 9 {
			break
		}
	}
	full := c.n == individualDigits && !(i > c.end && endsBox(text, i+1, sep) && text[i]-'0' <= 9)
	return full || c.n == careDigits || c.n == accountDigits
}

// endsBox says whether a cell ends at text[i], spaces aside.
func endsBox(text []byte, i int, sep byte) bool {
	i = skipSpaces(text, i)
	return i < len(text) && (text[i] == sep || text[i] == '\n' || text[i] == '\r')
}

func skipSpaces(text []byte, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}
