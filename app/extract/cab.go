package extract

import (
	"io"

	"daicho/app/extract/cab"
)

// readCAB reads a cabinet. The format has no encryption.
func (it *item) readCAB() error {
	z, err := cab.NewReader(it.r, it.size, func(r io.Reader) io.Reader { return it.unpack(r, it.packedSize()) })
	if err != nil {
		return err
	}
	for {
		h, err := z.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := it.entry(printableName(h.Name), h.Size, z); err != nil {
			return err
		}
	}
}
