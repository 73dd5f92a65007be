package extract

import (
	"encoding/binary"

	"golang.org/x/text/encoding/charmap"
)

// wordPiece is a run of characters that lie together in the file.
type wordPiece struct {
	chars  int
	at     uint32 // bytes
	narrow bool   // one byte each, in the code page of the West
}

// piecesOf reads the piece table ([MS-DOC] 2.9.38, 2.9.177): formatting first,
// then places of characters and, for each, where they are.
func piecesOf(clx []byte) ([]wordPiece, error) {
	for len(clx) >= 3 && clx[0] == 1 {
		skip := 3 + int(binary.LittleEndian.Uint16(clx[1:]))
		if skip > len(clx) {
			return nil, errCompound
		}
		clx = clx[skip:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil, errCompound
	}
	plc := clx[5:min(uint64(len(clx)), 5+uint64(binary.LittleEndian.Uint32(clx[1:])))]
	n := (len(plc) - 4) / 12
	if n < 1 {
		return nil, errCompound
	}
	pieces := make([]wordPiece, n)
	for i := range pieces {
		from, to := binary.LittleEndian.Uint32(plc[4*i:]), binary.LittleEndian.Uint32(plc[4*i+4:])
		if to < from {
			return nil, errCompound
		}
		where := binary.LittleEndian.Uint32(plc[4*(n+1)+8*i+2:])
		p := wordPiece{chars: int(to - from), at: where & 0x3FFFFFFF, narrow: where&0x40000000 != 0}
		if p.narrow {
			p.at /= 2
		}
		pieces[i] = p
	}
	return pieces, nil
}

// wordText hands out the characters of a document in their order.
type wordText struct {
	body   []byte
	pieces []wordPiece
	total  int  // units handed out
	short  bool // a piece lies outside the file
}

// next returns one unit of text, and where it ends in the file. Halves of
// characters beyond the basic plane come together with the second.
func (t *wordText) next() (r rune, end uint32, ok bool) {
	for len(t.pieces) > 0 && t.pieces[0].chars == 0 {
		t.pieces = t.pieces[1:]
	}
	// Pieces may overlap, so a small file can claim any length of text.
	if t.total++; len(t.pieces) == 0 || t.total > 2*len(t.body) {
		return 0, 0, false
	}
	p := &t.pieces[0]
	p.chars--
	if p.narrow {
		if uint64(p.at) >= uint64(len(t.body)) {
			return t.lose()
		}
		p.at++
		return charmap.Windows1252.DecodeByte(t.body[p.at-1]), p.at, true
	}
	if uint64(p.at)+2 > uint64(len(t.body)) {
		return t.lose()
	}
	r = rune(binary.LittleEndian.Uint16(t.body[p.at:]))
	p.at += 2
	return r, p.at, true
}

// lose drops a piece that lies outside the file.
func (t *wordText) lose() (rune, uint32, bool) {
	t.short = true
	t.pieces[0].chars = 0
	return 0, 0, true
}
