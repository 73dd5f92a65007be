package store

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// Backup is what a backup says of itself: nothing of a person, nothing secret.
type Backup struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	Replica keys.ID   `json:"replica"`
	At      time.Time `json:"at"` // UTC
	Program string    `json:"program"`
	Changes int       `json:"changes"`            // in the journal
	Unsent  int       `json:"unsent"`             // of them, not known to be at the server
	Blobs   int       `json:"attachments"`        // in the backup
	Absent  int       `json:"attachments_absent"` // known, but not here or damaged when it was made
}

const (
	backupFormat  = "daicho backup"
	backupVersion = 1

	backupFile = "backup.json"       // written last: a folder without it was never finished
	backupMark = "backup.unfinished" // names the replica meanwhile
)

// Backup writes a backup into a folder that is new or empty, or goes on with one
// that was interrupted. It opens anywhere by a passphrase of its own and nothing
// else: its database is sealed under a data key of its own, whose envelope stands
// beside it. Work goes on meanwhile; the backup is as of the moment it copies the
// database. Attachments that are damaged here are left out and counted.
//
// Progress is told in bytes, may be nil, and total can grow.
func (s *Replica) Backup(ctx context.Context, dst string, pass keys.Passphrase, progress func(done, total int64)) (Backup, error) {
	b := &backup{s: s, dst: dst, tally: tally{tell: progress}}
	err := b.run(ctx, pass)
	return b.made, machine(err)
}

// backup is one backup on its way.
type backup struct {
	s   *Replica
	dst string
	tally
	made Backup
}

func (b *backup) run(ctx context.Context, pass keys.Passphrase) error {
	if exists(filepath.Join(b.dst, backupFile)) && !exists(filepath.Join(b.dst, backupMark)) {
		return backupThere
	}
	if err := markedFolder(b.dst, backupMark, b.s.id, isBackup); err != nil {
		return err
	}
	key, err := keys.In(b.dst).Create(b.s.id, pass, b.s.cost)
	if err != nil {
		return err
	}
	path := filepath.Join(b.dst, dbFile)
	if err := b.s.db.CopyTo(ctx, path, key); err != nil {
		return unwritten(err)
	}
	b.made = Backup{Format: backupFormat, Version: backupVersion, Replica: b.s.id, At: b.s.clock().UTC().Truncate(time.Second), Program: b.s.version}
	b.add(sizeOf(path), sizeOf(path))
	ids, err := b.read(ctx, path, key)
	if err != nil {
		return err
	}
	absent, err := carryBlobs(ctx, b.s.dir, b.dst, ids, &b.tally)
	if err != nil {
		return err
	}
	b.made.Blobs, b.made.Absent = len(ids)-len(absent), b.made.Absent+len(absent)
	return b.finish()
}

// read looks at the copy: what it holds, and which attachments belong to it.
func (b *backup) read(ctx context.Context, path string, key keys.DataKey) (ids []app.BlobID, err error) {
	db, err := vfs.Open(path, key)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, c := range []struct {
		n     *int
		query string
	}{
		{&b.made.Changes, "SELECT count(*) FROM journal"},
		{&b.made.Unsent, "SELECT count(*) FROM journal WHERE seq > (SELECT acked FROM cursor)"},
		{&b.made.Absent, "SELECT count(*) FROM blob WHERE state = 'missing'"},
	} {
		if err := db.Read.QueryRowContext(ctx, c.query).Scan(c.n); err != nil {
			return nil, err
		}
	}
	return blobsIn(ctx, db)
}

// finish makes the backup one.
func (b *backup) finish() error {
	text, err := json.MarshalIndent(b.made, "", "\t")
	if err != nil {
		return err
	}
	err = durable.Create(filepath.Join(b.dst, backupFile), func(draft string) error {
		return os.WriteFile(draft, append(text, '\n'), 0o600)
	})
	if err == nil {
		err = durable.Remove(filepath.Join(b.dst, backupMark))
	}
	return unwritten(err)
}

// isBackup knows what an interrupted backup leaves that is made anew.
func isBackup(name string, id keys.ID) bool {
	return strings.HasPrefix(name, dbFile) || strings.HasPrefix(name, string(id)+".") || strings.HasPrefix(name, backupFile)
}

// markedFolder makes a folder in which something large is going to be written,
// and marks it, so that it is known again after an interruption: then all that is
// stale goes, by name, and attachments stay. A folder with anything else in it is
// refused.
func markedFolder(dir, mark string, id keys.ID, stale func(name string, id keys.ID) bool) error {
	said, err := os.ReadFile(filepath.Join(dir, mark))
	if err != nil || string(said) != string(id) {
		if err := dropDrafts(filepath.Join(dir, mark)); err != nil {
			return unwritten(err)
		}
		if err := emptyFolder(dir); err != nil {
			return err
		}
		return unwritten(durable.Create(filepath.Join(dir, mark), func(draft string) error {
			return os.WriteFile(draft, []byte(id), 0o600)
		}))
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if stale(e.Name(), id) {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return unwritten(err)
}

// dropDrafts takes away what is left of a file that was killed before it had its
// name.
func dropDrafts(path string) error {
	drafts, err := beginning(path + draftMark)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // there is no folder yet
	}
	for _, draft := range drafts {
		err = errors.Join(err, os.Remove(draft))
	}
	return err
}

// tally counts bytes for whoever watches.
type tally struct {
	tell        func(done, total int64)
	done, total int64
}

func (t *tally) add(done, total int64) {
	t.done, t.total = t.done+done, t.total+total
	if t.tell != nil {
		t.tell(t.done, t.total)
	}
}
