package extract

import (
	"bytes"
	"errors"
	"hash"
	"hash/crc32"
	"io"

	"github.com/bodgit/sevenzip"
)

// readSevenZip reads a 7z archive. When its names are encrypted nothing of it is
// known; else each entry is judged by itself.
func (it *item) readSevenZip() error {
	z, err := openSevenZip(it, "")
	if needsPassword(err) {
		return it.locked("")
	}
	if err != nil {
		return err
	}
	for n, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if err := it.sevenZipEntry(f, n); err != nil {
			return err
		}
	}
	return it.judgeEntries()
}

// openSevenZip reads the header; the empty password is none.
func openSevenZip(it *item, password string) (z *sevenzip.Reader, err error) {
	err = foreign(func() error {
		z, err = sevenzip.NewReaderWithPassword(it.r, it.size, password)
		return err
	})
	return z, err
}

// openEntry begins to unpack an entry.
func openEntry(f *sevenzip.File) (r io.ReadCloser, err error) {
	err = foreign(func() error {
		r, err = f.Open()
		return err
	})
	return r, err
}

func (it *item) sevenZipEntry(f *sevenzip.File, n int) error {
	name, size := printableName(f.Name), int64(min(f.UncompressedSize, 1<<62))
	r, err := openEntry(f)
	if err == nil {
		defer r.Close()
		return it.entry(name, size, it.unpack(&sevenZipReader{it: it, f: f, n: n, r: foreignReader{r}, sum: crc32.NewIEEE()}, it.packedSize()))
	}
	child, limit := it.child(name)
	if limit != nil {
		return limit
	}
	return it.broken(child, size, err)
}

var errSum = errors.New("extract: wrong check sum")

// sevenZipReader compares the check sum at the end: what was only encrypted, and
// not compressed, opens with any password, and is noise.
type sevenZipReader struct {
	it  *item
	f   *sevenzip.File
	n   int // number of f in the archive
	r   io.Reader
	sum hash.Hash32
}

func (s *sevenZipReader) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.sum.Write(b[:n])
	known := s.f.CRC32 != 0 // archives may leave it out
	switch {
	case err != io.EOF || known && s.sum.Sum32() == s.f.CRC32:
		return n, err
	case s.otherwise():
		return n, &sevenzip.ReadError{Encrypted: true, Err: errSum}
	case known:
		return n, errSum
	}
	return n, err
}

// otherwise says whether the entry reads otherwise with another password, which
// tells encryption from damage.
func (s *sevenZipReader) otherwise() bool {
	first, err := s.begin("")
	if err != nil {
		return false
	}
	second, err := s.begin("another")
	return err == nil && !bytes.Equal(first, second)
}

func (s *sevenZipReader) begin(password string) ([]byte, error) {
	z, err := openSevenZip(s.it, password)
	if err != nil {
		return nil, err
	}
	r, err := openEntry(z.File[s.n])
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(foreignReader{r}, 4096))
}
