package store

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"daicho/app"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// restoreMark stands in a folder that is being restored, and names the replica.
const restoreMark = "restore.unfinished"

// restoring is what the sealed copy of a backup's database is called meanwhile.
const restoring = ".restore"

// ReadBackup reads what a backup says of itself. It needs no key.
func ReadBackup(dir string) (b Backup, err error) {
	text, err := os.ReadFile(filepath.Join(dir, backupFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) && exists(filepath.Join(dir, backupMark)):
		return b, because(err, backupUnfinished)
	case errors.Is(err, fs.ErrNotExist):
		return b, because(err, noBackup)
	case err != nil:
		return b, because(err, cannotRead)
	}
	if err := json.Unmarshal(text, &b); err != nil || b.Format != backupFormat {
		return b, noBackup
	}
	if b.Version > backupVersion {
		return b, newerReplica
	}
	return b, nil
}

// Restore makes a replica from a backup, in a folder that is new or empty, or
// goes on where it was interrupted. The replica is the same one, and so is its
// device: changes that were not sent when the backup was made go out at the next
// sync, unless the server has later ones of this device; then it refuses the
// replica as an older copy. It is sealed under a new data key that opens by the
// passphrase fresh. Attachments that the backup has not, or not whole, are to be
// fetched; their number is the backup's Absent in what is returned.
//
// The backup is not written to. Progress is told in bytes, may be nil, and total
// can grow.
func Restore(ctx context.Context, o Options, from string, pass, fresh keys.Passphrase, progress func(done, total int64)) (Backup, error) {
	r := &restore{s: newReplica(o), from: from, tally: tally{tell: progress}}
	err := r.run(ctx, pass, fresh)
	return r.made, machine(err)
}

// restore is one restoration on its way.
type restore struct {
	s    *Replica
	from string
	tally
	made Backup
}

func (r *restore) run(ctx context.Context, pass, fresh keys.Passphrase) (err error) {
	if r.made, err = ReadBackup(r.from); err != nil {
		return err
	}
	id := r.made.Replica
	if exists(r.s.from.Path(id)) && !exists(r.s.place(restoreMark)) {
		return keyThere(r.s.from.Path(id))
	}
	key, err := keys.In(r.from).Open(ctx, id, keys.Throttle(pass, r.s.clock()))
	if err != nil {
		return err
	}
	if exists(r.s.place(restoreMark)) && exists(r.s.place(idFile)) { // it was killed after all was done but this, and may be in use since
		return unwritten(os.Remove(r.s.place(restoreMark)))
	}
	if err := markedFolder(r.s.dir, restoreMark, id, func(name string, _ keys.ID) bool { return strings.HasPrefix(name, dbFile) }); err != nil {
		return err
	}
	if r.s.data, err = r.key(ctx, id, fresh); err != nil {
		return err
	}
	if err := r.database(ctx, key); err != nil {
		return err
	}
	if err := r.blobs(ctx); err != nil {
		return err
	}
	if err := writeID(r.s.dir, id); err != nil {
		return unwritten(err)
	}
	return unwritten(os.Remove(r.s.place(restoreMark)))
}

// key is the replica's new data key: that of an interrupted restoration, or one
// that is drawn now.
func (r *restore) key(ctx context.Context, id keys.ID, fresh keys.Passphrase) (keys.DataKey, error) {
	if exists(r.s.from.Path(id)) {
		return r.s.from.Open(ctx, id, keys.Throttle(fresh, r.s.clock()))
	}
	return r.s.from.Create(id, fresh, r.s.cost)
}

// database copies the sealed file, so that a backup which cannot be written to
// can be read, and seals its content anew.
func (r *restore) database(ctx context.Context, key keys.DataKey) error {
	draft := r.s.place(dbFile + restoring)
	names, err := beginning(filepath.Join(r.from, dbFile))
	for _, name := range names {
		if err == nil {
			err = copyFile(ctx, name, r.s.place(strings.Replace(filepath.Base(name), dbFile, dbFile+restoring, 1)))
		}
	}
	if err != nil {
		return unwritten(err)
	}
	db, err := vfs.Adopt(draft, key, ofFirstForm)
	if err != nil {
		return backupDamage(err)
	}
	err = db.CopyTo(ctx, r.s.place(dbFile), r.s.data)
	if err = errors.Join(err, db.Close()); err != nil {
		return backupDamage(unwritten(err))
	}
	return dropDatabase(draft)
}

// backupDamage says that it is the backup that is damaged.
func backupDamage(err error) error {
	if vfs.Damaged(err) || vfs.WrongKey(err) {
		return because(err, backupDamaged)
	}
	return err
}

// blobs copies the attachments. Those that are not there are to be fetched.
func (r *restore) blobs(ctx context.Context) (err error) {
	if r.s.db, err = vfs.Open(r.s.place(dbFile), r.s.data); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.s.db.Close()) }()
	ids, err := blobsIn(ctx, r.s.db)
	if err != nil {
		return err
	}
	absent, err := carryBlobs(ctx, r.from, r.s.dir, ids, &r.tally)
	if err != nil || len(absent) == 0 {
		return err
	}
	r.made.Blobs, r.made.Absent = r.made.Blobs-len(absent), r.made.Absent+len(absent)
	return r.s.transact(ctx, func(st *step) error {
		for _, id := range absent {
			if err := st.exec("UPDATE blob SET state = 'missing' WHERE id = ?", id[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

var (
	noBackup = app.Refuse(app.NotFound, "", "このフォルダーはバックアップではありません。バックアップのフォルダーを指定してください。",
		"the folder is no backup; name another one")
	backupThere = app.Refuse(app.Invalid, "", "このフォルダーには既にバックアップがあります。別のフォルダーを指定してください。",
		"there is a backup in this folder already; name another folder")
	backupUnfinished = app.Refuse(app.Damaged, "", "このバックアップは途中で終わっています。元の台帳から、同じフォルダーにもう一度バックアップしてください。",
		"the backup in this folder was never finished; run it again into the same folder, or take another backup")
	backupDamaged = app.Refuse(app.Damaged, "", "バックアップのデータベースが壊れているか、書き換えられています。別のバックアップを指定してください。",
		"the backup's database is damaged or was altered; take another backup")
)

// keyThere refuses to touch the key of a replica that may still be in use.
func keyThere(path string) error {
	return app.Refuse(app.Invalid, "", "この台帳の鍵ファイルが、この端末に既にあります（"+path+"）。元の台帳が使えるなら、それを開いてください。失われているなら、この鍵ファイルを別の場所に移してから、もう一度実行してください。",
		"this replica's key file is here already ("+path+"): if its folder is still there, open that; if it is lost, move the key file elsewhere, then try again")
}
