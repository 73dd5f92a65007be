package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/internal/fault"
)

// Marks in the names of files that are no attachments yet.
const (
	draftMark = ".new-" // package durable is writing it
	partMark  = ".part" // the start of an attachment that is on its way
)

// PartialBlob is how many bytes of an attachment are here from a download that
// was cut off: the next may begin after them. It is always less than the whole.
func (s *Replica) PartialBlob(_ context.Context, id app.BlobID) (int64, error) {
	info, err := os.Stat(s.blobPath(id) + partMark)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, because(err, cannotRead)
	}
	return max(0, info.Size()-1), nil // a whole one has no byte after it to ask for
}

// StoreBlob keeps sealed bytes that came from the server, the first of which
// stands at an offset: 0, or what PartialBlob said. What came before an error
// stays for the next try. Once sealed has ended the whole must be what the id
// says; else it is refused, and nothing of it is kept.
func (s *Replica) StoreBlob(ctx context.Context, id app.BlobID, from int64, sealed io.Reader) error {
	path := s.blobPath(id)
	part := path + partMark
	if err := durable.Folder(filepath.Dir(path)); err != nil {
		return unwritten(err)
	}
	if err := receive(part, from, reading{ctx, sealed}); err != nil {
		return err
	}
	if err := verifyFile(part, id); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := durable.Rename(part, path); err != nil {
		return unwritten(err)
	}
	return s.noteBlob(ctx, id, "INSERT INTO blob (id, state) VALUES (?, 'here') ON CONFLICT (id) DO UPDATE SET state = 'here'")
}

// receive writes what comes into a part, from an offset on. If it cannot be
// written the part is thrown away: the room is needed for what people write.
func receive(part string, from int64, src io.Reader) error {
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return unwritten(err)
	}
	defer f.Close()
	if size, err := f.Seek(0, io.SeekEnd); err != nil || size < from {
		return errors.Join(err, noSuchPart)
	}
	into := &written{w: f}
	if into.err = cutAt(f, from); into.err == nil {
		_, err = io.Copy(into, io.LimitReader(src, 2*MaxBlob-from))
	}
	if into.err == nil && err == nil {
		into.err = errors.Join(fault.Before(fault.Sync), f.Sync())
	}
	if into.err != nil {
		return errors.Join(unwritten(into.err), f.Close(), os.Remove(part))
	}
	return err
}

// cutAt has a file end where the writing goes on.
func cutAt(f *os.File, end int64) error {
	if err := fault.Before(fault.Truncate); err != nil {
		return err
	}
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err := f.Seek(end, io.SeekStart)
	return err
}

// written remembers that writing failed, to tell it from reading.
type written struct {
	w   io.Writer
	err error
}

func (w *written) Write(p []byte) (n int, err error) {
	if w.err = fault.Before(fault.Write); w.err == nil {
		n, w.err = w.w.Write(p)
	}
	return n, w.err
}

var noSuchPart = app.Refuse(app.Damaged, "", "添付ファイルの続きを受け取れません。もう一度同期してください。", "the part of the attachment that came before is not here; sync again")
