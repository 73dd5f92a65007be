package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// pdfOf writes a PDF of these objects, the first of which is the catalog.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range append(objects, "<</Title(A title)/Author<FEFF8467>>>") {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, len(at), start)
	return b.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(content), content)
}

// engine is shared: making it ready is what costs most here.
var engine = sync.OnceValue(func() *Engine { return New("") })

func open(t *testing.T, ctx context.Context, data []byte) *Document {
	t.Helper()
	d, err := engine().Open(ctx, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

const pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>"

// TestDocument reads a page, its notes and fields, and what lies beside pages.
func TestDocument(t *testing.T) {
	d := open(t, context.Background(), pdfOf(
		"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt)8 0 R]>>>>>>", pages,
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R 7 0 R null]>>",
		stream("", "BT /F 12 Tf 50 700 Td (Hello) Tj 0 -20 Td (world) Tj ET"),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a note)>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(a value)/Rect[0 0 9 9]>>",
		"<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 9 0 R>>>>",
		stream("/Type/EmbeddedFile", "attached")))
	if n, err := d.Pages(); n != 1 || err != nil {
		t.Fatalf("%d pages (%v)", n, err)
	}
	p, err := d.Page(0)
	if err != nil || textOf(p) != "Hello\nworld" || p.Notes != "a note\na value\n" || !p.Drawn {
		t.Errorf("page %+v (%v)", p, err)
	}
	if got := d.Properties(); got != "A title\n\u8467\n" {
		t.Errorf("properties %q", got)
	}
	var files []string
	err = d.Attachments(func(name string, data []byte) error {
		files = append(files, name+"="+string(data))
		return nil
	})
	if err != nil || strings.Join(files, " ") != "a.txt=attached" {
		t.Errorf("attachments %q (%v)", files, err)
	}
	if locked, err := d.Encrypted(); locked || err != nil {
		t.Errorf("encrypted: %v (%v)", locked, err)
	}
}

// bomb draws a form ten times that draws a form ten times, and so on: in a
// thousand bytes more work than anyone has time for.
func bomb() []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", pages,
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
		stream("", strings.Repeat("/X Do ", 10))}
	for n := 5; n < 20; n++ {
		dict := fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>", n+1)
		objects = append(objects, stream(dict, strings.Repeat("/X Do ", 10)))
	}
	return pdfOf(append(objects, stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 m 9 9 l S"))...)
}

// TestBusyParserIsLeft: a file that keeps the parser busy costs its time, and
// the engine goes on with others.
func TestBusyParserIsLeft(t *testing.T) {
	simple := pdfOf("<</Type/Catalog/Pages 2 0 R>>", pages, "<</Type/Page/Parent 2 0 R>>")
	open(t, context.Background(), simple) // the engine is ready
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	d := open(t, ctx, bomb())
	if _, err := d.Page(0); err == nil {
		t.Fatal("the page was read: it is no bomb any more")
	}
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Error("it ended by itself")
	}
	if p, err := open(t, context.Background(), simple).Page(0); err != nil || p.Drawn {
		t.Errorf("the next file: %+v (%v)", p, err)
	}
}

// TestFolderForCode: a folder that is none is an error, not a silent way around.
func TestFolderForCode(t *testing.T) {
	none := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(none, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	e := New(none)
	defer e.Close()
	if _, err := e.Open(context.Background(), strings.NewReader(""), 0); err == nil {
		t.Error("opened without its folder")
	}
}

func TestDamaged(t *testing.T) {
	for _, doc := range []string{"", "%PDF-1.7", strings.Repeat("x", 5000)} {
		if _, err := engine().Open(context.Background(), strings.NewReader(doc), int64(len(doc))); !errors.Is(err, ErrDamaged) {
			t.Errorf("%.20q: %v", doc, err)
		}
	}
}

// TestCycles: what leads back to itself ends.
func TestCycles(t *testing.T) {
	for name, objects := range map[string][]string{
		"pages":   {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>", "<</Type/Page/Parent 2 0 R>>"},
		"parents": {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>", "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"},
		"objects": {"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
			stream("/Type/ObjStm/N 1/First 4/Extends 4 0 R", "4 0 4 0 R")},
		"forms": {"<</Type/Catalog/Pages 2 0 R>>", pages, "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 5 0 R>>",
			stream("", "/X Do"), "<</XObject<</X 6 0 R>>>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R", "/X Do")},
		"names": {"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 4 0 R>>>>", pages, "<</Type/Page/Parent 2 0 R>>", "<</Kids[4 0 R 4 0 R]>>"},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		data := pdfOf(objects...)
		d, err := engine().Open(ctx, bytes.NewReader(data), int64(len(data)))
		if err == nil {
			n, _ := d.Pages()
			for i := range min(n, 10) {
				_, _ = d.Page(i) // that it comes back is what counts
			}
			_ = d.Attachments(func(string, []byte) error { return nil })
			d.Close()
		}
		if ctx.Err() != nil {
			t.Errorf("%s: it went on until it was left", name)
		}
		cancel()
	}
}
