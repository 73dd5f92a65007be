package detect

// filter says of three characters in a row whether no word begins with them. Each
// character has a bit for every group of words that it stands first, second or third
// in; where one group has all three, a word may begin. A third of the characters of
// Japanese text begin some word, which no processor foresees: so the bits of all
// three are asked at once.
type filter [1 << 16]uint16

const (
	groups     = 5
	longGroups = 3 // of words of three characters and more; the rest are of two

	// Where the bits begin: of first characters, of those that the pass stops at
	// whatever follows, of second ones and of third ones.
	firstBits, stops, secondBits, thirdBits = 0, groups, groups + 1, 2*groups + 1
)

func newFilter() *filter {
	f := new(filter)
	for r := range f { // words of two have any third character
		f[r] = (1<<groups - 1<<longGroups) << thirdBits
	}
	return f
}

// add adds a word of two characters or more by its first three, of which c is 0
// where there is none.
func (f *filter) add(a, b, c rune) {
	group := hashPair(b, 0) % longGroups
	if c == 0 {
		group = longGroups + hashPair(b, 0)%(groups-longGroups)
	}
	f.mark(a, firstBits+group)
	f.mark(b, secondBits+group)
	f.mark(c, thirdBits+group)
}

func (f *filter) mark(r rune, bit uint32) {
	if r <= 0xFFFF {
		f[r] |= 1 << bit
	}
}

// skip steps from the wide character at text[i] over those that no word begins with
// and that two more wide ones follow.
func (f *filter) skip(text []byte, i int) int {
	if i+8 >= len(text) || !leadsWide(text[i]) || !leadsWide(text[i+3]) {
		return i
	}
	a, b := f[uint16(rune3(text[i:]))], f[uint16(rune3(text[i+3:]))]
	for ; i+8 < len(text); i += 3 {
		s := text[i+6 : i+9 : i+9]
		if !leadsWide(s[0]) {
			break
		}
		c := f[uint16(rune3(s))]
		if a&(b>>secondBits|1<<stops)&(c>>thirdBits|1<<stops) != 0 {
			break
		}
		a, b = b, c
	}
	return i
}

// leadsWide says whether words may begin with a three-byte character that begins so.
func leadsWide(c byte) bool { return c-0xE2 < 0xF0-0xE2 }
