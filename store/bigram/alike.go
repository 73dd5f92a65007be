package bigram

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// Gram is one or two characters, folded, that stand together in a text.
type Gram string

// What the grams of a question count, where others count 1: pairs written in hiragana are
// mostly particles and endings, and one kanji may stand in a word of another sense.
const (
	OfHiragana = 0.2
	ofOneKanji = 0.8
)

// Grams are the pairs of characters that follow each other in the runs of a text, and
// its kanji, and how often each is there.
func Grams(text string) map[Gram]int {
	grams := map[Gram]int{}
	eachGram(text, func(g Gram, _ bool) { grams[g]++ })
	return grams
}

// Asked are the grams of a question and what each counts by the kind of its characters.
func Asked(text string) map[Gram]float64 {
	grams := map[Gram]float64{}
	eachGram(text, func(g Gram, plain bool) {
		switch {
		case !g.IsPair():
			grams[g] = ofOneKanji
		case plain:
			grams[g] = max(grams[g], OfHiragana)
		default:
			grams[g] = 1
		}
	})
	return grams
}

// IsPair says whether it is two characters: a token of an index, which a phrase finds.
func (g Gram) IsPair() bool { return utf8.RuneCountInString(string(g)) == 2 }

// eachGram emits the grams of a text; plain are those that it writes in hiragana alone.
func eachGram(text string, emit func(g Gram, plain bool)) {
	b := []byte(text)
	var last rune
	var plain bool
	each(b, func(r rune, from, _ int) bool {
		written, _ := utf8.DecodeRune(b[from:])
		now := unicode.Is(unicode.Hiragana, written)
		if !kept(r) {
			last = 0
			return true
		}
		if last != 0 {
			emit(Gram([]rune{last, r}), plain && now)
		}
		if unicode.Is(unicode.Han, r) {
			emit(Gram(r), false)
		}
		last, plain = r, now
		return true
	})
}

// Rarity is what a gram weighs that stands in so many of all texts.
func Rarity(in, all float64) float64 { return math.Log(1 + (all-in+0.5)/(in+0.5)) }

// How often a gram in a text still counts, and how much a long text loses, in the
// measure of Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and
// Beyond (2009), with the values that are usual.
const (
	repeats = 1.2
	length  = 0.75
)

// Likeness is how much of what somebody asks, each gram by its weight, stands in a text
// that has grams; usual is how many a text has as a rule.
func Likeness(weights map[Gram]float64, text map[Gram]int, usual float64) (score float64) {
	n := 0
	for _, times := range text {
		n += times
	}
	for gram, weight := range weights {
		if f := float64(text[gram]); f > 0 {
			score += weight * f * (repeats + 1) / (f + repeats*(1-length+length*float64(n)/usual))
		}
	}
	return score
}
