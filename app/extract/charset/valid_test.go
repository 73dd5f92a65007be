package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
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

// TestCP932 holds the table to the decoder it is made of, on bytes of all sorts: half a
// character, and one that is none, costs the byte and not what follows it.
func TestCP932(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\x82\xa0\x8c\x83\x5c\xb1\xde\xfc\x7f\xff09\n"))), 0, 40).Draw(t, "text")
		var want []byte
		lost := 0
		for rest := text; len(rest) > 0; {
			size := 1
			if c := rest[0]; c >= 0x81 && c <= 0xFC && (c < 0xA1 || c > 0xDF) && len(rest) > 1 {
				size = 2
			}
			out, err := japanese.ShiftJIS.NewDecoder().Bytes(rest[:size])
			if err != nil || rest[0] == 0x80 || bytes.ContainsRune(out, utf8.RuneError) || utf8.RuneCount(out) != 1 {
				size, out = 1, []byte("\uFFFD")
				lost++
			}
			want, rest = append(want, out...), rest[size:]
		}
		got, met := appendCP932([]byte("x"), text)
		if string(got) != "x"+string(want) || met.lost != lost {
			t.Fatalf("%x: %q and %d lost, want %q and %d", text, got, met.lost, want, lost)
		}
		if w := weighSJIS(text); w.invalid != met.lost || w.half != met.half || w.chars != met.lost+met.half+met.pairs {
			t.Fatalf("%x: weighed %+v, read %+v", text, w, met)
		}
	})
}

// TestDecodesToUTF8: whatever comes in, in whatever stretches, what goes out is UTF-8,
// and the ASCII in it stays.
func TestDecodesToUTF8(t *testing.T) {
	stretch := rapid.OneOf(
		rapid.SliceOfN(rapid.Byte(), 0, 60),
		rapid.Map(rapid.SampledFrom([]string{"山田太郎,1\n", "ﾔﾏﾀﾞ\n", "09012345678\n", "\xe5\n", "\x8c\x8f\x96\xbc\n", "\xb7\xef\xcc\xbe\n", "\x1b$B7oL>\x1b(B\n"}),
			func(s string) []byte { return []byte(strings.Repeat(s, 50)) }))
	rapid.Check(t, func(t *rapid.T) {
		var d Decoder
		for _, s := range rapid.SliceOfN(stretch, 1, 6).Draw(t, "stretches") {
			if out := d.Decode([]byte("x"), s); !utf8.Valid(out) || out[0] != 'x' {
				t.Fatalf("%x behind %d: %q", s, d.charset, out)
			}
		}
	})
}
