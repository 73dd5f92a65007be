package server

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"daicho/app"
	"daicho/store/durable"
)

// blobs keeps the bytes of attachments as devices sealed them: a file each,
// named by its hash, whole or not there.
type blobs struct{ dir string }

var errBlobHash = app.Refuse(app.Damaged, "", "添付ファイルが途中で壊れました。もう一度同期してください。", "the attachment was damaged on its way; sync again")

func (b blobs) path(id app.BlobID) string {
	name := id.String()
	return filepath.Join(b.dir, name[:2], name)
}

// put stores what src gives if that is the attachment with this id. One that
// is here already is not read.
func (b blobs) put(id app.BlobID, src io.Reader) error {
	path := b.path(id)
	for _, folder := range []string{b.dir, filepath.Dir(path)} {
		if err := durable.Folder(folder); err != nil {
			return err
		}
	}
	err := durable.Create(path, func(draft string) error { return b.write(draft, id, src) })
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

func (b blobs) write(draft string, id app.BlobID, src io.Reader) error {
	f, err := os.OpenFile(draft, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), src)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if app.BlobID(sum.Sum(nil)) != id {
		return errBlobHash
	}
	return nil
}

// open opens an attachment; fs.ErrNotExist if its bytes are not here.
func (b blobs) open(id app.BlobID) (*os.File, error) { return os.Open(b.path(id)) }

// tidy removes drafts that nobody writes any more: those of a server that was
// killed.
func (b blobs) tidy(before time.Time) error {
	all := os.DirFS(b.dir)
	drafts, err := fs.Glob(all, "*/*.new-*")
	for _, name := range drafts {
		info, statErr := fs.Stat(all, name)
		if statErr == nil && info.ModTime().Before(before) {
			err = errors.Join(err, os.Remove(filepath.Join(b.dir, name)))
		}
	}
	return err
}
