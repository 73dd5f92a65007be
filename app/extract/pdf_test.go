package extract

import (
	"bytes"
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"daicho/app/extract/pdf"
)

// TestPDFProtection reads documents that qpdf encrypted in every way it knows:
// owner*.pdf with a password for owners only, user*.pdf with one to open.
func TestPDFProtection(t *testing.T) {
	files, err := os.ReadDir("testdata/pdf")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d samples, want 12 (%v)", len(files), err)
	}
	for _, f := range files {
		data, err := os.ReadFile("testdata/pdf/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		r := told(t, f.Name(), data)
		note := NoteOwnerPassword
		if strings.HasPrefix(f.Name(), "user") {
			r.want(t, f.Name(), PDF, ProtectPassword, Unscannable, ReasonPassword)
			note = weakIf(f.Name() == "user40.pdf", NoteRC4)
		} else {
			r.want(t, f.Name(), PDF, ProtectNone, Full, "")
			if !strings.Contains(r.text[f.Name()], "Contact: contract@example.jp\n") {
				t.Errorf("%s reads %q", f.Name(), r.text[f.Name()])
			}
		}
		if got := r.file(t, f.Name()).Note; got != note {
			t.Errorf("%s: note %q, want %q", f.Name(), got, note)
		}
	}
}

func weakIf(weak bool, n Note) Note {
	if weak {
		return n
	}
	return ""
}

// TestPDFWithoutEngine: a reader that was not given one does not say "clean".
func TestPDFWithoutEngine(t *testing.T) {
	r := newTranscript()
	data := []byte("%PDF-1.4\n")
	src := Source{Path: "a.pdf", Size: int64(len(data)), R: bytes.NewReader(data)}
	if err := new(Reader).Extract(context.Background(), src, r); err != nil {
		t.Fatal(err)
	}
	r.want(t, "a.pdf", PDF, ProtectUnknown, Unscannable, ReasonPDFText)
}

func TestPDFOddities(t *testing.T) {
	told(t, "a.pdf", []byte("%PDF-1.4\ntrailer<</Size 1>>")).want(t, "a.pdf", PDF, ProtectUnknown, Failed, ReasonDamaged)
	it := &item{job: &job{limits: DefaultLimits()}}
	for name, c := range map[string]struct {
		doc  string
		prot Protection
		why  Reason
	}{
		"to certificates":   {"%PDF-1.4\n5 0 obj<</Filter/Adobe.PubSec>>endobj trailer<</Encrypt 5 0 R>>", ProtectKey, ReasonKey},
		"object missing":    {"%PDF-1.4\ntrailer<</Encrypt 5 0 R>>", ProtectPassword, ReasonPassword},
		"unknown revision":  {"%PDF-1.4\n5 0 obj<</Filter/Standard/R 9>>endobj trailer<</Encrypt 5 0 R>>", ProtectUnknown, ReasonUnknownCrypto},
		"dictionary inside": {"%PDF-1.4\ntrailer<</Encrypt<</Filter/X>>>>", ProtectKey, ReasonKey},
	} {
		it.r, it.size, it.job.ctx, it.told.Protection = bytesAt(c.doc), int64(len(c.doc)), context.Background(), ProtectUnknown
		s, _ := asStop(it.lockedPDF())
		if it.told.Protection != c.prot || s.reason != c.why {
			t.Errorf("%s: %s (%s), want %s (%s)", name, it.told.Protection, s.reason, c.prot, c.why)
		}
	}
}

// TestLargePDF looks for the reason at the beginning and the end only.
func TestLargePDF(t *testing.T) {
	data, err := os.ReadFile("testdata/pdf/user128.pdf")
	if err != nil {
		t.Fatal(err)
	}
	long := append(data, []byte(strings.Repeat("%x\n", 300))...)
	toldWithin(t, "a.pdf", long, Limits{Buffer: 2000}).want(t, "a.pdf", PDF, ProtectPassword, Unscannable, ReasonPassword)
}

// TestLegible: a page that is a picture, or shapes without characters, is not
// what a reader sees.
func TestLegible(t *testing.T) {
	for text, want := range map[string][2]int{
		"葉月 市": {3, 0}, "a\uFFFDb": {3, 1}, "\uE000\uE001": {2, 2}, "di\x02\r\nvided": {8, 0}, "\x01": {1, 1},
	} {
		if marks, strange := legible([]pdf.Line{{Text: text}}); marks != want[0] || strange != want[1] {
			t.Errorf("%q: %d marks, %d strange, want %v", text, marks, strange, want)
		}
	}
}

// TestPDFText reads what LibreOffice wrote out of testdata/made/letter.fodt.
func TestPDFText(t *testing.T) {
	data, err := os.ReadFile("testdata/made/letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	r := told(t, "letter.pdf", data)
	r.want(t, "letter.pdf", PDF, ProtectNone, Full, "")
	for _, want := range []string{"個人番号 123456789018 の髙橋﨑と申します①㈱\n", "頁の頭\n", "箱の中の文\n", "脚注の文", "葉月 見本", "表題の見本\n"} {
		if !strings.Contains(r.text["letter.pdf"], want) {
			t.Errorf("%q is missing in %q", want, r.text["letter.pdf"])
		}
	}
}

func TestPDFValues(t *testing.T) {
	for in, want := range map[string]any{
		"<</A 1/B[2 0 R (x)]>>": pdfDict{"A": 1, "B": []any{pdfRef("2 0"), []byte("x")}},
		"(a\\(b\\)(c)\\101\\n)": []byte("a(b)(c)A\n"),
		"<4a4B 4>":              []byte("JK@"),
		"% comment\n -12":       -12,
		"true":                  true,
		"<<":                    nil,
		"(open":                 nil,
		"[1 [2 [3":              nil,
	} {
		p := pdfParser{data: []byte(in)}
		if got := p.value(0); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %#v, want %#v", in, got, want)
		}
	}
}

// FuzzPDF looks for the reason of a file that PDFium did not open.
func FuzzPDF(f *testing.F) {
	f.Add([]byte("5 0 obj<</Filter/Standard/R 3/Length 128/P -4/U<" + strings.Repeat("41", 32) + ">/O(" + strings.Repeat("o", 32) + ")>>\ntrailer<</Encrypt 5 0 R/ID[(a)(b)]>>"))
	f.Add([]byte("trailer<</Encrypt<</R 6/U(" + strings.Repeat("u", 48) + ")/Filter/Standard>>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		it := &item{job: &job{ctx: context.Background(), limits: DefaultLimits()}, r: bytesAt(data), size: int64(len(data))}
		if err := it.lockedPDF(); err == nil {
			t.Error("a file that did not open is told as read")
		}
	})
}
