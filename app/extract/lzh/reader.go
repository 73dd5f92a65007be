package lzh

import (
	"bufio"
	"io"
)

// Reader reads an archive from its beginning to its end.
type Reader struct {
	r      *bufio.Reader
	packed *io.LimitedReader // of the entry at hand
	entry  io.Reader
	sum    uint16
	left   int64 // bytes of the entry that are still to come
	header *Header
}

// NewReader returns a Reader of the archive in r.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 64<<10)} }

// Next goes to the next entry; io.EOF after the last.
func (z *Reader) Next() (*Header, error) {
	if z.packed != nil {
		if _, err := io.CopyN(io.Discard, z.packed, z.packed.N); err != nil {
			return nil, truncated(err)
		}
	}
	h, err := readHeader(z.r)
	if err != nil {
		return nil, err
	}
	z.header, z.left, z.sum = h, h.Size, 0
	z.packed = &io.LimitedReader{R: z.r, N: h.Packed}
	z.entry = decoderOf(h.Method, z.packed)
	return h, nil
}

func decoderOf(method string, packed *io.LimitedReader) io.Reader {
	switch method {
	case "-lh0-", "-lz4-", "-lhd-":
		return packed
	case "-lh4-":
		return newDecoder(packed, 12, 14, 4)
	case "-lh5-":
		return newDecoder(packed, 13, 14, 4)
	case "-lh6-":
		return newDecoder(packed, 15, 16, 5)
	case "-lh7-":
		return newDecoder(packed, 16, 17, 5)
	}
	return unknown{}
}

// unknown is an entry in a method that is not read.
type unknown struct{}

func (unknown) Read([]byte) (int, error) { return 0, ErrMethod }

// Read reads the entry at hand, and compares its check sum at the end.
func (z *Reader) Read(b []byte) (int, error) {
	if z.left == 0 {
		if z.sum != z.header.sum && !z.header.Dir {
			return 0, ErrFormat
		}
		return 0, io.EOF
	}
	n, err := z.entry.Read(b[:min(int64(len(b)), z.left)])
	z.left -= int64(n)
	z.sum = sum(z.sum, b[:n])
	if err == io.EOF && z.left == 0 {
		err = nil
	}
	return n, truncated(err)
}

// sums is CRC-16 of the polynomial x¹⁶+x¹⁵+x²+1, lowest bit first.
var sums = func() (t [256]uint16) {
	for i := range t {
		c := uint16(i)
		for range 8 {
			if c&1 != 0 {
				c = c>>1 ^ 0xA001
			} else {
				c >>= 1
			}
		}
		t[i] = c
	}
	return t
}()

func sum(c uint16, b []byte) uint16 {
	for _, x := range b {
		c = c>>8 ^ sums[byte(c)^x]
	}
	return c
}
