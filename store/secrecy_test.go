package store_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// secrets are words of records; none may be readable in any file.
var secrets = []string{"ネットワーク障害", "給与システム", "山田太郎", "HELPDESK-SECRET", "photo-of-rack.jpg", "ラック写真の中身", "CREATE TABLE", "ticket", "daicho-segment"}

func TestNothingIsReadableInTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir), storetest.WithBook(modules.Book()))
	fill(t, r)
	hidden(t, dir) // while it is open, the log not yet in the database
	if err := r.Rebuild(t.Context(), ticket.Kind); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	hidden(t, dir)
}

func TestNothingIsReadableAfterAKill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	if err := storetest.New(t, storetest.WithDir(dir)).Close(); err != nil {
		t.Fatal(err)
	}
	writeUntilKilled(t, dir, 20)
	hidden(t, dir, killedWord)
}

// fill writes secrets into every place of a replica: rows, journal, search,
// conflicts, settings, attachments, history.
func fill(t *testing.T, r *store.Replica) {
	t.Helper()
	rec, err := r.Draft(ticket.Kind)
	if err != nil {
		t.Fatal(err)
	}
	x := rec.(*ticket.Ticket)
	photo, err := r.Attach(t.Context(), x.Ref, `C:\写真\`+secrets[4], "image/jpeg", strings.NewReader(strings.Repeat(secrets[5], 100)))
	if err != nil {
		t.Fatal(err)
	}
	x.Title, x.Body, x.Requester, x.Asset, x.Channel = secrets[0], secrets[1], secrets[2], secrets[3], ticket.Phone
	x.Photos = []app.Blob{photo}
	save(t, r, x)
	if err := r.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Set("draft/"+secrets[3], []byte(secrets[0])) }); err != nil {
		t.Fatal(err)
	}
	q := storetest.NewSequencer(t, modules.Book())
	q.Name(r.Actor().ID, secrets[2])
	q.Sync(r)
}

// hidden looks for secrets in the names and the content of all files, in the
// encodings that text could lie in.
func hidden(t *testing.T, dir string, more ...string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, word := range append(secrets, more...) {
			for name, form := range forms(t, word) {
				if bytes.Contains(content, form) || strings.Contains(filepath.Base(path), word) {
					t.Errorf("%s holds %q (%s)", filepath.Base(path), word, name)
				}
			}
		}
		return err
	})
	if err != nil || files < 2 {
		t.Fatalf("%d files, %v", files, err)
	}
}

func forms(t *testing.T, word string) map[string][]byte {
	t.Helper()
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(word))
	if err != nil {
		t.Fatal(err)
	}
	sjis, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(word))
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"UTF-8": []byte(word), "UTF-16": utf16, "CP932": sjis}
}
