package extract

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
)

// readMailbox reads an mbox file (RFC 4155): each message is an entry.
func (it *item) readMailbox() error {
	b := &mailbox{r: bufio.NewReaderSize(it.reader(), 64<<10), blank: true}
	b.advance()
	for n := 1; b.err == nil; n++ {
		m := &mboxMessage{b: b}
		if err := it.entry(strconv.Itoa(n)+".eml", -1, it.unpack(m, -1)); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, m); err != nil { // what a limit left over
			return err
		}
	}
	if b.err == io.EOF {
		return nil
	}
	return b.err
}

// mailbox reads lines, or pieces of long ones. A message begins with a line
// "From " that follows an empty one and has a time in it.
type mailbox struct {
	r      *bufio.Reader
	line   []byte // at hand, not yet taken
	begins bool   // it begins a message
	blank  bool   // the line before was empty
	inside bool   // the piece before had no end
	err    error  // there is no line at hand
}

func (b *mailbox) advance() {
	line, err := b.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull || len(line) > 0 {
		err = nil
	}
	b.line, b.err = line, err
	b.begins = b.blank && !b.inside && bytes.HasPrefix(line, []byte("From ")) && bytes.IndexByte(line, ':') > 0
	b.blank = !b.inside && len(bytes.TrimRight(line, "\r\n")) == 0
	b.inside = !bytes.HasSuffix(line, []byte{'\n'})
}

// mboxMessage is one message of a mailbox.
type mboxMessage struct {
	b     *mailbox
	begun bool
}

// Read implements io.Reader; the line "From " is none of the message.
func (m *mboxMessage) Read(p []byte) (int, error) {
	b := m.b
	if !m.begun && b.err == nil {
		m.begun = true
		b.advance()
	}
	for b.err == nil && len(b.line) == 0 && !b.begins {
		b.advance()
	}
	switch {
	case b.err == io.EOF || b.begins:
		return 0, io.EOF
	case b.err != nil:
		return 0, b.err
	}
	n := copy(p, b.line)
	b.line = b.line[n:]
	return n, nil
}

// looksMailbox knows mbox by its first line, "From " and an address, with a
// header behind it.
func looksMailbox(head []byte) bool {
	first, rest, ok := bytes.Cut(head, []byte{'\n'})
	return ok && bytes.HasPrefix(first, []byte("From ")) && looksMail(rest)
}
