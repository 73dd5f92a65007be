package extract

import (
	"bytes"
	"encoding/binary"

	"daicho/app/extract/charset"
)

// biffReader reads a record that goes on in CONTINUE records.
type biffReader struct {
	parts [][]byte
}

// some returns up to n bytes that lie together, nil at the end.
func (r *biffReader) some(n int) []byte {
	for len(r.parts) > 0 && len(r.parts[0]) == 0 {
		r.parts = r.parts[1:]
	}
	if len(r.parts) == 0 || n <= 0 {
		return nil
	}
	b := r.parts[0][:min(n, len(r.parts[0]))]
	r.parts[0] = r.parts[0][len(b):]
	return b
}

// bytes returns n bytes, fewer at the end.
func (r *biffReader) bytes(n int) []byte {
	b := r.some(n)
	for len(b) < n {
		more := r.some(n - len(b))
		if more == nil {
			return b
		}
		b = append(b[:len(b):len(b)], more...)
	}
	return b
}

// number reads a little-endian number of size bytes, 0 at the end.
func (r *biffReader) number(size int) int {
	var n [4]byte
	copy(n[:size], r.bytes(size))
	return int(binary.LittleEndian.Uint32(n[:]))
}

// characters appends n characters to dst. Where they go on in another record
// that begins with their width anew (2.5.293).
func (r *biffReader) characters(dst []byte, n int, high bool) []byte {
	var units []byte
	for n > 0 {
		for len(r.parts) > 0 && len(r.parts[0]) == 0 {
			if r.parts = r.parts[1:]; len(r.parts) > 0 && len(r.parts[0]) > 0 {
				high = r.parts[0][0]&1 != 0
				r.parts[0] = r.parts[0][1:]
			}
		}
		size := 1
		if high {
			size = 2
		}
		b := r.some(n * size)
		if len(b) < size {
			break
		}
		n -= len(b) / size
		units = widened(units, b, high)
	}
	return append(dst, utf16Name(units, len(units)+2)...)
}

// widened appends characters of one or two bytes as UTF-16.
func widened(units, b []byte, high bool) []byte {
	if high {
		return append(units, b[:len(b)/2*2]...)
	}
	for _, c := range b {
		units = append(units, c, 0)
	}
	return units
}

// text reads a string whose length takes size bytes. Those of BIFF8 say whether
// their characters have one byte or two; older ones are in the code page.
func (x *book) text(parts [][]byte, size int) []byte {
	if len(parts[0]) == 0 {
		return nil
	}
	r := &biffReader{append([][]byte(nil), parts...)}
	n := r.number(size)
	if !x.wide {
		return new(charset.Decoder).Decode(nil, r.bytes(n))
	}
	return r.rich(nil, n)
}

// rich reads flags, characters, and skips fonts and furigana.
func (r *biffReader) rich(dst []byte, n int) []byte {
	const high, furigana, fonts = 1, 4, 8
	flags := r.number(1)
	runs, aloud := 0, 0
	if flags&fonts != 0 {
		runs = r.number(2)
	}
	if flags&furigana != 0 {
		aloud = r.number(4)
	}
	dst = r.characters(dst, n, flags&high != 0)
	r.skip(4 * runs)
	r.skip(aloud)
	return dst
}

func (r *biffReader) skip(n int) {
	for n > 0 {
		b := r.some(n)
		if b == nil {
			return
		}
		n -= len(b)
	}
}

// sharedTexts reads the table of texts (2.4.265).
func (x *book) sharedTexts(parts [][]byte) error {
	r := &biffReader{append([][]byte(nil), parts...)}
	r.skip(4)
	for range r.number(4) {
		if len(r.parts) == 0 || len(r.parts) == 1 && len(r.parts[0]) == 0 {
			break
		}
		x.shared.add(r.rich(nil, r.number(2)))
		if err := x.shared.end(x.writer); err != nil {
			return err
		}
	}
	return nil
}

// textBox reads the text of comments and drawings: its length, then the
// characters in the first CONTINUE record (2.4.329).
func (x *book) textBox(parts [][]byte) error {
	if len(parts) < 2 || len(parts[0]) < 12 || len(parts[1]) == 0 {
		return nil
	}
	r := &biffReader{append([][]byte(nil), parts[1:]...)}
	high := r.number(1)&1 != 0
	return x.aside(r.characters(nil, int(binary.LittleEndian.Uint16(parts[0][10:])), high))
}

// note tells who wrote a comment: row, column, flags, object, name (2.4.179).
func (x *book) note(b []byte) error {
	if !x.wide || len(b) < 11 {
		return nil
	}
	return x.aside(x.text([][]byte{b[8:]}, 2))
}

// link tells the addresses in a hyperlink: texts in UTF-16 among numbers
// (2.4.140); mailto: and tel: are among them.
func (x *book) link(b []byte) error {
	for _, scheme := range []string{"mailto:", "tel:", "http"} {
		if at := bytes.Index(b, utf16Bytes(scheme)); at >= 0 {
			return x.aside([]byte(utf16Text(b[at:])))
		}
	}
	return nil
}

// aside tells a text that stands beside the cells on a line of its own.
func (x *book) aside(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	if x.began {
		if err := x.endLine(); err != nil {
			return err
		}
		x.began, x.col = false, 0
	}
	x.cellText(text)
	return x.endLine()
}
