package extract

import (
	"errors"
	"io"

	"daicho/app/extract/cab"
	"daicho/app/extract/lzh"
)

// readLZH reads an archive of LHA. The format has no encryption.
func (it *item) readLZH() error {
	z := lzh.NewReader(it.reader())
	for {
		h, err := z.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Dir {
			continue
		}
		if err := it.entry(printableName(h.Name), h.Size, it.unpack(z, h.Packed)); err != nil {
			return err
		}
	}
}

// unknownMethod says whether an entry is packed in a way that is not read.
func unknownMethod(err error) bool {
	return errors.Is(err, lzh.ErrMethod) || errors.Is(err, cab.ErrMethod)
}
