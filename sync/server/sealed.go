package server

import (
	"context"
	"crypto/sha256"
	"errors"
	"path/filepath"

	"daicho/store/vfs"
)

const databaseName = "server.db"

func key(o Options) [32]byte { return sha256.Sum256(o.Passphrase) }

func createLog(ctx context.Context, o Options) (Log, error) {
	db, err := vfs.Create(filepath.Join(o.Dir, databaseName), key(o))
	if err != nil {
		return nil, err
	}
	return logOf(ctx, db)
}

func openLog(ctx context.Context, o Options) (Log, error) {
	db, err := vfs.Open(filepath.Join(o.Dir, databaseName), key(o))
	if err != nil {
		return nil, err
	}
	return logOf(ctx, db)
}

func logOf(ctx context.Context, db *vfs.Database) (Log, error) {
	l, err := NewSQLite(ctx, db.Write, db.Read, db.Close)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return l, nil
}
