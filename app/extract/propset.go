package extract

import (
	"bytes"
	"encoding/binary"

	"daicho/app/extract/charset"
)

// summaries tells title, author, company and the like of an old Office
// document. Damage in them costs nothing else.
func (it *item) summaries(d storage) error {
	w := it.writer("properties")
	for _, name := range []string{"\x05SummaryInformation", "\x05DocumentSummaryInformation"} {
		s, ok := d.find(name)
		if !ok {
			continue
		}
		set, err := it.stored(d, s)
		if err != nil {
			continue
		}
		if err := w.propertySet(set); err != nil {
			return err
		}
	}
	return w.flush()
}

// propertySet tells the texts of a property set stream ([MS-OLEPS] 2.21), of
// each of its sections.
func (w *writer) propertySet(b []byte) error {
	if len(b) < 28 {
		return nil
	}
	for i := range min(binary.LittleEndian.Uint32(b[24:]), 2) {
		at := 28 + 20*int(i)
		if len(b) < at+20 {
			return nil
		}
		if from := binary.LittleEndian.Uint32(b[at+16:]); uint64(from) < uint64(len(b)) {
			if err := w.properties(b[from:]); err != nil {
				return err
			}
		}
	}
	return nil
}

const (
	typeI2     = 2
	typeLPSTR  = 0x1E
	typeLPWSTR = 0x1F
	propPage   = 1 // the code page of LPSTR
)

func (w *writer) properties(section []byte) error {
	if len(section) < 8 {
		return nil
	}
	unicode := false
	for i := range min(int(binary.LittleEndian.Uint32(section[4:])), len(section)/8) {
		if len(section) < 16+8*i {
			return nil
		}
		id, at := binary.LittleEndian.Uint32(section[8+8*i:]), binary.LittleEndian.Uint32(section[12+8*i:])
		if uint64(at)+8 > uint64(len(section)) {
			continue
		}
		value := section[at:]
		switch kind := binary.LittleEndian.Uint16(value); {
		case kind == typeI2 && id == propPage:
			page := binary.LittleEndian.Uint16(value[4:])
			unicode = page == 1200
		case kind == typeLPSTR, kind == typeLPWSTR:
			if err := w.property(value[4:], kind == typeLPWSTR, unicode); err != nil {
				return err
			}
		}
	}
	return nil
}

// property tells one text: its length, in characters when wide, and itself.
func (w *writer) property(b []byte, wide, unicode bool) error {
	n := uint64(binary.LittleEndian.Uint32(b))
	if wide {
		n *= 2
	}
	b = b[4:min(4+n, uint64(len(b)))]
	if wide || unicode {
		w.cellText([]byte(utf16Text(b)))
	} else {
		w.cellText(new(charset.Decoder).Decode(nil, bytes.TrimRight(b, "\x00")))
	}
	return w.endLine()
}

// utf16Text decodes little-endian UTF-16 up to a zero.
func utf16Text(b []byte) string {
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 && b[i+1] == 0 {
			b = b[:i]
			break
		}
	}
	return utf16Name(b, len(b)+2)
}
