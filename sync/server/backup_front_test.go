package server

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	"daicho/app"
	"daicho/store/keys"
	"daicho/sync/wire"
)

// backupFront is the front of a backup as version 1 writes it: a file that is read
// for ever. With DAICHO_GOLDEN=write it is written first.
const backupFront = "testdata/backup-front-1"

// TestBackupFront reads it.
func TestBackupFront(t *testing.T) {
	want := Backup{Server: keys.ID("0b5d0f3a6a3c4b2f9f0e1d2c3b4a5968"), At: 1_790_000_000_000, Epoch: app.ID{5}, GSN: 44, Steps: 8, Salt: bytes.Repeat([]byte{7}, 32), Copied: true}
	if os.Getenv("DAICHO_GOLDEN") == "write" {
		text, err := wire.Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		text = append(binary.BigEndian.AppendUint32(append([]byte(backupMagic), backupForm), uint32(len(text))), text...)
		if err = os.WriteFile(backupFront, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(backupFront)
	if err != nil {
		t.Fatal(err)
	}
	got, front, err := readTop(bytes.NewReader(append(text, "what follows"...)))
	if err != nil || !bytes.Equal(front, text) || !bytes.Equal(got.Salt, want.Salt) {
		t.Fatal(got, err)
	}
	if got.Salt, want.Salt = nil, nil; !same(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func same(a, b Backup) bool {
	return a.Server == b.Server && a.At == b.At && a.Epoch == b.Epoch && a.GSN == b.GSN && a.Steps == b.Steps && a.Copied == b.Copied
}
