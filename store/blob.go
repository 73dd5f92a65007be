package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/app"
	"daicho/store/durable"
)

// blobPath is where an attachment's sealed bytes lie: blobs/<aa>/<hex>.
func (s *Replica) blobPath(id app.BlobID) string { return blobIn(s.dir, id) }

// blobIn is the same in any folder of attachments.
func blobIn(dir string, id app.BlobID) string {
	name := id.String()
	return filepath.Join(blobsOf(dir), name[:2], name)
}

func blobsOf(dir string) string { return filepath.Join(dir, blobFolder) }

// blobFiles are the attachments whose bytes lie in the folder, whole or not.
func (s *Replica) blobFiles() (ids []app.BlobID, err error) {
	err = filepath.WalkDir(s.place(blobFolder), func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if id, err := hex.DecodeString(d.Name()); err == nil && len(id) == len(app.BlobID{}) {
			ids = append(ids, app.BlobID(id))
		}
		return nil
	})
	return ids, err
}

// keepBlob writes an attachment's sealed bytes, whole or not at all. What is
// there already is kept if it is the same, and replaced if it is damaged.
func (s *Replica) keepBlob(id app.BlobID, write func(io.Writer) error) error {
	return keepBlobIn(s.dir, id, write)
}

func keepBlobIn(dir string, id app.BlobID, write func(io.Writer) error) error {
	path := blobIn(dir, id)
	if err := durable.Folder(filepath.Dir(path)); err != nil {
		return unwritten(err)
	}
	if verifyFile(path, id) == nil {
		return nil
	}
	if err := durable.Remove(path); err != nil {
		return unwritten(err)
	}
	var source error // what is written could not be read
	err := durable.Create(path, func(draft string) (err error) {
		source, err = fill(draft, write)
		if err = errors.Join(source, err); err != nil {
			return err
		}
		source = verifyFile(draft, id)
		return source
	})
	switch {
	case errors.Is(err, fs.ErrExist): // another process attached it, too
		return nil
	case err == nil || source != nil:
		return source
	}
	return unwritten(err)
}

// fill writes a draft, and tells errors of what is written from the disk's.
func fill(draft string, write func(io.Writer) error) (source, disk error) {
	f, err := os.OpenFile(draft, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	into := &written{w: f}
	if source = write(into); into.err != nil {
		source = nil
	}
	return source, errors.Join(into.err, f.Close())
}

// verifyFile makes sure that a file is the attachment with an id.
func verifyFile(path string, id app.BlobID) error {
	f, err := os.Open(path)
	if err != nil {
		return because(err, cannotRead)
	}
	defer f.Close()
	return verifyBlob(f, id)
}

func verifyBlob(f io.Reader, id app.BlobID) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return because(err, cannotRead)
	}
	if app.BlobID(sum.Sum(nil)) != id {
		return otherBytes
	}
	return nil
}

// noteBlob notes what is known of an attachment whose file has been written.
// It is an error if the file is gone again: then nothing names it yet, and it
// was collected in between.
func (s *Replica) noteBlob(ctx context.Context, id app.BlobID, text string) error {
	return s.transact(ctx, func(st *step) error {
		if !exists(s.blobPath(id)) {
			return blobNotHere
		}
		return st.exec(text, id[:])
	})
}

// HasBlob says whether an attachment's bytes are here.
func (s *Replica) HasBlob(ctx context.Context, id app.BlobID) (here bool, err error) {
	err = s.read(ctx, func(r *reader) (err error) {
		here, err = r.one("SELECT 1 FROM blob WHERE id = ? AND state <> 'missing'", []any{id[:]}, new(int))
		return err
	})
	return here, err
}

// OpenBlob writes an attachment's content. Whatever it wrote before an error
// is not to be used. An attachment that turns out damaged is fetched again at
// the next sync if the server has it.
func (s *Replica) OpenBlob(ctx context.Context, b app.Blob, dst io.Writer) error {
	f, err := os.Open(s.blobPath(b.ID))
	if errors.Is(err, fs.ErrNotExist) {
		return s.lost(ctx, b.ID, blobNotHere)
	}
	if err != nil {
		return because(err, cannotRead)
	}
	defer f.Close()
	err = s.read(ctx, func(r *reader) error { return r.unseal(f, b, dst) })
	if app.IsCode(err, app.Damaged) && !errors.Is(err, keyNeverCame) {
		f.Close()
		return s.lost(ctx, b.ID, err)
	}
	return err
}

