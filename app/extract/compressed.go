package extract

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"io"
	"path"
	"strings"

	"github.com/ulikunitz/xz"

	"daicho/app/extract/charset"
)

// readGzip reads the one file in a gzip stream: a.txt.gz!/a.txt.
func (it *item) readGzip() error {
	z, err := gzip.NewReader(it.reader())
	if err != nil {
		return err
	}
	return it.entry(withoutEnding(it.name), -1, it.unpack(z, it.packedSize()))
}

func (it *item) readBzip2() error {
	return it.entry(withoutEnding(it.name), -1, it.unpack(bzip2.NewReader(it.reader()), it.packedSize()))
}

func (it *item) readXZ() error {
	if err := it.checkXZ(); err != nil {
		return err
	}
	z, err := xz.NewReader(it.reader())
	if err != nil {
		return err
	}
	return it.entry(withoutEnding(it.name), -1, it.unpack(z, it.packedSize()))
}

// checkXZ looks at the dictionary of the first block, before it is reserved: the
// last of its filters, three bytes of which are LZMA2's (the .xz file format, 3.1.4
// and 5.3.1). Other blocks mostly have the same; a process of its own bounds what
// they take.
func (it *item) checkXZ() error {
	var head [12 + 1024]byte
	n, err := it.r.ReadAt(head[:], 0)
	if err != nil && err != io.EOF || n < 14 {
		return readError(err)
	}
	const lzma2 = "\x21\x01"
	block := head[12:min(n, 12+4*(int(head[12])+1))]
	at := bytes.LastIndex(block, []byte(lzma2))
	if at < 0 || at+2 >= len(block) {
		return nil // the reader says what is wrong
	}
	if property := block[at+2]; property <= 40 && lzma2Dictionary(property) > maxDictionary {
		return unreadable(ReasonMemory)
	}
	return nil
}

func (it *item) readZstd() error {
	z, err := newZstd(it.reader())
	if err != nil {
		return err
	}
	defer z.Close()
	return it.entry(withoutEnding(it.name), -1, it.unpack(z, it.packedSize()))
}

// packedSize is unknown for a stream that is itself being unpacked.
func (it *item) packedSize() int64 {
	if it.rest != nil {
		return -1
	}
	return it.size
}

func withoutEnding(name string) string {
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	short := strings.TrimSuffix(base, path.Ext(base))
	if ext := strings.ToLower(path.Ext(base)); ext == ".tgz" || ext == ".tbz" || ext == ".tbz2" || ext == ".txz" || ext == ".tzst" {
		short += ".tar"
	}
	if short == "" {
		return base
	}
	return short
}

// readTar reads the files of a tar stream, also those with holes; links, folders and
// devices hold nothing.
func (it *item) readTar() error {
	t := tar.NewReader(it.reader())
	for {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch h.Typeflag {
		case tar.TypeReg, tar.TypeCont, tar.TypeGNUSparse:
		default:
			continue
		}
		if err := it.entry(charset.Name(h.Name), h.Size, it.unpack(t, -1)); err != nil {
			return err
		}
	}
}
