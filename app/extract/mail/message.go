package mail

import (
	"cmp"
	"io"
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// maxText is how many bytes of one body are read, and of all together.
const maxText = 4 << 20

// Message is what a person meant to send.
type Message struct {
	Header  Header
	Subject string
	From    Address // the first of several
	ReplyTo Address // where an answer goes; From where nothing else is said
	To, Cc  []Address
	Date    time.Time // as the sender's clock had it; zero where there is none

	ID         string // Message-ID without its brackets
	InReplyTo  []string
	References []string

	Text  string // lines end with \n; the best of several forms of one body
	Cut   bool   // some of the text or of the parts is missing
	Files []File
	Auto  bool // a program wrote it: never answer by a program
	Loop  bool // it was here before, or goes in a circle
}

// File is an attachment.
type File struct {
	Name      string
	Kind      string // media type
	Size      int64  // bytes
	Protected bool   // only a password or a key opens it
	Inside    []File // what stands in its place, where a program packed a message into it
	Text      string // of that message
}

// Options say what Parse does beside reading.
type Options struct {
	// Own are addresses that our mail comes from: mail from one of them is a loop.
	Own []string
	// File takes an attachment's bytes; it may set Protected, and Inside with Text. Its
	// error ends the reading.
	File func(f *File, body io.Reader) error
}

// Parse reads a message. It fails with ErrNoMail, the reader's error or that of
// Options.File: whatever is wrong with a message leaves it readable.
func Parse(r io.Reader, o Options) (*Message, error) {
	b := &builder{options: o, stack: []*frame{{}}}
	err := Walk(r, b)
	switch err {
	case nil:
	case ErrCut, ErrTooDeep, ErrTooMany, ErrHeader, ErrDamaged:
		b.m.Cut = true
	default:
		return nil, err
	}
	for len(b.stack) > 1 {
		b.Close()
	}
	b.m.Text = tidy(b.stack[0].joined())
	b.m.Text = cmp.Or(b.m.Text, tidy(b.packed), tidy(b.invitation))
	b.m.Auto = isAuto(&b.m) || b.report
	b.m.Loop = isLoop(&b.m, o.Own) || b.returned && o.ours(b.enclosed)
	return &b.m, nil
}

// ours says whether a report is about a mail that we sent.
func (o Options) ours(h Header) bool {
	return h.Has("x-loop") || isOwnID(id(h.Raw("message-id"))) || isOwn(o.Own, first(addresses(h.Raw("from"))).Addr)
}

// builder puts a message together from its parts.
type builder struct {
	options    Options
	m          Message
	stack      []*frame
	size       int
	invitation string
	packed     string // the text of a message that a file held
	report     bool   // of a delivery, or of having been read
	returned   bool   // the report brings a message back,
	enclosed   Header // with this header
	sealed     int    // containers around that a key opens
}

// frame is an open container with its bodies.
type frame struct {
	kind  string
	texts []body
}

type body struct {
	text  string
	plain bool // written as text
}

// joined is what a container's bodies say: the best of a choice, or all of them.
func (f *frame) joined() string {
	var all []string
	for _, b := range f.texts {
		if strings.TrimSpace(b.text) != "" {
			all = append(all, strings.Trim(b.text, "\r\n"))
		}
	}
	return strings.Join(all, "\n\n")
}

func (f *frame) best() body {
	var best body
	for _, b := range f.texts {
		if strings.TrimSpace(b.text) != "" && (best.text == "" || b.plain && !best.plain) {
			best = b
		}
	}
	return best
}

// Header implements Visitor.
func (b *builder) Header(h Header) error {
	m := &b.m
	m.Header, m.Subject = h, h.Text("subject")
	m.From = first(addresses(h.Raw("from")))
	if m.From == (Address{}) {
		m.From = first(addresses(h.Raw("sender")))
	}
	if m.ReplyTo = first(addresses(h.Raw("reply-to"))); m.ReplyTo.Addr == "" {
		m.ReplyTo = m.From
	}
	m.To, m.Cc = addresses(h.Raw("to")), addresses(h.Raw("cc"))
	m.Date = date(h.Text("date"))
	m.ID = id(h.Raw("message-id"))
	m.InReplyTo, m.References = ids(h.Raw("in-reply-to")), ids(h.Raw("references"))
	return nil
}

// Open implements Visitor.
func (b *builder) Open(kind string) error {
	if kind == "multipart/encrypted" {
		b.sealed++
	}
	b.report = b.report || kind == "multipart/report"
	b.stack = append(b.stack, &frame{kind: kind})
	return nil
}

// Close implements Visitor.
func (b *builder) Close() {
	f := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	if f.kind == "multipart/encrypted" {
		b.sealed--
	}
	text := f.best()
	if f.kind != "multipart/alternative" {
		text.text = f.joined()
	}
	b.add(text)
}

func (b *builder) add(t body) {
	f := b.stack[len(b.stack)-1]
	f.texts = append(f.texts, t)
}

// Part implements Visitor.
func (b *builder) Part(p *Part) error {
	switch {
	case p.Aside:
		return nil
	case p.Text:
		return b.body(p)
	case strings.HasSuffix(p.Kind, "/pkcs7-signature"), strings.HasSuffix(p.Kind, "/x-pkcs7-signature"), p.Kind == "application/pgp-signature":
		return nil // the signature is no file that somebody attached
	case b.report && (p.Kind == "message/rfc822" || p.Kind == "text/rfc822-headers"):
		b.returned = true
		b.enclosed = readHeader(newSource(p.Body))
		return nil
	case b.report && (p.Kind == "message/delivery-status" || p.Kind == "message/disposition-notification"):
		return nil
	case p.Kind == "text/calendar" && b.invitation == "":
		return b.event(p)
	case b.stack[len(b.stack)-1].kind == "multipart/alternative" && strings.HasPrefix(p.Kind, "text/"):
		return nil // a form of the body for some program
	}
	return b.file(p, p.Body)
}

func (b *builder) body(p *Part) error {
	raw, err := b.read(p)
	if p.Kind == "text/html" {
		b.add(body{text: htmlText(p.Charset(), raw)})
		return err
	}
	text := plainText(p, raw)
	if p.Continues {
		texts := b.stack[len(b.stack)-1].texts
		texts[len(texts)-1].text += text
		return err
	}
	b.add(body{text: text, plain: true})
	return err
}

// read reads a body as far as the limits let it.
func (b *builder) read(p *Part) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(p.Body, int64(maxText-b.size)))
	b.size += len(raw)
	var more [1]byte
	if n, _ := io.ReadFull(p.Body, more[:]); n > 0 {
		b.m.Cut = true
	}
	return raw, err
}

