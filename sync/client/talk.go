package client

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"sync"
	"time"
)

// peerTime is how long the other device may be silent: its person may be
// comparing codes.
const peerTime = 5 * time.Minute

// lineBuffer is how many bytes go through the line at once.
const lineBuffer = 64 << 10

// errLine: the line broke, or the other device ended it.
var errLine = errors.New("the line broke")

// talk is a connection of two devices that must not be silent for long.
type talk struct {
	conn *tls.Conn
	in   *bufio.Reader

	once   sync.Once
	failed error // what went wrong first
}

func newTalk(c *tls.Conn) *talk {
	t := &talk{conn: c}
	t.in = bufio.NewReaderSize(t, lineBuffer)
	return t
}

// fail ends the talk.
func (t *talk) fail(err error) {
	t.once.Do(func() { t.failed = err })
	_ = t.conn.Close() // nobody listens any more
}

func (t *talk) Read(p []byte) (int, error) {
	_ = t.conn.SetReadDeadline(time.Now().Add(peerTime))
	n, err := t.conn.Read(p)
	if err != nil {
		err = fmt.Errorf("%w: %v", errLine, err)
	}
	return n, err
}

func (t *talk) Write(p []byte) (int, error) {
	_ = t.conn.SetWriteDeadline(time.Now().Add(peerTime))
	n, err := t.conn.Write(p)
	if err != nil {
		err = fmt.Errorf("%w: %v", errLine, err)
	}
	return n, err
}

// Words of a talk: one byte each.
const (
	sayYes  = 'y'
	sayNo   = 'n'
	sayDone = 'd'
)

func (t *talk) say(word byte) error {
	_, err := t.Write([]byte{word})
	return err
}

// hear waits for a word.
func (t *talk) hear(word byte) error {
	said, err := t.in.ReadByte()
	switch {
	case err != nil:
		return err
	case said == sayNo:
		return errDeclined
	case said != word:
		return errLine
	}
	return nil
}

// file writes to the line as if it were a file.
type file struct{ *bufio.Writer }

// Close sends what is left; the line stays.
func (f file) Close() error { return f.Flush() }
