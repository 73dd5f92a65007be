package apart

import (
	"context"
	"errors"
	"io"

	"daicho/app/extract"
)

// Read reads one file within limits, as [extract.Reader.Extract] does.
type Read func(ctx context.Context, limits extract.Limits, src extract.Source, v extract.Visitor) error

// Serve reads the files it is asked for on in, and answers on out, until in
// ends. It calls gone as soon as that happens, also in the middle of a file, for a
// parser that hangs would outlive whom it works for.
func Serve(in io.Reader, out io.Writer, read Read, gone func()) error {
	s := &server{line: newLine(in, out), heard: make(chan message)}
	var ended error
	go func() {
		defer close(s.heard)
		for {
			var m message
			if ended = s.from.Decode(&m); ended != nil {
				gone()
				return
			}
			s.heard <- m
		}
	}()
	for m := range s.heard {
		if err := s.file(m, read); err != nil {
			return err
		}
	}
	if ended == io.EOF {
		return nil
	}
	return ended
}

// server is the side that reads, as its own visitor.
type server struct {
	*line
	heard chan message
	fail  error // of a pipe
}

func (s *server) file(m message, read Read) error {
	src := extract.Source{Path: m.Path, Size: m.Size, R: &remote{server: s, size: m.Size}}
	err := read(context.Background(), m.Limits, src, s)
	if err = errors.Join(err, s.fail); err != nil {
		return err
	}
	return s.tell(&message{Kind: done})
}

// tell sends a message. Its error is kept, too, for some callers have no use for it.
func (s *server) tell(m *message) error {
	s.held.Lock()
	defer s.held.Unlock()
	if s.fail == nil {
		s.fail = s.say(m)
	}
	return s.fail
}

// Enter implements extract.Visitor. It is told at once, as text is: the parser may
// not come back.
func (s *server) Enter(path string) { _ = s.tell(&message{Kind: enter, Path: path}) }

// Text implements extract.Visitor.
func (s *server) Text(p extract.Piece) { _ = s.tell(&message{Kind: text, Piece: p}) }

// Leave implements extract.Visitor. It is told at once: the next entry may end the
// process while it is unpacked, before it is entered.
func (s *server) Leave(f extract.File) error { return s.tell(&message{Kind: leave, File: f}) }

// ask sends a wish and waits for the answer.
func (s *server) ask(m *message) (message, error) {
	s.held.Lock()
	defer s.held.Unlock()
	if s.fail == nil {
		s.fail = s.say(m)
	}
	if s.fail != nil {
		return message{}, s.fail
	}
	answer, ok := <-s.heard
	if !ok {
		return answer, io.ErrClosedPipe
	}
	return answer, nil
}
