package extract

import (
	"bytes"
	"strings"

	"daicho/app/extract/charset"
)

// The properties of a message that people read ([MS-OXPROPS]), by the number in
// the name of their stream ([MS-OXMSG] 2.1.3).
const (
	msgSubject    = "0037"
	msgSender     = "0C1A"
	msgSenderMail = "0C1F"
	msgSenderSMTP = "5D01"
	msgTo         = "0E04"
	msgCc         = "0E03"
	msgBcc        = "0E02"
	msgBody       = "1000"
	msgRTF        = "1009"
	msgHTML       = "1013"
	msgName       = "3001" // of a recipient
	msgMail       = "3003"
	msgSMTP       = "39FE"
	msgData       = "3701" // of an attachment
	msgShortName  = "3704"
	msgLongName   = "3707"

	msgProperty  = "__substg1.0_"
	msgRecipient = "__recip_version1.0_"
	msgAttached  = "__attach_version1.0_"
)

// readMSG reads a message that Outlook saved: who, to whom and about what, the
// body in every form it has, and attachments, messages among them.
func (it *item) readMSG(d storage, _ stream) error {
	it.told.Protection = ProtectNone
	if err := it.msgHeaders(d); err != nil {
		return err
	}
	if err := it.msgBodies(d); err != nil {
		return err
	}
	for _, s := range d.storages(msgAttached) {
		if err := it.msgAttachment(d.open(s)); err != nil {
			return err
		}
	}
	return nil
}

func (it *item) msgHeaders(d storage) error {
	w := it.writer("headers")
	for _, p := range []struct{ label, id string }{
		{"From", msgSender}, {"From", msgSenderMail}, {"From", msgSenderSMTP},
		{"To", msgTo}, {"Cc", msgCc}, {"Bcc", msgBcc}, {"Subject", msgSubject},
	} {
		if err := it.msgHeader(w, p.label, d, p.id); err != nil {
			return err
		}
	}
	for _, s := range d.storages(msgRecipient) {
		for _, id := range []string{msgName, msgMail, msgSMTP} {
			if err := it.msgHeader(w, "To", d.open(s), id); err != nil {
				return err
			}
		}
	}
	return w.flush()
}

// msgHeader tells one property. An address of the directory (/O=…) is none
// that people know.
func (it *item) msgHeader(w *writer, label string, d storage, id string) error {
	text, err := it.msgText(d, id)
	if err != nil || len(text) == 0 || bytes.HasPrefix(text, []byte("/")) {
		return err
	}
	w.buf = append(append(w.buf, label...), ": "...)
	w.cellText(text)
	return w.endLine()
}

// msgText is a text of the message: in Unicode, or in its code page.
func (it *item) msgText(d storage, id string) ([]byte, error) {
	if s, ok := d.find(msgProperty + id + "001F"); ok {
		b, err := it.stored(d, s)
		return []byte(utf16Name(b, len(b)+2)), err
	}
	s, ok := d.find(msgProperty + id + "001E")
	if !ok {
		return nil, nil
	}
	b, err := it.stored(d, s)
	return new(charset.Decoder).Decode(nil, b), err
}

// msgBodies reads the body as text, as a page, and, when it is neither, as RTF.
func (it *item) msgBodies(d storage) error {
	text, err := it.msgText(d, msgBody)
	if err != nil {
		return err
	}
	if err := it.aspect(text, (*item).readText); err != nil {
		return err
	}
	page, err := it.msgBinary(d, msgHTML)
	if err != nil {
		return err
	}
	if err := it.aspect(page, (*item).readHTML); err != nil {
		return err
	}
	if len(text)+len(page) > 0 {
		return nil
	}
	packed, err := it.msgBinary(d, msgRTF)
	if err != nil || packed == nil {
		return err
	}
	rich, err := unpackRTF(packed, it.limits.Buffer)
	if err != nil {
		return err
	}
	return it.aspect(rich, (*item).readRTF)
}

func (it *item) msgBinary(d storage, id string) ([]byte, error) {
	s, ok := d.find(msgProperty + id + "0102")
	if !ok {
		return nil, nil
	}
	return it.stored(d, s)
}

// aspect reads bytes as text of the item itself.
func (it *item) aspect(b []byte, read func(*item) error) error {
	if len(b) == 0 {
		return nil
	}
	part := &item{job: it.job, path: it.path, name: it.name, r: bytesAt(b), size: int64(len(b)), text: it.text, depth: it.depth}
	err := read(part)
	it.text = part.text
	it.unread += part.unread
	return err
}

func (it *item) msgAttachment(d storage) error {
	name := "attachment"
	for _, id := range []string{msgLongName, msgShortName, msgName} {
		text, err := it.msgText(d, id)
		if err != nil {
			return err
		}
		if short := strings.TrimRight(string(text), "\x00"); short != "" {
			name = printableName(short)
			break
		}
	}
	if inner := d.storages(msgProperty + msgData); len(inner) > 0 {
		return it.inner(name, func(child *item) error { return child.readStorage(d.open(inner[0])) })
	}
	data, err := it.msgBinary(d, msgData)
	if err != nil {
		return err
	}
	return it.entry(name, int64(len(data)), bytes.NewReader(data))
}
