package extract

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"daicho/app/extract/charset"
	"daicho/app/extract/mail"
)

// readMail reads an Internet message (RFC 5322, MIME): the headers people
// write, bodies in text and HTML, and attachments as entries.
func (it *item) readMail() error {
	err := mail.Walk(it.reader(), mailTeller{it})
	switch {
	case errors.Is(err, mail.ErrNoMail):
		return it.readText()
	case err == mail.ErrCut, err == mail.ErrDamaged:
		return partly(ReasonDamaged)
	case err == mail.ErrTooDeep:
		return partly(ReasonTooDeep)
	case err == mail.ErrTooMany:
		return partly(ReasonTooMany)
	case err == mail.ErrHeader:
		return partly(ReasonHeader)
	}
	return err
}

// mailTeller tells the parts of a message as they come.
type mailTeller struct{ it *item }

// Header tells who, to whom and about what. Identifiers and the way a message
// took are left out: they look like addresses.
func (l mailTeller) Header(h mail.Header) error {
	l.it.told.Type = Mail
	var b []byte
	for _, key := range []string{"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject"} {
		for _, text := range h.All(strings.ToLower(key)) {
			b = append(append(append(b, key...), ": "...), text...)
			b = append(b, '\n')
		}
	}
	return l.it.emit(Piece{Text: b, Part: "headers", Line: 1})
}

// Open refuses what only a key opens.
func (l mailTeller) Open(kind string) error {
	if kind == "multipart/encrypted" {
		l.it.told.Protection = ProtectKey
		return unreadable(ReasonKey)
	}
	return nil
}

// Close has nothing to do: the text of a message is told part by part.
func (l mailTeller) Close() {}

// Part reads a body as text of the message itself, and a file as an entry.
func (l mailTeller) Part(p *mail.Part) error {
	it := l.it
	body := it.unpack(p.Body, -1)
	if !p.Text {
		return it.entry(p.Name, -1, body)
	}
	b, err := io.ReadAll(io.LimitReader(body, it.limits.Buffer+1))
	if err != nil {
		err = it.whyCut(err)
	}
	if len(b) == 0 && err != nil {
		return err
	}
	long := int64(len(b)) > it.limits.Buffer
	if p.Charset() != "" { // else each reader guesses by itself, and says when it cannot
		b = []byte(charset.Text(p.Charset(), b))
	}
	read := (*item).readText
	if p.Kind == "text/html" {
		read = (*item).readHTML
	}
	if failed := it.aspect(b, read); failed != nil {
		return failed
	}
	if err == nil && long {
		return partly(ReasonTooLarge)
	}
	return err
}

// whyCut tells a part that is damaged from one that a limit or the time cut.
func (it *item) whyCut(err error) error {
	if over := it.ctx.Err(); over != nil {
		return over
	}
	if _, ours := asStop(err); ours {
		return err
	}
	return partly(ReasonDamaged)
}

// looksMail wants two of the headers every message has, before any line that
// is no header.
func looksMail(head []byte) bool {
	found := 0
	lines := bytes.Split(head, []byte{'\n'})
	for i, line := range lines {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 || i > 0 && i == len(lines)-1 { // the last may be cut
			break
		}
		if i > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		key, _, ok := bytes.Cut(line, []byte{':'})
		if !ok || len(key) > 40 || bytes.IndexByte(key, ' ') >= 0 {
			return false
		}
		switch strings.ToLower(string(key)) {
		case "from", "to", "subject", "date", "received", "return-path", "message-id", "mime-version", "content-type":
			found++
		}
	}
	return found >= 2
}
