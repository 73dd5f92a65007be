package extract

import (
	"errors"
	"io"
)

var errForeign = errors.New("extract: library gave up on the file")

// foreign calls another's library: it panics on some archives that are damaged.
func foreign(do func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errForeign
		}
	}()
	return do()
}

// foreignReader is a reader of another's library.
type foreignReader struct{ r io.Reader }

// Read implements io.Reader.
func (f foreignReader) Read(b []byte) (n int, err error) {
	err = foreign(func() error {
		n, err = f.r.Read(b)
		return err
	})
	return n, err
}
