package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"strings"
)

// ErrDamaged is a part that breaks off within a byte.
var ErrDamaged = errors.New("mail: a part is damaged")

// transferred undoes a Content-Transfer-Encoding.
func transferred(encoding string, r io.Reader) io.Reader {
	switch strings.Trim(strings.ToLower(encoding), " \t\";") {
	case "base64":
		return &base64Reader{r: r}
	case "quoted-printable":
		return &quotedReader{r: bufio.NewReaderSize(r, 4096)}
	case "x-uuencode", "uuencode", "x-uue":
		return &uuReader{text: &uuText{s: newSource(r)}}
	}
	return r
}

func is64(c byte) bool {
	return c-'0' <= 9 || (c|0x20)-'a' <= 25 || c == '+' || c == '/'
}

// base64Reader passes over what is not of the alphabet, and goes on behind padding:
// some programs encode a file in stretches.
type base64Reader struct {
	r    io.Reader
	in   [4096]byte
	open []byte // of the alphabet, not yet decoded
	buf  []byte
	out  []byte // what of buf nobody has read
	err  error
}

// Read implements io.Reader.
func (b *base64Reader) Read(p []byte) (int, error) {
	for len(b.out) == 0 {
		if b.err != nil {
			return 0, b.err
		}
		b.fill()
	}
	n := copy(p, b.out)
	b.out = b.out[n:]
	return n, nil
}

func (b *base64Reader) fill() {
	n, err := b.r.Read(b.in[:])
	b.buf = b.buf[:0]
	for _, c := range b.in[:n] {
		switch {
		case is64(c):
			b.open = append(b.open, c)
		case c == '=':
			b.flush()
		}
	}
	whole := len(b.open) / 4 * 4
	b.decode(b.open[:whole])
	b.open = b.open[:copy(b.open, b.open[whole:])]
	if err != nil {
		b.flush()
		if b.err == nil || err != io.EOF {
			b.err = err
		}
	}
	b.out = b.buf
}

// flush ends a stretch. One character alone is no byte.
func (b *base64Reader) flush() {
	if len(b.open)%4 == 1 {
		b.err = ErrDamaged
		b.open = b.open[:len(b.open)-1]
	}
	b.decode(b.open)
	b.open = b.open[:0]
}

func (b *base64Reader) decode(text []byte) {
	if dst, err := base64.RawStdEncoding.AppendDecode(b.buf, text); err == nil {
		b.buf = dst
	}
}

// quotedReader undoes quoted-printable (RFC 2045 6.7); an escape that is none stays.
type quotedReader struct {
	r   *bufio.Reader
	out []byte
	buf []byte
	err error
}

// Read implements io.Reader.
func (q *quotedReader) Read(p []byte) (int, error) {
	for len(q.out) == 0 {
		if q.err != nil {
			return 0, q.err
		}
		var line []byte
		line, q.err = q.r.ReadSlice('\n')
		if q.err == bufio.ErrBufferFull {
			line, q.err = q.whole(line)
		}
		q.buf = unquoted(q.buf[:0], line)
		q.out = q.buf
	}
	n := copy(p, q.out)
	q.out = q.out[n:]
	return n, nil
}

// whole keeps an escape together that stands across two pieces of a long line.
func (q *quotedReader) whole(piece []byte) ([]byte, error) {
	cut := bytes.LastIndexByte(piece[len(piece)-2:], '=')
	if cut < 0 {
		return piece, nil
	}
	line := bytes.Clone(piece)
	for range cut + 1 {
		c, err := q.r.ReadByte()
		if err != nil {
			return line, err
		}
		if line = append(line, c); c == '\n' {
			break
		}
	}
	return line, nil
}

// unquoted undoes a line, whose end is lost behind "=".
func unquoted(dst, line []byte) []byte {
	text := bytes.TrimRight(line, " \t\r\n")
	end := line[len(text):]
	if i := bytes.IndexAny(end, "\r\n"); i >= 0 {
		end = end[i:] // blanks before a line's end are a relay's
	}
	if bytes.HasSuffix(text, []byte{'='}) && len(end) > 0 {
		text, end = text[:len(text)-1], nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] == '=' && i+2 < len(text) && hex(text[i+1]) < 16 && hex(text[i+2]) < 16 {
			dst = append(dst, hex(text[i+1])<<4|hex(text[i+2]))
			i += 2
			continue
		}
		dst = append(dst, text[i])
	}
	return append(dst, end...)
}
