package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store"
)

// entry is what a person enters into a record.
type entry struct {
	Set    []string `sep:"none" placeholder:"FIELD=VALUE" help:"Set a field; may be given several times."`
	Attach []string `sep:"none" placeholder:"FILE" help:"Attach a file; FIELD=FILE where the register has several fields of files."`
}

// into fills a record in and stores its new attachments.
func (e *entry) into(ctx context.Context, r *store.Replica, g app.AnyRegister, rec app.Record) error {
	if err := enter(g, rec, e.Set); err != nil {
		return err
	}
	for _, a := range e.Attach {
		if err := attach(ctx, r, g, rec, a); err != nil {
			return err
		}
	}
	return nil
}

func enter(g app.AnyRegister, rec app.Record, settings []string) error {
	for _, s := range settings {
		name, text, ok := strings.Cut(s, "=")
		if !ok {
			return cli.Misused("--set %q: FIELD=VALUE の形で指定してください。", "--set %q: write FIELD=VALUE", s)
		}
		if err := g.Enter(rec, name, text); err != nil {
			return fmt.Errorf("--set %s: %w", name, err)
		}
	}
	return nil
}

// attach stores a file and names it in the record.
func attach(ctx context.Context, r *store.Replica, g app.AnyRegister, rec app.Record, arg string) error {
	field, path, err := filesField(g, arg)
	if err != nil {
		return err
	}
	f, err := openFile(path)
	if err != nil {
		return fmt.Errorf("--attach: %w", err)
	}
	defer f.Close()
	kind, err := mediaType(f.Name(), f)
	if err != nil {
		return fmt.Errorf("--attach %s: %w", path, err)
	}
	blob, err := r.Attach(ctx, rec.Meta().Ref, filepath.Base(path), kind, f)
	if err != nil {
		return fmt.Errorf("--attach %s: %w", path, err)
	}
	return g.Put(rec, field, app.FilesValue(append(g.Column(rec, field).Blobs(), blob)))
}

// filesField finds the field to attach to: named before =, or the only one.
func filesField(g app.AnyRegister, arg string) (field, path string, err error) {
	var fields []string
	name, rest, named := strings.Cut(arg, "=")
	for _, s := range g.About().Fields {
		if s.Type != app.TFiles {
			continue
		}
		if named && s.Name == name {
			return name, rest, nil
		}
		fields = append(fields, s.Name)
	}
	kind := g.About().Kind
	switch len(fields) {
	case 0:
		return "", "", cli.Misused("--attach: %s にはファイルを添付する項目がありません。", "--attach: %s has no field of files", kind)
	case 1:
		return fields[0], arg, nil
	}
	return "", "", cli.Misused("--attach %q: %s にはファイルを添付する項目が複数あります。FIELD=FILE の形で、次の項目を指定してください: %s。", "--attach %q: %s has several fields of files; write FIELD=FILE with one of: %s", arg, kind, strings.Join(fields, ", "))
}

// readFile reads what was named as a file.
func readFile(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(err)
	}
	return data, nil
}

func unreadable(err error) error {
	return cli.Errorf("%v読み取れるファイルを指定してください。", "%v; name a file that can be read", err)
}

// openFile opens what can be read twice, as attachments are.
func openFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = cli.Errorf("%s はファイルではありません。ファイルを指定してください。", "%s is not a file; name one", path)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// mediaType looks at a file's first bytes, then at its name.
func mediaType(name string, f io.ReadSeeker) (string, error) {
	var head [512]byte
	n, err := io.ReadFull(f, head[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	kind := http.DetectContentType(head[:n])
	if byName := mime.TypeByExtension(filepath.Ext(name)); byName != "" && (kind == "application/octet-stream" || kind == "application/zip") {
		return byName, nil
	}
	return kind, nil
}
