package extract

import (
	"io"

	"github.com/nwaples/rardecode/v2"
)

// readRAR reads a RAR archive of version 2 to 5 in one file. When its names are
// encrypted nothing of it is known; else each entry is judged by itself.
func (it *item) readRAR() error {
	var z *rardecode.Reader
	err := foreign(func() (err error) {
		z, err = rardecode.NewReader(it.reader(), rardecode.MaxDictionarySize(maxDictionary))
		return err
	})
	for err == nil {
		var h *rardecode.FileHeader
		err = foreign(func() (err error) {
			h, err = z.Next()
			return err
		})
		if err == nil && !h.IsDir && h.LinkType == 0 {
			err = it.rarEntry(z, h)
		}
	}
	switch {
	case err == io.EOF:
		return it.judgeEntries()
	case needsPassword(err) && it.entriesOpen+it.entriesLocked == 0:
		return it.locked("")
	}
	return err
}

func (it *item) rarEntry(z *rardecode.Reader, h *rardecode.FileHeader) error {
	size := h.UnPackedSize
	if h.UnKnownSize {
		size = -1
	}
	name := printableName(h.Name)
	if !h.Encrypted {
		return it.entry(name, size, it.unpack(foreignReader{z}, it.packedSize()))
	}
	child, err := it.child(name)
	if err != nil {
		return err
	}
	return it.broken(child, size, rardecode.ErrArchivedFileEncrypted)
}
