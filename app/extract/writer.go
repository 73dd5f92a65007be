package extract

import (
	"bytes"
	"unicode/utf8"
)

// writer gathers the text of one part into pieces.
type writer struct {
	it    *item
	part  string
	sep   byte
	buf   []byte
	line  int
	begun bool
	total int64
	fail  error // of a piece told in the middle of a line
}

const pieceSize = 64 << 10

func (it *item) writer(part string) *writer { return &writer{it: it, part: part, line: 1} }

// endLine ends a line or row, and tells the piece when it is large enough.
func (w *writer) endLine() error {
	w.buf = append(w.buf, '\n')
	if len(w.buf) < pieceSize {
		return nil
	}
	return w.flush()
}

func (w *writer) flush() error {
	if len(w.buf) == 0 || w.fail != nil {
		return w.fail
	}
	err := w.it.emit(Piece{Text: w.buf, Sep: w.sep, Continues: w.begun, Part: w.part, Line: w.line})
	for _, c := range w.buf {
		if c == '\n' {
			w.line++
		}
	}
	w.total += int64(len(w.buf))
	w.buf, w.begun = w.buf[:0], true
	return err
}

// turn begins a table, or goes back to prose.
func (w *writer) turn(sep byte) error {
	if n := len(w.buf); n > 0 && w.buf[n-1] != '\n' {
		w.buf = append(w.buf, '\n')
	}
	err := w.flush()
	w.sep, w.begun = sep, false
	return err
}

// retake says of the line at hand that it is of a table, or of prose, after all.
func (w *writer) retake(sep byte) error {
	if w.sep == sep {
		return nil
	}
	cut := bytes.LastIndexByte(w.buf, '\n') + 1
	line := bytes.Clone(w.buf[cut:])
	w.buf = w.buf[:cut]
	err := w.turn(sep)
	w.buf = append(w.buf, line...)
	return err
}

// cellText appends text that may hold neither cell nor line ends.
func (w *writer) cellText(text []byte) {
	for _, c := range text {
		if c == '\n' || c == '\r' || c == '\t' || c == Cell {
			c = ' '
		}
		if utf8.RuneStart(c) {
			w.bound()
		}
		w.buf = append(w.buf, c)
	}
}

// bound cuts a line that does not end, so that a file cannot fill memory with
// one. Its error comes with the next piece.
func (w *writer) bound() {
	if len(w.buf) < maxLine {
		return
	}
	w.buf = append(w.buf, '\n')
	w.fail = w.flush()
	w.buf = w.buf[:0]
}
