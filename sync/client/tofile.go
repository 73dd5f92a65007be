package client

import (
	"context"
	"io"

	"daicho/sync/bundle"
)

// ExportTo is [Export] into files: one of that name, or several with numbers in
// theirs. Of an export that fails no half file is left.
func ExportTo(ctx context.Context, p Port, o Options, ship Shipment, path string) (seen []bundle.Seen, err error) {
	var files []*bundle.File
	heads, err := Export(ctx, p, o, ship, func(part, parts int) (io.WriteCloser, error) {
		f, err := bundle.Create(bundle.PartName(path, part, parts))
		if err == nil {
			files = append(files, f)
		}
		return f, err
	})
	if err != nil {
		if len(files) > len(heads) {
			files[len(files)-1].Drop()
		}
		return nil, err
	}
	for i, f := range files {
		seen = append(seen, f.Seen(heads[i]))
	}
	return seen, nil
}

// ImportFrom is [Import] of a file.
func ImportFrom(ctx context.Context, p Port, o Options, path string) (Unpacked, error) {
	f, err := bundle.Open(path)
	if err != nil {
		return Unpacked{}, err
	}
	defer f.Close()
	return Import(ctx, p, o, f)
}
