package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

var (
	backupPass = keys.Passphrase("控えの合言葉")
	freshPass  = keys.Passphrase("新しい合言葉")
)

// backedUp makes a replica with attachments and unsent changes, and a backup.
func backedUp(t *testing.T) (r *store.Replica, q *storetest.Sequencer, dst string) {
	t.Helper()
	r = storetest.New(t, storetest.WithSeed(1))
	q = storetest.NewSequencer(t, storetest.Book())
	for i := range 5 {
		it := draft(t, r)
		it.Title = fmt.Sprintf("品目%d", i)
		it.Files = []app.Blob{attach(t, r, it, "a.txt", fmt.Sprint(i))}
		save(t, r, it)
		if i == 2 {
			q.Sync(r)
		}
	}
	dst = filepath.Join(t.TempDir(), "backup")
	b, err := r.Backup(t.Context(), dst, backupPass, nil)
	if err != nil || b.Changes != 5 || b.Unsent != 2 || b.Blobs != 5 || b.Absent != 0 || b.Replica != r.ID() {
		t.Fatalf("%+v, %v", b, err)
	}
	return r, q, dst
}

// elsewhere is another machine: a folder and keys of its own.
func elsewhere(t *testing.T) store.Options {
	t.Helper()
	return storetest.Options(t, storetest.WithDir(filepath.Join(t.TempDir(), "restored")))
}

func restore(t *testing.T, o store.Options, from string) (store.Backup, error) {
	t.Helper()
	return store.Restore(t.Context(), o, from, backupPass, freshPass, nil)
}

func TestBackupIsCompleteInItself(t *testing.T) {
	r, q, dst := backedUp(t)
	item(t, r, "バックアップの後")
	o := elsewhere(t)
	before := sums(t, dst)
	if b, err := restore(t, o, dst); err != nil || b.Blobs != 5 || b.Absent != 0 {
		t.Fatalf("%+v, %v", b, err)
	}
	for path, sum := range sums(t, dst) {
		if before[path] != sum {
			t.Errorf("restoring wrote to %s", path)
		}
	}
	if _, err := store.Open(t.Context(), o, backupPass); !errors.Is(err, keys.ErrWrongPassphrase) {
		t.Errorf("the backup's passphrase: %v", err)
	}
	again, err := store.Open(t.Context(), o, freshPass)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if again.ID() != r.ID() || again.Device() != r.Device() {
		t.Error("it is another replica")
	}
	if bodies, _ := going(t, again); len(bodies) != 2 {
		t.Errorf("%d changes to send", len(bodies))
	}
	q.Sync(again)
	sameAs(t, q, again)
	items, _, err := store.List(t.Context(), again, storetest.Items, app.Query{Sort: "title"})
	if err != nil || len(items) != 5 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	for i, it := range items {
		if got := content(t, again, it.Files[0]); got != fmt.Sprint(i) {
			t.Errorf("attachment %d: %q", i, got)
		}
	}
}

// TestServerRefusesAnOlderBackup restores one that was made before changes which
// the server has.
func TestServerRefusesAnOlderBackup(t *testing.T) {
	r, q, dst := backedUp(t)
	item(t, r, "バックアップの後")
	q.Sync(r)
	o := elsewhere(t)
	if _, err := restore(t, o, dst); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), o, freshPass)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Acknowledge(t.Context(), 6); !app.IsCode(err, app.Damaged) {
		t.Errorf("got %v", err)
	}
}

