package main

import (
	"bytes"
	"cmp"
	"context"
	"time"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/extract/page"
	"daicho/app/fulltext"
	"daicho/cmd/daicho/outside"
	"daicho/store"
	"daicho/ui"
)

// Content is what is written in an attachment, read now if nobody has read it yet.
func (r *records) Content(ctx context.Context, _ app.Ref, b app.Blob) (ui.Content, error) {
	return with(r, func(open *store.Replica) (ui.Content, error) {
		c, err := open.ContentOf(ctx, b.ID)
		if app.IsCode(err, app.NotFound) {
			c, err = fulltext.Read(ctx, open, r.reader(), b)
		}
		seen := ui.Content{Text: c.Text}
		switch {
		case err != nil || c.Extent == string(extract.Full) && c.Reason == "":
		case c.Reason == string(fulltext.ReasonSize):
			seen.Why = tooLargeToRead
		default:
			seen.Why = extract.Reason(c.Reason).Label()
		}
		return seen, err
	})
}

// drawTime is how long a page may take.
const drawTime = 30 * time.Second

// Page draws a page of an attached PDF.
func (r *records) Page(ctx context.Context, b app.Blob, n, width int) (ui.Sheet, error) {
	body, err := with(r, func(open *store.Replica) (*bytes.Reader, error) { return open.OpenContent(ctx, b) })
	if err != nil {
		return ui.Sheet{}, err
	}
	limited, cancel := context.WithTimeout(ctx, drawTime)
	defer cancel()
	p, err := page.Draw(limited, r.drawers(), extract.Source{Size: body.Size(), R: body}, n, width)
	if err != nil && ctx.Err() == nil {
		return ui.Sheet{}, app.Because(err, app.Failed, "このPDFのページは表示できません。文字で表示するか、外部のプログラムで開いてください。", "the page of this PDF cannot be drawn; look at its text or open it in its program")
	}
	return ui.Sheet{Picture: p.Image, Pages: p.Pages}, err
}

// reader reads files in processes of their own, which end with this one.
func (r *records) reader() *extract.Reader {
	return &extract.Reader{Limits: fulltext.Limits(), Apart: r.workers()}
}

// OpenOutside opens a copy of an attachment; what is saved there is taken back.
func (r *records) OpenOutside(ctx context.Context, ref app.Ref, field string, b app.Blob, saved func(app.Ref, app.Blob, error)) error {
	if outside.Runs(b.Name) {
		return errRuns
	}
	var from string
	body, err := with(r, func(open *store.Replica) (*bytes.Reader, error) {
		from = string(open.ID())
		return open.OpenContent(ctx, b)
	})
	if err != nil {
		return err
	}
	content := make([]byte, body.Len())
	if _, err := body.Read(content); err != nil && body.Size() > 0 {
		return err
	}
	o := outside.Origin{Replica: from, Record: ref.String(), Field: field, Blob: b.ID.String(), Name: b.Name}
	if err := r.copies.add(o, content, saved); err != nil {
		return notOpened(err)
	}
	return nil
}

var tooLargeToRead = app.Label{JA: "ファイルが大きすぎます", EN: "the file is too large"}

var errRuns = app.Refuse(app.Forbidden, "", "このファイルは開くと実行されるため、台帳からは開けません。必要なときは「保存」で取り出し、安全を確認してから開いてください。",
	"opening this file would run it, so it is not opened from the register; save it if you need it, and make sure that it is safe")

func notOpened(err error) error {
	return app.Because(err, app.Failed, "ファイルを外部のプログラムで開けませんでした。「保存」で取り出してから開いてください。", "no program of the system opened the file; save it and open it yourself")
}

// DoAll does several deeds in one transaction.
func (r *records) DoAll(ctx context.Context, all []ui.Deed, done func(int)) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Write(ctx, open.Actor(), func(tx *store.Tx) error {
		for i, deed := range all {
			if err := cmp.Or(ctx.Err(), r.one(tx, deed)); err != nil {
				return err
			}
			done(i + 1)
		}
		return nil
	})
}

// one does one deed.
func (r *records) one(tx *store.Tx, deed ui.Deed) error {
	if deed.Command == "" {
		return tx.Save(deed.Record)
	}
	g, err := r.Registers().Of(deed.Record.Meta().Ref.Kind)
	if err != nil {
		return err
	}
	args, err := app.Args(g, deed.Command, deed.Args)
	if err != nil {
		return err
	}
	return tx.Do(deed.Record, deed.Command, args)
}

// Try says why Save would refuse a record.
func (r *records) Try(ctx context.Context, rec app.Record) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Try(ctx, open.Actor(), func(tx *store.Tx) error { return tx.Save(rec) })
}

// Secret is bytes that only this device can make.
func (r *records) Secret(purpose string) ([]byte, error) {
	return with(r, func(open *store.Replica) ([]byte, error) { return open.Secret(purpose), nil })
}
