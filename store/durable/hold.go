package durable

import (
	"errors"
	"io"
	"os"
)

// ErrHeld says that another process holds the file.
var ErrHeld = errors.New("held by another process")

// Hold makes a file, if it is not there, and holds it until it is closed or the
// process ends, however it ends. The file stays.
func Hold(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err = hold(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
