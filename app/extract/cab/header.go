package cab

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// Errors of a cabinet. One that ends too early gives io.ErrUnexpectedEOF.
var (
	ErrFormat = errors.New("cab: cabinet is damaged")
	ErrMethod = errors.New("cab: compression method cannot be read")
)

// Header is what a cabinet says of an entry.
type Header struct {
	Name string // with its folders, '\' between them; in UTF-8 or the charset of who wrote it
	Size int64  // bytes unpacked

	folder int
	offset int64 // in the unpacked folder
}

const (
	headerSize = 36
	folderSize = 8
	fileSize   = 16

	hasPrevious = 1
	hasNext     = 2
	hasReserve  = 4
)

// folder is a run of blocks that are packed together.
type folder struct {
	start  int64
	blocks int
	method uint16
}

// directory is what stands before the blocks.
type directory struct {
	r       *io.SectionReader
	folders []folder
	files   []Header
	reserve int // bytes before the data of a block
}

func readDirectory(r *io.SectionReader) (*directory, error) {
	d := &directory{r: r}
	h, err := d.take(headerSize)
	if err != nil {
		return nil, err
	}
	if string(h[:4]) != "MSCF" {
		return nil, ErrFormat
	}
	flags := binary.LittleEndian.Uint16(h[30:])
	perFolder, err := d.skipOptional(flags)
	if err != nil {
		return nil, err
	}
	for range binary.LittleEndian.Uint16(h[26:]) {
		f, err := d.take(folderSize + perFolder)
		if err != nil {
			return nil, err
		}
		d.folders = append(d.folders, folder{int64(binary.LittleEndian.Uint32(f)), int(binary.LittleEndian.Uint16(f[4:])), binary.LittleEndian.Uint16(f[6:])})
	}
	if _, err := r.Seek(int64(binary.LittleEndian.Uint32(h[16:])), io.SeekStart); err != nil {
		return nil, ErrFormat
	}
	for range binary.LittleEndian.Uint16(h[28:]) {
		if err := d.file(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *directory) take(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(d.r, b); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return b, nil
}

// skipOptional skips what a header may have, and returns the bytes that follow
// each folder.
func (d *directory) skipOptional(flags uint16) (perFolder int, err error) {
	if flags&hasReserve != 0 {
		sizes, err := d.take(4)
		if err != nil {
			return 0, err
		}
		perFolder, d.reserve = int(sizes[2]), int(sizes[3])
		if _, err := d.take(int(binary.LittleEndian.Uint16(sizes))); err != nil {
			return 0, err
		}
	}
	texts := 0
	if flags&hasPrevious != 0 {
		texts += 2
	}
	if flags&hasNext != 0 {
		texts += 2
	}
	for range texts {
		if _, err := d.text(); err != nil {
			return 0, err
		}
	}
	return perFolder, nil
}

// maxText is how long a name may be, in bytes.
const maxText = 256

// text reads up to a zero.
func (d *directory) text() (string, error) {
	at, err := d.r.Seek(0, io.SeekCurrent)
	if err != nil {
		return "", err
	}
	var b [maxText]byte
	n, err := d.r.ReadAt(b[:], at)
	if n == 0 && err != nil {
		return "", io.ErrUnexpectedEOF
	}
	text, _, ok := bytes.Cut(b[:n], []byte{0})
	if !ok {
		return "", ErrFormat
	}
	_, err = d.r.Seek(int64(len(text))+1, io.SeekCurrent)
	return string(text), err
}

func (d *directory) file() error {
	b, err := d.take(fileSize)
	if err != nil {
		return err
	}
	name, err := d.text()
	d.files = append(d.files, Header{Name: name, Size: int64(binary.LittleEndian.Uint32(b)),
		offset: int64(binary.LittleEndian.Uint32(b[4:])), folder: int(binary.LittleEndian.Uint16(b[8:]))})
	return err
}
