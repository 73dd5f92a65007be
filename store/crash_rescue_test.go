package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// prepareBackup makes a replica with attachments, of which backups are made.
func prepareBackup(t *testing.T, home string) looker {
	dir := filepath.Join(home, "replica")
	r := storetest.New(t, storetest.WithDir(dir))
	photographed(t, r)
	twin := twinOf(t, r)
	return func(t *testing.T, home string, r *store.Replica, told []string) {
		batchesAreWhole(t, r, told)
		last := ""
		for _, line := range told {
			if n, is := strings.CutPrefix(line, "backed up "); is {
				last = filepath.Join(home, "backup"+n)
				if _, err := store.ReadBackup(last); err != nil {
					t.Errorf("%s was finished: %v", last, err)
				}
			}
		}
		if last != "" {
			restores(t, last, twin)
		}
	}
}

// photographed saves items with attachments.
func photographed(t *testing.T, r *store.Replica) {
	t.Helper()
	for n := range 4 {
		it := draft(t, r)
		it.Title = fmt.Sprint("品目", n)
		it.Files = []app.Blob{attach(t, r, it, "写真.jpg", bytesFor(uint64(n), 100_000))}
		save(t, r, it)
	}
}

// twinOf closes a replica and opens a copy, to which nothing will happen.
func twinOf(t *testing.T, r *store.Replica) *store.Replica {
	t.Helper()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, copied(t, r.Dir()))
}

// restores makes sure that a backup has all that the replica began with.
func restores(t *testing.T, from string, twin *store.Replica) {
	t.Helper()
	o := elsewhere(t)
	if b, err := restore(t, o, from); err != nil || b.Absent != 0 {
		t.Fatalf("%s: %+v, %v", from, b, err)
	}
	r, err := store.Open(t.Context(), o, freshPass)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	holdsPhotos(t, r, twin)
}

// holdsPhotos looks for the items of another replica with their attachments.
func holdsPhotos(t *testing.T, r, twin *store.Replica) {
	t.Helper()
	for _, want := range pages(t, twin, app.Query{}) {
		got := get(t, r, want.Ref)
		if got.Title != want.Title || content(t, r, got.Files[0]) != content(t, twin, want.Files[0]) {
			t.Errorf("%s is not what it was", want.Title)
		}
	}
}

// backUp makes one backup after the other, going on with one that was
// interrupted, and writes between.
func backUp(home string, rnd *rand.Rand) error {
	r, err := working(itemOptions, home, rnd)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		dst := filepath.Join(home, fmt.Sprint("backup", n))
		if _, err := store.ReadBackup(dst); err == nil {
			continue
		}
		if _, err := r.Backup(context.Background(), dst, backupPass, nil); err != nil {
			return err
		}
		tell("backed up", n)
		if err := writeBatch(r, fmt.Sprintf("%d.%d/%d", rnd.Uint32(), n, 2)); err != nil {
			return err
		}
	}
}

// prepareRestore makes a backup, and no replica.
func prepareRestore(t *testing.T, home string) looker {
	r := storetest.New(t)
	photographed(t, r)
	if _, err := r.Backup(t.Context(), filepath.Join(home, "backup"), backupPass, nil); err != nil {
		t.Fatal(err)
	}
	twin := twinOf(t, r)
	return func(t *testing.T, _ string, r *store.Replica, _ []string) {
		if r.Device() != twin.Device() {
			t.Error("it is another device")
		}
		holdsPhotos(t, r, twin)
	}
}

// bringBack restores the backup, unless that was done.
func bringBack(home string, rnd *rand.Rand) error {
	dir := filepath.Join(home, "replica")
	_, unmarked := os.Stat(filepath.Join(dir, "restore.unfinished"))
	if _, err := os.Stat(filepath.Join(dir, "replica.id")); err == nil && unmarked != nil {
		return nil
	}
	_, err := store.Restore(context.Background(), itemOptions(dir, rnd.Uint64()), filepath.Join(home, "backup"), backupPass, storetest.Passphrase, nil)
	return err
}

// prepareRepair makes a replica one of whose pages is damaged.
func prepareRepair(t *testing.T, home string) looker {
	dir := solo(t)
	twin := open(t, copied(t, dir))
	spoil(t, dir, pageOf(t, dir, "item_due"))
	copyFiles(t, dir, filepath.Join(home, "replica"))
	copyFiles(t, dir+".keys", filepath.Join(home, "replica.keys"))
	return func(t *testing.T, home string, r *store.Replica, _ []string) {
		isSame(t, r, twin)
		if names, err := filepath.Glob(filepath.Join(home, "replica", "*.repair*")); len(names) > 0 || err != nil {
			t.Errorf("left behind: %v, %v", names, err)
		}
	}
}

// mendIt repairs the replica, which opens before that, too.
func mendIt(home string, rnd *rand.Rand) error {
	o := itemOptions(filepath.Join(home, "replica"), rnd.Uint64())
	later := storetest.Start.Add(time.Duration(rnd.IntN(1e6)) * time.Second) // the damaged database is called by the second
	o.Clock = func() time.Time { return later }
	r, err := store.Open(context.Background(), o, storetest.Passphrase)
	if err == nil {
		err = r.Close()
	}
	if err == nil {
		_, err = store.Repair(context.Background(), o, storetest.Passphrase, nil)
	}
	return err
}

// prepareRekey makes a replica whose data key is changed, and looks for what an
// interrupted change leaves.
func prepareRekey(t *testing.T, home string) looker {
	look := prepareItems(60)(t, home)
	return func(t *testing.T, home string, r *store.Replica, told []string) {
		look(t, home, r, told)
		for _, pattern := range []string{"replica/*.rekey*", "replica.keys/*.next.json"} {
			if names, err := filepath.Glob(filepath.Join(home, pattern)); len(names) > 0 || err != nil {
				t.Errorf("left behind: %v, %v", names, err)
			}
		}
	}
}

// changeKeys changes the data key again and again, and writes between.
func changeKeys(home string, rnd *rand.Rand) error {
	o := itemOptions(filepath.Join(home, "replica"), rnd.Uint64())
	for n := 0; ; n++ {
		r, err := store.Open(context.Background(), o, storetest.Passphrase)
		if err == nil {
			err = cmpErr(writeBatch(r, fmt.Sprintf("%d.%d/%d", rnd.Uint32(), n, 2)), r.Close())
		}
		if err == nil {
			err = store.Rekey(context.Background(), o, storetest.Passphrase)
		}
		if err != nil {
			return err
		}
		tell("changed", n)
	}
}
