package extract

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCutStream: a packed file that is too large to be held is read as it is
// unpacked. One that breaks off there is never told as whole, also where a line ends.
func TestCutStream(t *testing.T) {
	for name, c := range map[string]struct{ head, line string }{
		"a.txt":  {"", "受付 %06d 件\n"},
		"a.csv":  {"", "%06d,受付,件\n"},
		"a.json": {"", "{\"番号\": \"%06d\"}\n"},
		"a.sql":  {"", "INSERT INTO t (a, b) VALUES (%06d, '受付');\n"},
		"a.html": {"", "<p>受付 %06d</p>\n"},
		"a.xml":  {"<?xml version=\"1.0\"?>", "<a>%06d</a>\n"},
		"a.rtf":  {"{\\rtf1 ", "%06d\\par\n"},
		"a.eml":  {"From: a@example.jp\nTo: b@example.jp\n\n", "%06d\n"},
	} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprint(z, c.head)
		for i := range 40_000 {
			fmt.Fprintf(z, c.line, i)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		whole := b.Bytes()
		for _, part := range []int{3, 6, 9} {
			r := toldWithin(t, name+".gz", whole[:len(whole)*part/10], Limits{Buffer: 1000})
			for _, f := range r.files {
				if f.Scanned == Full {
					t.Errorf("%s: %d tenths are told as %s", f.Path, part, f.Scanned)
				}
			}
		}
	}
}

// TestBinaryBehindText: what follows the text that a file begins with is told, in a
// file of any size.
func TestBinaryBehindText(t *testing.T) {
	text := strings.Repeat("受付の記録\n", 1000)
	for _, more := range []string{"0\x000\x009\x000\x00", strings.Repeat("\x01\x02\x03", 2000)} {
		told(t, "a.txt", []byte(text+more)).want(t, "a.txt", Text, ProtectNone, Partial, ReasonMixed)
	}
	told(t, "a.txt", []byte(text+"\f\t\x1b[0m\n")).want(t, "a.txt", Text, ProtectNone, Full, "")
}

// TestLooksBinary holds the look at eight bytes to one at each.
func TestLooksBinary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.ByteRange(7, 34), rapid.Just(byte(1)), rapid.Just(byte(0xE3))), 0, 30).Draw(t, "some")
		text := append(bytes.Repeat([]byte("a"), rapid.IntRange(0, 200).Draw(t, "before")), some...)
		zeros, controls := 0, 0
		for _, c := range text {
			switch {
			case c == 0:
				zeros++
			case c >= 32, c >= 8 && c <= 13, c == 0x1A, c == 0x1B, c == Cell:
			default:
				controls++
			}
		}
		if got, want := looksBinary(text), zeros > 0 || controls*50 > len(text); got != want {
			t.Fatalf("%q: %v", text, got)
		}
	})
}
