package server_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/server"
)

// TestBackupCutOrAltered damages a backup in each part: none is taken, and nothing
// is left where it was to go.
func TestBackupCutOrAltered(t *testing.T) {
	o := optionsIn(t.TempDir(), world(1))
	s, err := server.Create(t.Context(), o)
	ok(t, err)
	_, err = s.AddUser(t.Context(), "花子")
	ok(t, err)
	path := filepath.Join(t.TempDir(), "backup")
	_, err = s.Backup(t.Context(), path, nil)
	ok(t, err)
	found, err := s.Verify(t.Context(), nil)
	ok(t, err)
	equal(t, len(found.Wrong), 0)
	ok(t, s.Close())
	whole, err := os.ReadFile(path)
	ok(t, err)
	if bytes.Contains(whole, []byte("花子")) {
		t.Error("a name lies open in the backup")
	}
	flip := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	for name, c := range map[string]struct {
		text []byte
		says string
	}{
		"nothing": {nil, "no backup"}, "its first byte": {flip(0), "no backup"}, "what it says of itself": {flip(40), ""}, "its middle": {flip(len(whole) / 2), "not what was written"},
		"its last byte": {flip(len(whole) - 1), "not what was written"}, "a cut": {whole[:len(whole)-20], "cut off"}, "a cut in front": {whole[:7], "no backup"},
		"its version": {append([]byte("DCHS\x02"), whole[5:]...), "newer version"},
	} {
		t.Run(name, func(t *testing.T) {
			bad, to := filepath.Join(t.TempDir(), "bad"), o
			ok(t, os.WriteFile(bad, c.text, 0o600))
			scratch := t.TempDir()
			if _, err := server.VerifyBackup(t.Context(), o, server.Restoring{Backup: bad}, scratch); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("verify says %v, not that it is %s", err, c.says)
			}
			if left, _ := os.ReadDir(scratch); len(left) > 0 {
				t.Errorf("verify left behind: %v", left)
			}
			to.Dir = filepath.Join(t.TempDir(), "fresh")
			if _, err := server.Restore(t.Context(), to, server.Restoring{Backup: bad, Margin: 10}); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(to.Dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	to := o
	to.Dir = filepath.Join(t.TempDir(), "fresh")
	_, err = server.Restore(t.Context(), to, server.Restoring{Backup: path, Margin: 10})
	ok(t, err)
	again, err := server.Open(t.Context(), to)
	ok(t, err)
	who, err := again.Users(t.Context())
	ok(t, err)
	equal(t, who[0].Name, "花子")
	ok(t, again.Close())
}

// TestBackupIsVerified looks at a good backup, with the folder of keys and with
// sheets, and with the sheets of another server.
func TestBackupIsVerified(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "server")
	o := officeIn(t, at, 1, server.Create)
	a, b := o.device("情報 花子"), o.device("青木 次郎")
	o.sync(a, b)
	o.tell(a, b)
	path := filepath.Join(dir, "backup")
	_, err := o.Server.Backup(t.Context(), path, nil)
	ok(t, err)
	keysAt := filepath.Join(dir, "keys")
	shares, err := o.Server.BackupKeys(t.Context(), keysAt)
	ok(t, err)
	want, err := o.Server.Verify(t.Context(), nil)
	ok(t, err)
	key, err := o.Server.Key(t.Context())
	ok(t, err)
	file := &server.KeyFile{Path: keysAt, Shares: keys.Pair{shares[0], shares[2]}}
	for _, with := range []*server.KeyFile{nil, file} {
		to := optionsIn(at, o.World)
		if with != nil {
			to.Keys, to.Passphrase = keys.In(t.TempDir()), nil
		}
		scratch := t.TempDir()
		found, err := server.VerifyBackup(t.Context(), to, server.Restoring{Backup: path, Keys: with}, scratch)
		ok(t, err)
		equal(t, found.Verified, want)
		equal(t, []any{found.Pin, found.GSN, found.Absent}, []any{key.Pin, want.Lines, int64(0)})
	}
	other := officeIn(t, filepath.Join(dir, "other"), 2, server.Create)
	shares, err = other.Server.BackupKeys(t.Context(), keysAt+"2")
	ok(t, err)
	_, err = server.VerifyBackup(t.Context(), optionsIn(at, o.World), server.Restoring{Backup: path, Keys: &server.KeyFile{Path: keysAt + "2", Shares: keys.Pair{shares[0], shares[1]}}}, dir)
	o.refused(err, app.Invalid, "of another server")
}

// TestAlteredServerIsFound alters one thing after another in the database of a
// server, as a disk or a person might: verify names it, and so it does in a backup.
func TestAlteredServerIsFound(t *testing.T) {
	for sql, words := range map[string]string{
		"UPDATE log SET body = substr(body, 1, length(body) - 1) || x'00' WHERE gsn = 2":          "line 2: it does not continue the chain",
		"UPDATE log SET outcome = substr(outcome, 1, length(outcome) - 1) || x'00' WHERE gsn = 2": "line 2",
		"UPDATE log SET received = received + 1 WHERE gsn = 3":                                    "line 3: it is not the one in the audit tree",
		"UPDATE log SET verdict = 'accepted' WHERE verdict <> 'accepted'":                         "not the one in the audit tree",
		"DELETE FROM log WHERE gsn = (SELECT max(gsn) FROM log)":                                  "",
		"UPDATE audit SET hashes = zeroblob(length(hashes)) WHERE gsn = 1":                        "line 1: it is not the one in the audit tree",
		"UPDATE record SET doc = (SELECT doc FROM record ORDER BY length(doc) LIMIT 1)":           "it is not what the log makes of it",
		"DELETE FROM record WHERE kind = 'ticket'":                                                "it is in the log, and not here",
		"UPDATE device SET watermark = watermark + 1 WHERE watermark > 0":                         "are acknowledged",
		"DELETE FROM number": "nobody has number",
		"UPDATE counter SET n = n + 5 WHERE name LIKE 'number %'": "nobody has number",
	} {
		t.Run(sql, func(t *testing.T) {
			at := filepath.Join(t.TempDir(), "server")
			o := officeIn(t, at, 1, server.Create)
			a, b := o.device("情報 花子"), o.device("青木 次郎")
			o.sync(a, b)
			o.tell(a, b)
			ok(t, o.Server.Close())
			alter(t, at, sql)
			s, err := server.Open(t.Context(), optionsIn(at, o.World))
			ok(t, err)
			t.Cleanup(func() { s.Close() })
			found, err := s.Verify(t.Context(), nil)
			ok(t, err)
			if !strings.Contains(strings.Join(found.Wrong, "\n"), words) || len(found.Wrong) == 0 {
				t.Errorf("verify finds %q", found.Wrong)
			}
			path := filepath.Join(t.TempDir(), "backup")
			if _, err = s.Backup(t.Context(), path, nil); err != nil {
				return // it cannot even be signed
			}
			in, err := server.VerifyBackup(t.Context(), optionsIn(at, o.World), server.Restoring{Backup: path}, t.TempDir())
			if err == nil && len(in.Wrong) == 0 {
				t.Error("verify finds nothing in a backup of it")
			}
		})
	}
}

// alter runs a statement on a server's database.
func alter(t *testing.T, dir, sql string) {
	t.Helper()
	id, err := keys.FolderID(dir)
	ok(t, err)
	key, err := keys.In(dir+".keys").Open(t.Context(), id, passphrase())
	ok(t, err)
	db, err := vfs.Open(filepath.Join(dir, "server.db"), key)
	ok(t, err)
	_, err = db.Write.Exec(sql)
	ok(t, err)
	ok(t, db.Close())
}

// TestFlippedPageIsFound turns a bit here and there in the file of a server's
// database: it is found, or it is where nothing stands.
func TestFlippedPageIsFound(t *testing.T) {
	at := filepath.Join(t.TempDir(), "server")
	o := officeIn(t, at, 1, server.Create)
	a, b := o.device("情報 花子"), o.device("青木 次郎")
	o.sync(a, b)
	o.tell(a, b)
	want, err := o.Server.Verify(t.Context(), nil)
	ok(t, err)
	ok(t, o.Server.Close())
	path := filepath.Join(at, "server.db")
	whole, err := os.ReadFile(path)
	ok(t, err)
	found := 0
	for i := range 24 {
		bad := bytes.Clone(whole)
		bad[(2*i+1)*len(bad)/48] ^= 1
		ok(t, os.WriteFile(path, bad, 0o600))
		s, err := server.Open(t.Context(), optionsIn(at, o.World))
		if err != nil {
			found++
			continue
		}
		got, err := s.Verify(t.Context(), nil)
		if err != nil || len(got.Wrong) > 0 {
			found++
		} else {
			equal(t, got, want)
		}
		_ = s.Close() // it may not be able to
	}
	if found < 12 {
		t.Errorf("%d of 24 flipped bits are found", found)
	}
	t.Logf("%d of 24 flipped bits are found", found)
}
