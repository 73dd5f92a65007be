package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"

	"daicho/app/extract"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
)

// textVerb prints what the scan reads: the text of a file and of the files in it.
type textVerb struct {
	File string `arg:"" help:"The file to read."`
}

// Run ends with an error when something was not read, so that no script takes
// half a text for all of it.
func (v *textVerb) Run(ctx context.Context, console *cli.Console) error {
	src, end, err := source(v.File)
	if err != nil {
		return err
	}
	defer end()
	workers := worker.Readers()
	defer workers.Close()
	reader := extract.Reader{Apart: workers}
	p := &textPrinter{out: bufio.NewWriter(console.Out)}
	return errors.Join(reader.Extract(ctx, src, p), p.out.Flush(), p.unread)
}

// textPrinter prints text as it comes: cells with tabs between them, and the
// name of a file inside the file as a headline.
type textPrinter struct {
	out    *bufio.Writer
	open   []string
	last   string // whose text was printed last
	within bool   // a line, which has no end yet
	unread error
}

// Enter implements extract.Visitor.
func (p *textPrinter) Enter(path string) {
	if p.open = append(p.open, path); len(p.open) == 1 {
		p.last = path
	}
}

// Text implements extract.Visitor.
func (p *textPrinter) Text(piece extract.Piece) {
	// A bufio.Writer keeps its error for Flush.
	if p.within && !piece.Continues {
		p.out.WriteByte('\n')
	}
	if path := p.open[len(p.open)-1]; path != p.last {
		fmt.Fprintf(p.out, "==> %s <==\n", path)
		p.last = path
	}
	p.within = !bytes.HasSuffix(piece.Text, []byte{'\n'})
	p.out.Write(bytes.ReplaceAll(piece.Text, []byte{extract.Cell}, []byte{'\t'}))
}

// Leave implements extract.Visitor.
func (p *textPrinter) Leave(f extract.File) error {
	p.open = p.open[:len(p.open)-1]
	if f.Scanned != extract.Full && f.Reason != extract.ReasonEntries {
		p.unread = errors.Join(p.unread, fmt.Errorf("%s: %s (%s)", f.Path, f.Scanned, f.Reason))
	}
	return nil
}