// TestBackupGoesOn ends a backup and a restoration in the middle, over and over.
func TestBackupGoesOn(t *testing.T) {
	r, _, _ := backedUp(t)
	dst := filepath.Join(t.TempDir(), "backup")
	ended := 0
	for i := range 100 {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		_, err := r.Backup(ctx, dst, backupPass, func(int64, int64) {
			if calls++; calls > i {
				cancel()
			}
		})
		cancel()
		if err == nil {
			break
		}
		ended++
		if _, err := store.ReadBackup(dst); !app.IsCode(err, app.Damaged) {
			t.Errorf("an unfinished backup: %v", err)
		}
	}
	if _, err := r.Backup(t.Context(), dst, backupPass, nil); !app.IsCode(err, app.Invalid) {
		t.Errorf("over a finished backup: %v", err)
	}
	o := elsewhere(t)
	for i := range 100 {
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		_, err := store.Restore(ctx, o, dst, backupPass, freshPass, func(int64, int64) {
			if calls++; calls > i {
				cancel()
			}
		})
		cancel()
		if err == nil {
			break
		}
		ended++
		if _, err := store.Open(t.Context(), o, freshPass); !app.IsCode(err, app.Damaged) {
			t.Errorf("an unfinished replica: %v", err)
		}
	}
	if ended < 6 {
		t.Errorf("ended %d times", ended)
	}
	again, err := store.Open(t.Context(), o, freshPass)
	if err != nil {
		t.Fatal(err)
	}
	isSame(t, again, r)
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	r, _, dst := backedUp(t)
	for name, c := range map[string]struct {
		spoil func(o *store.Options, from string) error
		code  app.Code
	}{
		"no backup": {func(_ *store.Options, from string) error { return os.RemoveAll(from) }, app.NotFound},
		"a later version": {func(_ *store.Options, from string) error {
			return os.WriteFile(filepath.Join(from, "backup.json"), []byte(`{"format":"daicho backup","version":2}`), 0o600)
		}, app.Invalid},
		"half a database": {func(_ *store.Options, from string) error {
			return os.Truncate(filepath.Join(from, "replica.db"), 40<<10)
		}, app.Damaged},
		"no key": {func(_ *store.Options, from string) error {
			return os.Remove(filepath.Join(from, string(r.ID())+".json"))
		}, app.NotFound},
		"a folder in use": {func(o *store.Options, _ string) error {
			return errors.Join(os.MkdirAll(o.Dir, 0o700), os.WriteFile(filepath.Join(o.Dir, "mine"), nil, 0o600))
		}, app.Invalid},
		"a key that is there": {func(o *store.Options, _ string) error { o.Keys = keys.In(r.Dir() + ".keys"); return nil }, app.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			o, from := elsewhere(t), filepath.Join(t.TempDir(), "backup")
			if err := os.CopyFS(from, os.DirFS(dst)); err != nil {
				t.Fatal(err)
			}
			if err := c.spoil(&o, from); err != nil {
				t.Fatal(err)
			}
			if _, err := restore(t, o, from); !app.IsCode(err, c.code) {
				t.Errorf("got %v", err)
			}
			if _, err := store.Open(t.Context(), o, freshPass); err == nil {
				t.Error("yet there is a replica")
			}
		})
	}
	if _, err := store.Restore(t.Context(), elsewhere(t), dst, freshPass, freshPass, nil); !errors.Is(err, keys.ErrWrongPassphrase) {
		t.Errorf("a wrong passphrase: %v", err)
	}
}

// TestBackupWithDamagedAttachments takes along what is whole and counts the rest.
func TestBackupWithDamagedAttachments(t *testing.T) {
	r, _, dst := backedUp(t)
	ids, err := r.UnsentBlobs(t.Context(), 10)
	if err != nil || len(ids) != 5 {
		t.Fatal(ids, err)
	}
	spoiled := func(dir string, id app.BlobID) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "blobs", id.String()[:2], id.String()), []byte("?"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	spoiled(dst, ids[0])
	o := elsewhere(t)
	if b, err := restore(t, o, dst); err != nil || b.Blobs != 4 || b.Absent != 1 {
		t.Errorf("%+v, %v", b, err)
	}
	again, err := store.Open(t.Context(), o, freshPass)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if missing, err := again.MissingBlobs(t.Context(), 10); err != nil || len(missing) != 1 || missing[0] != ids[0] {
		t.Errorf("missing %v, %v", missing, err)
	}
	spoiled(r.Dir(), ids[1])
	if b, err := r.Backup(t.Context(), filepath.Join(t.TempDir(), "two"), backupPass, nil); err != nil || b.Blobs != 4 || b.Absent != 1 {
		t.Errorf("%+v, %v", b, err)
	}
}

// TestRestoreKilledAtItsLastStep has a finished replica that is still marked as
// unfinished, and was worked with since.
func TestRestoreKilledAtItsLastStep(t *testing.T) {
	_, _, from := backedUp(t)
	o := elsewhere(t)
	if _, err := restore(t, o, from); err != nil {
		t.Fatal(err)
	}
	r, err := store.Open(t.Context(), o, freshPass)
	if err != nil {
		t.Fatal(err)
	}
	it := item(t, r, "復元の後")
	mark := filepath.Join(o.Dir, "restore.unfinished")
	if err := errors.Join(r.Close(), os.WriteFile(mark, []byte(r.ID()), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := restore(t, o, from); err != nil {
		t.Error(err)
	}
	if r, err = store.Open(t.Context(), o, freshPass); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := get(t, r, it.Ref); got.Title != it.Title {
		t.Errorf("got %+v", got)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("it is still marked")
	}
}
