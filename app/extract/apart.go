package extract

import (
	"context"
	"errors"
)

// Apart reads files in a process of its own. Package apart has one.
type Apart interface {
	// Extract is as Reader.Extract, but knows no File for its own failure: it
	// returns [ErrApart] when the process ended, and [ErrMemory], too, when it
	// did so for want of memory.
	Extract(ctx context.Context, limits Limits, src Source, v Visitor) error
}

// Why a process of its own could not read a file.
var (
	ErrApart  = errors.New("extract: the process that read the file ended")
	ErrMemory = errors.New("extract: the process that read the file had no memory left")
)

// readApart has the item read by another process. Of what that one had entered
// and not left, when it ended, nothing more is known.
func (it *item) readApart() error {
	v := &relay{it: it}
	err := it.apart.Extract(it.ctx, it.limits, Source{Path: it.path, Size: it.size, R: it.r}, v)
	if err == nil || errors.As(err, new(visitorError)) {
		return err
	}
	reason := ReasonParser
	switch {
	case it.ctx.Err() == context.Canceled:
		return it.ctx.Err()
	case it.ctx.Err() != nil:
		reason = ReasonTime
	case errors.Is(err, ErrMemory):
		reason = ReasonMemory
	}
	return v.broken(reason)
}

// relay hands on what the other process tells. The file itself is entered and
// left here.
type relay struct {
	it   *item
	open []string // entries that are not left
	deep int
}

// Enter implements Visitor.
func (r *relay) Enter(path string) {
	if r.deep++; r.deep > 1 {
		r.open = append(r.open, path)
		r.it.visitor.Enter(path)
	}
}

// Text implements Visitor.
func (r *relay) Text(p Piece) { r.it.visitor.Text(p) }

// Leave implements Visitor.
func (r *relay) Leave(f File) error {
	if r.deep--; r.deep == 0 {
		r.it.told = f
		return nil
	}
	r.open = r.open[:len(r.open)-1]
	if err := r.it.visitor.Leave(f); err != nil {
		return visitorError{err}
	}
	return nil
}

// broken leaves what is open: the innermost could not be read, what is around it
// not in full.
func (r *relay) broken(reason Reason) error {
	for len(r.open) > 0 {
		f := File{Path: r.open[len(r.open)-1], Size: -1, Type: Other, Protection: ProtectUnknown, Scanned: Failed, Reason: reason}
		if err := r.Leave(f); err != nil {
			return err
		}
	}
	if reason == ReasonParser {
		return failed(reason)
	}
	return partly(reason)
}
