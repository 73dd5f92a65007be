package detect

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSketch: a word of the text may stand in it, and most others may not.
func TestSketch(t *testing.T) {
	other := []string{"宛名コード", "要援護区分", "講習番号", "庁内限り", "整理票"}
	notices := []string{"各課の担当者は月末までに所定の様式により提出してください。", "委員からは財源の確保や周知の方法について意見があった。",
		"Please hand in the form by the end of March.", "第3条の規定にかかわらず、市長が特に必要と認めるときは、この限りでない。"}
	var s Sketcher
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom(notices), 1, 10).Draw(t, "sentences")
		for _, part := range text {
			s.Add([]byte(part))
		}
		sketch := s.Sketch()
		chars := strings.Split(text[0], "")
		from := rapid.IntRange(0, len(chars)-2).Draw(t, "from")
		word := strings.Join(chars[from:rapid.IntRange(from+2, len(chars)).Draw(t, "to")], "")
		if !sketch.MayHold(word) {
			t.Fatalf("%q stands in the text", word)
		}
		held := 0
		for _, w := range other {
			if sketch.MayHold(w) {
				held++
			}
		}
		if held > 2 {
			t.Fatalf("%d of %q may stand in %q", held, other, text)
		}
	})
}

// BenchmarkSketch is what a memory costs beside the search itself.
func BenchmarkSketch(b *testing.B) {
	text := []byte(strings.Repeat("各課の担当者は月末までに所定の様式により提出してください。Please hand in the form.\n", 10_000))
	b.SetBytes(int64(len(text)))
	var s Sketcher
	for b.Loop() {
		s.Add(text)
		s.Sketch()
	}
}
