package server_test

import (
	"path/filepath"
	"testing"
	"time"

	"daicho/store/keys"
	"daicho/sync/server"
)

// TestOldKeyFileOpensNewBackups changes the identity after the key was written for
// two people: that file and a backup of now bring the server back whole, also on
// a machine that has nothing else, and devices know it.
func TestOldKeyFileOpensNewBackups(t *testing.T) {
	dir := t.TempDir()
	o := officeIn(t, filepath.Join(dir, "server"), 1, server.Create)
	keyFile := filepath.Join(dir, "keys")
	shares, err := o.Server.BackupKeys(t.Context(), keyFile)
	ok(t, err)
	d := o.device("青木")
	o.open(d, "交代の前")
	o.sync(d)
	old := filepath.Join(dir, "before the successor")
	_, err = o.Server.Backup(t.Context(), old, nil)
	ok(t, err)
	_, err = o.Server.Successor(t.Context())
	ok(t, err)
	announced := filepath.Join(dir, "announced")
	_, err = o.Server.Backup(t.Context(), announced, nil)
	ok(t, err)
	o.later(91 * day)
	ok(t, o.Server.Switch(t.Context()))
	o.sync(d)
	after := filepath.Join(dir, "switched")
	_, err = o.Server.Backup(t.Context(), after, nil)
	ok(t, err)
	now, err := o.Server.Key(t.Context())
	ok(t, err)
	for _, c := range []struct {
		backup   string
		switches bool // once more, as restore says
		same     bool
	}{{after, false, true}, {announced, true, true}, {old, false, false}} {
		to := optionsIn(filepath.Join(dir, filepath.Base(c.backup)+" restored"), o.World)
		to.Keys = keys.In(t.TempDir())
		out, err := server.Restore(t.Context(), to, server.Restoring{Backup: c.backup, Keys: &server.KeyFile{Path: keyFile, Shares: keys.Pair{shares[1], shares[2]}}, Margin: 1})
		ok(t, err)
		s, err := server.Open(t.Context(), to)
		ok(t, err)
		equal(t, !out.Key.From.IsZero() && !o.Now.Before(out.Key.From), c.switches)
		if c.switches {
			ok(t, s.Switch(t.Context()))
		}
		key, err := s.Key(t.Context())
		ok(t, err)
		equal(t, key.Pin == now.Pin, c.same)
		ok(t, s.Close())
	}
}

// TestSecondPlaceKeepsTheIdentity switches after the backup: the second place brings
// the identity back that devices have gone over to.
func TestSecondPlaceKeepsTheIdentity(t *testing.T) {
	p := newTwoPlaces(t)
	p.keep()
	_, err := p.Server.Successor(t.Context())
	ok(t, err)
	p.later(91 * 24 * time.Hour)
	ok(t, p.Server.Switch(t.Context()))
	was := p.serving()
	p.burn()
	equal(t, p.serving(), was)
}
