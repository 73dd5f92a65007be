package extract

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"daicho/app/extract/mail"
)

// Message reads src as one message, of the Internet or as Outlook saved it, with the
// names of its files and which of them only a password or a key opens. own are
// addresses of ours, as in [mail.Options]. It fails with mail.ErrNoMail where src
// is none, and with ctx's error; whatever is wrong with a message leaves it readable.
func (r *Reader) Message(ctx context.Context, src Source, own []string) (*mail.Message, error) {
	if head := make([]byte, 8); src.Size >= 8 {
		if _, err := src.R.ReadAt(head, 0); err == nil && sniff(head, src.Path) == OLE {
			return r.outlook(ctx, src)
		}
	}
	return mail.Parse(&patient{ctx, io.NewSectionReader(src.R, 0, src.Size)}, mail.Options{Own: own, File: r.probing(ctx)})
}

// probing finds out whether files are protected. What Outlook packed into one file for
// itself is put in its place, as the files and the text that it holds.
func (r *Reader) probing(ctx context.Context) func(*mail.File, io.Reader) error {
	return func(f *mail.File, body io.Reader) error {
		head, err := io.ReadAll(io.LimitReader(body, sniffSize))
		typ := sniff(head, f.Name)
		if err != nil || !mayHide(typ) {
			return err
		}
		inner := *r
		inner.Limits = r.Limits.orDefault()
		all, err := io.ReadAll(io.LimitReader(io.MultiReader(bytes.NewReader(head), body), inner.Limits.Buffer))
		if err != nil {
			return err
		}
		if typ != TNEF {
			inner.Limits.Text = 1 // nobody reads it here
		}
		seen := &messageTeller{}
		if err := inner.Extract(ctx, Source{Path: f.Name, Size: int64(len(all)), R: bytes.NewReader(all)}, seen); err != nil {
			return err
		}
		f.Protected = f.Protected || seen.locked
		if typ == TNEF {
			f.Inside, f.Text = seen.files, strings.TrimSpace(seen.text.String())
		}
		return nil
	}
}

// mayHide says whether a format can be protected, or hold something that is.
func mayHide(t Type) bool {
	switch t {
	case ZIP, SevenZip, RAR, TAR, GZIP, PDF, OLE, PGP, Age, SMIME, Mail, Mailbox, TNEF:
		return true
	}
	return false
}

// locks is a Visitor that remembers what was protected, and what lay in the file.
type locks struct {
	locked bool
	files  []mail.File
	depth  int
}

// Enter implements Visitor.
func (l *locks) Enter(string) { l.depth++ }

// Text implements Visitor.
func (l *locks) Text(Piece) {}

// Leave implements Visitor.
func (l *locks) Leave(f File) error {
	l.depth--
	locked := f.Protection == ProtectPassword || f.Protection == ProtectKey || f.Protection == ProtectPartial
	l.locked = l.locked || locked
	if l.depth == 1 {
		name := f.Path[strings.LastIndex(f.Path, "!/")+2:]
		l.files = append(l.files, mail.File{Name: name, Size: max(f.Size, 0), Protected: locked})
	}
	return nil
}

// outlook reads a message that Outlook saved, through the pieces that the reader
// of such files tells.
func (r *Reader) outlook(ctx context.Context, src Source) (*mail.Message, error) {
	o := &messageTeller{}
	if err := r.Extract(ctx, src, o); err != nil {
		return nil, err
	}
	if o.typ != MSG {
		return nil, mail.ErrNoMail
	}
	head := strings.TrimSuffix(o.header.String(), "\n") + "\n\n"
	m, err := mail.Parse(strings.NewReader(head), mail.Options{})
	if err != nil && !errors.Is(err, mail.ErrNoMail) {
		return nil, err
	}
	if m == nil {
		m = &mail.Message{}
	}
	for _, also := range m.Header.All("from") { // the name and the address are told apart
		if m.From.Addr == "" && strings.Contains(also, "@") {
			m.From.Addr = also
		}
	}
	m.Text = strings.TrimSpace(o.text.String())
	m.Files = o.files
	return m, nil
}

// messageTeller is a Visitor that puts a message together: of Outlook, or of what it
// packed for itself.
type messageTeller struct {
	locks
	typ    Type
	header strings.Builder
	text   strings.Builder
}

// Text implements Visitor.
func (o *messageTeller) Text(p Piece) {
	switch {
	case o.depth > 1:
	case p.Part == "headers":
		o.header.Write(p.Text)
	default:
		o.text.Write(bytes.ReplaceAll(p.Text, []byte{Cell}, []byte{'\t'}))
	}
}

// Leave implements Visitor.
func (o *messageTeller) Leave(f File) error {
	if o.depth == 1 {
		o.typ = f.Type
	}
	return o.locks.Leave(f)
}
