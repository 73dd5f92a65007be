package extract

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// xmlReader is a pull reader of the XML that documents are made of. It is
// several times as fast as a validating one, resolves no entities beyond the
// five of XML and character references, follows nothing, and does not mind
// tags that do not match.
type xmlReader struct {
	r    io.Reader
	buf  []byte
	i    int // next unread byte of buf
	eof  bool
	text []byte // of the last text token
}

// token is what xmlReader.next returns. Its slices are valid until the
// following call.
type token struct {
	kind  tokenKind
	name  []byte // local name of a tag
	attrs []byte // what stands between name and '>'
	empty bool   // <name/>: no closing token follows
	text  []byte // of textToken, with references resolved
}

type tokenKind byte

const (
	openTag tokenKind = iota
	closeTag
	textToken
)

const (
	xmlBuffer = 64 << 10
	maxTag    = 1 << 20
)

var errXML = errors.New("extract: XML is damaged")

func newXML(r io.Reader) *xmlReader {
	x := &xmlReader{r: r, buf: make([]byte, 0, xmlBuffer)}
	for len(x.buf) < 2 && x.more() == nil {
	}
	if bytes.HasPrefix(x.buf, []byte("\xFF\xFE")) || bytes.HasPrefix(x.buf, []byte("\xFE\xFF")) {
		whole := io.MultiReader(bytes.NewReader(bytes.Clone(x.buf)), r)
		x.r = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(whole)
		x.buf, x.eof = x.buf[:0], false
	}
	return x
}

// more reads on, keeping what is unread. io.EOF means there is no more.
func (x *xmlReader) more() error {
	if x.eof {
		return io.EOF
	}
	n := copy(x.buf, x.buf[x.i:])
	x.buf, x.i = x.buf[:n], 0
	if cap(x.buf)-n < xmlBuffer/2 {
		if cap(x.buf) > maxTag {
			return errXML
		}
		x.buf = append(make([]byte, 0, 2*cap(x.buf)), x.buf...)
	}
	for tries := 0; tries < 100; tries++ {
		got, err := x.r.Read(x.buf[n:cap(x.buf)])
		x.buf = x.buf[:n+got]
		if err == io.EOF {
			x.eof = true
			err = nil
			if got == 0 {
				return io.EOF
			}
		}
		if got > 0 || err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// next returns the next tag or text; io.EOF after the last.
func (x *xmlReader) next() (token, error) {
	for {
		if x.i >= len(x.buf) {
			if err := x.more(); err != nil {
				return token{}, err
			}
		}
		if x.buf[x.i] != '<' || x.stray() {
			return x.characters(), nil
		}
		tok, found, err := x.markup()
		if found || err != nil {
			return tok, err
		}
	}
}

// characters takes text up to a tag or the end of what was read. A reference
// or character cut in two by the end of the buffer is completed first.
func (x *xmlReader) characters() token {
	end := nextTag(x.buf[x.i:])
	for end < 0 && cutShort(x.buf[x.i:]) && x.more() == nil {
		end = nextTag(x.buf[x.i:])
	}
	if end < 0 {
		end = len(x.buf) - x.i
	}
	x.text = unescape(x.text[:0], x.buf[x.i:x.i+end])
	x.i += end
	return token{kind: textToken, text: x.text}
}

// nextTag is where the next '<' stands, after a first one that is text.
func nextTag(text []byte) int {
	end := bytes.IndexByte(text[1:], '<')
	if end < 0 {
		return -1
	}
	return end + 1
}

// stray says whether the '<' at hand begins no markup: pages have them in text.
func (x *xmlReader) stray() bool {
	if x.i+1 >= len(x.buf) && x.more() != nil {
		return true
	}
	c := x.buf[x.i+1]
	return c < 0x80 && (c|0x20)-'a' > 25 && c != '/' && c != '!' && c != '?' && c != '_' && c != ':'
}

// skipRaw drops everything up to </name>, whatever it looks like: scripts and
// styles hold no markup. name is in lower case.
func (x *xmlReader) skipRaw(name string) error {
	mark := []byte("</" + name)
	for {
		for at := x.i; at+len(mark) <= len(x.buf); at++ {
			if x.buf[at] == '<' && bytes.EqualFold(x.buf[at:at+len(mark)], mark) {
				x.i = at
				return nil
			}
		}
		x.i = max(x.i, len(x.buf)-len(mark)+1)
		if err := x.more(); err != nil {
			return err
		}
	}
}

// maxReference is the longest reference that is resolved, with '&' and ';'.
const maxReference = 12

func cutShort(text []byte) bool {
	tail := text[max(0, len(text)-maxReference):]
	if amp := bytes.LastIndexByte(tail, '&'); amp >= 0 && bytes.IndexByte(tail[amp:], ';') < 0 {
		return true
	}
	return !utf8.FullRune(lastRune(text))
}

// lastRune is what begins with the last byte that can begin a character.
func lastRune(b []byte) []byte {
	for i := len(b) - 1; i >= max(0, len(b)-utf8.UTFMax); i-- {
		if utf8.RuneStart(b[i]) {
			return b[i:]
		}
	}
	return []byte{'?'}
}

// markup reads what begins with '<': a tag, or a comment, instruction or
// declaration that is skipped, or CDATA.
func (x *xmlReader) markup() (tok token, found bool, err error) {
	for len(x.buf)-x.i < 9 && x.more() == nil {
	}
	rest := x.buf[x.i:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return tok, false, x.skipTo("-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		tok, err = x.cdata()
		return tok, true, err
	case bytes.HasPrefix(rest, []byte("<?")):
		return tok, false, x.skipTo("?>")
	case bytes.HasPrefix(rest, []byte("<!")):
		return tok, false, x.skipTo(">")
	}
	tok, err = x.tag()
	return tok, true, err
}

func (x *xmlReader) skipTo(end string) error {
	for {
		if k := bytes.Index(x.buf[x.i:], []byte(end)); k >= 0 {
			x.i += k + len(end)
			return nil
		}
		x.i = max(x.i, len(x.buf)-len(end)+1)
		if err := x.more(); err != nil {
			return endOf(err)
		}
	}
}

func endOf(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (x *xmlReader) cdata() (token, error) {
	for {
		if k := bytes.Index(x.buf[x.i:], []byte("]]>")); k >= 0 {
			x.text = append(x.text[:0], x.buf[x.i+len("<![CDATA["):x.i+k]...)
			x.i += k + len("]]>")
			return token{kind: textToken, text: x.text}, nil
		}
		if err := x.more(); err != nil {
			return token{}, endOf(err)
		}
	}
}

// tag reads <name attrs> or </name>; '>' in quotes does not end it.
func (x *xmlReader) tag() (token, error) {
	for from := 1; ; {
		end, quote := from, byte(0)
		for ; x.i+end < len(x.buf); end++ {
			c := x.buf[x.i+end]
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				tok := parseTag(x.buf[x.i+1 : x.i+end])
				x.i += end + 1
				return tok, nil
			}
		}
		if err := x.more(); err != nil {
			return token{}, endOf(err)
		}
	}
}