// event reads an invitation, which is a file, too.
func (b *builder) event(p *Part) error {
	raw, err := b.read(p)
	b.invitation = calendarText(p.Charset(), raw)
	if err != nil {
		return err
	}
	return b.file(p, strings.NewReader(string(raw)))
}

func (b *builder) file(p *Part, r io.Reader) error {
	f := File{Name: p.Name, Kind: p.Kind, Protected: b.sealed > 0 || p.Name == "smime.p7m"}
	c := &counted{r: r}
	var err error
	if b.options.File != nil {
		err = b.options.File(&f, c)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, c)
	}
	f.Size = c.n
	if len(f.Inside) > 0 || f.Text != "" {
		b.m.Files, b.packed = append(b.m.Files, f.Inside...), f.Text
		return err
	}
	b.m.Files = append(b.m.Files, f)
	return err
}

type counted struct {
	r io.Reader
	n int64
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func plainText(p *Part, raw []byte) string {
	text := decodeText(p.Charset(), raw)
	if strings.EqualFold(p.params["format"], "flowed") {
		text = unflow(text, strings.EqualFold(p.params["delsp"], "yes"))
	}
	return text
}

func first(list []Address) Address {
	if len(list) == 0 {
		return Address{}
	}
	return list[0]
}

var bracketed = regexp.MustCompile(`<([^<>\s]{1,998})>`)

// ids are the identifiers in a field.
func ids(raw []byte) (all []string) {
	for _, m := range bracketed.FindAllSubmatch(raw, 1000) {
		all = append(all, string(m[1]))
	}
	return all
}

func id(raw []byte) string {
	if all := ids(raw); len(all) > 0 {
		return all[0]
	}
	return printable(decodeText("us-ascii", raw))
}

var oldZones = strings.NewReplacer(" JST", " +0900", "GMT+0900", "+0900", " +0900 +0900", " +0900")

// date reads a date as programs write it. Go would take the name JST for UTC.
func date(text string) time.Time {
	text = oldZones.Replace(text)
	if t, err := mail.ParseDate(text); err == nil {
		return t
	}
	if _, after, ok := strings.Cut(text, ","); ok { // a day of the week in Japanese
		if t, err := mail.ParseDate(strings.TrimSpace(after)); err == nil {
			return t
		}
	}
	for _, layout := range []string{"2006/01/02 15:04:05 -0700", "2006-01-02 15:04:05 -0700", time.RFC3339} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t
		}
	}
	return time.Time{}
}
