package extract

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
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

// TestKindsOfTar: a tar knows more kinds of files than one.
func TestKindsOfTar(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for name, kind := range map[string]byte{"a.csv": tar.TypeReg, "b.csv": tar.TypeCont} {
		if err := w.WriteHeader(&tar.Header{Name: name, Typeflag: kind, Size: int64(len(sampleCSV)), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, sampleCSV); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := told(t, "a.tar", b.Bytes())
	for _, name := range []string{"a.tar!/a.csv", "a.tar!/b.csv"} {
		if r.text[name] != sampleCSV {
			t.Errorf("%s reads %q", name, r.text[name])
		}
	}
}

// late is a file at whose second stretch the time is over.
type late struct {
	context.Context
	io.ReaderAt
	over bool
}

func (l *late) ReadAt(b []byte, at int64) (int, error) {
	l.over = l.over || at > 100_000
	return l.ReaderAt.ReadAt(b, at)
}

func (l *late) Err() error {
	if l.over {
		return context.DeadlineExceeded
	}
	return nil
}

// TestCutMail: a mail that a limit cuts is not told as damaged, which would be for ever.
func TestCutMail(t *testing.T) {
	text := "From: a@example.jp\nTo: b@example.jp\n\n" + strings.Repeat("受付の記録\n", 20_000)
	toldWithin(t, "a.eml", []byte(text), Limits{Inflated: 10_000}).want(t, "a.eml", Mail, ProtectNone, Partial, ReasonInflated)
	r, l := newTranscript(), &late{Context: t.Context(), ReaderAt: strings.NewReader(text)}
	if err := new(Reader).Extract(l, Source{Path: "a.eml", Size: int64(len(text)), R: l}, r); err != nil {
		t.Fatal(err)
	}
	r.want(t, "a.eml", Mail, ProtectNone, Partial, ReasonTime)
}

// TestCellTooLong: a text that is cut at the length of the longest line is told so.
func TestCellTooLong(t *testing.T) {
	var s sharedStrings
	s.add(make([]byte, maxLine))
	if s.outcome(nil) != nil {
		t.Error("the longest one is cut")
	}
	if s.add([]byte("x")); s.outcome(nil) == nil {
		t.Error("one that is cut is told as whole")
	}
}

// TestLineWithoutEnd: a line that is too long is not cut within a name or a number as
// long as something else parts its values.
func TestLineWithoutEnd(t *testing.T) {
	for _, value := range []string{"山田 太郎 1234 5678 9018,", "山田 太郎 1234 5678 9018;"} {
		l := lines{r: strings.NewReader(strings.Repeat(value, 3*maxLine/len(value)))}
		for n := 0; ; n++ {
			chunk, err := l.next()
			if len(chunk)%len(value) != 0 {
				t.Fatalf("%s: the chunk %d ends with %q", value, n, chunk[max(0, len(chunk)-20):])
			}
			if err == io.EOF {
				break
			}
		}
	}
}
