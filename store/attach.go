package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode"

	"daicho/app"
)

// MaxBlob is the most bytes that one attachment may have.
const MaxBlob = 1 << 30

// maxBlobName is the most bytes of an attachment's name, what file systems take.
const maxBlobName = 255

// Attach seals a file to a record and keeps it. When it returns the sealed
// bytes are on the disk; what it returns is to be put into a field of the
// record and saved. The record need not be saved yet. src is read three times
// and never written anywhere unsealed. The name may be a path: only its last
// part is kept.
func (s *Replica) Attach(ctx context.Context, ref app.Ref, name, mediaType string, src io.ReadSeeker) (app.Blob, error) {
	b := app.Blob{Name: fileName(name), Type: mediaType}
	if b.Name == "" {
		return b, noName
	}
	if size, err := src.Seek(0, io.SeekEnd); err != nil {
		return b, err
	} else if size > MaxBlob {
		return b, tooLarge
	}
	var key app.SubjectKey
	err := s.transact(ctx, func(st *step) (err error) {
		if key, err = st.keys().For(ref.ID); errors.Is(err, app.ErrErased) {
			err = notToErased
		}
		return err
	})
	if err != nil {
		return b, err
	}
	if b.ID, b.Size, err = sealTo(ctx, io.Discard, src, key); err != nil {
		return b, err
	}
	return b, s.keepSealed(ctx, b.ID, src, key)
}

// keepSealed seals src into its file and notes that it is here; if the same
// file was collected meanwhile, once more.
func (s *Replica) keepSealed(ctx context.Context, id app.BlobID, src io.ReadSeeker, key app.SubjectKey) error {
	for {
		err := s.keepBlob(id, func(w io.Writer) error {
			_, _, err := sealTo(ctx, w, src, key)
			return err
		})
		if err == nil {
			err = s.noteBlob(ctx, id, "INSERT INTO blob (id, state) VALUES (?, 'unsent') ON CONFLICT (id) DO UPDATE SET unused = 0, state = CASE state WHEN 'missing' THEN 'here' ELSE state END")
		}
		if !errors.Is(err, blobNotHere) {
			return err
		}
	}
}

// sealTo seals the whole of src.
func sealTo(ctx context.Context, dst io.Writer, src io.ReadSeeker, key app.SubjectKey) (id app.BlobID, size int64, err error) {
	if _, err = src.Seek(0, io.SeekStart); err != nil {
		return id, 0, err
	}
	return app.SealBlob(dst, cancellable{ctx, src}, key)
}

// cancellable stops reading when its context ends.
type cancellable struct {
	ctx context.Context
	io.ReadSeeker
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.ReadSeeker.Read(p)
}

// fileName is the last part of a path, as either system writes it, without
// what no name may hold.
func fileName(name string) string {
	name = filepath.Base("/" + strings.ReplaceAll(strings.ToValidUTF8(name, "�"), `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name))
	if name == "/" || name == "." || name == ".." {
		return ""
	}
	return short(name)
}

// short cuts a name that is too long, and keeps what it ends in.
func short(name string) string {
	end := filepath.Ext(name)
	if len(name) <= maxBlobName || len(end) > maxBlobName/2 {
		end = ""
	}
	stem := strings.TrimSuffix(name, end)
	if max := maxBlobName - len(end); len(stem) > max {
		stem = strings.ToValidUTF8(stem[:max], "")
	}
	return stem + end
}

// attached makes sure that the attachments which a change adds are here:
// nothing is journaled that names bytes which nobody has.
func (tx *Tx) attached(g app.AnyRegister, cells []app.Cell) error {
	for _, c := range cells {
		if spec, _ := app.SpecOf(g, c.Field); spec.Type != app.TFiles {
			continue
		}
		had := map[app.BlobID]bool{}
		for _, b := range c.Was.Blobs() {
			had[b.ID] = true
		}
		for _, b := range c.Now.Blobs() {
			if had[b.ID] {
				continue
			}
			here, err := tx.one("SELECT 1 FROM blob WHERE id = ?", []any{b.ID[:]}, new(int))
			if err != nil {
				return err
			}
			if !here {
				return notAttached(c.Field)
			}
		}
	}
	return nil
}

func notAttached(field string) error {
	return app.Refuse(app.Invalid, field, "添付ファイルがこの端末に保存されていません。もう一度添付してください。",
		"an attachment was not stored on this device; attach it again")
}

var (
	noName      = app.Refuse(app.Invalid, "", "添付ファイルの名前がありません。名前のあるファイルを添付してください。", "the attachment has no name; attach a file that has one")
	notToErased = app.Refuse(app.Forbidden, "", "この記録の個人情報は消去されているため、ファイルを添付できません。必要な場合は、新しい記録を作成してください。",
		"the personal data of this record was erased, so nothing can be attached to it; make a new record where you need one")
	tooLarge = app.Refuse(app.Invalid, "", fmt.Sprintf("添付ファイルが大きすぎます。%d MB までにしてください。", MaxBlob>>20),
		fmt.Sprintf("the attachment is too large: at most %d MB", MaxBlob>>20))
)
