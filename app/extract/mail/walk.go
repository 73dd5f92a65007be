package mail

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"daicho/app"
)

// Why a message was not read to its end.
var (
	ErrNoMail = app.Refuse(app.Invalid, "", "メールではありません（メールのヘッダーがありません）。保存し直したメールのファイルを指定してください。",
		"no mail: it has none of the headers of one; name a file that holds a message")
	ErrCut     = errors.New("mail: the end of a container is missing")
	ErrTooDeep = errors.New("mail: too many containers in each other")
	ErrTooMany = errors.New("mail: too many parts")
	ErrHeader  = errors.New("mail: a header is too long")
)

const (
	maxDepth = 16
	maxParts = 10_000
	maxStray = 1 << 20 // bytes before the first part that are held; what is longer is a text
)

// Part is a text or a file of a message.
type Part struct {
	Header Header
	Kind   string    // media type in small letters; text/plain where none is named
	Text   bool      // a body for people, in text or HTML; else a file
	Aside  bool      // it stands before or behind the parts of a container, where no mail program shows it
	Name   string    // of the file, without folders; never empty for a file
	Body   io.Reader // with its transfer encoding undone; valid during the call

	// Continues says that this is more of the text before, behind a file within it.
	Continues bool

	params map[string]string
}

// Charset is what the part calls the charset of its text; it may lie.
func (p *Part) Charset() string { return p.params["charset"] }

// Visitor is told of a message in its order. Open and Close nest; an error ends the
// reading.
type Visitor interface {
	Header(h Header) error
	Open(kind string) error
	Part(p *Part) error
	Close()
}

// Walk reads a message to its end. It returns the visitor's error, that of r, or
// which limit or damage left something unread; what came before was told.
func Walk(r io.Reader, v Visitor) error {
	w := &walker{s: newSource(r), v: v}
	for { // some programs put empty lines first
		p := w.s.piece()
		if len(bytes.TrimRight(p, "\r\n")) > 0 {
			w.s.unread(p)
			break
		}
		if p == nil {
			return w.failed(ErrNoMail)
		}
	}
	h := readHeader(w.s)
	if !h.looksMail() {
		return w.failed(ErrNoMail)
	}
	if err := v.Header(h); err != nil {
		return err
	}
	if err := w.part(h, "text/plain", ""); err != nil {
		return err
	}
	return w.failed(w.missing())
}

type walker struct {
	s     *source
	v     Visitor
	parts int
	short error // something is missing
}

// missing says what was not read, nil where all was.
func (w *walker) missing() error {
	if w.s.cut {
		return ErrHeader
	}
	return w.short
}

// failed puts the reader's own error first.
func (w *walker) failed(err error) error {
	if w.s.err != nil && w.s.err != io.EOF {
		return w.s.err
	}
	return err
}

// part reads one part, and passes over what the visitor left of it.
func (w *walker) part(h Header, usual, container string) error {
	if w.parts++; w.parts > maxParts {
		return ErrTooMany
	}
	kind, params := typed(h.Raw("content-type"))
	if !strings.Contains(kind, "/") {
		kind = usual
	}
	if strings.HasPrefix(kind, "multipart/") {
		return w.container(kind, params)
	}
	p := &Part{Header: h, Kind: kind, params: params, Body: transferred(string(h.Raw("content-transfer-encoding")), &section{s: w.s})}
	disposition, more := typed(h.Raw("content-disposition"))
	p.Name = fileName(more, params)
	p.Text = isText(p, disposition, container)
	if !p.Text && p.Name == "" {
		p.Name = unnamed(kind)
	}
	return w.tell(p)
}

func (w *walker) tell(p *Part) error {
	var err error
	switch signed := signedContent(p); {
	case signed != nil:
		err = w.signed(signed)
	case p.Text && p.Kind == "text/plain":
		err = w.plain(p)
	default:
		err = w.v.Part(p)
	}
	if errors.Is(err, ErrDamaged) {
		w.short, err = err, nil
	}
	w.s.skip()
	return err
}

// plain tells a text and the files that a program wrote into it.
func (w *walker) plain(p *Part) error {
	text := &uuText{s: newSource(p.Body)}
	p.Body = text
	for {
		if err := w.whole(p); err != nil || text.file == nil {
			return err
		}
		if w.parts++; w.parts > maxParts {
			return ErrTooMany
		}
		err := w.whole(&Part{Kind: "application/octet-stream", Name: text.file.name, Aside: p.Aside, Body: text.file})
		if errors.Is(err, ErrDamaged) {
			w.short, err = err, nil
		}
		if err != nil {
			return err
		}
		text.file, p.Continues = nil, true
	}
}

