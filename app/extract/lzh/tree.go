package lzh

import "io"

// tree is a canonical Huffman code.
type tree struct {
	only  int                  // the one symbol, from 1, which takes no bits
	count [longestCode + 1]int // codes of each length
	order []uint16             // symbols by length, then by number
}

// newTree makes the code whose symbols have these lengths; 0 is none.
func newTree(size []byte) (tree, error) {
	var t tree
	for _, n := range size {
		if n > longestCode {
			return t, ErrFormat
		}
		t.count[n]++
	}
	t.count[0] = 0
	var next [longestCode + 2]int
	room := 1
	for n := 1; n <= longestCode; n++ {
		next[n+1] = next[n] + t.count[n]
		if room = room<<1 - t.count[n]; room < 0 {
			return t, ErrFormat
		}
	}
	t.order = make([]uint16, next[longestCode+1])
	for symbol, n := range size {
		if n > 0 {
			t.order[next[n]] = uint16(symbol)
			next[n]++
		}
	}
	return t, nil
}

// decode reads one symbol.
func (t *tree) decode(b *bits) (int, error) {
	if t.only > 0 {
		return t.only - 1, nil
	}
	code, first, index := 0, 0, 0
	for n := 1; n <= longestCode; n++ {
		bit, err := b.take(1)
		if err != nil {
			return 0, err
		}
		code |= bit
		if code-first < t.count[n] {
			return int(t.order[index+code-first]), nil
		}
		index += t.count[n]
		first = (first + t.count[n]) << 1
		code <<= 1
	}
	return 0, ErrFormat
}

// bits reads bits, the highest of a byte first.
type bits struct {
	r    io.Reader
	buf  [4096]byte
	i, n int
	held uint64
	have int
}

func (b *bits) take(n int) (int, error) {
	for b.have < n {
		if b.i == b.n {
			got, err := b.r.Read(b.buf[:])
			if got == 0 {
				if err == nil {
					continue
				}
				return 0, truncated(err)
			}
			b.i, b.n = 0, got
		}
		b.held = b.held<<8 | uint64(b.buf[b.i])
		b.i++
		b.have += 8
	}
	b.have -= n
	return int(b.held >> b.have & (1<<n - 1)), nil
}
