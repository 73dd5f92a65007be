package server

import (
	"bufio"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// Backup is what a backup says of itself in the clear: nothing of a person,
// nothing secret.
type Backup struct {
	Server keys.ID   `cbor:"1,keyasint"` // by which its key is found
	At     app.Stamp `cbor:"2,keyasint"`
	Epoch  app.ID    `cbor:"3,keyasint"`
	GSN    int64     `cbor:"4,keyasint"`           // the last line of the order
	Steps  int       `cbor:"5,keyasint"`           // of the schema
	Salt   []byte    `cbor:"6,keyasint"`           // of the key of this file
	Copied bool      `cbor:"7,keyasint,omitempty"` // the server keeps a second place, which tells what was done at it since
}

// The pieces of a backup, each with its length in front.
type piece struct {
	Table *table `cbor:"1,keyasint,omitempty"` // the rows that follow are of it
	Row   []any  `cbor:"2,keyasint,omitempty"`
	Blob  []byte `cbor:"3,keyasint,omitempty"` // id of an attachment, whose bytes follow
	Bytes []byte `cbor:"4,keyasint,omitempty"`
	Ends  bool   `cbor:"5,keyasint,omitempty"` // of the attachment
	Rows  int64  `cbor:"6,keyasint,omitempty"` // in all: the last piece
	Head  []byte `cbor:"7,keyasint,omitempty"` // the order then, as the server signs it: a note of package audit
}

const (
	backupMagic  = "DCHS" // then the version
	backupForm   = 1
	backupName   = "daicho-server-backup-1"
	maxBackupTop = 4 << 10
	maxPiece     = 64 << 20
	blobPiece    = 1 << 20
)

var (
	errNoBackup = app.Refuse(app.Damaged, "", "このファイルはサーバーのバックアップではないか、壊れています。別のバックアップを指定してください。",
		"the file is no backup of a server, or is damaged; take another one")
	errOtherKeys   = app.Refuse(app.Invalid, "keys", "この鍵のファイルは別のサーバーのものです。バックアップと同じサーバーの鍵を指定してください。", "the key file is of another server than the backup; name that server's")
	errCutBackup   = app.Refuse(app.Damaged, "", "バックアップが途中で終わっています。コピーし直すか、別のバックアップを指定してください。", "the backup is cut off; copy it again from where it was made, or take another one")
	errAltered     = app.Refuse(app.Damaged, "", "バックアップの中身が、作られたときと違います。コピーし直すか、別のバックアップを指定してください。", "the backup is not what was written; copy it again from where it was made, or take another one")
	errNewerBackup = app.Refuse(app.Invalid, "", "このバックアップは新しい版の Daicho で作られています。サーバーのプログラムを更新してから復元してください。",
		"the backup is of a newer version; update the server's program, then restore it")
)

// Backup writes the whole database as of one moment, and all attachments, into a
// new file, sealed under the server's key, which is not in it. The server goes on
// meanwhile. What was written is read once more. Progress counts rows and files.
func (s *Server) Backup(ctx context.Context, path string, progress func(done int64)) (Backup, error) {
	top, key, err := s.newBackup(ctx)
	if err != nil {
		return top, err
	}
	err = durable.Create(path, func(draft string) error {
		f, err := os.OpenFile(draft, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		w := bufio.NewWriterSize(f, 1<<20)
		if err = s.writeBackup(ctx, w, &top, key, progress); err != nil {
			return err
		}
		if err = errors.Join(w.Flush(), f.Close()); err != nil {
			return err
		}
		return checkFile(draft, key, progress)
	})
	if durable.Full(err) {
		err = app.Because(err, app.Failed, "バックアップを書き込む場所に空きがありません。途中のファイルは残していません。空きを作るか、別の場所を指定してください。",
			"there is no room where the backup is written; no half file is left; make room, or name another place")
	}
	return top, err
}

// newBackup draws the key of a backup.
func (s *Server) newBackup(ctx context.Context) (top Backup, key []byte, err error) {
	id, data, err := s.o.dataKey(ctx)
	if err != nil {
		return top, nil, err
	}
	top = Backup{Server: id, At: s.now(), Salt: make([]byte, 32)}
	if _, err = io.ReadFull(s.o.Random, top.Salt); err != nil {
		return top, nil, err
	}
	key, err = top.key(data)
	return top, key, err
}

func (b *Backup) key(data keys.DataKey) ([]byte, error) {
	return hkdf.Key(sha256.New, data[:], b.Salt, backupName, 32)
}

func (s *Server) writeBackup(ctx context.Context, w io.Writer, top *Backup, key []byte, progress func(int64)) error {
	return s.log.Read(ctx, func(tx Tx) (err error) {
		names, err := migrationFiles()
		if err != nil {
			return err
		}
		top.Steps = len(names)
		if top.Epoch, err = epochOf(tx); err != nil {
			return err
		}
		if top.GSN, err = tx.Counter(counterGSN); err != nil {
			return err
		}
		place, err := copyPlaceOf(tx)
		if err != nil {
			return err
		}
		top.Copied = place.Dir != ""
		front, err := wire.Encode(top)
		if err != nil {
			return err
		}
		front = append(binary.BigEndian.AppendUint32(append([]byte(backupMagic), backupForm), uint32(len(front))), front...)
		if _, err = w.Write(front); err != nil {
			return err
		}
		sealed, err := bundle.Seal(w, key, front)
		if err != nil {
			return err
		}
		head, err := s.attest(tx, 0)
		if err != nil {
			return err
		}
		out := &dump{w: sealed, progress: progress}
		if err = out.all(ctx, tx.(*sqlTx), s.blobs, head.Note); err != nil {
			return err
		}
		return sealed.Close()
	})
}

// dump writes the pieces.
type dump struct {
	w        io.Writer
	rows     int64
	progress func(int64)
}

func (d *dump) put(p piece) error {
	text, err := wire.Encode(p)
	if err == nil {
		_, err = d.w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...))
	}
	return err
}

