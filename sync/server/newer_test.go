package server_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/server"
)

// TestNewerServerIsLeftAlone opens what a newer program left, or its key file.
func TestNewerServerIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, at string)
		say   string
	}{
		"database": {newerDatabase, "サーバーのプログラムを更新してください。"},
		"key file": {newerKeyFile, "Daichoを更新してください。"},
	} {
		t.Run(name, func(t *testing.T) {
			at := filepath.Join(t.TempDir(), "server")
			ok(t, officeIn(t, at, 1, server.Create).Server.Close())
			c.spoil(t, at)
			before := files(t, filepath.Dir(at))
			_, err := server.Open(t.Context(), optionsIn(at, world(1)))
			if e := app.ErrorOf(err); e == nil || e.Code != app.Invalid || !strings.HasSuffix(e.Say.JA, c.say) || e.Say.EN == "" {
				t.Errorf("got %v", err)
			}
			equal(t, files(t, filepath.Dir(at)), before)
		})
	}
}

func newerDatabase(t *testing.T, at string) {
	id, err := keys.FolderID(at)
	ok(t, err)
	key, err := keys.In(at+".keys").Open(t.Context(), id, passphrase())
	ok(t, err)
	db, err := vfs.Open(filepath.Join(at, "server.db"), key)
	ok(t, err)
	_, err = db.Write.Exec("INSERT INTO migration (n) VALUES (99)")
	ok(t, errors.Join(err, db.Close()))
}

func newerKeyFile(t *testing.T, at string) {
	id, err := keys.FolderID(at)
	ok(t, err)
	path := keys.In(at + ".keys").Path(id)
	b, err := os.ReadFile(path)
	ok(t, err)
	ok(t, os.WriteFile(path, bytes.Replace(b, []byte(`"version": 1`), []byte(`"version": 9`), 1), 0o600))
}

// files is the content of all files below a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	ok(t, fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, path))
		all[path] = string(b)
		return err
	}))
	return all
}
