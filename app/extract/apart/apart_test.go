package apart

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"daicho/app/extract"
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

func pool(t *testing.T, read Read) *Pool {
	t.Helper()
	p := New(starting(read))
	t.Cleanup(p.Close)
	return p
}

func starting(read Read) func() (Process, error) {
	return func() (Process, error) {
		hear, ask := io.Pipe()
		answer, tell := io.Pipe()
		go func() {
			_ = Serve(hear, tell, read, func() {}) // its end shows on the other side
			_ = tell.Close()
		}()
		return &inProcess{answer, ask, func() { _, _ = ask.Close(), answer.Close() }}, nil
	}
}

// heard is a Visitor that keeps the text and the outcome.
type heard struct {
	text []byte
	file extract.File
}

func (h *heard) Enter(string)         {}
func (h *heard) Text(p extract.Piece) { h.text = append(h.text, p.Text...) }
func (h *heard) Leave(f extract.File) error {
	h.file = f
	return nil
}

// backwards reads a file from its end to its beginning in steps that cross blocks.
func backwards(_ context.Context, _ extract.Limits, src extract.Source, v extract.Visitor) error {
	const step = 10_007
	var b [step]byte
	f := extract.File{Path: src.Path, Scanned: extract.Full}
	for at := (src.Size - 1) / step * step; at >= 0; at -= step {
		n, err := src.R.ReadAt(b[:], at)
		if err != nil && err != io.EOF {
			f.Scanned = extract.Failed
			break
		}
		v.Text(extract.Piece{Text: bytes.Clone(b[:n])})
	}
	return v.Leave(f)
}

func TestReadsAnywhere(t *testing.T) {
	p := pool(t, backwards)
	want := make([]byte, 3*blockSize+17)
	for i := range want {
		want[i] = byte(i * 7 >> 3)
	}
	for range 2 { // the second file meets nothing of the first
		var h heard
		if err := p.Extract(t.Context(), extract.Limits{}, extract.Source{Path: "a", Size: int64(len(want)), R: bytes.NewReader(want)}, &h); err != nil {
			t.Fatal(err)
		}
		var got []byte
		for rest := h.text; len(rest) > 0; {
			n := 10_007
			if len(got) == 0 {
				n = len(want) % 10_007
			}
			got, rest = append(bytes.Clone(rest[:n]), got...), rest[n:]
		}
		if !bytes.Equal(got, want) || h.file.Scanned != extract.Full {
			t.Errorf("%d bytes of %d came over, %+v", len(got), len(want), h.file)
		}
		for i := range want {
			want[i]++
		}
	}
}

type unreadable struct{}

func (unreadable) ReadAt([]byte, int64) (int, error) { return 0, errors.New("input/output error") }

func TestFileThatCannotBeRead(t *testing.T) {
	var h heard
	if err := pool(t, backwards).Extract(t.Context(), extract.Limits{}, extract.Source{Path: "a", Size: 10, R: unreadable{}}, &h); err != nil {
		t.Fatal(err)
	}
	if h.file.Scanned != extract.Failed || len(h.text) > 0 {
		t.Errorf("told %+v and %d bytes", h.file, len(h.text))
	}
}

func TestProcessThatDoesNotStart(t *testing.T) {
	p := New(func() (Process, error) { return nil, errors.New("no such program") })
	err := p.Extract(t.Context(), extract.Limits{}, extract.Source{}, &heard{})
	if !errors.Is(err, extract.ErrApart) {
		t.Errorf("got %v", err)
	}
}

// TestProcessThatEndedWhileItWaited costs no file; one that ends over a file does,
// and is not tried again.
func TestProcessThatEndedWhileItWaited(t *testing.T) {
	var started []Process
	start := starting(backwards)
	p := New(func() (Process, error) {
		process, err := start()
		started = append(started, process)
		return process, err
	})
	t.Cleanup(p.Close)
	src := extract.Source{Path: "a", Size: 3, R: bytes.NewReader([]byte("abc"))}
	for n := range 3 {
		var h heard
		if err := p.Extract(t.Context(), extract.Limits{}, src, &h); err != nil || string(h.text) != "abc" {
			t.Fatalf("after %d ends: %q (%v)", n, h.text, err)
		}
		if err := started[len(started)-1].Kill(); err != nil {
			t.Fatal(err)
		}
	}
	start = func() (Process, error) {
		return &inProcess{bytes.NewReader(nil), io.Discard, func() {}}, nil
	}
	if err := p.Extract(t.Context(), extract.Limits{}, src, &heard{}); !errors.Is(err, extract.ErrApart) || len(started) != 4 {
		t.Errorf("%d processes, %v", len(started), err)
	}
}
