package extract

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"daicho/app/extract/charset"
)

const (
	chunkSize = 256 << 10
	maxLine   = 1 << 20 // a longer line is cut
)

// readText reads lines in any charset, chunk by chunk.
func (it *item) readText() error {
	r, err := it.plainText()
	if err != nil {
		return err
	}
	if it.onlyLockedKeys() {
		it.told.Protection = ProtectPassword
	}
	t := textReader{it: it, lines: lines{r: r, size: it.size}, line: 1}
	return t.run()
}

// plainText undoes UTF-16 and drops byte order marks.
func (it *item) plainText() (io.Reader, error) {
	head := make([]byte, min(it.size, sniffSize))
	if _, err := it.r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, failed(ReasonRead)
	}
	r := it.reader()
	if e := utf16Of(head); e != nil {
		return e.NewDecoder().Reader(r), nil
	}
	if bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")) {
		_, err := io.CopyN(io.Discard, r, 3)
		return r, err
	}
	if looksBinary(head) {
		it.told.Type, it.told.Protection = it.binaryType(), ProtectUnknown
		if f := formats[it.told.Type]; f.reason != "" {
			it.told.Protection = f.protection
			return nil, unreadable(f.reason)
		}
		return nil, unreadable(ReasonBinary)
	}
	return r, nil
}

// utf16Of knows UTF-16 by its mark, or by zero bytes on one side only: of
// ASCII, or of the spaces and line ends every text has.
func utf16Of(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	few := len(head) / 100
	switch {
	case zeros[1] > few && zeros[0] == 0 && plausible16(head, 0):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > few && zeros[1] == 0 && plausible16(head, 1):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// plausible16 wants every unit with a zero high byte to be printable ASCII or
// white space.
func plausible16(head []byte, low int) bool {
	for i := 0; i+1 < len(head); i += 2 {
		l, h := head[i+low], head[i+1-low]
		if h == 0 && (l < 9 || l > 13 && l < 32 || l == 127) {
			return false
		}
	}
	return len(head) >= 4
}

// looksBinary allows what text has: tabs, line ends, form feeds, escapes. One
// zero byte, or one control in fifty, is too much.
func looksBinary(head []byte) bool {
	controls, rest := 0, head
	for ; len(rest) >= 8; rest = rest[8:] {
		x := binary.LittleEndian.Uint64(rest)
		for below := belowSpace(x); below != 0; below &= below - 1 {
			c := byte(x >> (bits.TrailingZeros64(below) &^ 7))
			if c == 0 {
				return true
			}
			controls += isControl[c]
		}
	}
	for _, c := range rest {
		if c == 0 {
			return true
		}
		controls += isControl[c]
	}
	return controls*50 > len(head)
}

// belowSpace sets the high bit of each of eight bytes that is below a space, and of
// some that are not but stand behind such a one.
func belowSpace(x uint64) uint64 {
	const each = 0x0101010101010101
	return (x - each*' ') &^ x & (each << 7)
}

// isControl is 1 for what text has not.
var isControl = func() (is [256]int) {
	for c := range 32 {
		if (c < 8 || c > 13) && c != 0x1b && c != 0x1a && c != Cell {
			is[c] = 1
		}
	}
	return is
}()

type textReader struct {
	it      *item
	lines   lines
	decoder charset.Decoder
	line    int
	sep     byte
	told    bool
	mixed   bool // binary data after text
	out     []byte
}

func (t *textReader) run() error {
	for {
		chunk, err := t.lines.next()
		if err != nil && err != io.EOF {
			return err
		}
		if len(chunk) > 0 {
			if err := t.tell(chunk); err != nil {
				return err
			}
		}
		if err == io.EOF {
			break
		}
	}
	switch {
	case t.mixed:
		return partly(ReasonMixed)
	case t.decoder.Lost:
		return partly(ReasonCharset)
	}
	return nil
}

func (t *textReader) tell(chunk []byte) error {
	t.mixed = t.mixed || looksBinary(chunk)
	t.out = t.decoder.Decode(t.out[:0], chunk)
	if !t.told {
		t.sep = sniffSep(t.out, t.it.told.Type == CSV)
	}
	p := Piece{Text: t.out, Sep: t.sep, Continues: t.told, Line: t.line}
	t.line += bytes.Count(t.out, []byte{'\n'})
	t.told = true
	return t.it.emit(p)
}

// lines cuts a stream into chunks that end at a line's end.
type lines struct {
	r    io.Reader
	buf  []byte
	from int // what the last call did not hand out
	eof  bool
	size int64 // about as much as there is, so that a small file costs little; 0: nobody knows
}

// next returns the next chunk, valid until the following call; io.EOF comes
// with the last.
func (l *lines) next() ([]byte, error) {
	n := copy(l.buf, l.buf[l.from:])
	l.buf = l.buf[:n]
	for !l.eof {
		if err := l.fill(); err != nil {
			return nil, err
		}
		if cut := l.cut(); cut > 0 && !l.eof {
			l.from = cut
			return l.buf[:cut], nil
		}
	}
	l.from = len(l.buf)
	return l.buf, io.EOF
}

func (l *lines) fill() error {
	have, more := len(l.buf), chunkSize
	if l.size > 0 && l.size < chunkSize {
		more = int(l.size) + 1 // one more meets the end
	}
	if cap(l.buf)-have < more {
		l.buf = append(make([]byte, 0, 2*cap(l.buf)+more), l.buf...)
	}
	for err := error(nil); len(l.buf) < have+more; { // io.ReadFull takes a stream that breaks off for one that ends
		var n int
		n, err = l.r.Read(l.buf[len(l.buf) : have+more])
		l.buf = l.buf[:len(l.buf)+n]
		switch err {
		case nil:
		case io.EOF:
			l.eof = true
			return nil
		case io.ErrUnexpectedEOF:
			return failed(ReasonTruncated)
		default:
			return err
		}
	}
	return nil
}

// cut is where the last whole line ends, or, in a line without end, after a
// byte that is no trail byte in any charset.
func (l *lines) cut() int {
	if i := bytes.LastIndexByte(l.buf, '\n'); i >= 0 {
		return i + 1
	}
	if len(l.buf) < maxLine {
		return 0
	}
	for _, separators := range []string{",\t;", " "} { // blanks stand within numbers and names, too
		if i := bytes.LastIndexAny(l.buf, separators); i > 0 {
			return i + 1
		}
	}
	if rest := lastRune(l.buf); !utf8.FullRune(rest) {
		return len(l.buf) - len(rest)
	}
	return len(l.buf)
}
