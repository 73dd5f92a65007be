package charset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestValid holds it to the standard library's, on text with a damaged stretch in it.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		char := rapid.SampledFrom([]string{"a", "\n", "é", "あ", "漢", "ﾃ", "𠮷", "\u0800", "\uD7FF", "\uFFFD", "\xE0\x80\x80", "\xED\xA0\x80", "\xE3\x81", "\x82\xA0", "\xF4\x90\x80\x80", "\xFF"})
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "runs") {
			b.WriteString(strings.Repeat(char.Draw(t, "char"), rapid.IntRange(1, 9).Draw(t, "length")))
		}
		text := []byte(b.String())
		if got, want := valid(text), utf8.Valid(text); got != want {
			t.Fatalf("valid(%q) = %v", text, got)
		}
		if got, want := isASCII(text), strings.Trim(b.String(), "a\n") == ""; got != want {
			t.Fatalf("isASCII(%q) = %v", text, got)
		}
	})
}

// BenchmarkValid stands beside utf8.Valid on the same text.
func BenchmarkValid(b *testing.B) {
	text := []byte(strings.Repeat("令和８年度の業務報告について、各課の担当者は月末までに提出してください。 12\n", 3000))
	for name, f := range map[string]func([]byte) bool{"own": valid, "utf8": utf8.Valid} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				f(text)
			}
		})
	}
}
