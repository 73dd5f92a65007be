package server

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// What lies in a server's folder beside its attachments.
const (
	databaseFile = "server.db"
	idFile       = "replica.id" // as package keys reads it; written last: a folder without it was never finished
)

// createLog makes a sealed log in a folder that holds none. Its key is wrapped
// by the passphrase and stands elsewhere.
func createLog(ctx context.Context, o *Options) (Log, error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, err
	}
	if err := vacant(o.Dir); err != nil {
		return nil, err
	}
	from, err := o.keys()
	if err != nil {
		return nil, err
	}
	id := keys.NewID()
	key, err := from.Create(id, slices.Clone(o.Passphrase), cmp.Or(o.Cost, keys.UsualCost()))
	if err != nil {
		return nil, err
	}
	log, err := o.newLog(ctx, key)
	if err != nil {
		return nil, errors.Join(err, from.Remove(id))
	}
	o.sealed = &sealedBy{id, key}
	return log, nil
}

func (o *Options) newLog(ctx context.Context, key keys.DataKey) (Log, error) {
	if o.Database != "" {
		return NewPostgres(ctx, o.Database, key)
	}
	db, err := vfs.Create(filepath.Join(o.Dir, databaseFile), key)
	if err != nil {
		return nil, err
	}
	return logOf(ctx, db)
}

// vacant refuses a folder that holds a server, or half of one.
func vacant(dir string) error {
	_, err := keys.FolderID(dir)
	if !errors.Is(err, keys.ErrNoReplicaID) {
		return errThere
	}
	if _, err = os.Stat(filepath.Join(dir, databaseFile)); !errors.Is(err, fs.ErrNotExist) {
		return errHalf
	}
	return nil
}

// mark makes the folder a server's.
func mark(dir string, id keys.ID) error {
	return durable.Create(filepath.Join(dir, idFile), func(draft string) error {
		return os.WriteFile(draft, []byte(id+"\n"), 0o600)
	})
}

func openLog(ctx context.Context, o *Options) (Log, error) {
	id, err := keys.FolderID(o.Dir)
	if errors.Is(err, keys.ErrNoReplicaID) {
		if err = vacant(o.Dir); err == nil {
			err = errNone
		}
	}
	if err != nil {
		return nil, err
	}
	from, err := o.keys()
	if err != nil {
		return nil, err
	}
	key, err := from.Open(ctx, id, slices.Clone(o.Passphrase))
	if err != nil {
		return nil, err
	}
	o.sealed = &sealedBy{id, key}
	return o.oldLog(ctx, key)
}

var (
	errBoth = app.Refuse(app.Invalid, "", "このフォルダーにはサーバーのデータベースがあります。PostgreSQL を指定せずに開いてください。",
		"the folder holds the server's database itself; open it without naming one of PostgreSQL")
	errElsewhere = app.Refuse(app.Damaged, "", "サーバーのデータベースがフォルダーにありません。PostgreSQL を使うサーバーなら接続先を指定し、そうでなければフォルダーをそのまま残してバックアップから復元してください。",
		"the server's database is not in the folder; if it is one of PostgreSQL, name it; if not, leave the folder as it is and restore a backup")
)

func (o *Options) oldLog(ctx context.Context, key keys.DataKey) (Log, error) {
	path := filepath.Join(o.Dir, databaseFile)
	_, err := os.Stat(path)
	switch missing := errors.Is(err, fs.ErrNotExist); {
	case o.Database != "" && missing:
		return NewPostgres(ctx, o.Database, key)
	case o.Database != "":
		return nil, errBoth
	case missing:
		return nil, errElsewhere
	}
	db, err := vfs.Adopt(path, key, ofFirstForm)
	if err != nil {
		return nil, opening(err)
	}
	return logOf(ctx, db)
}

// ofFirstForm reports whether a database is of the form that had no table of page
// tags yet: the second migration raised the version.
func ofFirstForm(db *sql.DB) (bool, error) {
	var form int
	err := db.QueryRow("PRAGMA user_version").Scan(&form)
	return form == 0, err
}

// opening says what is wrong with a database that does not open.
func opening(err error) error {
	if vfs.Damaged(err) || vfs.WrongKey(err) || errors.Is(err, vfs.ErrMissing) {
		return app.Because(err, app.Damaged, "サーバーのデータベースが壊れているか、失われているか、別のサーバーのものです。フォルダーをそのまま残し、バックアップから復元してください。",
			"the server's database is damaged, missing, or that of another server; leave the folder as it is and restore a backup")
	}
	return err
}

// keys is the folder that the server's key stands in.
func (o *Options) keys() (keys.Folder, error) {
	if o.Keys == (keys.Folder{}) {
		return keys.Default()
	}
	return o.Keys, nil
}

func logOf(ctx context.Context, db *vfs.Database) (Log, error) {
	l, err := NewSQLite(ctx, db.Write, db.Read, db.Close)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return l, nil
}
