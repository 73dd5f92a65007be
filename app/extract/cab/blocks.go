package cab

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
)

const (
	methodMask = 0xF
	stored     = 0
	msZip      = 1
	blockSize  = 32 << 10 // at most, unpacked
)

// blocks reads the blocks of a folder as one stream.
type blocks struct {
	r       *io.SectionReader
	reserve int
	left    int
	method  uint16
	before  []byte // the block before, which a block may refer to
	out     []byte
	fail    error
}

func newBlocks(d *directory, f folder) *blocks {
	b := &blocks{r: io.NewSectionReader(d.r, 0, d.r.Size()), reserve: d.reserve, left: f.blocks, method: f.method & methodMask}
	if b.method != stored && b.method != msZip {
		b.fail = ErrMethod
	} else if _, err := b.r.Seek(f.start, io.SeekStart); err != nil {
		b.fail = ErrFormat
	}
	return b
}

// Read implements io.Reader.
func (b *blocks) Read(p []byte) (int, error) {
	for len(b.out) == 0 {
		if b.fail == nil {
			b.fail = b.block()
		}
		if b.fail != nil {
			return 0, b.fail
		}
	}
	n := copy(p, b.out)
	b.out = b.out[n:]
	return n, nil
}

// block unpacks the next block: check sum, sizes, reserve, data.
func (b *blocks) block() error {
	if b.left == 0 {
		return io.EOF
	}
	b.left--
	head := make([]byte, 8+b.reserve)
	if _, err := io.ReadFull(b.r, head); err != nil {
		return io.ErrUnexpectedEOF
	}
	data := make([]byte, binary.LittleEndian.Uint16(head[4:]))
	if _, err := io.ReadFull(b.r, data); err != nil {
		return io.ErrUnexpectedEOF
	}
	if want := binary.LittleEndian.Uint32(head); want != 0 && sum(head[4:], sum(data, 0)) != want {
		return ErrFormat
	}
	size := int(binary.LittleEndian.Uint16(head[6:]))
	if size == 0 { // it goes on in another cabinet
		return ErrMethod
	}
	if size > blockSize {
		return ErrFormat
	}
	return b.open(data, size)
}

func (b *blocks) open(data []byte, size int) error {
	if b.method == stored {
		if b.out = data; len(data) != size {
			return ErrFormat
		}
		return nil
	}
	if !bytes.HasPrefix(data, []byte("CK")) {
		return ErrFormat
	}
	out := make([]byte, size)
	if _, err := io.ReadFull(flate.NewReaderDict(bytes.NewReader(data[2:]), b.before), out); err != nil {
		return ErrFormat
	}
	b.before, b.out = out, out
	return nil
}

// sum is the check sum of a block ([MS-CAB] 3.1): words, and, of what is left, the
// first byte highest.
func sum(data []byte, seed uint32) uint32 {
	for ; len(data) >= 4; data = data[4:] {
		seed ^= binary.LittleEndian.Uint32(data)
	}
	var rest uint32
	for _, c := range data {
		rest = rest<<8 | uint32(c)
	}
	return seed ^ rest
}
