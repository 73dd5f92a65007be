package extract

import (
	"archive/tar"
	"compress/bzip2"
	"compress/gzip"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
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

// xzMemory bounds the dictionary of one stream; xz itself writes 64 MiB at most.
const xzMemory = 64 << 20

func (it *item) readXZ() error {
	z, err := xz.ReaderConfig{DictCap: xzMemory, SingleStream: false}.NewReader(it.reader())
	if err != nil {
		return err
	}
	return it.entry(withoutEnding(it.name), -1, it.unpack(z, it.packedSize()))
}

func (it *item) readZstd() error {
	z, err := zstd.NewReader(it.reader(), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30), zstd.WithDecoderMaxWindow(64<<20))
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

// readTar reads the regular files of a tar stream; links and devices hold nothing.
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
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := it.entry(DecodeName(h.Name), h.Size, it.unpack(t, -1)); err != nil {
			return err
		}
	}
}