func (d *dump) count() {
	if d.rows++; d.progress != nil && d.rows%1000 == 0 {
		d.progress(d.rows)
	}
}

func (d *dump) all(ctx context.Context, t *sqlTx, b blobs, head []byte) error {
	list, err := t.tables()
	if err != nil {
		return err
	}
	for _, of := range list {
		if err = d.put(piece{Table: &of}); err != nil {
			return err
		}
		err = t.rowsOf(of, func(row []any) error {
			d.count()
			return errors.Join(ctx.Err(), d.put(piece{Row: row}))
		})
		if err != nil {
			return err
		}
	}
	if err = d.blobs(ctx, t, b); err != nil {
		return err
	}
	if err = d.put(piece{Head: head}); err != nil {
		return err
	}
	return d.put(piece{Rows: d.rows + 1})
}

// blobs writes the attachments that are here.
func (d *dump) blobs(ctx context.Context, t *sqlTx, b blobs) error {
	var ids []app.BlobID
	err := t.each("SELECT id FROM attachment WHERE here = 1 ORDER BY id", nil, func(scan func(...any) error) (bool, error) {
		var id app.BlobID
		err := scan(blob(id[:]))
		ids = append(ids, id)
		return true, err
	})
	for _, id := range ids {
		if err == nil {
			err = errors.Join(ctx.Err(), d.blob(b, id))
		}
	}
	return err
}

func (d *dump) blob(b blobs, id app.BlobID) error {
	f, err := b.open(id)
	if errors.Is(err, os.ErrNotExist) {
		return nil // devices bring it again
	}
	if err != nil {
		return err
	}
	defer f.Close()
	d.count()
	buf := make([]byte, blobPiece)
	for {
		n, err := io.ReadFull(f, buf)
		ends := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !ends {
			return err
		}
		if err = d.put(piece{Blob: id[:], Bytes: buf[:n], Ends: ends}); err != nil || ends {
			return err
		}
	}
}

// checkFile reads a whole backup: it is what was written, and ends where it should.
func checkFile(path string, key []byte, progress func(int64)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	_, front, err := readTop(r)
	if err != nil {
		return err
	}
	return eachPiece(r, key, front, progress, func(piece) error { return nil })
}

// readTop reads what a backup says of itself.
func readTop(r io.Reader) (top Backup, front []byte, err error) {
	front = make([]byte, len(backupMagic)+1+4)
	if _, err = io.ReadFull(r, front); err != nil || string(front[:len(backupMagic)]) != backupMagic {
		return top, nil, errNoBackup
	}
	if front[len(backupMagic)] > backupForm {
		return top, nil, errNewerBackup
	}
	n := binary.BigEndian.Uint32(front[len(backupMagic)+1:])
	if n > maxBackupTop {
		return top, nil, errNoBackup
	}
	text := make([]byte, n)
	if _, err = io.ReadFull(r, text); err != nil || wire.Decode(text, &top) != nil {
		return top, nil, errNoBackup
	}
	return top, append(front, text...), nil
}

// eachPiece reads the pieces of a backup, and that none is missing.
func eachPiece(r io.Reader, key, front []byte, progress func(int64), take func(piece) error) error {
	source := &fileEnd{Reader: r}
	sealed, err := bundle.Unseal(source, key, front)
	if err != nil {
		return err
	}
	in := bufio.NewReader(&telling{sealed, source})
	for rows := int64(0); ; {
		p, err := nextPiece(in)
		if err != nil {
			return err
		}
		if p.Rows > 0 {
			if p.Rows != rows+1 {
				return errNoBackup
			}
			return nil
		}
		if p.Row != nil || p.Ends {
			if rows++; progress != nil && rows%1000 == 0 {
				progress(rows)
			}
		}
		if err = take(p); err != nil {
			return err
		}
	}
}

// fileEnd notes that a file had no more to give.
type fileEnd struct {
	io.Reader
	met bool
}

// Read is part of [io.Reader].
func (e *fileEnd) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	e.met = e.met || errors.Is(err, io.EOF)
	return n, err
}

// telling says what is wrong with a backup whose seal is.
type telling struct {
	sealed io.Reader
	file   *fileEnd
}

// Read is part of [io.Reader].
func (t *telling) Read(p []byte) (int, error) {
	n, err := t.sealed.Read(p)
	switch {
	case !app.IsCode(err, app.Damaged):
	case t.file.met:
		err = errCutBackup
	default:
		err = errAltered
	}
	return n, err
}

func nextPiece(r io.Reader) (p piece, err error) {
	var head [4]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return p, unfit(err)
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxPiece {
		return p, errNoBackup
	}
	text := make([]byte, n)
	if _, err = io.ReadFull(r, text); err != nil {
		return p, unfit(err)
	}
	if wire.Decode(text, &p) != nil {
		return p, errNoBackup
	}
	return p, nil
}

// unfit is the error of pieces that end too early.
func unfit(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errNoBackup
	}
	return err
}
