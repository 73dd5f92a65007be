package extract

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"daicho/app/extract/pdf"
)

// transcript is a Visitor that writes down what it is told.
type transcript struct {
	files []File
	text  map[string]string // by path
	parts map[string][]string
	open  []string
}

func newTranscript() *transcript {
	return &transcript{text: map[string]string{}, parts: map[string][]string{}}
}

func (r *transcript) Enter(path string) { r.open = append(r.open, path) }

func (r *transcript) Text(p Piece) {
	path := r.open[len(r.open)-1]
	r.text[path] += string(p.Text)
	r.parts[path] = append(r.parts[path], fmt.Sprintf("%s:%d", p.Part, p.Line))
}

func (r *transcript) Leave(f File) error {
	r.open = r.open[:len(r.open)-1]
	r.files = append(r.files, f)
	return nil
}

// file returns what was told of a path.
func (r *transcript) file(t *testing.T, path string) File {
	t.Helper()
	for _, f := range r.files {
		if f.Path == path {
			return f
		}
	}
	t.Fatalf("nothing told of %q, only of %v", path, r.files)
	return File{}
}

// engine interprets PDFium, for all tests: a folder for its code would cost
// seconds in every run.
var engine = sync.OnceValue(func() *pdf.Engine { return pdf.New("") })

// told reads data as a file of that name.
func told(t *testing.T, name string, data []byte) *transcript {
	return toldWithin(t, name, data, Limits{})
}

// fuzzed reads data within limits that leave time for others.
func fuzzed(t *testing.T, name string, data []byte) {
	t.Helper()
	toldWithin(t, name, data, Limits{Text: 1 << 20, Inflated: 64 << 20, Entries: 1000})
}

func toldWithin(t *testing.T, name string, data []byte, lim Limits) *transcript {
	t.Helper()
	r := newTranscript()
	src := Source{Path: name, Size: int64(len(data)), R: bytes.NewReader(data)}
	reader := Reader{Limits: lim, PDF: engine()}
	if err := reader.Extract(context.Background(), src, r); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.files {
		if f.Reason == ReasonParser {
			t.Fatalf("a reader panicked on %s", f.Path)
		}
	}
	if len(r.open) != 0 {
		t.Fatalf("entered and not left: %v", r.open)
	}
	return r
}

// want compares type, protection, how much was read, and why not more.
func (r *transcript) want(t *testing.T, path string, typ Type, p Protection, s Scanned, reason Reason) {
	t.Helper()
	f := r.file(t, path)
	if f.Type != typ || f.Protection != p || f.Scanned != s || f.Reason != reason {
		t.Errorf("%s is %s, %s, %s (%s); want %s, %s, %s (%s)",
			path, f.Type, f.Protection, f.Scanned, f.Reason, typ, p, s, reason)
	}
}

// shown makes cells visible.
func shown(s string) string { return strings.ReplaceAll(s, string(rune(Cell)), "|") }
