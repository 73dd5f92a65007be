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

// part is where the start of an attachment waits for its rest: each device
// spoils at most its own.
func (b blobs) part(id app.BlobID, device app.ID) string {
	return b.path(id) + partMark + device.String()
}

const partMark = ".part-"

// have is how many bytes of an attachment a device has sent before its
// connection broke.
func (b blobs) have(id app.BlobID, device app.ID) (int64, error) {
	info, err := os.Stat(b.part(id, device))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

var errNoPart = app.Refuse(app.Stale, "", "添付ファイルの前半がサーバーにありません。もう一度同期してください。", "the start of the attachment is not here; sync again")

// put stores what src gives, the first byte of which stands at an offset, if
// the whole is the attachment with this id. What came before src broke stays
// for the next time; what is wrong as a whole does not.
func (b blobs) put(id app.BlobID, device app.ID, from int64, src io.Reader) error {
	part := b.part(id, device)
	for _, folder := range []string{b.dir, filepath.Dir(part)} {
		if err := durable.Folder(folder); err != nil {
			return err
		}
	}
	if err := receive(part, id, from, src); err != nil {
		return err
	}
	return durable.Rename(part, b.path(id))
}

func receive(part string, id app.BlobID, from int64, src io.Reader) error {
	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if n, err := io.CopyN(sum, f, from); errors.Is(err, io.EOF) && n < from {
		return errNoPart
	} else if err != nil {
		return err
	}
	if err = f.Truncate(from); err != nil {
		return err
	}
	into := &disk{w: f}
	_, err = io.Copy(io.MultiWriter(into, sum), src)
	switch {
	case into.err != nil: // the room is needed for what people write
		return errors.Join(into.err, os.Remove(part))
	case err != nil:
		return err
	case app.BlobID(sum.Sum(nil)) != id:
		return errors.Join(errBlobHash, os.Remove(part))
	}
	return errors.Join(f.Sync(), f.Close())
}

// disk remembers that writing failed, to tell it from reading.
type disk struct {
	w   io.Writer
	err error
}

func (d *disk) Write(p []byte) (n int, err error) {
	n, d.err = d.w.Write(p)
	return n, d.err
}

// open opens an attachment; fs.ErrNotExist if its bytes are not here.
func (b blobs) open(id app.BlobID) (*os.File, error) { return os.Open(b.path(id)) }

// tidy removes the starts of attachments whose rest has not come since.
func (b blobs) tidy(before time.Time) error {
	all := os.DirFS(b.dir)
	drafts, err := fs.Glob(all, "*/*.*") // 0.2.0 called them otherwise
	for _, name := range drafts {
		info, statErr := fs.Stat(all, name)
		if statErr == nil && info.ModTime().Before(before) {
			err = errors.Join(err, os.Remove(filepath.Join(b.dir, name)))
		}
	}
	return err
}
