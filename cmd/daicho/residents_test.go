package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"daicho/store/keys"
	"daicho/ui"
)

// resident makes a replica in a folder and gives its door.
func resident(t *testing.T, r residents, dir, name string) *door {
	t.Helper()
	d, err := newDoor(dir, time.Now)
	ok(t, err)
	d.options.Cost, d.residents = cheap, r
	ok(t, d.Create(t.Context(), name, []byte(passphrase)))
	ok(t, d.opened().Close())
	d.replica = nil
	id, err := keys.FolderID(dir)
	ok(t, err)
	ok(t, r.note(id, name))
	return d
}

// A computer that had one replica gets others beside it, and each door names
// its own person and offers the others.
func TestResidents(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	r := residents{filepath.Join(dir, "replica")}
	if r.first() != r.base || r.free() != r.base || len(r.all()) != 0 {
		t.Errorf("an empty computer: %q, %q, %v", r.first(), r.free(), r.all())
	}
	one := resident(t, r, r.base, "葉月 花子")
	if got := r.free(); got != r.base+"-2" {
		t.Errorf("the second lies in %q", got)
	}
	two := resident(t, r, r.free(), "印南 帳子")
	three := resident(t, r, r.free(), "")
	for _, c := range []struct {
		door   *door
		person string
		others []ui.Resident
	}{
		{one, "葉月 花子", []ui.Resident{{Name: "印南 帳子", Place: two.options.Dir}, {Place: three.options.Dir}}},
		{two, "印南 帳子", []ui.Resident{{Name: "葉月 花子", Place: one.options.Dir}, {Place: three.options.Dir}}},
		{three, "", []ui.Resident{{Name: "葉月 花子", Place: one.options.Dir}, {Name: "印南 帳子", Place: two.options.Dir}}},
	} {
		if got := c.door.State().Person; got != c.person {
			t.Errorf("%s: the door names %q", c.door.options.Dir, got)
		}
		if got := c.door.Others(); !slices.Equal(got, c.others) {
			t.Errorf("%s: others are %v, want %v", c.door.options.Dir, got, c.others)
		}
	}
	if info, err := os.Stat(r.file()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the names: %v, %v", info, err)
	}
}

// A replica that is gone takes its name along, and its folder is the next free one.
func TestAResidentLeaves(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	r := residents{filepath.Join(dir, "replica")}
	resident(t, r, r.base, "葉月 花子")
	two := resident(t, r, r.free(), "印南 帳子")
	ok(t, os.RemoveAll(r.base))
	id, err := keys.FolderID(two.options.Dir)
	ok(t, err)
	ok(t, r.note(id, "印南 帳子"))
	if r.first() != two.options.Dir || r.free() != r.base || len(r.names()) != 1 {
		t.Errorf("%q, %q, %v", r.first(), r.free(), r.names())
	}
}

// What the file of names holds besides, or that it is broken, keeps no door shut.
func TestBrokenNames(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	r := residents{filepath.Join(dir, "replica")}
	d := resident(t, r, r.base, "葉月 花子")
	ok(t, os.WriteFile(r.file(), []byte("{broken"), 0o600))
	if s := d.State(); !s.Exists || s.Person != "" {
		t.Errorf("%+v", s)
	}
	ok(t, d.Unlock(t.Context(), []byte(passphrase)))
	ok(t, d.opened().Close())
}

// Turning to one more person begins in a folder of their own.
func TestTurnToSomebodyNew(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	r := residents{filepath.Join(dir, "replica")}
	d := resident(t, r, r.base, "葉月 花子")
	var to []string
	d.turn = func(dir string) { to = append(to, dir) }
	d.Turn(ui.Resident{})
	d.Turn(ui.Resident{Place: "elsewhere"})
	if want := []string{r.base + "-2", "elsewhere"}; !slices.Equal(to, want) {
		t.Errorf("turned to %q, want %q", to, want)
	}
}

// Where one person has a replica, a keyring opens it without asking. Where several
// have one the door always comes first, whosever the keyring could open.
func TestOnlyALoneReplicaOpensItself(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	t.Setenv("DAICHO_KEYS", filepath.Join(dir, "keys"))
	r := residents{filepath.Join(dir, "replica")}
	one := resident(t, r, r.base, "葉月 花子")
	opens := func() bool { return (&desktopApp{door: one}).opensItself() }
	if opens() {
		t.Error("no keyring can open it")
	}
	ok(t, one.Unlock(t.Context(), []byte(passphrase)))
	ok(t, one.opened().AddKeyring(t.Context()))
	ok(t, one.opened().Close())
	one.replica = nil
	if !opens() {
		t.Error("the keyring does not open the only replica")
	}
	two := resident(t, r, r.free(), "印南 帳子")
	if opens() || (&desktopApp{door: two}).opensItself() {
		t.Error("nobody was asked who of the two is there")
	}
}
