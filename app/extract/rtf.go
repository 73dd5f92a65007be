package extract

import (
	"bufio"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"daicho/app/extract/charset"
)

// readRTF reads Rich Text Format (version 1.9.1): body, headers, footnotes,
// comments, text boxes, properties and links. Tables become rows of cells.
func (it *item) readRTF() error {
	r := &rtfReader{r: bufio.NewReaderSize(it.reader(), 64<<10), writer: it.writer("document"), fonts: map[int]int{}}
	r.group = rtfGroup{skip: 1, page: 1252}
	err := r.run()
	if err == io.EOF {
		err = nil
		if len(r.outer) > 0 {
			err = io.ErrUnexpectedEOF
		}
	}
	r.flushBytes()
	if flushed := r.turn(0); flushed != nil && (err == nil || err == io.ErrUnexpectedEOF) {
		return flushed
	}
	if err == nil && it.envelope(r.pictures/2) {
		return partly(ReasonPictures)
	}
	return err
}

type rtfReader struct {
	*writer
	r     *bufio.Reader
	group rtfGroup
	outer []rtfGroup
	fonts map[int]int // character set of each font
	page  int         // code page of the document
	bytes []byte      // text in the code page, not yet decoded
	high  rune        // first half of a character beyond the basic plane
	drop  int         // characters that stand for a \u
	star  bool        // after \*
	row   bool        // the paragraph is of a table

	pictures int64  // bytes of them, two digits each
	object   []byte // digits of the document at hand
	objects  int
}

// rtfGroup is what ends with its brace.
type rtfGroup struct {
	hidden bool // its text is none that people read
	part   bool // it stands apart

	picture bool
	object  bool // it holds an embedded document in digits
	fonts   bool // the table of fonts
	font    int
	page    int // code page
	skip    int // characters that stand for a \u
}

const (
	maxRTFDepth = 10_000
	maxRTFWord  = 64
)

func (r *rtfReader) run() error {
	for {
		c, err := r.r.ReadByte()
		if err != nil {
			return err
		}
		switch c {
		case '{':
			err = r.enter()
		case '}':
			err = r.leave()
		case '\\':
			err = r.control()
		case '\r', '\n':
		default:
			err = r.text(c)
		}
		if err != nil {
			return err
		}
	}
}

func (r *rtfReader) enter() error {
	if len(r.outer) >= maxRTFDepth {
		return partly(ReasonTooDeep)
	}
	r.flushBytes()
	r.outer = append(r.outer, r.group)
	r.drop = 0
	return nil
}

func (r *rtfReader) leave() error {
	r.flushBytes()
	if len(r.outer) == 0 {
		return nil // one too many
	}
	if r.group.object && !r.outer[len(r.outer)-1].object {
		if err := r.embedded(); err != nil {
			return err
		}
	}
	if r.group.part && !r.outer[len(r.outer)-1].part {
		if err := r.apart(); err != nil {
			return err
		}
	}
	r.group, r.outer = r.outer[len(r.outer)-1], r.outer[:len(r.outer)-1]
	r.drop = 0
	if len(r.outer) == 0 {
		return io.EOF // what follows the document is none of it
	}
	return nil
}

// text takes one byte in the code page.
func (r *rtfReader) text(c byte) error {
	if r.drop > 0 {
		r.drop--
		return nil
	}
	switch {
	case r.group.picture:
		r.pictures++
	case r.group.object && c > ' ' && int64(len(r.object)) <= r.it.limits.Buffer:
		r.object = append(r.object, c)
	}
	if r.group.hidden {
		return nil
	}
	r.bytes = append(r.bytes, c)
	if len(r.bytes) > pieceSize && c < 0x40 {
		r.flushBytes()
	}
	return nil
}

// flushBytes decodes what was gathered. Japanese programs write CP932, or name
// a font of that character set.
func (r *rtfReader) flushBytes() {
	if len(r.bytes) == 0 {
		return
	}
	switch page := r.group.page; page {
	case 932:
		r.cellText(charset.AppendCP932(nil, r.bytes))
	case 65001:
		r.cellText(r.bytes)
	default:
		if r.page == 932 {
			r.cellText(charset.AppendCP932(nil, r.bytes))
			break
		}
		for _, c := range r.bytes {
			r.buf = utf8.AppendRune(r.buf, charmap.Windows1252.DecodeByte(c))
		}
	}
	r.bytes = r.bytes[:0]
}

// control reads what follows a backslash.
func (r *rtfReader) control() error {
	c, err := r.r.ReadByte()
	if err != nil {
		return err
	}
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		word, n, has, err := r.word(c)
		if err != nil {
			return err
		}
		star := r.star
		r.star = false
		return r.command(word, n, has, star)
	case c == '\'':
		return r.hex()
	case c == '*':
		r.star = true
	case c == '~':
		return r.text(' ')
	case c == '_':
		return r.text('-')
	case c == '\r' || c == '\n':
		return r.paragraph()
	case c == '\\' || c == '{' || c == '}':
		return r.text(c)
	}
	return nil
}

// word reads a control word, its number, and the space behind it.
func (r *rtfReader) word(c byte) (word string, n int, has bool, err error) {
	name, digits := []byte{c}, []byte{}
	for {
		c, err = r.r.ReadByte()
		if err != nil {
			break
		}
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		switch {
		case letter && len(digits) == 0 && len(name) < maxRTFWord:
			name = append(name, c)
			continue
		case (c >= '0' && c <= '9' || c == '-' && len(digits) == 0) && len(digits) < maxRTFWord:
			digits = append(digits, c)
			continue
		case c != ' ':
			err = r.r.UnreadByte()
		}
		break
	}
	if err == io.EOF {
		err = nil
	}
	n, bad := strconv.Atoi(string(digits))
	return string(name), n, bad == nil, err
}

func (r *rtfReader) hex() error {
	var b [2]byte
	if _, err := io.ReadFull(r.r, b[:]); err != nil {
		return err
	}
	n, err := strconv.ParseUint(string(b[:]), 16, 8)
	if err != nil {
		return nil
	}
	return r.text(byte(n))
}
