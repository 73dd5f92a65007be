package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"os"

	"daicho/app"
	"daicho/store/keys"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// VerifiedBackup is what a look at a backup found.
type VerifiedBackup struct {
	Backup
	Verified
	Pin    wire.Pin // of the identity in it
	Absent int64    // attachments that were named here and not at hand: devices bring them
}

// VerifyBackup reads a whole backup as if it were restored: that it opens with the
// key and ends where it should, that the order is the one that the server signed,
// and all that [Server.Verify] looks at. It works in a folder of its own below
// scratch, sealed like a server's, and leaves nothing there; the key of a key file
// is not kept.
func VerifyBackup(ctx context.Context, o Options, from Restoring, scratch string) (v VerifiedBackup, err error) {
	b, err := openBackup(from.Backup)
	if err != nil {
		return v, err
	}
	defer b.file.Close()
	key, err := o.keyOnly(ctx, b.Server, from.Keys)
	if err != nil {
		return v, err
	}
	if o.Dir, err = os.MkdirTemp(scratch, "daicho-verify-"); err != nil {
		return v, err
	}
	defer os.RemoveAll(o.Dir)
	o.Database = ""
	log, err := o.newLog(ctx, key)
	if err != nil {
		return v, err
	}
	in := &load{log: log, look: &look{here: map[app.BlobID]bool{}}}
	v.Backup = b.Backup
	if err = b.into(ctx, key, in, from.Progress); err == nil {
		err = in.flush(ctx)
	}
	if err == nil {
		err = log.Read(ctx, func(tx Tx) error { return v.check(ctx, tx, in.look, from.Progress) })
	}
	return v, errors.Join(err, log.Close())
}

// keyOnly is the key of a server; nothing is written.
func (o *Options) keyOnly(ctx context.Context, id keys.ID, file *KeyFile) (keys.DataKey, error) {
	if file == nil {
		return o.keyFor(ctx, id, nil)
	}
	return file.open(id)
}

func (v *VerifiedBackup) check(ctx context.Context, tx Tx, l *look, progress func(int64)) error {
	i, err := identityOf(tx)
	if err != nil {
		return err
	}
	v.Pin, v.Verified, v.Absent = wire.PinOf(i.public()), Verified{}, 0
	c := newCheck(tx, &v.Verified, progress)
	for _, step := range []func(context.Context) error{c.lines, c.devices, c.records, c.numbers} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	c.head(l.head, &i, &v.Backup)
	return c.looked(l, v)
}

// head looks whether the order is what the server signed when the backup was made.
func (c *check) head(note []byte, i *identity, b *Backup) {
	if len(note) == 0 {
		return // a version that signed none
	}
	signed, err := audit.Open(note, i.public())
	if err != nil || signed.Size != c.tree.Size() || signed.Root != c.tree.Root() || signed.Epoch != b.Epoch || signed.Size != b.GSN {
		c.wrong("the order is not the one that the server signed when the backup was made")
	}
}

// looked takes in what was seen of attachments.
func (c *check) looked(l *look, v *VerifiedBackup) error {
	for _, id := range l.bad {
		c.wrong("attachment %s: it was altered", id)
	}
	v.Blobs = int64(len(l.here))
	return c.tx.each("SELECT id FROM attachment WHERE here = 1", nil, func(scan func(...any) error) (bool, error) {
		var id app.BlobID
		err := scan(blob(id[:]))
		if !l.here[id] {
			v.Absent++
		}
		return true, err
	})
}

// look is what is seen of a backup that is not written anywhere.
type look struct {
	sum  hash.Hash // of the attachment at hand
	here map[app.BlobID]bool
	bad  []app.BlobID
	head []byte
}

// blob looks at a piece of an attachment. The whole must hash to its id.
func (l *look) blob(id app.BlobID, p piece) {
	if l.sum == nil {
		l.sum = sha256.New()
	}
	l.sum.Write(p.Bytes)
	if !p.Ends {
		return
	}
	if l.here[id] = true; !bytes.Equal(l.sum.Sum(nil), id[:]) {
		l.bad = append(l.bad, id)
	}
	l.sum = nil
}
