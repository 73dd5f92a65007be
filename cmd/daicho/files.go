package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"daicho/app"
	"daicho/app/extract"
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
		if err == nil && c.Extent != string(extract.Full) && c.Reason == "" {
			c.Reason = c.Extent
		}
		return ui.Content{Text: c.Text, Why: c.Reason}, err
	})
}

// reader reads files in processes of their own, which end with this one.
func (r *records) reader() *extract.Reader {
	return &extract.Reader{Limits: fulltext.Limits(), Apart: r.workers()}
}

// OpenOutside opens a copy of an attachment and attaches what is saved there.
func (r *records) OpenOutside(ctx context.Context, ref app.Ref, b app.Blob, saved func(app.Blob, error)) error {
	if outside.Runs(b.Name) {
		return errRuns
	}
	desk, err := r.outside()
	if err != nil {
		return notOpened(err)
	}
	body, err := with(r, func(open *store.Replica) (*bytes.Reader, error) { return open.OpenContent(ctx, b) })
	if err != nil {
		return err
	}
	content := make([]byte, body.Len())
	if _, err := body.Read(content); err != nil && body.Size() > 0 {
		return err
	}
	err = desk.Open(b.Name, content, func(now []byte, err error) {
		blob := app.Blob{}
		if err == nil {
			blob, err = r.reattach(ref, b.Name, now)
		}
		saved(blob, err)
	})
	if err != nil {
		return notOpened(err)
	}
	return nil
}

// reattach keeps what was saved outside. It is not given up when a screen is left.
func (r *records) reattach(ref app.Ref, name string, content []byte) (app.Blob, error) {
	ctx := context.Background()
	rec, err := r.Get(ctx, ref)
	if err != nil {
		return app.Blob{}, err
	}
	return r.Attach(ctx, rec, name, bytes.NewReader(content))
}

var errRuns = app.Refuse(app.Forbidden, "", "このファイルは開くと実行されるため、台帳からは開けません。必要なときは「保存」で取り出し、安全を確認してから開いてください。",
	"opening this file would run it, so it is not opened from the register; save it if you need it, and make sure that it is safe")

func notOpened(err error) error {
	return app.Because(err, app.Failed, "ファイルを外部のプログラムで開けませんでした。「保存」で取り出してから開いてください。", "no program of the system opened the file; save it and open it yourself")
}

// openOutside makes the desk of files that stand open in other programs.
func openOutside() (*outside.Desk, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	return outside.New(filepath.Join(cache, "daicho", "opened"), startProgram)
}

// startProgram opens a file in the program that the system has for it.
func startProgram(path string) error {
	name, args := "xdg-open", []string{path}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		name = "open"
	}
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // it ends when it likes
	return nil
}

// wipeOutside takes back what was saved outside and wipes the copies.
func (d *desktopApp) wipeOutside() {
	if err := d.records.wipe(); err != nil {
		fmt.Fprintf(d.log, "daicho: %v\n", err)
	}
}

// SaveAll writes several records in one transaction.
func (r *records) SaveAll(ctx context.Context, all []app.Record) error {
	open, err := r.door.open()
	if err != nil {
		return err
	}
	return open.Write(ctx, open.Actor(), func(tx *store.Tx) error {
		for _, rec := range all {
			if err := tx.Save(rec); err != nil {
				return err
			}
		}
		return nil
	})
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
