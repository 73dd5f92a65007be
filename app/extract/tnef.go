package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"daicho/app/extract/charset"
)

// The attributes of a TNEF stream that hold what people wrote ([MS-OXTNEF] 2.1.3.2).
const (
	tnefFrom    = 0x00008000
	tnefSubject = 0x00018004
	tnefBody    = 0x0002800C
	tnefProps   = 0x00069003
	tnefPeople  = 0x00069004
	tnefBegin   = 0x00069002 // of an attachment
	tnefData    = 0x0006800F
	tnefTitle   = 0x00018010
	tnefFile    = 0x00069005 // the properties of an attachment

	tnefHead = 9 // level, attribute, length
)

var errTNEF = errors.New("extract: TNEF is damaged")

// readTNEF reads winmail.dat, in which Outlook wraps a message for other Outlooks:
// subject, body in every form, recipients, and attachments.
func (it *item) readTNEF() error {
	if it.size > it.limits.Buffer {
		return unreadable(ReasonTooLarge)
	}
	b, err := io.ReadAll(it.reader())
	if err != nil {
		return readError(err)
	}
	if len(b) < 6 {
		return errTNEF
	}
	t := &tnefReader{item: it}
	for b = b[6:]; len(b) >= tnefHead+2; {
		id, size := binary.LittleEndian.Uint32(b[1:]), uint64(binary.LittleEndian.Uint32(b[5:]))
		if size > uint64(len(b)-tnefHead-2) {
			return partly(ReasonTruncated)
		}
		if err := t.attribute(id, b[tnefHead:tnefHead+size]); err != nil {
			return err
		}
		b = b[tnefHead+size+2:]
	}
	if err := t.endFile(); err != nil {
		return err
	}
	if len(bytes.Trim(b, "\x00\r\n")) > 0 { // half the head of another
		return partly(ReasonTruncated)
	}
	return nil
}

type tnefReader struct {
	*item
	name  string // of the attachment at hand
	data  []byte
	begun bool
}

func (t *tnefReader) attribute(id uint32, b []byte) error {
	switch id {
	case tnefSubject, tnefFrom:
		return t.line("Subject", new(charset.Decoder).Decode(nil, bytes.Trim(b, "\x00")))
	case tnefBody:
		return t.aspect(bytes.TrimRight(b, "\x00"), (*item).readText)
	case tnefProps:
		_, err := t.eachProperty(b, t.property)
		return err
	case tnefPeople:
		return t.people(b)
	case tnefBegin:
		err := t.endFile()
		t.name, t.data, t.begun = "attachment", nil, true
		return err
	case tnefTitle:
		t.name = printableName(string(bytes.TrimRight(b, "\x00")))
	case tnefData:
		t.data = b
	case tnefFile:
		_, err := t.eachProperty(b, t.fileProperty)
		return err
	}
	return nil
}

// endFile reads the attachment at hand.
func (t *tnefReader) endFile() error {
	if !t.begun {
		return nil
	}
	t.begun = false
	return t.entry(t.name, int64(len(t.data)), bytes.NewReader(t.data))
}

func (t *tnefReader) line(label string, text []byte) error {
	if len(text) == 0 {
		return nil
	}
	w := t.writer("headers")
	w.buf = append(append(w.buf, label...), ": "...)
	w.cellText(text)
	return w.turn(0)
}

// property tells one property of the message.
func (t *tnefReader) property(id, kind uint16, b []byte) error {
	switch id {
	case 0x0037:
		return t.line("Subject", tnefText(kind, b))
	case 0x0C1A, 0x0C1F, 0x5D01:
		return t.line("From", tnefText(kind, b))
	case 0x0E04, 0x0E03, 0x0E02, 0x3001, 0x3003, 0x39FE: // of the message, of a recipient
		return t.line("To", tnefText(kind, b))
	case 0x1000:
		return t.aspect(tnefText(kind, b), (*item).readText)
	case 0x1013:
		return t.aspect(b, (*item).readHTML)
	case 0x1009:
		rich, err := unpackRTF(b, t.limits.Buffer)
		if err != nil {
			return partly(ReasonDamaged)
		}
		return t.aspect(rich, (*item).readRTF)
	}
	return nil
}

// fileProperty notes name and content of an attachment; a message in it is TNEF
// again, behind the number of its interface.
func (t *tnefReader) fileProperty(id, kind uint16, b []byte) error {
	switch id {
	case 0x3707:
		if name := printableName(string(tnefText(kind, b))); name != "" {
			t.name = name
		}
	case 0x3701:
		if t.data = b; kind == 0x0D && len(b) > 16 {
			t.data = b[16:]
		}
	}
	return nil
}

func tnefText(kind uint16, b []byte) []byte {
	if kind == typeLPWSTR {
		return []byte(utf16Text(b))
	}
	return new(charset.Decoder).Decode(nil, bytes.TrimRight(b, "\x00"))
}

// people reads the recipients: how many, and the properties of each.
func (t *tnefReader) people(b []byte) error {
	if len(b) < 4 {
		return partly(ReasonDamaged)
	}
	rest := b[4:]
	for range binary.LittleEndian.Uint32(b) {
		if len(rest) == 0 {
			return partly(ReasonDamaged)
		}
		var err error
		if rest, err = t.eachProperty(rest, t.property); err != nil {
			return err
		}
	}
	return nil
}
