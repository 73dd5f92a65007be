package lzh

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// Errors of an archive. A stream that ends too early gives io.ErrUnexpectedEOF.
var (
	ErrFormat = errors.New("lzh: archive is damaged")
	ErrMethod = errors.New("lzh: compression method cannot be read")
)

// Header is what an archive says of an entry.
type Header struct {
	Name   string // with its folders, '/' between them; in the charset of who wrote it
	Method string // such as "-lh5-"
	Packed int64  // bytes
	Size   int64  // bytes unpacked
	Dir    bool

	sum uint16 // of the unpacked bytes
}

const (
	baseSize  = 21 // up to the level, which every header begins with
	maxHeader = 64 << 10
)

// readHeader reads the next header; io.EOF at the end of the archive.
func readHeader(r io.Reader) (*Header, error) {
	base := make([]byte, baseSize)
	if _, err := io.ReadFull(r, base[:1]); err != nil {
		return nil, err // some archives end without the zero
	}
	if base[0] == 0 {
		return nil, io.EOF
	}
	if _, err := io.ReadFull(r, base[1:]); err != nil {
		return nil, truncated(err)
	}
	h := &Header{
		Method: string(base[2:7]),
		Packed: int64(binary.LittleEndian.Uint32(base[7:])),
		Size:   int64(binary.LittleEndian.Uint32(base[11:])),
	}
	if h.Method[0] != '-' || h.Method[4] != '-' {
		return nil, ErrFormat
	}
	h.Dir = h.Method == "-lhd-"
	var err error
	switch base[20] {
	case 0, 1:
		err = h.old(r, base, base[20] == 1)
	case 2:
		err = h.new(r, base)
	default:
		err = ErrFormat
	}
	return h, err
}

// old reads the rest of a header of level 0 or 1: the name's length, the name,
// the check sum, and, of level 1, the system and the size of the first extension.
// The extensions count among the packed bytes.
func (h *Header) old(r io.Reader, base []byte, extended bool) error {
	rest := make([]byte, max(int(base[0])+2-baseSize, 0))
	if _, err := io.ReadFull(r, rest); err != nil {
		return truncated(err)
	}
	if len(rest) < 3 || len(rest) < 3+int(rest[0]) {
		return ErrFormat
	}
	name, after := rest[1:1+rest[0]], rest[1+rest[0]:]
	name, _, _ = bytes.Cut(name, []byte{0}) // what follows is the system's own
	h.Name, h.sum = slashed(name), binary.LittleEndian.Uint16(after)
	if !extended || len(after) < 5 {
		return nil
	}
	size := int(binary.LittleEndian.Uint16(rest[len(rest)-2:]))
	n, err := h.extensions(r, size)
	h.Packed -= n
	if err == nil && h.Packed < 0 {
		err = ErrFormat
	}
	return err
}

// new reads the rest of a header of level 2: check sum, system, and extensions.
func (h *Header) new(r io.Reader, base []byte) error {
	var rest [5]byte
	if _, err := io.ReadFull(r, rest[:]); err != nil {
		return truncated(err)
	}
	h.sum = binary.LittleEndian.Uint16(rest[:])
	n, err := h.extensions(r, int(binary.LittleEndian.Uint16(rest[3:])))
	if err != nil {
		return err
	}
	padding := int64(binary.LittleEndian.Uint16(base)) - baseSize - int64(len(rest)) - n
	if padding < 0 {
		return ErrFormat
	}
	_, err = io.CopyN(io.Discard, r, padding)
	return truncated(err)
}

// The extensions that are of use here.
const (
	extName   = 1
	extFolder = 2
)

// extensions reads a chain of extensions, the first of which has size bytes, and
// returns how many bytes they were. Each ends with the size of the next.
func (h *Header) extensions(r io.Reader, size int) (n int64, err error) {
	var folder string
	for size != 0 {
		if n += int64(size); size < 3 || n > maxHeader {
			return n, ErrFormat
		}
		ext := make([]byte, size)
		if _, err := io.ReadFull(r, ext); err != nil {
			return n, truncated(err)
		}
		body := ext[1 : size-2]
		switch ext[0] {
		case extName:
			h.Name = slashed(body)
		case extFolder:
			folder = slashed(body)
		}
		size = int(binary.LittleEndian.Uint16(ext[size-2:]))
	}
	h.Name = folder + h.Name
	return n, nil
}

// slashed puts slashes between folders: 0xFF stands there, or, from MS-DOS, a
// backslash that is no second byte of Shift_JIS.
func slashed(name []byte) string {
	out := bytes.Clone(name)
	for i := 0; i < len(out); i++ {
		switch c := out[i]; {
		case c == 0xFF, c == '\\':
			out[i] = '/'
		case c >= 0x81 && c <= 0x9F, c >= 0xE0 && c <= 0xFC:
			i++
		}
	}
	return string(out)
}

func truncated(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
