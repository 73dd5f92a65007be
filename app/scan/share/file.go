package share

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"time"

	"github.com/cloudsoda/go-smb2"

	"daicho/app/scan"
)

// file is one that is open on a share. The context that it was opened with ends
// what waits too long for an answer, and with it the file.
type file struct {
	*smb2.File
	ctx      context.Context
	end      context.CancelFunc
	patience time.Duration
}

// patiently does something that waits for the server.
func (f *file) patiently(work func() error) error {
	ctx, done := context.WithTimeout(f.ctx, f.patience)
	defer done()
	stop := context.AfterFunc(ctx, f.end)
	defer stop()
	err := work()
	if err != nil && !errors.Is(err, io.EOF) && (isLost(err) || ctx.Err() != nil) {
		return lost(err)
	}
	return err
}

// ReadAt is part of [scan.File].
func (f *file) ReadAt(b []byte, at int64) (n int, err error) {
	err = f.patiently(func() (err error) {
		n, err = f.File.ReadAt(b, at)
		return err
	})
	return n, err
}

// Stat is part of [scan.File].
func (f *file) Stat() (info fs.FileInfo, err error) {
	err = f.patiently(func() (err error) {
		info, err = f.File.Stat()
		return err
	})
	return stamped(info), err
}

// Close is part of [scan.File].
func (f *file) Close() error {
	defer f.end()
	return f.patiently(f.File.Close)
}

// info is what a server tells of a file, with its stamp.
type info struct{ fs.FileInfo }

// Sys is the file's [scan.Stamp]. Its number is left out, for servers tell it in some
// answers only; when it was changed is told in all.
func (i info) Sys() any {
	s := scan.Stamp{Size: i.Size(), Modified: i.ModTime().UnixNano()}
	if f, is := i.FileInfo.(*smb2.FileStat); is {
		s.Changed = f.ChangeTime.UnixNano()
	}
	return s
}

func stamped(i fs.FileInfo) fs.FileInfo {
	if i == nil {
		return nil
	}
	return info{i}
}
