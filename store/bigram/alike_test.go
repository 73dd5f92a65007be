package bigram_test

import (
	"testing"

	"daicho/store/bigram"
)

func TestGrams(t *testing.T) {
	got := bigram.Grams("印刷、プリント。印刷")
	for gram, want := range map[bigram.Gram]int{"印刷": 2, "印": 2, "ぷり": 1, "刷ぷ": 0, "ぷ": 0} {
		if got[gram] != want {
			t.Errorf("%s: %d, want %d", gram, got[gram], want)
		}
	}
	asked := bigram.Asked("できないデキル印刷")
	if asked["でき"] != 1 || asked["ない"] >= asked["きる"] || asked["印"] >= asked["印刷"] {
		t.Errorf("what is written in hiragana alone counts less: %v", asked)
	}
}

// TestLikeness: more of what is asked is more alike; a longer text with no more of it is
// less; what is rare counts more.
func TestLikeness(t *testing.T) {
	if rare, often := bigram.Rarity(2, 1000), bigram.Rarity(900, 1000); rare <= often || often <= 0 {
		t.Errorf("rare %v, often %v", rare, often)
	}
	asked := bigram.Asked("回線が切れる")
	like := func(text string) float64 { return bigram.Likeness(asked, bigram.Grams(text), 10) }
	both, one, long, none := like("回線が切れた"), like("回線を引く"), like("回線を引くために業者と日程を決めて工事をした"), like("紙がない")
	if !(both > one && one > long && long > none && none == 0) {
		t.Errorf("%v, %v, %v, %v", both, one, long, none)
	}
}
