package extract

import (
	"os"
	"reflect"
	"strings"
	"testing"
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
		protection, reason := ProtectNone, ReasonPDFText
		if strings.HasPrefix(f.Name(), "user") {
			protection, reason = ProtectPassword, ReasonPassword
		}
		told(t, f.Name(), data).want(t, f.Name(), PDF, protection, Unscannable, reason)
	}
}

func TestPDFOddities(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		prot Protection
		why  Reason
	}{
		"plain":             {"%PDF-1.4\ntrailer<</Size 1>>", ProtectNone, ReasonPDFText},
		"metadata key":      {"%PDF-1.4\n<</EncryptMetadata false>>", ProtectNone, ReasonPDFText},
		"to certificates":   {"%PDF-1.4\n5 0 obj<</Filter/Adobe.PubSec>>endobj trailer<</Encrypt 5 0 R>>", ProtectKey, ReasonKey},
		"object missing":    {"%PDF-1.4\ntrailer<</Encrypt 5 0 R>>", ProtectUnknown, ReasonUnknownCrypto},
		"unknown revision":  {"%PDF-1.4\n5 0 obj<</Filter/Standard/R 9/U(" + strings.Repeat("u", 32) + ")/O(" + strings.Repeat("o", 32) + ")>>endobj trailer<</Encrypt 5 0 R>>", ProtectUnknown, ReasonUnknownCrypto},
		"dictionary inside": {"%PDF-1.4\ntrailer<</Encrypt<</Filter/X>>>>", ProtectKey, ReasonKey},
	} {
		t.Run(name, func(t *testing.T) {
			told(t, "a.pdf", []byte(c.doc)).want(t, "a.pdf", PDF, c.prot, Unscannable, c.why)
		})
	}
}

// TestLargePDF looks at the beginning and the end only.
func TestLargePDF(t *testing.T) {
	data, err := os.ReadFile("testdata/pdf/user128.pdf")
	if err != nil {
		t.Fatal(err)
	}
	long := append([]byte("%PDF-1.4\n%"+strings.Repeat("x", 100_000)+"\n"), data...)
	toldWithin(t, "a.pdf", long, Limits{Buffer: 8000}).want(t, "a.pdf", PDF, ProtectPassword, Unscannable, ReasonPassword)
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

func FuzzPDF(f *testing.F) {
	f.Add([]byte("5 0 obj<</Filter/Standard/R 3/Length 128/P -4/U<" + strings.Repeat("41", 32) + ">/O(" + strings.Repeat("o", 32) + ")>>\ntrailer<</Encrypt 5 0 R/ID[(a)(b)]>>"))
	f.Add([]byte("trailer<</Encrypt<</R 6/U(" + strings.Repeat("u", 48) + ")/O(" + strings.Repeat("o", 48) + ")/Filter/Standard>>"))
	f.Fuzz(func(t *testing.T, data []byte) { told(t, "a.pdf", append([]byte("%PDF-1.7\n"), data...)) })
}
