package cab

import (
	"io"
)

// Reader reads a cabinet entry by entry.
type Reader struct {
	d      *directory
	guard  func(io.Reader) io.Reader
	next   int
	folder int // that of stream
	begun  []bool
	stream io.Reader
	at     int64 // in the unpacked folder
	left   int64 // bytes of the entry that are still to come
	fail   error // of the entry
}

// NewReader returns a Reader of a cabinet of size bytes. What a folder unpacks to is
// read through guard, with what lies between entries: it may refuse to go on.
func NewReader(r io.ReaderAt, size int64, guard func(io.Reader) io.Reader) (*Reader, error) {
	d, err := readDirectory(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	return &Reader{d: d, guard: guard, folder: -1, begun: make([]bool, len(d.folders))}, nil
}

// Next goes to the next entry; io.EOF after the last.
func (z *Reader) Next() (Header, error) {
	if z.next == len(z.d.files) {
		return Header{}, io.EOF
	}
	h := z.d.files[z.next]
	z.next++
	z.left, z.fail = h.Size, z.seek(&h)
	return h, nil
}

// seek unpacks up to where an entry begins. Entries do not overlap, and none goes
// back to a folder that was left: a small cabinet cannot be many large files.
func (z *Reader) seek(h *Header) error {
	if h.folder >= len(z.d.folders) { // it goes on in another cabinet
		return ErrMethod
	}
	if h.folder != z.folder {
		if z.begun[h.folder] {
			return ErrFormat
		}
		z.begun[h.folder] = true
		z.folder, z.at = h.folder, 0
		z.stream = z.guard(newBlocks(z.d, z.d.folders[h.folder]))
	}
	if h.offset < z.at {
		return ErrFormat
	}
	n, err := io.CopyN(io.Discard, z.stream, h.offset-z.at)
	z.at += n
	return truncated(err)
}

// Read reads the entry at hand.
func (z *Reader) Read(b []byte) (int, error) {
	switch {
	case z.fail != nil:
		return 0, z.fail
	case z.left == 0:
		return 0, io.EOF
	}
	n, err := z.stream.Read(b[:min(int64(len(b)), z.left)])
	z.at, z.left = z.at+int64(n), z.left-int64(n)
	z.fail = truncated(err)
	return n, z.fail
}

func truncated(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
