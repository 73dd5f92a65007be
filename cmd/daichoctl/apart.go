package main

import (
	"errors"
	"os"
	"path/filepath"

	"daicho/app/extract"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
)

// apartVerb is what [worker.Readers] starts.
type apartVerb struct{}

// Run serves until nobody asks any more.
func (v *apartVerb) Run() error { return worker.Run() }

// source opens a file that is typed, to be read until end is called.
func source(file string) (src extract.Source, end func(), err error) {
	f, err := os.Open(file)
	if err != nil {
		return src, nil, unreadable(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = cli.Errorf("%s はファイルではありません。ファイルを指定してください。", "%s is no file; name one", file)
	}
	if err != nil {
		return src, nil, errors.Join(err, f.Close())
	}
	return extract.Source{Path: filepath.ToSlash(file), Size: info.Size(), R: f}, func() { _ = f.Close() }, nil
}