// whole tells a part and passes over what the visitor left of it.
func (w *walker) whole(p *Part) error {
	if err := w.v.Part(p); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, p.Body)
	return err
}

// signed reads what stands inside a signature, which is a part with a header.
func (w *walker) signed(content []byte) error {
	if len(w.s.marks) >= maxDepth {
		return ErrTooDeep
	}
	inner := &walker{s: newSource(bytes.NewReader(content)), v: w.v, parts: w.parts}
	inner.s.marks = append(inner.s.marks, w.s.marks...) // its depth
	err := inner.part(readHeader(inner.s), "text/plain", "")
	w.parts = inner.parts
	if short := inner.missing(); short != nil {
		w.short = short
	}
	return err
}

// isText tells a body from a file. In a choice of bodies a name makes no file.
func isText(p *Part, disposition, container string) bool {
	if p.Kind != "text/plain" && p.Kind != "text/html" || disposition == "attachment" {
		return false
	}
	return p.Name == "" || container == "multipart/alternative"
}

// unnamed is a name for a file without one.
func unnamed(kind string) string {
	switch kind {
	case "message/rfc822", "message/global":
		return "message.eml"
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return "smime.p7m"
	case "text/calendar":
		return "invite.ics"
	case "application/ms-tnef":
		return "winmail.dat"
	case "application/pdf":
		return "part.pdf"
	case "image/jpeg":
		return "part.jpg"
	case "image/png", "image/gif":
		return "part." + kind[len("image/"):]
	case "text/plain", "text/rfc822-headers", "message/delivery-status", "message/disposition-notification":
		return "part.txt"
	case "text/html":
		return "part.html"
	}
	return "part"
}

// container reads the parts of a container. One whose boundary is not named says it
// with its first line; one that has none is a text.
func (w *walker) container(kind string, params map[string]string) error {
	mark := params["boundary"]
	if mark == "" {
		mark = w.firstMark()
	}
	if len(w.s.marks) >= maxDepth {
		w.s.skip()
		w.short = ErrTooDeep
		return nil
	}
	if err := w.v.Open(kind); err != nil {
		return err
	}
	defer w.v.Close()
	level := len(w.s.marks)
	w.s.marks = append(w.s.marks, mark)
	defer func() { w.s.marks = w.s.marks[:level] }()
	if err := w.before(level, params); err != nil {
		return err
	}
	if w.s.hit != level {
		w.short = ErrCut
		return nil
	}
	return w.each(kind, level)
}

// before reads what stands before the first part. Where no part follows, that is the
// text; so is what is too long to be held until one does.
func (w *walker) before(level int, params map[string]string) error {
	all := &section{s: w.s}
	held, err := io.ReadAll(io.LimitReader(all, maxStray))
	if err != nil {
		return err
	}
	return w.tell(&Part{Kind: "text/plain", Text: true, Aside: w.s.hit == level, Body: io.MultiReader(bytes.NewReader(held), all), params: params})
}

// each reads parts until the end of a container around this one. Behind its own end
// there may be more text, and parts that a program added too late.
func (w *walker) each(kind string, level int) error {
	usual := "text/plain"
	if kind == "multipart/digest" {
		usual = "message/rfc822"
	}
	ended := false
	for w.s.hit == level {
		ended = w.s.last
		w.s.hit = none
		var err error
		if !ended {
			err = w.part(readHeader(w.s), usual, kind)
		} else {
			err = w.behind(level)
		}
		if err != nil {
			return err
		}
	}
	if !ended {
		w.short = ErrCut
	}
	return nil
}

// behind reads what stands behind the end of a container. A boundary that one around
// it has, too, is that one's from here.
func (w *walker) behind(level int) error {
	if w.parts++; w.parts > maxParts {
		return ErrTooMany
	}
	if outer := w.s.marks[:level]; slices.Contains(outer, w.s.marks[level]) {
		w.s.marks = outer
	}
	return w.tell(&Part{Kind: "text/plain", Text: true, Aside: true, Body: &section{s: w.s}})
}

// firstMark is the boundary that the first line is, where the header names none.
func (w *walker) firstMark() string {
	head, _ := w.s.r.Peek(1024) // fewer where the message ends
	head = bytes.TrimLeft(head, "\r\n")
	line, _, _ := bytes.Cut(head, []byte{w.s.end})
	mark, ok := strings.CutPrefix(strings.TrimRight(string(line), " \t\r"), "--")
	if !ok || mark == "" {
		return "\x00" // which no line is
	}
	return mark
}
