package extract

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strconv"
)

// embedded reads an embedded document, which RTF writes in hexadecimal digits.
func (r *rtfReader) embedded() error {
	digits := r.object
	r.object = nil
	if len(digits) == 0 {
		return nil
	}
	if int64(len(digits)) > r.it.limits.Buffer {
		return partly(ReasonTooLarge)
	}
	data := make([]byte, len(digits)/2)
	n, err := hex.Decode(data, digits[:len(digits)/2*2])
	if err != nil {
		r.it.unread++
		return nil
	}
	r.objects++
	inner := embeddedObject(data[:n])
	return r.it.entry("object"+strconv.Itoa(r.objects), int64(len(inner)), bytes.NewReader(inner))
}

// embeddedObject takes the document out of an object of OLE 1: version, format,
// three names, length, document ([MS-OLEDS] 2.2.5).
func embeddedObject(b []byte) []byte {
	rest := b[min(8, len(b)):]
	for range 3 {
		if len(rest) < 4 {
			return b
		}
		n := uint64(binary.LittleEndian.Uint32(rest))
		if n > uint64(len(rest)-4) {
			return b
		}
		rest = rest[4+n:]
	}
	if len(rest) < 4 {
		return b
	}
	n := uint64(binary.LittleEndian.Uint32(rest))
	return rest[4 : 4+min(n, uint64(len(rest)-4))]
}
