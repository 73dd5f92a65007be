package extract

import (
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
)

// compound is a reader of Compound File Binary files ([MS-CFB]): the container
// of doc, xls, ppt, msg and of encrypted OOXML. Chains are followed no farther
// than the file has sectors, so that a cycle ends.
type compound struct {
	r     io.ReaderAt
	size  int64
	shift uint // log2 of the sector size: 9 or 12
	fat   []uint32
	mini  []uint32 // FAT of the mini stream
	pool  []byte   // the mini stream, once it was needed
	dir   []stream // the root first
}

// stream is one stream or storage of a compound file.
type stream struct {
	name        string
	kind        byte
	start       uint32
	size        int64
	left, right uint32 // siblings, in a tree
	child       uint32 // of a storage: one of what is in it
}

const (
	cfbHeader    = 512
	endOfChain   = 0xFFFFFFFE
	maxRegular   = 0xFFFFFFFA
	miniShift    = 6
	miniCutoff   = 4096
	cfbEntrySize = 128
	typeStorage  = 1
	typeStream   = 2
	typeRoot     = 5
	// maxTable bounds what a file's tables may take in memory: 64 MiB of FAT
	// describe a file of 8 GiB.
	maxTable = 64 << 20
)

var errCompound = errors.New("extract: compound file is damaged")

// openCompound returns the root storage of a compound file.
func openCompound(r io.ReaderAt, size int64) (storage, error) {
	c, err := loadCompound(r, size)
	if err != nil {
		return storage{}, err
	}
	return c.open(c.dir[0]), nil
}

func loadCompound(r io.ReaderAt, size int64) (*compound, error) {
	var h [cfbHeader]byte
	if _, err := r.ReadAt(h[:], 0); err != nil {
		return nil, errCompound
	}
	c := &compound{r: r, size: size, shift: uint(binary.LittleEndian.Uint16(h[30:]))}
	if c.shift != 9 && c.shift != 12 {
		return nil, errCompound
	}
	if err := c.loadFAT(h[:]); err != nil {
		return nil, err
	}
	if err := c.loadDirectory(binary.LittleEndian.Uint32(h[48:])); err != nil {
		return nil, err
	}
	mini, err := c.chain(binary.LittleEndian.Uint32(h[60:]), maxTable)
	if err != nil {
		return nil, err
	}
	c.mini = numbersOf(mini)
	return c, nil
}

// sectors is how many sectors the file can have.
func (c *compound) sectors() int { return int(c.size>>c.shift) + 1 }

func (c *compound) sector(n uint32, b []byte) error {
	if n >= maxRegular || int64(n) > int64(c.sectors()) {
		return errCompound
	}
	at := (int64(n) + 1) << c.shift
	got, err := c.r.ReadAt(b, at)
	if got == 0 && err != nil {
		return errCompound
	}
	clear(b[got:]) // the last sector may be cut short
	return nil
}

// loadFAT reads the sectors listed in the header and in the DIFAT chain.
func (c *compound) loadFAT(h []byte) error {
	list := numbersOf(h[76:])
	b := make([]byte, 1<<c.shift)
	next := binary.LittleEndian.Uint32(h[68:])
	for n := 0; next < maxRegular && n < c.sectors() && 4*len(list) < maxTable; n++ {
		if err := c.sector(next, b); err != nil {
			return err
		}
		more := numbersOf(b)
		list, next = append(list, more[:len(more)-1]...), more[len(more)-1]
	}
	for _, s := range list {
		if s >= maxRegular {
			continue
		}
		if len(c.fat) > c.sectors() {
			break
		}
		if 4*len(c.fat) > maxTable {
			return unreadable(ReasonTooLarge)
		}
		if err := c.sector(s, b); err != nil {
			return err
		}
		c.fat = append(c.fat, numbersOf(b)...)
	}
	return nil
}

func numbersOf(b []byte) []uint32 {
	n := make([]uint32, len(b)/4)
	for i := range n {
		n[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return n
}

// chain reads the sectors from start on, limit bytes at most.
func (c *compound) chain(start uint32, limit int64) ([]byte, error) {
	var out []byte
	for n := 0; start < maxRegular && int64(len(out)) < limit; n++ {
		if n > c.sectors() || int(start) >= len(c.fat) {
			return nil, errCompound
		}
		have := len(out)
		out = append(out, make([]byte, 1<<c.shift)...)
		if err := c.sector(start, out[have:]); err != nil {
			return nil, err
		}
		start = c.fat[start]
	}
	return out, nil
}

func (c *compound) loadDirectory(start uint32) error {
	dir, err := c.chain(start, maxTable)
	if err != nil {
		return err
	}
	for ; len(dir) >= cfbEntrySize; dir = dir[cfbEntrySize:] {
		e := dir[:cfbEntrySize]
		s := stream{
			name: utf16Name(e[:64], int(binary.LittleEndian.Uint16(e[64:]))),
			kind: e[66],
			left: binary.LittleEndian.Uint32(e[68:]), right: binary.LittleEndian.Uint32(e[72:]),
			child: binary.LittleEndian.Uint32(e[76:]),
			start: binary.LittleEndian.Uint32(e[116:]),
			size:  int64(binary.LittleEndian.Uint32(e[120:])),
		}
		if c.shift == 12 {
			s.size |= int64(binary.LittleEndian.Uint32(e[124:])&0x7FFFFFFF) << 32
		}
		c.dir = append(c.dir, s)
	}
	if len(c.dir) == 0 || c.dir[0].kind != typeRoot {
		return errCompound
	}
	return nil
}

func utf16Name(b []byte, length int) string {
	length = min(max(length-2, 0), len(b))
	units := make([]uint16, length/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// read returns the first limit bytes of a stream.
func (c *compound) read(s stream, limit int64) ([]byte, error) {
	limit = min(limit, s.size)
	if s.size < miniCutoff {
		return c.readMini(s, limit)
	}
	out, err := c.chain(s.start, limit)
	if err == nil && int64(len(out)) < limit {
		err = io.ErrUnexpectedEOF
	}
	return out[:min(int64(len(out)), limit)], err
}

// readMini reads a small stream out of the mini stream, which is the root's.
func (c *compound) readMini(s stream, limit int64) ([]byte, error) {
	if c.pool == nil {
		pool, err := c.chain(c.dir[0].start, min(c.dir[0].size, maxTable))
		if err != nil {
			return nil, err
		}
		c.pool = pool
	}
	var out []byte
	for at := s.start; int64(len(out)) < limit; at = c.mini[at] {
		from := int64(at) << miniShift
		if int64(at) >= int64(len(c.mini)) || from+1<<miniShift > int64(len(c.pool)) {
			return out, io.ErrUnexpectedEOF
		}
		out = append(out, c.pool[from:from+1<<miniShift]...)
	}
	return out[:limit], nil
}
