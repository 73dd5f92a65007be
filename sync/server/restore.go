package server

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
)

// dataKey is the key of the server in the folder.
func (o *Options) dataKey(ctx context.Context) (keys.ID, keys.DataKey, error) {
	id, err := keys.FolderID(o.Dir)
	if err != nil {
		return "", keys.DataKey{}, err
	}
	from, err := o.keys()
	if err != nil {
		return "", keys.DataKey{}, err
	}
	key, err := from.Open(ctx, id, slices.Clone(o.Passphrase))
	return id, key, err
}

// KeyFile is a copy of a server's key that two of three shares open together.
type KeyFile struct {
	Path   string
	Shares keys.Pair
}

// BackupKeys writes the server's key into a new file that nothing opens but two of
// the three shares that it gives. Identity and successor stand in every backup,
// sealed by this key.
func (s *Server) BackupKeys(ctx context.Context, path string) (shares [3]keys.Share, err error) {
	id, key, err := s.o.dataKey(ctx)
	if err != nil {
		return shares, err
	}
	return keys.WriteShared(path, id, key)
}

// keyFor is the key that a backup was made under: from the folder of keys, or from
// a key file, whose key then gets the passphrase.
func (o *Options) keyFor(ctx context.Context, id keys.ID, file *KeyFile) (key keys.DataKey, err error) {
	from, err := o.keys()
	if err != nil {
		return key, err
	}
	if file == nil {
		return from.Open(ctx, id, slices.Clone(o.Passphrase))
	}
	if key, err = file.open(id); err != nil {
		return key, err
	}
	cost := o.Cost
	if cost == (keys.Cost{}) {
		cost = keys.UsualCost()
	}
	if err = from.Keep(id, key, slices.Clone(o.Passphrase), cost); errors.Is(err, keys.ErrExists) {
		return from.Open(ctx, id, slices.Clone(o.Passphrase))
	}
	return key, err
}

// open is the key in a key file, if that is of the server.
func (f *KeyFile) open(id keys.ID) (keys.DataKey, error) {
	of, key, err := keys.OpenShared(f.Path, f.Shares)
	if err == nil && of != id {
		err = errOtherKeys
	}
	return key, err
}

// Restoring says what a server is made from.
type Restoring struct {
	Backup      string           // its file
	Keys        *KeyFile         // nil: the key is that of the folder of keys
	Copy        string           // folder of the second place; empty: there is none
	WithoutCopy bool             // the second place is lost: do without it
	Erasures    string           // a list of erasures, see [ErasuresFile]; empty: the one in the folder, if it is there
	Margin      int64            // so many numbers of each series are left out
	Progress    func(done int64) // counts rows and files; may be nil
}

// Comeback is what came of a restoration.
type Comeback struct {
	Backup
	Copied int64    // the newest entry of the second place; 0: there was none
	Bad    []string // what does not open in the second place
	Key    Key      // by which devices know the server that is restored
	Restored
}

// Restore makes a server from a backup, in a folder and a database that hold none,
// and begins a new order: devices bring again what they have done since, and from
// the second place comes what was done at the server itself. What was erased since
// is erased again.
func Restore(ctx context.Context, o Options, from Restoring) (out Comeback, err error) {
	if err = vacant(o.Dir); err != nil {
		return out, err
	}
	out.Backup, err = o.refill(ctx, &from, func(log Log, m *memento) error {
		s, err := Over(ctx, o, log)
		if err != nil {
			return err
		}
		out.Copied, out.Bad = m.last, m.found.Bad
		if err = s.begin(ctx, from.Margin, m); err == nil {
			err = s.ReplayErasures(ctx, from.Erasures)
		}
		if err == nil {
			out.Restored, err = s.Restored(ctx)
		}
		if err == nil {
			out.Key, err = s.Key(ctx)
		}
		return errors.Join(err, s.Close())
	})
	if err != nil {
		return out, err
	}
	return out, mark(o.Dir, out.Server)
}

// refill puts a backup into an empty database and hands that to then, which closes it.
func (o *Options) refill(ctx context.Context, from *Restoring, then func(Log, *memento) error) (top Backup, err error) {
	b, err := openBackup(from.Backup)
	if err != nil {
		return top, err
	}
	defer b.file.Close()
	if b.Copied && from.Copy == "" && !from.WithoutCopy {
		return top, errCopyKept
	}
	data, err := o.keyFor(ctx, b.Server, from.Keys)
	if err != nil {
		return top, err
	}
	m := &memento{}
	if from.Copy != "" {
		if m, err = recollect(from.Copy, b.Server, data); err != nil {
			return top, err
		}
	}
	if err = os.MkdirAll(o.Dir, 0o700); err != nil {
		return top, err
	}
	log, err := o.newLog(ctx, data)
	if err != nil {
		return top, err
	}
	in := &load{log: log, blobs: blobs{filepath.Join(o.Dir, "blobs")}, here: map[app.BlobID]bool{}}
	if err = b.into(ctx, data, in, from.Progress); err == nil {
		err = in.finish(ctx)
	}
	if err != nil {
		return top, errors.Join(err, log.Close(), in.drop())
	}
	return b.Backup, then(log, m)
}

