package extract

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"io"
)

// eachBinary calls do with every record of the parts.
func (p *pack) eachBinary(do func(id int, b []byte) error, patterns ...string) error {
	for _, f := range p.parts(patterns...) {
		if err := p.eachRecord(f, do); err != nil {
			return err
		}
	}
	return nil
}

// eachRecord calls do with every record of a part ([MS-XLSB] 2.1.4). b is valid
// until do returns.
func (p *pack) eachRecord(f *zip.File, do func(id int, b []byte) error) error {
	opened, err := f.Open()
	if err != nil {
		return err
	}
	defer opened.Close()
	r := bufio.NewReaderSize(p.unpack(opened, int64(f.CompressedSize64)), 64<<10)
	var b []byte
	for {
		id, size, err := recordHead(r)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if size > maxBinaryPiece {
			return partly(ReasonTooMuchText)
		}
		if cap(b) < size {
			b = make([]byte, size)
		}
		b = b[:size]
		if _, err := io.ReadFull(r, b); err != nil {
			return endOf(err)
		}
		if err := do(id, b); err != nil {
			return err
		}
	}
}

// recordHead reads number and size: seven bits of each byte, two bytes of the one
// and four of the other at most.
func recordHead(r io.ByteReader) (id, size int, err error) {
	if id, err = sevenBits(r, 2); err != nil {
		return 0, 0, err
	}
	size, err = sevenBits(r, 4)
	return id, size, endOf(err)
}

func sevenBits(r io.ByteReader, most int) (n int, err error) {
	for i := range most {
		c, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		n |= int(c&0x7F) << (7 * i)
		if c < 0x80 {
			break
		}
	}
	return n, nil
}

// wideText is a text behind its length (2.5.168); one without characters has the
// length -1.
func wideText(b []byte) string {
	text, _ := cutWide(b)
	return text
}

// cutWide cuts a text off, and returns what follows.
func cutWide(b []byte) (string, []byte) {
	if len(b) < 4 {
		return "", nil
	}
	n, rest := uint64(binary.LittleEndian.Uint32(b)), b[4:]
	if n == 1<<32-1 {
		return "", rest
	}
	n = min(2*n, uint64(len(rest)))
	return utf16Name(rest[:n], int(n)+2), rest[n:]
}
