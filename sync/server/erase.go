package server

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/app"
)

// erase erases what a change has decided to. Its effects have taken the values
// out of the records already.
func (in *intake) erase(o *app.Outcome, refs []app.Ref) error {
	for _, ref := range refs {
		if err := eraseOne(in.tx, Erased{Ref: ref, GSN: o.GSN, At: o.Received}); err != nil {
			return err
		}
		in.erased, in.reread = true, true
	}
	return nil
}

// eraseOne erases a subject, if it was not, and takes the name of a person out of
// the directory.
func eraseOne(tx Tx, e Erased) error {
	there, err := tx.IsErased(e.Ref.ID)
	if err != nil || there {
		return err
	}
	if e.N, err = tx.Count(counterErased, 1); err != nil {
		return err
	}
	if err = errors.Join(tx.Erase(e), tx.PutSetting(settingErasing, []byte{1})); err != nil || e.Ref.Kind != app.PersonKind {
		return err
	}
	p, there, err := findPerson(tx, e.Ref.ID.String())
	if err != nil || !there {
		return err
	}
	p.Name = app.ErasedText.JA + " " + p.ID.Short()
	if _, taken, err := findPerson(tx, p.Name); err != nil {
		return err
	} else if taken {
		p.Name = app.ErasedText.JA + " " + p.ID.String()
	}
	return know(tx, p)
}

// destroy takes the bytes of doomed attachments off the disk, and what the files
// of the database keep of what was deleted. It is done after each erasure and
// when the server starts, in case it ended in between.
func (s *Server) destroy(ctx context.Context) error {
	for {
		var ids []app.BlobID
		err := s.log.Read(ctx, func(tx Tx) (err error) {
			ids, err = tx.Doomed(maxDoomed)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err = s.blobs.destroy(id); err != nil {
				return err
			}
		}
		err = s.log.Write(ctx, func(tx Tx) error {
			for _, id := range ids {
				if err := tx.Destroyed(id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

const maxDoomed = 1_000

// destroy removes an attachment, and all that came of it before a line broke.
func (b blobs) destroy(id app.BlobID) error {
	path := b.path(id)
	parts, err := filepath.Glob(path + "*")
	for _, name := range append(parts, path) {
		if gone := os.Remove(name); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// stillWanted takes away what came while its subject was being erased.
func (s *Server) stillWanted(ctx context.Context, id app.BlobID) error {
	var wanted bool
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		wanted, _, err = tx.Attachment(id)
		return err
	})
	if err != nil || wanted {
		return err
	}
	return errors.Join(errNotWanted, s.blobs.destroy(id))
}

// settingErasing says that something of an erasure is to be done outside the
// database.
const settingErasing = "erasing"

// purger is a log whose files keep for a while what was deleted.
type purger interface{ Purge(context.Context) error }

// erasedSome ends an erasure once it is committed, and when the server starts.
func (s *Server) erasedSome(ctx context.Context) {
	if err := s.eraseOn(ctx); err != nil { // what is left is done after the next one, or at the next start
		s.warn(ctx, "an erasure is not finished; restart the server", "err", err)
	}
}

// eraseOn does what an erasure has left to be done outside the database.
func (s *Server) eraseOn(ctx context.Context) error {
	var wanted bool
	err := s.log.Read(ctx, func(tx Tx) error {
		mark, err := tx.Setting(settingErasing)
		wanted = len(mark) > 0
		return err
	})
	if err != nil || !wanted {
		return err
	}
	if err = errors.Join(s.destroy(ctx), s.noteErasures(ctx)); err != nil {
		return err
	}
	if p, ok := s.log.(purger); ok {
		if err = p.Purge(ctx); err != nil {
			return err
		}
	}
	return s.log.Write(ctx, func(tx Tx) error { return tx.PutSetting(settingErasing, nil) })
}

// Purge cuts the log of the database off: pages of before stand in it.
func (l *SQLite) Purge(ctx context.Context) error {
	_, err := l.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// Purge has the database make room of what was deleted. Until it is used again it
// stays in its files, sealed under the server's key.
func (l *Postgres) Purge(ctx context.Context) error {
	for _, table := range []string{"subject_key", "impounded_key", "record", "naming", "attachment", "person"} {
		if _, err := l.pool.Exec(ctx, "VACUUM "+table); err != nil {
			return discreet(err)
		}
	}
	return nil
}
