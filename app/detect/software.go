package detect

import "bytes"

// software knows whether a text is one that is published with software: a
// licence, a changelog, a manual. Who wrote it signed with an address of his
// own will; lists of them in Japanese, or in a table, are somebody's register.
type software struct {
	signed bool // an address was met in the block at hand
	told   int  // what the words met so far are worth
	size   int  // bytes of the blocks that hold any
	kana   int  // of them, those that lead Japanese characters
}

const (
	publishedFrom = 2   // worth of words
	kanaShare     = 200 // one in so many bytes makes a text Japanese
)

// published says whether the text is one in another language than Japanese,
// with words of software.
func (s *software) published() bool {
	return s.told >= publishedFrom && s.kana*kanaShare <= s.size
}

// look reads a block for words of software once an address was met in it.
func (s *software) look(d *Document, b *Block) {
	signed := s.signed
	s.signed = false
	if !signed || b.Sep != 0 {
		return
	}
	kana := bytes.Count(b.Text, []byte{0xE3})
	s.size += len(b.Text)
	s.kana += kana
	if kana*kanaShare > len(b.Text) {
		return // the words of a Japanese block cost more to look for than they say
	}
	for i := 0; i < len(publication) && s.told < publishedFrom; i++ {
		if bytes.Contains(b.Text, publication[i].word) {
			s.told += publication[i].worth
		}
	}
}

// publication are parts of words, without the letter that is a capital where a
// sentence or a field begins: of licences (SPDX), of Debian's changelogs
// (Policy 4.4), of those of GNU and of Git.
var publication = []struct {
	word  []byte
	worth int
}{
	{[]byte("opyright"), 2}, {[]byte("icense"), 2}, {[]byte("aintainer"), 2}, {[]byte("igned-off-by"), 2}, {[]byte("urgency="), 2}, {[]byte("hangelog"), 2},
	{[]byte("hangeLog"), 2}, {[]byte("\n\t* "), 2}, {[]byte("pstream"), 2}, {[]byte("ource code"), 2}, {[]byte("ailing list"), 2}, {[]byte("git"), 1}, {[]byte("uthor"), 1},
	{[]byte("ontribut"), 1}, {[]byte("ommit"), 1}, {[]byte("atch"), 1}, {[]byte(" bug"), 1}, {[]byte("Bug"), 1}, {[]byte("elease"), 1}, {[]byte("ersion"), 1}, {[]byte("oftware"), 1},
	{[]byte("ibrary"), 1}, {[]byte("rogram"), 1}, {[]byte("ompil"), 1}, {[]byte("\n#include"), 2}, {[]byte("ackage"), 1}, {[]byte("ode"), 1}, {[]byte("http"), 1},
}
