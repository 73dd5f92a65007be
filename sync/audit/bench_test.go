package audit_test

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"testing"

	"daicho/sync/audit"
)

// large writes an export of so many lines and gives its path.
func large(b *testing.B, lines int64) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "large")
	f, err := os.Create(path)
	ok(b, err)
	defer f.Close()
	var tree audit.Tree
	pages := func(take func(audit.Page) error) {
		var p audit.Page
		for n := int64(1); n <= lines; n++ {
			l := line(n)
			leaf, err := l.Encode()
			ok(b, err)
			p.Leaves, p.Hashes = append(p.Leaves, leaf), append(p.Hashes, audit.HashOf(leaf))
			if len(p.Leaves) == audit.MaxPage || n == lines {
				ok(b, take(p))
				p = audit.Page{}
			}
		}
	}
	pages(func(p audit.Page) error {
		for _, h := range p.Hashes {
			tree.Add(h)
		}
		return nil
	})
	c := audit.Checkpoint{Size: lines, Root: tree.Root(), At: 1, Epoch: epoch}
	w := bufio.NewWriter(f)
	e, err := audit.NewExporter(w, public(), [][]byte{signed(b, c)})
	ok(b, err)
	pages(e.Page)
	ok(b, w.Flush())
	return path
}

// BenchmarkVerifyMillion reads and verifies an export of 1,000,000 lines.
func BenchmarkVerifyMillion(b *testing.B) {
	path := large(b, 1_000_000)
	for b.Loop() {
		f, err := os.Open(path)
		ok(b, err)
		r, err := audit.Verify(bufio.NewReader(f))
		ok(b, err)
		if !r.Sound() || r.Lines != 1_000_000 {
			b.Fatalf("%+v", r)
		}
		size, err := f.Seek(0, io.SeekEnd)
		ok(b, err)
		b.ReportMetric(float64(size)/1_000_000, "file-B/line")
		ok(b, f.Close())
	}
}

// BenchmarkAdd is what the server does for each line of its order.
func BenchmarkAdd(b *testing.B) {
	var tree audit.Tree
	l := line(7)
	for b.Loop() {
		leaf, err := l.Encode()
		ok(b, err)
		_ = audit.Row(tree.Add(audit.HashOf(leaf)))
	}
}

// BenchmarkFollows is what a device does for each page.
func BenchmarkFollows(b *testing.B) {
	g := order(b, 100_000)
	before, now := g.at(b, 77_777), g.at(b, 100_000)
	note := signed(b, now)
	for b.Loop() {
		p, err := audit.ProveContinued(100_000, 77_777, g.stored)
		ok(b, err)
		got, err := audit.Open(note, public())
		ok(b, err)
		ok(b, got.Follows(&before, p))
	}
}
