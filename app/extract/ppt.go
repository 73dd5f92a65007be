package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"strconv"
	"strings"
)

// The records of a presentation that hold text or say where it belongs
// ([MS-PPT] 2.13.24).
const (
	pptSlide     = 0x03EE
	pptNotes     = 0x03F0
	pptMaster    = 0x03F8
	pptDocument  = 0x03E8
	pptChars     = 0x0FA0
	pptBytes     = 0x0FA8
	pptString    = 0x0FBA
	pptObject    = 0x1011
	pptContainer = 0xF
	maxPPTDepth  = 32
	// cryptToken in the Current User stream: the document is encrypted (2.3.2).
	cryptToken = 0xF3D1C4DF
)

// readPPT reads a presentation of PowerPoint 97 to 2003: slides, hidden ones
// too, notes, masters, comments, properties and embedded documents. A document
// that was saved fast holds what was deleted, too.
func (it *item) readPPT(d storage, s stream) error {
	u, ok := d.find("Current User")
	if !ok {
		return errCompound
	}
	user, err := d.read(u, 64)
	if err != nil || len(user) < 16 {
		return errCompound
	}
	if binary.LittleEndian.Uint32(user[12:]) == cryptToken {
		return it.locked("")
	}
	it.told.Protection = ProtectNone
	b, err := it.stored(d, s)
	if err != nil {
		return err
	}
	p := &slides{writer: it.writer("document")}
	if err := p.records(b, 0); err != nil {
		return err
	}
	if err := p.turn(0); err != nil {
		return err
	}
	envelope := it.envelopeOf(d, "Pictures")
	if err := it.summaries(d); err != nil {
		return err
	}
	if envelope {
		return partly(ReasonPictures)
	}
	return nil
}

// slides follows the records of a presentation.
type slides struct {
	*writer
	count map[string]int
	objs  int
}

func (p *slides) records(b []byte, depth int) error {
	if depth > maxPPTDepth {
		return partly(ReasonTooDeep)
	}
	for len(b) >= 8 {
		head, kind := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
		size := uint64(binary.LittleEndian.Uint32(b[4:]))
		if size > uint64(len(b)-8) {
			return partly(ReasonTruncated)
		}
		body := b[8 : 8+size]
		b = b[8+size:]
		if err := p.record(head, kind, body, depth); err != nil {
			return err
		}
	}
	return nil
}

func (p *slides) record(head, kind uint16, body []byte, depth int) error {
	switch {
	case head&0xF == pptContainer:
		if err := p.begin(kind); err != nil {
			return err
		}
		return p.records(body, depth+1)
	case kind == pptChars, kind == pptString:
		return p.text(utf16Name(body, len(body)+2))
	case kind == pptBytes:
		return p.text(utf16Name(widened(nil, body, false), 2*len(body)+2))
	case kind == pptObject:
		return p.object(head>>4 == 1, body)
	}
	return nil
}

// begin names the part that a container begins.
func (p *slides) begin(kind uint16) error {
	name, ok := map[uint16]string{pptSlide: "slide", pptNotes: "notes", pptMaster: "master", pptDocument: "document"}[kind]
	if !ok {
		return nil
	}
	if err := p.turn(0); err != nil {
		return err
	}
	if p.count == nil {
		p.count = map[string]int{}
	}
	p.count[name]++
	p.part, p.line = name+" "+strconv.Itoa(p.count[name]), 1
	return nil
}

// text tells the paragraphs of a text.
func (p *slides) text(s string) error {
	if strings.HasPrefix(s, "___PPT") { // PowerPoint's own names of extensions
		return nil
	}
	for _, c := range []byte(s) {
		switch c {
		case '\r', '\n':
			if err := p.endLine(); err != nil {
				return err
			}
		case '\v', '\t', 0:
			p.buf = append(p.buf, ' ')
		default:
			p.buf = append(p.buf, c)
		}
	}
	return p.endLine()
}

// object reads an embedded document: a compound file, mostly compressed behind
// its length (2.10.34).
func (p *slides) object(packed bool, body []byte) error {
	p.objs++
	name := "object" + strconv.Itoa(p.objs)
	if !packed {
		return p.it.entry(name, int64(len(body)), bytes.NewReader(body))
	}
	if len(body) < 4 {
		return partly(ReasonDamaged)
	}
	z, err := zlib.NewReader(bytes.NewReader(body[4:]))
	if err != nil {
		return partly(ReasonDamaged)
	}
	return p.it.entry(name, -1, p.it.unpack(z, int64(len(body))))
}
