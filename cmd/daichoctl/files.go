package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// filesVerb lists a record's attachments, or writes them to a folder.
type filesVerb struct {
	ID   string `arg:"" name:"id" help:"Id or number of the record."`
	To   string `placeholder:"DIR" help:"Write the files into this folder."`
	JSON bool   `name:"json" help:"Print one JSON array."`
}

// attachment is one attachment as it is printed.
type attachment struct {
	Field string `json:"field"`
	Name  string `json:"name"`
	Size  int64  `json:"size"`
	Type  string `json:"type"`
	Blob  string `json:"blob"`
	Here  bool   `json:"here"` // its bytes are on this device
}

// Run lists or writes.
func (v *filesVerb) Run(ctx context.Context, s *session, g app.AnyRegister) error {
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, g, v.ID)
		if err != nil {
			return err
		}
		list, err := attachments(ctx, r, g, rec, func(b app.Blob) error { return v.write(ctx, r, b) })
		if err != nil {
			return naming(rec, err)
		}
		if v.JSON {
			return printJSON(s.console.Out, list)
		}
		t := table{}
		for _, a := range list {
			t.add(a.Name, strconv.FormatInt(a.Size, 10), a.Type)
		}
		return t.write(s.console.Out)
	})
}

func attachments(ctx context.Context, r *store.Replica, g app.AnyRegister, rec app.Record, each func(app.Blob) error) ([]attachment, error) {
	list := []attachment{}
	for _, f := range g.About().Fields {
		if f.Type != app.TFiles {
			continue
		}
		for _, b := range g.Column(rec, f.Name).Blobs() {
			here, err := r.HasBlob(ctx, b.ID)
			if err != nil {
				return nil, err
			}
			list = append(list, attachment{f.Name, b.Name, b.Size, b.Type, b.ID.String(), here})
			if err := each(b); err != nil {
				return nil, fmt.Errorf("%s: %w", b.Name, err)
			}
		}
	}
	return list, nil
}

// write never leaves the folder, whatever a file calls itself, and overwrites nothing.
func (v *filesVerb) write(ctx context.Context, r *store.Replica, b app.Blob) error {
	if v.To == "" {
		return nil
	}
	if err := os.MkdirAll(v.To, 0o700); err != nil {
		return err
	}
	path := filepath.Join(v.To, filepath.Base(filepath.Clean("/"+b.Name)))
	if _, err := os.Lstat(path); err == nil {
		return cli.Errorf("%s は既にあります。空のフォルダーを指定してください。", "%s is there already; name an empty folder", path)
	}
	return replaceFile(path, func(w io.Writer) error { return r.OpenBlob(ctx, b, w) })
}
