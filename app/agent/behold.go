package agent

import (
	"context"
	"io"
	"strings"

	"daicho/app/finding"
	"daicho/app/scan"
)

// beholder adds to hits what a scan does not tell.
type beholder struct {
	files    scan.Files
	gate     scan.Gate
	key      finding.Key
	recalled map[string]bool // paths of files that are as they were
	accounts
}

// look goes through all hits. What cannot be told stays unknown; the error is ctx's.
func (b *beholder) look(ctx context.Context, hits []finding.Hit, before []finding.Previous) error {
	contents := map[string]string{}
	for _, p := range before {
		contents[p.Path] = p.Finding.Content
	}
	for i := range hits {
		h := &hits[i]
		if b.recalled[h.Path] {
			h.Content = contents[h.Path]
		}
		if h.Content == "" {
			h.Content = b.content(ctx, h.Path)
		}
		if !strings.HasPrefix(h.Path, "smb://") {
			h.Account = b.of(h.Path)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// content is the mark of a file's content; empty, if it cannot be read any more. The
// file waits for its turn and is read in it, as in the scan.
func (b *beholder) content(ctx context.Context, path string) string {
	if b.gate.Wait(ctx) != nil || b.gate.File(ctx) != nil {
		return ""
	}
	f, err := b.files.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	mark, err := b.key.Content(io.NewSectionReader(&gated{ctx, f, b.gate}, 0, info.Size()))
	if err != nil {
		return ""
	}
	return mark
}

// gated is a file that is read through a gate, no longer than ctx lasts.
type gated struct {
	ctx  context.Context
	f    io.ReaderAt
	gate scan.Gate
}

func (g *gated) ReadAt(b []byte, at int64) (int, error) {
	if _, err := g.gate.Bytes(g.ctx, len(b)); err != nil {
		return 0, err
	}
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	return g.f.ReadAt(b, at)
}
