package page_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"daicho/app/extract"
	"daicho/app/extract/apart"
	"daicho/app/extract/page"
	"daicho/app/extract/pdf"
)

// inProcess serves on two pipes of this process.
type inProcess struct {
	io.Reader
	io.Writer
	end func()
}

func (p *inProcess) Kill() error {
	p.end()
	return nil
}

func pool(t *testing.T) *apart.Pool {
	t.Helper()
	engine := pdf.New(t.TempDir())
	t.Cleanup(func() { _ = engine.Close() })
	p := apart.New(func() (apart.Process, error) {
		hear, ask := io.Pipe()
		answer, tell := io.Pipe()
		go func() {
			_ = apart.Serve(hear, tell, page.Serve(engine), func() {})
			_ = tell.Close()
		}()
		return &inProcess{answer, ask, func() { _, _ = ask.Close(), answer.Close() }}, nil
	})
	t.Cleanup(p.Close)
	return p
}

// twoPages are a page in white, and one that is black below its middle.
func twoPages(t *testing.T) []byte {
	t.Helper()
	f := gofpdf.New("P", "mm", "A4", "")
	f.AddPage()
	f.AddPage()
	f.Rect(0, 148.5, 210, 148.5, "F")
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDraw(t *testing.T) {
	p, file := pool(t), twoPages(t)
	src := extract.Source{Path: "/home/葉月/秘密.pdf", Size: int64(len(file)), R: bytes.NewReader(file)}
	for n, foot := range []uint32{0xFFFF, 0} {
		got, err := page.Draw(t.Context(), p, src, n, 400)
		if err != nil {
			t.Fatal(err)
		}
		size := got.Image.Bounds().Size()
		if got.Pages != 2 || size.X != 400 || size.Y < 564 || size.Y > 567 {
			t.Errorf("page %d: %d pages, %v", n, got.Pages, size)
		}
		top, _, _, _ := got.Image.At(200, 100).RGBA()
		low, _, _, _ := got.Image.At(200, 500).RGBA()
		if top != 0xFFFF || low != foot {
			t.Errorf("page %d: %x above, %x below", n, top, low)
		}
	}
	if _, err := page.Draw(t.Context(), p, src, 2, 400); err == nil {
		t.Error("it drew a page that is not there")
	}
	if got, err := page.Draw(t.Context(), p, src, 0, 99_999); err != nil || got.Image.Bounds().Dx() != page.MaxWidth {
		t.Errorf("%v", err)
	}
}

func TestDrawWhatIsNone(t *testing.T) {
	p := pool(t)
	for _, file := range []string{"", "%PDF-1.7\n", "PK\x03\x04"} {
		src := extract.Source{Size: int64(len(file)), R: bytes.NewReader([]byte(file))}
		if got, err := page.Draw(t.Context(), p, src, 0, 400); err == nil {
			t.Errorf("%q: drew %v", file, got.Image.Bounds())
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := page.Draw(ctx, p, extract.Source{}, 0, 400); err == nil {
		t.Error("drew what nobody waits for")
	}
}