// OpenContent is an attachment's content, whole and verified, in memory.
func (s *Replica) OpenContent(ctx context.Context, b app.Blob) (*bytes.Reader, error) {
	var out bytes.Buffer
	if err := s.OpenBlob(ctx, b, &out); err != nil {
		return nil, err
	}
	return bytes.NewReader(out.Bytes()), nil
}

// unseal opens an attachment and checks that it is the one meant.
func (r *reader) unseal(f io.Reader, b app.Blob, dst io.Writer) error {
	sum, out := sha256.New(), &counted{w: dst}
	err := app.OpenBlob(out, bufio.NewReader(io.TeeReader(reading{r.ctx, f}, sum)), r.keys())
	if errors.Is(err, app.ErrErased) {
		return blobErased
	}
	if err == nil && (app.BlobID(sum.Sum(nil)) != b.ID || out.n != b.Size) {
		err = otherBytes
	}
	return err
}

// reading stops when its context ends.
type reading struct {
	ctx context.Context
	io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// counted counts what is written.
type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// lost notes that an attachment's bytes are not here, or not what they were,
// and returns why: they are fetched at the next sync, those too that were
// collected, and replace what is here. What the server has not got is not
// replaced: it is all there is.
func (s *Replica) lost(ctx context.Context, id app.BlobID, why error) error {
	err := s.transact(ctx, func(st *step) error {
		return st.exec("INSERT INTO blob (id, state) VALUES (?, 'missing') ON CONFLICT (id) DO UPDATE SET state = 'missing' WHERE state = 'here'", id[:])
	})
	if err != nil {
		return errors.Join(why, err)
	}
	return why
}

// SealedBlob opens an attachment's sealed bytes, to be sent, and says how many
// they are. They have been verified.
func (s *Replica) SealedBlob(ctx context.Context, id app.BlobID) (io.ReadSeekCloser, int64, error) {
	f, err := os.Open(s.blobPath(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, blobNotHere
	}
	if err != nil {
		return nil, 0, because(err, cannotRead)
	}
	if err := verifyBlob(reading{ctx, f}, id); err != nil {
		if errors.Is(err, otherBytes) {
			err = attachAgain
		}
		return nil, 0, errors.Join(err, f.Close())
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, errors.Join(because(err, cannotRead), f.Close())
	}
	return f, size, nil
}

// BlobSent notes that the server has an attachment.
func (s *Replica) BlobSent(ctx context.Context, id app.BlobID) error {
	return s.transact(ctx, func(st *step) error {
		return st.exec("UPDATE blob SET state = 'here' WHERE id = ? AND state = 'unsent'", id[:])
	})
}

// MissingBlobs are attachments that records name and whose bytes are not here.
func (s *Replica) MissingBlobs(ctx context.Context, max int) ([]app.BlobID, error) {
	return s.blobs(ctx, "SELECT id FROM blob WHERE state = 'missing' ORDER BY id LIMIT ?", max)
}

// UnsentBlobs are attachments that the server is not known to have.
func (s *Replica) UnsentBlobs(ctx context.Context, max int) ([]app.BlobID, error) {
	return s.blobs(ctx, "SELECT id FROM blob WHERE state = 'unsent' ORDER BY id LIMIT ?", max)
}

func (s *Replica) blobs(ctx context.Context, query string, args ...any) (ids []app.BlobID, err error) {
	err = s.read(ctx, func(r *reader) error {
		ids, err = r.blobs(query, args...)
		return err
	})
	return ids, err
}

// blobs reads rows of one attachment's id.
func (r *reader) blobs(query string, args ...any) (ids []app.BlobID, err error) {
	err = r.each(query, args, func(scan func(...any) error) error {
		var id []byte
		if err := scan(&id); err != nil {
			return err
		}
		ids = append(ids, app.BlobID(id))
		return nil
	})
	return ids, err
}

var (
	otherBytes  = app.Refuse(app.Damaged, "", "添付ファイルが壊れています。同期してから、もう一度開いてください。", "an attachment's bytes are not what they were; sync and try again")
	attachAgain = app.Refuse(app.Damaged, "", "送信していない添付ファイルが壊れています。元のファイルをもう一度添付してください。", "an attachment that was not sent yet is damaged; attach the original file again")
	blobNotHere = app.Refuse(app.NotFound, "", "添付ファイルはまだこの端末に届いていません。同期してから、もう一度開いてください。", "the attachment has not come yet; sync and try again")
	blobErased  = app.Refuse(app.NotFound, "", "この添付ファイルは消去されています。", "the attachment has been erased")
)
