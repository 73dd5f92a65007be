package apart

import (
	"context"
	"errors"
	"io"
	"sync"

	"daicho/app/extract"
)

// Process is a process that serves.
type Process interface {
	io.Reader
	io.Writer
	// Kill ends it at once and waits until it is gone. The error is
	// [extract.ErrMemory] when it had ended itself before, for want of memory.
	Kill() error
}

// Pool keeps processes that serve, one for each file that is being read. It is
// safe for concurrent use.
type Pool struct {
	start func() (Process, error)
	mu    sync.Mutex
	idle  []*worker
}

// New returns a pool whose processes are made by start when they are wanted.
func New(start func() (Process, error)) *Pool { return &Pool{start: start} }

// Close ends the processes. No file may be being read.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.idle {
		_ = w.process.Kill() // nothing depends on how it went
	}
	p.idle = nil
}

// worker is a process and what it says.
type worker struct {
	process Process
	*line
	spoke bool // of the file at hand
}

// take returns a process that waits, or nil.
func (p *Pool) take() *worker {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.idle)
	if n == 0 {
		return nil
	}
	w := p.idle[n-1]
	p.idle = p.idle[:n-1]
	return w
}

func (p *Pool) fresh() (*worker, error) {
	process, err := p.start()
	if err != nil {
		return nil, errors.Join(extract.ErrApart, err)
	}
	return &worker{process: process, line: newLine(process, process)}, nil
}

func (p *Pool) give(w *worker) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, w)
}

// Extract implements [extract.Apart]. A process that waited may have ended meanwhile,
// which no file is to blame for: one that says nothing at all is replaced once.
func (p *Pool) Extract(ctx context.Context, limits extract.Limits, src extract.Source, v extract.Visitor) error {
	if w := p.take(); w != nil {
		err := p.run(ctx, w, limits, src, v)
		if err == nil || w.spoke || ctx.Err() != nil {
			return err
		}
	}
	w, err := p.fresh()
	if err != nil {
		return err
	}
	return p.run(ctx, w, limits, src, v)
}

// run has one file read by w, and keeps w unless it failed.
func (p *Pool) run(ctx context.Context, w *worker, limits extract.Limits, src extract.Source, v extract.Visitor) error {
	ended := make(chan error, 1)
	leave := context.AfterFunc(ctx, func() { ended <- w.process.Kill() })
	err := w.file(limits, src, v)
	if !leave() {
		<-ended
		return ctx.Err()
	}
	if err != nil {
		return errors.Join(err, w.process.Kill())
	}
	p.give(w)
	return nil
}

// file has one file read. An error is of the visitor, or the end of the process.
func (w *worker) file(limits extract.Limits, src extract.Source, v extract.Visitor) error {
	w.spoke = false
	if err := w.say(&message{Kind: begin, Path: src.Path, Size: src.Size, Limits: limits}); err != nil {
		return extract.ErrApart
	}
	var m message
	for {
		m = message{Piece: extract.Piece{Text: m.Piece.Text[:0]}}
		if err := w.from.Decode(&m); err != nil {
			return extract.ErrApart
		}
		w.spoke = true
		var err error
		switch m.Kind {
		case done:
			return nil
		case want:
			err = w.answer(&m, src.R)
		case enter:
			v.Enter(m.Path)
		case text:
			v.Text(m.Piece)
		case leave:
			err = v.Leave(m.File)
		}
		if err != nil {
			return err
		}
	}
}

// answer sends the bytes that are wanted.
func (w *worker) answer(m *message, r io.ReaderAt) error {
	b := make([]byte, min(max(m.Length, 0), blockSize))
	n, err := r.ReadAt(b, m.Offset)
	a := message{Kind: data, Data: b[:n], Failed: err != nil && err != io.EOF}
	if err := w.say(&a); err != nil {
		return extract.ErrApart
	}
	return nil
}