// opened is a backup that is read.
type opened struct {
	Backup
	file  *os.File
	rest  *bufio.Reader // behind the front
	front []byte
}

func openBackup(path string) (*opened, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b := &opened{file: f, rest: bufio.NewReaderSize(f, 1<<20)}
	if b.Backup, b.front, err = readTop(b.rest); err == nil {
		err = b.known()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return b, nil
}

// known refuses what a newer version wrote.
func (b *Backup) known() error {
	names, err := migrationFiles()
	if err == nil && b.Steps > len(names) {
		err = errNewerBackup
	}
	return err
}

// into reads the pieces of a backup into a database.
func (b *opened) into(ctx context.Context, data keys.DataKey, in *load, progress func(int64)) error {
	key, err := b.key(data)
	if err != nil {
		return err
	}
	return eachPiece(b.rest, key, b.front, progress, func(p piece) error { return in.take(ctx, p) })
}

// load writes the pieces of a backup into an empty database.
type load struct {
	log   Log
	blobs blobs
	text  map[string]map[string]bool // columns of text, by table
	of    *table
	rows  [][]any
	part  *os.File
	here  map[app.BlobID]bool
	look  *look // attachments are only looked at
}

// loadRows is how many rows one transaction writes.
const loadRows = 2_000

func (l *load) take(ctx context.Context, p piece) error {
	if l.text == nil {
		if err := l.begin(ctx); err != nil {
			return err
		}
	}
	switch {
	case p.Table != nil:
		err := l.flush(ctx)
		l.of = p.Table
		return err
	case p.Row != nil:
		if l.of == nil || len(p.Row) != len(l.of.Columns) {
			return errNoBackup
		}
		if l.rows = append(l.rows, p.Row); len(l.rows) == loadRows {
			return l.flush(ctx)
		}
	case len(p.Blob) == len(app.BlobID{}) && l.look != nil:
		l.look.blob(app.BlobID(p.Blob), p)
	case len(p.Blob) == len(app.BlobID{}):
		return l.blob(app.BlobID(p.Blob), p)
	case len(p.Head) > 0 && l.look != nil:
		l.look.head = p.Head
	}
	return nil
}

// begin refuses a database that holds something.
func (l *load) begin(ctx context.Context) error {
	return l.log.Write(ctx, func(tx Tx) error {
		if there, err := tx.Setting(settingIdentity); errors.Is(err, errSealed) || len(there) > 0 {
			return errTaken
		} else if err != nil {
			return err
		}
		list, err := tx.(*sqlTx).tables()
		l.text = map[string]map[string]bool{}
		for _, of := range list {
			l.text[of.Name] = of.text
		}
		return err
	})
}

func (l *load) flush(ctx context.Context) error {
	rows := l.rows
	l.rows = nil
	if len(rows) == 0 {
		return nil
	}
	return l.log.Write(ctx, func(tx Tx) error {
		for _, row := range rows {
			if err := tx.(*sqlTx).putRow(*l.of, l.text[l.of.Name], row); err != nil {
				return err
			}
		}
		return nil
	})
}

// blob writes a piece of an attachment. The whole must hash to its id.
func (l *load) blob(id app.BlobID, p piece) (err error) {
	path := l.blobs.part(id, app.ID{})
	if l.part == nil {
		for _, folder := range []string{l.blobs.dir, filepath.Dir(path)} {
			if err = durable.Folder(folder); err != nil {
				return err
			}
		}
		if l.part, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
			return err
		}
	}
	if _, err = l.part.Write(p.Bytes); err != nil || !p.Ends {
		return err
	}
	err = errors.Join(l.part.Sync(), l.part.Close())
	if l.part = nil; err != nil {
		return err
	}
	if is, err := hashOf(path); err != nil || is != id {
		return errors.Join(err, os.Remove(path)) // devices bring it again
	}
	l.here[id] = true
	return durable.Rename(path, l.blobs.path(id))
}

// finish says which attachments are here: the others are asked for again.
func (l *load) finish(ctx context.Context) error {
	if err := l.flush(ctx); err != nil {
		return err
	}
	return l.log.Write(ctx, func(tx Tx) error {
		t := tx.(*sqlTx)
		if err := t.exec("UPDATE attachment SET here = 0 WHERE here = 1"); err != nil {
			return err
		}
		for id := range l.here {
			if err := t.exec("UPDATE attachment SET here = 1 WHERE id = $1", id[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// drop takes away what an unfinished restoration leaves in the folder.
func (l *load) drop() error {
	if l.part != nil {
		_ = l.part.Close()
	}
	names, err := os.ReadDir(filepath.Dir(l.blobs.dir))
	for _, n := range names {
		if strings.HasPrefix(n.Name(), databaseFile) {
			err = errors.Join(err, os.Remove(filepath.Join(filepath.Dir(l.blobs.dir), n.Name())))
		}
	}
	return errors.Join(err, os.RemoveAll(l.blobs.dir))
}

// hashOf is the id that a file's bytes have.
func hashOf(path string) (id app.BlobID, err error) {
	f, err := os.Open(path)
	if err != nil {
		return id, err
	}
	defer f.Close()
	return hashed(f)
}
