package lzh

import (
	"bytes"
	"io"
)

const (
	lengths     = 19  // symbols of the tree that codes the lengths of the codes
	lengthBits  = 5   // of their number
	symbols     = 510 // bytes, and lengths of matches
	symbolBits  = 9
	shortest    = 3 // match
	longestCode = 16
)

// decoder undoes LZSS with Huffman codes that change with every block.
type decoder struct {
	bits   bits
	window []byte
	at     int // next place in the window
	places int // symbols of the tree of distances
	width  int // bits of their number

	block           int // symbols that are left of it
	symbol, place   tree
	source, pending int // of a match being copied
}

func newDecoder(r io.Reader, window uint, places, width int) *decoder {
	return &decoder{bits: bits{r: r}, window: bytes.Repeat([]byte{' '}, 1<<window), places: places, width: width}
}

// Read implements io.Reader.
func (d *decoder) Read(b []byte) (int, error) {
	for n := range b {
		if d.pending == 0 {
			if err := d.next(); err != nil {
				return n, err
			}
		}
		if d.pending > 0 {
			d.pending--
			d.window[d.at] = d.window[d.source]
			d.source = (d.source + 1) & (len(d.window) - 1)
		}
		b[n] = d.window[d.at]
		d.at = (d.at + 1) & (len(d.window) - 1)
	}
	return len(b), nil
}

// next puts a byte into the window, or begins to copy a match.
func (d *decoder) next() error {
	if d.block == 0 {
		if err := d.begin(); err != nil {
			return err
		}
	}
	d.block--
	c, err := d.symbol.decode(&d.bits)
	if err != nil {
		return err
	}
	if c < 256 {
		d.window[d.at] = byte(c)
		return nil
	}
	far, err := d.place.decode(&d.bits)
	if err != nil {
		return err
	}
	if far > 1 {
		low, err := d.bits.take(far - 1)
		if err != nil {
			return err
		}
		far = 1<<(far-1) + low
	}
	d.pending = c - 256 + shortest
	d.source = (d.at - far - 1) & (len(d.window) - 1)
	return nil
}

// begin reads the trees of a block.
func (d *decoder) begin() (err error) {
	if d.block, err = d.bits.take(16); err != nil {
		return err
	}
	if d.block == 0 {
		return ErrFormat
	}
	outer, err := d.tree(lengths, lengthBits, 3)
	if err != nil {
		return err
	}
	if d.symbol, err = d.symbolTree(&outer); err != nil {
		return err
	}
	d.place, err = d.tree(d.places, d.width, -1)
	return err
}

// tree reads a tree whose lengths stand as such: three bits, and one more for
// each beyond seven. Behind the symbol gap stands how many are left out.
func (d *decoder) tree(all, width, gap int) (tree, error) {
	n, err := d.bits.take(width)
	if err != nil || n > all {
		return tree{}, orFormat(err)
	}
	if n == 0 {
		only, err := d.bits.take(width)
		return tree{only: only + 1}, err
	}
	var size [lengths]byte
	for i := 0; i < n; {
		if size[i], err = d.codeLength(); err != nil {
			return tree{}, err
		}
		if i++; i == gap {
			skip, err := d.bits.take(2)
			if err != nil {
				return tree{}, err
			}
			i += skip
		}
	}
	return newTree(size[:n])
}

func (d *decoder) codeLength() (byte, error) {
	n, err := d.bits.take(3)
	for more := 1; err == nil && n >= 7 && more == 1; {
		if more, err = d.bits.take(1); more == 1 {
			n++
		}
		if n > longestCode {
			return 0, ErrFormat
		}
	}
	return byte(n), err
}

// symbolTree reads the tree of symbols, whose lengths are coded by outer.
func (d *decoder) symbolTree(outer *tree) (tree, error) {
	n, err := d.bits.take(symbolBits)
	if err != nil || n > symbols {
		return tree{}, orFormat(err)
	}
	if n == 0 {
		only, err := d.bits.take(symbolBits)
		return tree{only: only + 1}, err
	}
	var size [symbols]byte
	for i := 0; i < n; {
		c, err := outer.decode(&d.bits)
		if err != nil {
			return tree{}, err
		}
		if c > 2 {
			size[i] = byte(c - 2)
			i++
			continue
		}
		skip, err := d.zeros(c)
		if err != nil {
			return tree{}, err
		}
		i += skip
	}
	return newTree(size[:n])
}

// zeros is how many symbols have no code.
func (d *decoder) zeros(c int) (int, error) {
	if c == 0 {
		return 1, nil
	}
	width, least := 4, 3
	if c == 2 {
		width, least = symbolBits, 20
	}
	n, err := d.bits.take(width)
	return n + least, err
}

func orFormat(err error) error {
	if err == nil {
		return ErrFormat
	}
	return err
}
