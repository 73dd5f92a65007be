package mail

import (
	"bufio"
	"bytes"
	"io"
)

const (
	pieceSize = 64 << 10
	none      = -1
)

// source gives the lines of a message, or pieces of long ones, and ends where a
// boundary of any open container stands, so that a part without an end does not
// swallow what follows.
type source struct {
	r     *bufio.Reader
	end   byte     // of a line
	marks []string // boundaries of the open containers, outermost first
	back  []byte   // to be read once more
	mid   bool     // the next piece goes on with a line
	hit   int      // which mark was met; none while there is none
	last  bool     // and it closes its container
	err   error    // io.EOF, or why there is no more
	cut   bool     // a header was too long, and the rest of it passed over
}

func newSource(r io.Reader) *source {
	s := &source{r: bufio.NewReaderSize(r, pieceSize), end: '\n', hit: none}
	head, _ := s.r.Peek(4096) // its error comes again as it is read
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		s.end = '\r'
	}
	return s
}

// piece is the next line with its end, or 64 KiB of a long one; nil where the
// part ends.
func (s *source) piece() []byte {
	if s.hit != none || s.err != nil {
		return nil
	}
	p := s.back
	s.back = nil
	if p == nil {
		p = s.read()
	}
	if len(p) == 0 {
		return nil
	}
	starts := !s.mid
	s.mid = p[len(p)-1] != s.end
	if starts && s.meets(p) {
		s.mid = false
		return nil
	}
	return p
}

func (s *source) read() []byte {
	p, err := s.r.ReadSlice(s.end)
	if err != nil && err != bufio.ErrBufferFull && len(p) == 0 {
		s.err = err
	}
	return p
}

// meets says whether a line is a boundary of an open container.
func (s *source) meets(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("--")) {
		return false
	}
	name := bytes.TrimRight(line[2:], " \t\r\n")
	for i := len(s.marks) - 1; i >= 0; i-- {
		rest, ok := bytes.CutPrefix(name, []byte(s.marks[i]))
		if ok && (len(rest) == 0 || string(rest) == "--") {
			s.hit, s.last = i, len(rest) > 0
			return true
		}
	}
	return false
}

// unread gives a piece back.
func (s *source) unread(p []byte) {
	s.back, s.mid = bytes.Clone(p), false
}

// line is the next line without its end, cut after max bytes; ok is false where
// the part ends.
func (s *source) line(max int) (line []byte, ok bool) {
	for {
		p := s.piece()
		if p == nil {
			return line, ok
		}
		ok = true
		n := min(len(p), max-len(line))
		s.cut = s.cut || n < len(p)
		line = append(line, p[:n]...)
		if !s.mid {
			return bytes.TrimRight(line, "\r\n"), true
		}
	}
}

// skip passes over the rest of the part.
func (s *source) skip() {
	for s.piece() != nil {
	}
}

// section is a part's bytes. The line end before a boundary belongs to the boundary.
type section struct {
	s    *source
	buf  []byte
	from int
	held []byte // the end of the line before
}

// Read implements io.Reader.
func (p *section) Read(b []byte) (int, error) {
	for p.from >= len(p.buf) {
		if !p.fill() {
			if p.s.err != nil && p.s.err != io.EOF {
				return 0, p.s.err
			}
			return 0, io.EOF
		}
	}
	n := copy(b, p.buf[p.from:])
	p.from += n
	return n, nil
}

func (p *section) fill() bool {
	line := p.s.piece()
	p.buf, p.from = append(p.buf[:0], p.held...), 0
	p.held = p.held[:0]
	if line == nil {
		if p.s.hit != none {
			p.buf = p.buf[:0] // who reads once more gets no line end either
		}
		return len(p.buf) > 0
	}
	body := bytes.TrimRight(line, "\r\n")
	p.buf = append(p.buf, body...)
	p.held = append(p.held, line[len(body):]...)
	return true
}
