package extract

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// readMail reads an Internet message (RFC 5322, MIME): the headers people
// write, bodies in text and HTML, and attachments as entries.
func (it *item) readMail() error {
	m, err := mail.ReadMessage(it.reader())
	if err != nil {
		return it.readText()
	}
	it.told.Type = Mail
	if err := it.mailHeaders(m.Header); err != nil {
		return err
	}
	return it.mailPart(textproto.MIMEHeader(m.Header), m.Body, 0)
}

// mailHeaders tells who, to whom and about what. Identifiers and the way a
// message took are left out: they look like addresses.
func (it *item) mailHeaders(h mail.Header) error {
	var b []byte
	words := mime.WordDecoder{CharsetReader: charsetReader}
	for _, key := range []string{"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject"} {
		for _, raw := range h[key] {
			text, err := words.DecodeHeader(raw)
			if err != nil {
				text = raw
			}
			b = append(append(append(b, key...), ": "...), DecodeName(text)...)
			b = append(b, '\n')
		}
	}
	return it.emit(Piece{Text: b, Part: "headers", Line: 1})
}

func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}

const maxMailDepth = 16

// mailPart reads one part of a message: a container, text, or an attachment.
func (it *item) mailPart(h textproto.MIMEHeader, body io.Reader, depth int) error {
	if depth > maxMailDepth {
		return partly(ReasonTooDeep)
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	body = transferDecoded(h.Get("Content-Transfer-Encoding"), body)
	name := attachmentName(h, params)
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return it.mailParts(multipart.NewReader(body, params["boundary"]), kind, depth)
	case name == "" && (kind == "text/plain" || kind == "text/html"):
		return it.mailText(kind, body)
	case name == "":
		name = unnamed(kind)
	}
	return it.entry(name, -1, it.unpack(body, -1))
}

func (it *item) mailParts(r *multipart.Reader, kind string, depth int) error {
	if kind == "multipart/encrypted" {
		it.told.Protection = ProtectKey
		return unreadable(ReasonKey)
	}
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return partly(ReasonDamaged)
		}
		if err := it.mailPart(part.Header, part, depth+1); err != nil {
			return err
		}
	}
}

// transferDecoded undoes base64, with line ends and stray bytes in it, and
// quoted-printable.
func transferDecoded(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &base64Only{r})
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// base64Only drops the bytes that are not of the alphabet.
type base64Only struct{ r io.Reader }

func (b *base64Only) Read(p []byte) (int, error) {
	for {
		n, err := b.r.Read(p)
		kept := p[:0]
		for _, c := range p[:n] {
			if c-'0' <= 9 || (c|0x20)-'a' <= 25 || c == '+' || c == '/' || c == '=' {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 || err != nil {
			return len(kept), err
		}
	}
}

// attachmentName is the file name of a part, "" when it is a body.
func attachmentName(h textproto.MIMEHeader, params map[string]string) string {
	name := params["name"]
	if _, disposition, err := mime.ParseMediaType(h.Get("Content-Disposition")); err == nil && disposition["filename"] != "" {
		name = disposition["filename"]
	}
	words := mime.WordDecoder{CharsetReader: charsetReader}
	if text, err := words.DecodeHeader(name); err == nil {
		name = text
	}
	if !utf8.ValidString(name) {
		name = DecodeName(name)
	}
	return strings.ReplaceAll(name, "\\", "/")
}

func unnamed(kind string) string {
	switch kind {
	case "message/rfc822":
		return "message.eml"
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return "smime.p7m"
	}
	return "part"
}

// mailText tells a body as text of the message itself.
func (it *item) mailText(kind string, body io.Reader) error {
	b, err := io.ReadAll(io.LimitReader(it.unpack(body, -1), it.limits.Buffer))
	if len(b) == 0 && err != nil {
		return partly(ReasonDamaged)
	}
	read := (*item).readText
	if kind == "text/html" {
		read = (*item).readHTML
	}
	if failed := it.aspect(b, read); failed != nil {
		return failed
	}
	if err != nil {
		return partly(ReasonDamaged)
	}
	return nil
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
