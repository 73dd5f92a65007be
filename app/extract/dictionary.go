package extract

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/bodgit/sevenzip"
	"github.com/klauspost/compress/zstd"
	"github.com/stangelandcl/ppmd"
	"github.com/ulikunitz/xz/lzma"
)

// maxDictionary bounds what a decoder may reserve at the word of an archive, in
// bytes: 7-Zip and xz write 64 MiB at most unless they are told otherwise.
const maxDictionary = 64 << 20

// The library would reserve whatever a header says, up to 4 GiB.
func init() {
	for method, decoder := range map[string]sevenzip.Decompressor{
		"\x03\x01\x01": boundLZMA, "\x21": boundLZMA2, "\x03\x04\x01": boundPPMd, "\x04\xF7\x11\x01": boundZstd,
	} {
		sevenzip.RegisterDecompressor([]byte(method), decoder)
	}
}

// coder is a decoder, and what it reads from.
type coder struct {
	io.Reader
	from io.Closer
}

// Close implements io.Closer.
func (c coder) Close() error { return c.from.Close() }

// boundLZMA takes the properties of LZMA, and needs no more dictionary than there
// are bytes.
func boundLZMA(properties []byte, size uint64, from []io.ReadCloser) (io.ReadCloser, error) {
	if len(from) != 1 || len(properties) < 5 {
		return nil, failed(ReasonDamaged)
	}
	dictionary := min(uint64(binary.LittleEndian.Uint32(properties[1:])), size)
	if dictionary > maxDictionary {
		return nil, unreadable(ReasonMemory)
	}
	head := binary.LittleEndian.AppendUint32([]byte{properties[0]}, uint32(dictionary))
	head = binary.LittleEndian.AppendUint64(head, size)
	r, err := lzma.NewReader(io.MultiReader(bytes.NewReader(head), from[0]))
	return coder{r, from[0]}, err
}

// boundLZMA2 takes the one byte that says how large the dictionary is.
func boundLZMA2(properties []byte, size uint64, from []io.ReadCloser) (io.ReadCloser, error) {
	if len(from) != 1 || len(properties) != 1 || properties[0] > 40 {
		return nil, failed(ReasonDamaged)
	}
	dictionary := min(lzma2Dictionary(properties[0]), size)
	if dictionary > maxDictionary {
		return nil, unreadable(ReasonMemory)
	}
	r, err := lzma.Reader2Config{DictCap: int(max(dictionary, lzma.MinDictCap))}.NewReader2(from[0])
	return coder{r, from[0]}, err
}

// lzma2Dictionary is 2 or 3 times a power of two.
func lzma2Dictionary(property byte) uint64 {
	return (2 | uint64(property&1)) << (property/2 + 11)
}

// boundPPMd takes order and memory, which a model fills whatever the size.
func boundPPMd(properties []byte, size uint64, from []io.ReadCloser) (io.ReadCloser, error) {
	if len(from) != 1 || len(properties) != 5 {
		return nil, failed(ReasonDamaged)
	}
	memory := binary.LittleEndian.Uint32(properties[1:])
	if memory > 2*maxDictionary {
		return nil, unreadable(ReasonMemory)
	}
	r, err := ppmd.NewH7zReader(from[0], int(properties[0]), int(memory), int(min(size, 1<<62)))
	return coder{&r, from[0]}, err
}

func boundZstd(_ []byte, _ uint64, from []io.ReadCloser) (io.ReadCloser, error) {
	if len(from) != 1 {
		return nil, failed(ReasonDamaged)
	}
	r, err := newZstd(from[0])
	if err != nil {
		return nil, err
	}
	return coder{r, from[0]}, nil
}

func newZstd(r io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30), zstd.WithDecoderMaxWindow(maxDictionary))
}
