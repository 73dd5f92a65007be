package apart

import (
	"bufio"
	"encoding/gob"
	"io"
	"sync"

	"daicho/app/extract"
)

// kind says what a message is about.
type kind byte

const (
	begin kind = iota + 1 // asks to read a file
	data                  // bytes of it, as wanted
	want                  // asks for bytes
	enter
	text
	leave
	done // the file was read
)

// message is all that either side ever says.
type message struct {
	Kind   kind
	Path   string         // of begin, enter
	Size   int64          // of begin, in bytes
	Limits extract.Limits // of begin
	Offset int64          // of want
	Length int            // of want
	Data   []byte
	Failed bool // of data: it could not be read
	Piece  extract.Piece
	File   extract.File
}

const pipeBuffer = 128 << 10

// line is one side's end of the two pipes.
type line struct {
	from *gob.Decoder
	buf  *bufio.Writer
	to   *gob.Encoder
	held sync.Mutex // a parser may read from several goroutines
}

func newLine(r io.Reader, w io.Writer) *line {
	buf := bufio.NewWriterSize(w, pipeBuffer)
	return &line{from: gob.NewDecoder(bufio.NewReaderSize(r, pipeBuffer)), buf: buf, to: gob.NewEncoder(buf)}
}

// say sends a message at once.
func (l *line) say(m *message) error {
	if err := l.to.Encode(m); err != nil {
		return err
	}
	return l.buf.Flush()
}
