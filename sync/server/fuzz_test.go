package server

import (
	"bytes"
	"encoding/binary"
	"testing"

	"daicho/app"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// FuzzBackup: what a backup says of itself is read as a sentence or as it was
// written, and rows that are rightly sealed are read to their end or refused.
func FuzzBackup(f *testing.F) {
	key := bytes.Repeat([]byte{1}, 32)
	top, err := wire.Encode(&Backup{Server: "s", GSN: 3, Steps: 1, Salt: []byte{1}})
	if err != nil {
		f.Fatal(err)
	}
	front := append(binary.BigEndian.AppendUint32(append([]byte(backupMagic), backupForm), uint32(len(top))), top...)
	var rows []byte
	for _, p := range []piece{{Table: &table{Name: "person"}}, {Row: []any{[]byte{1}, "name"}}, {Rows: 2}} {
		text, err := wire.Encode(&p)
		if err != nil {
			f.Fatal(err)
		}
		rows = append(binary.BigEndian.AppendUint32(rows, uint32(len(text))), text...)
	}
	f.Add(front, rows)
	f.Fuzz(func(t *testing.T, front, rows []byte) {
		if _, read, err := readTop(bytes.NewReader(front)); err == nil && !bytes.HasPrefix(front, read) {
			t.Fatalf("read %x", read)
		} else if err != nil && !refused(err) {
			t.Fatal(err)
		}
		var file bytes.Buffer
		w, err := bundle.Seal(&file, key, front)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err = w.Close(); err != nil {
			t.Fatal(err)
		}
		err = eachPiece(&file, key, front, nil, func(piece) error { return nil })
		if err != nil && !refused(err) {
			t.Fatal(err)
		}
	})
}

// refused says whether err is a sentence about what was read.
func refused(err error) bool { return app.IsCode(err, app.Damaged) || app.IsCode(err, app.Invalid) }
