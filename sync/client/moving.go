package client

import (
	"errors"
	"io"
	"sync/atomic"
	"time"
)

// moving is a stream that keeps a request alive as long as it moves, and
// remembers that it broke, so that a broken connection is told from a broken disk.
type moving struct {
	r      io.Reader
	still  *time.Timer
	most   time.Duration // without a byte
	broken atomic.Pointer[error]
}

func (m *moving) Read(b []byte) (int, error) {
	m.still.Reset(m.most)
	n, err := m.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		m.broken.Store(&err)
	}
	return n, err
}

// failure is the error that the stream broke with.
func (m *moving) failure() error {
	if err := m.broken.Load(); err != nil {
		return *err
	}
	return nil
}
