package main

import (
	"bytes"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"daicho/app"
)

// TestPageOfAnAttachment: a second process of the program draws a page of an attached
// PDF, and one that is none is refused with a sentence.
func TestPageOfAnAttachment(t *testing.T) {
	t.Setenv("DAICHO_TEST_PROGRAM", "daicho")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	d := newTestDoor(t)
	ok(t, d.Create(t.Context(), "葉月 花子", []byte(passphrase)))
	r := &records{door: d}
	t.Cleanup(func() { r.drawers().Close() })
	f := gofpdf.New("P", "mm", "A4", "")
	f.AddPage()
	f.AddPage()
	var file bytes.Buffer
	ok(t, f.Output(&file))
	rec, err := r.Get(t.Context(), saveTicket(t, r, "写しを送る"))
	ok(t, err)
	attached := func(name string, content []byte) app.Blob {
		b, err := r.Attach(t.Context(), rec, name, bytes.NewReader(content))
		ok(t, err)
		return b
	}
	s, err := r.Page(t.Context(), attached("a.pdf", file.Bytes()), 1, 300)
	ok(t, err)
	if s.Pages != 2 || s.Picture.Bounds().Dx() != 300 {
		t.Errorf("%d pages, %v", s.Pages, s.Picture.Bounds())
	}
	if _, err := r.Page(t.Context(), attached("b.pdf", []byte("%PDF-1.7 not really")), 0, 300); !app.IsCode(err, app.Failed) {
		t.Errorf("got %v", err)
	}
}
