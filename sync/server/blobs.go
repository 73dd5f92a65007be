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
)

// blobs keeps the bytes of attachments as devices sealed them: a file each,
// named by its hash, whole or not there.
type blobs struct{ dir string }

var errBlobHash = app.Refuse(app.Damaged, "", "添付ファイルが途中で壊れました。もう一度同期してください。", "the attachment was damaged on its way; sync again")

const blobDraft = "draft-"

func (b blobs) path(id app.BlobID) string {
	name := id.String()
	return filepath.Join(b.dir, name[:2], name)
}

// put stores what src gives if that is the attachment with this id.
func (b blobs) put(id app.BlobID, src io.Reader) (err error) {
	folder := filepath.Dir(b.path(id))
	if err = os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(b.dir, blobDraft)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, draft.Close(), os.Remove(draft.Name()))
		}
	}()
	sum := sha256.New()
	if _, err = io.Copy(io.MultiWriter(draft, sum), src); err != nil {
		return err
	}
	if app.BlobID(sum.Sum(nil)) != id {
		return errBlobHash
	}
	return b.publish(draft, id)
}

// publish makes a finished draft the attachment.
func (b blobs) publish(draft *os.File, id app.BlobID) error {
	if err := draft.Sync(); err != nil {
		return err
	}
	if err := draft.Close(); err != nil {
		return err
	}
	if err := os.Rename(draft.Name(), b.path(id)); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(b.path(id)))
}

// open opens an attachment; fs.ErrNotExist if its bytes are not here.
func (b blobs) open(id app.BlobID) (*os.File, error) { return os.Open(b.path(id)) }

// tidy removes drafts that nobody writes any more.
func (b blobs) tidy(before time.Time) error {
	entries, err := os.ReadDir(b.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		info, infoErr := e.Info()
		if infoErr == nil && !e.IsDir() && info.ModTime().Before(before) {
			err = errors.Join(err, os.Remove(filepath.Join(b.dir, e.Name())))
		}
	}
	return err
}
