package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/vfs"
)

// blobsIn lists the attachments whose bytes belong to a database.
func blobsIn(ctx context.Context, db *vfs.Database) (ids []app.BlobID, err error) {
	rows, err := db.Read.QueryContext(ctx, "SELECT id FROM blob WHERE state <> 'missing' ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		if len(id) != len(app.BlobID{}) {
			return nil, wrong("an attachment's id of %d bytes", len(id))
		}
		ids = append(ids, app.BlobID(id))
	}
	return ids, rows.Err()
}

// carryBlobs copies attachments from one folder to another and makes sure of
// each that it is what its name says. Those that are there already are looked at
// and kept; those that cannot be read whole are returned.
func carryBlobs(ctx context.Context, from, to string, ids []app.BlobID, t *tally) (absent []app.BlobID, err error) {
	if err := durable.Folder(blobsOf(to)); err != nil {
		return nil, because(err, cannotWrite)
	}
	for _, id := range ids {
		t.add(0, sizeOf(blobIn(from, id)))
	}
	for _, id := range ids {
		here, err := carryBlob(ctx, from, to, id, t)
		if err != nil {
			return nil, err
		}
		if !here {
			absent = append(absent, id)
		}
	}
	return absent, nil
}

func carryBlob(ctx context.Context, from, to string, id app.BlobID, t *tally) (here bool, err error) {
	if sound, err := soundBlob(ctx, blobIn(to, id), id); err != nil || sound {
		return sound, err
	}
	if err := durable.Remove(blobIn(to, id)); err != nil {
		return false, because(err, cannotWrite)
	}
	f, err := os.Open(blobIn(from, id))
	if err != nil {
		return false, nil
	}
	defer f.Close()
	src := &failing{Reader: f}
	err = keepBlobIn(to, id, func(w io.Writer) error {
		n, err := io.Copy(w, reading{ctx, src})
		t.add(n, 0)
		return err
	})
	if src.failed || errors.Is(err, otherBytes) {
		return false, ctx.Err()
	}
	return err == nil, unwritten(err)
}

// sizeOf is the size of a file; 0 if there is none.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// failing remembers that a source could not be read.
type failing struct {
	io.Reader
	failed bool
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	f.failed = f.failed || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// soundBlob says whether a file holds the attachment that its name says. The
// error is that of the context alone.
func soundBlob(ctx context.Context, path string, id app.BlobID) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, ctx.Err()
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, reading{ctx, f})
	return err == nil && app.BlobID(sum.Sum(nil)) == id, ctx.Err()
}
