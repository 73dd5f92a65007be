package document

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/extract/mail"
)

// Shelf is where documents and their files are kept: a replica.
type Shelf interface {
	Get(ctx context.Context, ref app.Ref) (app.Record, error)
	Attach(ctx context.Context, r app.Record, name string, body io.Reader) (app.Blob, error)
	Save(ctx context.Context, r app.Record) error
}

// Take makes a document of a file, with the file attached: of a mail with its subject,
// its correspondents, the day it was sent and the files that it brings. Set puts in what
// the file does not say. The document's id follows from name and content: before says
// that the same file was taken earlier, and that nothing was made now.
func Take(ctx context.Context, shelf Shelf, name string, body io.ReadSeeker, set func(*Document) error) (ref app.Ref, before bool, err error) {
	if ref, err = refOf(name, body); err != nil {
		return ref, false, err
	}
	if _, err = shelf.Get(ctx, ref); err == nil || !app.IsCode(err, app.NotFound) {
		return ref, err == nil, err
	}
	d := Register.New().(*Document)
	d.Ref, d.Title, d.Type = ref, strings.TrimSuffix(name, filepath.Ext(name)), Notice
	if err = set(d); err != nil {
		return ref, false, err
	}
	whole, err := shelf.Attach(ctx, d, name, body)
	if err != nil {
		return ref, false, err
	}
	d.Files = []app.Blob{whole}
	if strings.EqualFold(filepath.Ext(name), ".eml") {
		if err = d.readMail(ctx, shelf, body); err != nil {
			return ref, false, err
		}
	}
	return ref, false, shelf.Save(ctx, d)
}

// refOf is the document of a file: the same name with the same content is the same one.
func refOf(name string, body io.ReadSeeker) (ref app.Ref, err error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "daicho-inbox-1\x00%s\x00", name)
	if _, err = io.Copy(sum, body); err == nil {
		_, err = body.Seek(0, io.SeekStart)
	}
	return app.Ref{Kind: Kind, ID: app.DerivedID([32]byte(sum.Sum(nil)))}, err
}

// mailFiles is the most bytes of a mail's files that are attached beside the mail, which
// holds them all.
const mailFiles = 256 << 20

// readMail takes in what a mail says of itself. One that cannot be read is a file like
// any other.
func (d *Document) readMail(ctx context.Context, shelf Shelf, body io.ReadSeeker) error {
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	room := int64(mailFiles)
	m, err := mail.Parse(body, mail.Options{File: func(f *mail.File, body io.Reader) error {
		content, err := io.ReadAll(io.LimitReader(body, room+1))
		if err != nil || len(content) == 0 || int64(len(content)) > room {
			return err
		}
		room -= int64(len(content))
		name := cmp.Or(f.Name, fmt.Sprintf("添付%d", len(d.Files)))
		b, err := shelf.Attach(ctx, d, name, bytes.NewReader(content))
		if !slices.ContainsFunc(d.Files, func(have app.Blob) bool { return have.ID == b.ID }) {
			d.Files = append(d.Files, b)
		}
		return err
	}})
	if errors.Is(err, mail.ErrNoMail) {
		return nil
	}
	if err != nil {
		return err
	}
	d.Title = cmp.Or(m.Subject, d.Title)
	d.Sender, d.Recipient, d.Copies = m.From.String(), addresses(m.To), addresses(m.Cc)
	if !m.Date.IsZero() {
		d.Issued = app.DayOf(civil.DateOf(m.Date))
	}
	return nil
}

func addresses(list []mail.Address) string {
	var all []string
	for _, a := range list {
		all = append(all, a.String())
	}
	return strings.Join(all, "、")
}
