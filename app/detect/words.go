package detect

import "unicode/utf8"

// A word is one entry of the rules' word lists with what it says of each kind.
type word struct {
	text   string // ASCII in lower case
	says   [maxRules]role
	asks   []uint8 // rules whose word matcher wants to see it
	named  rules   // rules it names
	mutes  bool    // says nothing of any kind: only cues
	office bool    // of what is no person
	body   bool    // heads a column of such
	symbol bool    // 記号, beside whose column that of the numbers stands
}

// maxRules is how many kinds one engine can look for.
const maxRules = 24

// role is what a word does for a kind.
type role uint8

const (
	mute role = iota
	names
	hints
	denies
	cues   // only leads to the rule's word matcher
	rivals // names another number; computed, not written
)

// String is the name of a list of a rule.
func (r role) String() string {
	return [...]string{"mute", "names", "hints", "denies", "cues", "rivals"}[r]
}

// rules is a set of rules, one bit each.
type rules uint32

// index finds the words of all rules. A filter, or a bitmap of first characters,
// is asked at each character; a table hashed by the first two characters leads to
// the words that may stand there.
type index struct {
	words  []word
	byText map[string]int
	first  runeSet           // characters that begin a word
	alone  runeSet           // characters that are a word, or that the pass stops at
	pairs  bloom             // the two characters each word begins with
	filter *filter           // of wide characters
	heads  [1 << 12][]uint16 // by hash of two characters: words, longest first
}

func newIndex() *index { return &index{byText: map[string]int{}, filter: newFilter()} }

func (x *index) add(text string, rule uint8, says role) {
	i := x.entry(text) // which may move the words
	x.words[i].says[rule] = says
}

// note adds a word of an office, which speaks for no rule and against none.
func (x *index) note(text string) {
	i := x.entry(text)
	x.words[i].office = true
}

// entry is where a word stands, which it adds if need be.
func (x *index) entry(text string) int {
	text = string(lowerAll(text))
	if i, known := x.byText[text]; known {
		return i
	}
	x.byText[text] = len(x.words)
	x.words = append(x.words, word{text: text})
	a, b := firstTwo(text)
	x.first.add(a)
	if b == 0 {
		x.stopAt(a)
	} else {
		x.filter.add(a, b, third(text))
	}
	x.pairs.add(hashPair(a, b))
	head := &x.heads[hashTwo(a, b)]
	at := len(*head)
	for at > 0 && len(x.words[(*head)[at-1]].text) < len(text) {
		at--
	}
	*head = append(*head, 0)
	copy((*head)[at+1:], (*head)[at:])
	(*head)[at] = uint16(len(x.words) - 1)
	return len(x.words) - 1
}

// stopAt makes the pass stop at a character, whatever follows it.
func (x *index) stopAt(r rune) {
	x.first.add(r)
	x.alone.add(r)
	x.filter.mark(r, stops)
}

// runeSet is a set of characters below U+10000.
type runeSet [1 << 16 / 64]uint64

func (s *runeSet) add(r rune) { s[r>>6&0x3ff] |= 1 << (r & 63) }

func (s *runeSet) has(r rune) bool { return s[r>>6&0x3ff]>>(r&63)&1 != 0 }

// match returns the longest word at the start of text, or nil. ASCII letters
// are equal in either case; nothing else is folded, so that lengths hold.
func (x *index) match(text []byte) *word {
	a, size := decode3(text)
	if !x.first.has(a) {
		return nil
	}
	if size < len(text) {
		if b, _ := decode3(text[size:]); x.mayBegin(a, b) {
			if w := x.under(hashTwo(a, b), text); w != nil {
				return w
			}
		}
	}
	if x.alone.has(a) {
		return x.under(hashTwo(a, 0), text)
	}
	return nil
}

func (x *index) under(head uint32, text []byte) *word {
	for _, i := range x.heads[head] {
		if w := &x.words[i]; hasPrefixFold(text, w.text) {
			return w
		}
	}
	return nil
}

// bloom is a set of hashes; one time in seventy it has what was not added.
type bloom [1 << 10]uint64

func (s *bloom) add(h uint32)      { s[h>>6&0x3ff] |= 1 << (h & 63) }
func (s *bloom) has(h uint32) bool { return s[h>>6&0x3ff]>>(h&63)&1 != 0 }

// mayBegin says whether a word may begin with the characters a and b.
func (x *index) mayBegin(a, b rune) bool { return x.pairs.has(hashPair(a, b)) }

// pass steps over what begins at text[i] when no word can begin there, and
// over as many wide characters behind it as it can.
func (x *index) pass(text []byte, i int, k class) int {
	switch k {
	case letter:
		if i > 0 && isLetter(text[i-1]) && !hump(text[i-1], text[i]) ||
			i+1 < len(text) && text[i+1] < utf8.RuneSelf && !x.alone.has(rune(text[i])) && !x.mayBegin(rune(lower(text[i])), rune(lower(text[i+1]))) {
			return i + 1
		}
	case blank:
		if i == 0 || text[i-1] < utf8.RuneSelf {
			return i + 1
		}
	case wide:
		for ; i+8 < len(text); i += 3 {
			i = x.filter.skip(text, i)
			if s := text[i:]; len(s) < 9 || !leadsWide(s[0]) || x.first.has(rune3(s)) && !x.passes(s) {
				break
			}
		}
	}
	return i
}

// hump says whether a word begins between two letters: phoneNumber.
func hump(before, after byte) bool { return before >= 'a' && after <= 'Z' }

// passes says whether no word begins with the wide character at the start of
// text, of six bytes or more. It need not be right about damaged characters.
func (x *index) passes(text []byte) bool {
	a := rune3(text)
	switch {
	case x.alone.has(a):
		return false
	case text[3] < utf8.RuneSelf:
		return !x.mayBegin(a, rune(lower(text[3])))
	}
	return text[3]&0xF0 == 0xE0 && !x.mayBegin(a, rune3(text[3:]))
}

func hashPair(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 16
}

// third is the third character of a word, 0 when it has none.
func third(s string) rune {
	for n := 0; s != ""; n++ {
		r, size := utf8.DecodeRuneInString(s)
		if n == 2 {
			return r
		}
		s = s[size:]
	}
	return 0
}

func hashTwo(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 20
}

// firstTwo returns the first two characters, the second 0 when there is none.
func firstTwo(s string) (rune, rune) {
	a, size := utf8.DecodeRuneInString(s)
	if size == len(s) {
		return a, 0
	}
	b, _ := utf8.DecodeRuneInString(s[size:])
	return a, b
}

// decode3 is DecodeRune for what words are made of, with ASCII in lower case.
func decode3(text []byte) (rune, int) {
	c := text[0]
	if c < 0x80 {
		return rune(lower(c)), 1
	}
	if c&0xF0 == 0xE0 && len(text) >= 3 {
		return rune(c&0x0F)<<12 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F), 3
	}
	return utf8.RuneError, 1
}

func hasPrefixFold(text []byte, w string) bool {
	if len(text) < len(w) {
		return false
	}
	for i := 0; i < len(w); i++ {
		if lower(text[i]) != w[i] {
			return false
		}
	}
	return true
}

func lowerAll(s string) []byte {
	b := []byte(s)
	for i := range b {
		b[i] = lower(b[i])
	}
	return b
}
