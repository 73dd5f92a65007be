package extract

import (
	"encoding/binary"
	"errors"
)

// rtfDictionary is what the window of compressed RTF begins with
// ([MS-OXRTFCP] 2.1.2.1).
const rtfDictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern " +
	"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par " +
	"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

var errRTF = errors.New("extract: compressed RTF is damaged")

// unpackRTF undoes the compression of bodies in messages ([MS-OXRTFCP] 2.2):
// a header of four numbers, then runs of eight tokens, each a byte or a
// reference into a window of 4096 bytes.
func unpackRTF(b []byte, limit int64) ([]byte, error) {
	if len(b) < 16 {
		return nil, errRTF
	}
	size := int64(binary.LittleEndian.Uint32(b[4:]))
	kind := string(b[8:12])
	b = b[16:]
	switch {
	case size > limit:
		return nil, unreadable(ReasonTooLarge)
	case kind == "MELA": // not compressed
		return b[:min(size, int64(len(b)))], nil
	case kind != "LZFu":
		return nil, errRTF
	}
	w := &rtfWindow{}
	w.at = copy(w.ring[:], rtfDictionary)
	for len(b) > 0 {
		flags := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(b) > 0; bit++ {
			if flags>>bit&1 == 0 {
				w.put(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return w.out, nil
			}
			from, n := int(b[0])<<4|int(b[1]>>4), int(b[1]&0xF)+2
			b = b[2:]
			if from == w.at { // the end
				return w.out, nil
			}
			for i := range n {
				w.put(w.ring[(from+i)%len(w.ring)])
			}
		}
		if int64(len(w.out)) > limit {
			return nil, unreadable(ReasonTooLarge)
		}
	}
	return w.out, nil
}

type rtfWindow struct {
	ring [4096]byte
	at   int
	out  []byte
}

func (w *rtfWindow) put(c byte) {
	w.out = append(w.out, c)
	w.ring[w.at] = c
	w.at = (w.at + 1) % len(w.ring)
}
