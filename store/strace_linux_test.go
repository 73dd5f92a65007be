package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// TestWhichFilesAreWritten watches a process from outside through a day's work,
// with sorts that are larger than any cache: it makes and writes files in the
// replica's folder and the folder of keys, and nowhere else.
func TestWhichFilesAreWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("strace is an outside program, which -short leaves out")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is needed: install it (make test does)")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	dir, log := filepath.Join(home, "replica"), filepath.Join(home, "log")
	c := exec.Command(strace, "-f", "-qq", "-s", "4096", "-e", "trace=%file,ftruncate,memfd_create", "-o", log, self, dir, "")
	c.Env = append(os.Environ(), roleVar+"=day", "TMPDIR="+filepath.Join(home, "tmp"))
	out, err := c.CombinedOutput()
	if strings.Contains(string(out), "Operation not permitted") {
		t.Skipf("no process may be watched here: this was not tested\n%s", out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	calls, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	touched := written(string(calls))
	for _, path := range touched {
		if !strings.HasPrefix(path, dir+"/") && !strings.HasPrefix(path, dir+".keys/") && path != dir && path != dir+".keys" {
			t.Errorf("%s is written", path)
		}
	}
	for _, name := range []string{"replica.db", "replica.db-wal", "replica.db-shm", "replica.id"} {
		if !slices.Contains(touched, filepath.Join(dir, name)) && !strings.Contains(strings.Join(touched, "\n"), filepath.Join(dir, name)+".new-") {
			t.Errorf("%s was not seen to be written: the watch is blind", name)
		}
	}
}

var (
	aCall   = regexp.MustCompile(`(?m)^\d+ +(\w+)\((.*)$`)
	aName   = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	writing = regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE|O_APPEND`)
	making  = regexp.MustCompile(`^(creat|rename|link|symlink|mkdir|mknod|truncate|memfd_create)`)
)

// written are the names of files that were opened for writing, made or renamed.
func written(calls string) []string {
	all := map[string]bool{}
	for _, call := range aCall.FindAllStringSubmatch(calls, -1) {
		if opens := strings.HasPrefix(call[1], "open"); opens && !writing.MatchString(call[2]) || !opens && !making.MatchString(call[1]) {
			continue
		}
		for _, name := range aName.FindAllStringSubmatch(call[2], -1) {
			all[name[1]] = true
		}
	}
	delete(all, os.DevNull)
	return slices.Sorted(maps.Keys(all))
}

// childWorksADay uses everything that a replica offers, with some thousand records.
func childWorksADay(dir, _ string) error {
	ctx := context.Background()
	r, err := store.Create(ctx, itemOptions(dir, 3), storetest.Passphrase)
	if err != nil {
		return err
	}
	work := []func() error{
		func() error { return writeThousands(ctx, r, 3000) },
		func() error { return attachAndRead(ctx, r) },
		func() error { return r.Rebuild(ctx, storetest.ItemKind) },
		func() error { return sortAndSearch(ctx, r) },
		func() error { return r.ChangePassphrase(ctx, storetest.Passphrase, storetest.Passphrase) },
		func() error { return r.Verify(ctx) },
	}
	for _, w := range work {
		if err := w(); err != nil {
			return err
		}
	}
	return r.Close()
}

func writeThousands(ctx context.Context, r *store.Replica, n int) error {
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		for i := range n {
			rec, err := tx.Draft(storetest.ItemKind)
			if err != nil {
				return err
			}
			it := rec.(*storetest.Item)
			it.Title, it.Count, it.Body = fmt.Sprintf("障害の題名%d", i*7919%n), i%9, strings.Repeat("本文の障害", 40)
			if err := tx.Save(it); err != nil {
				return err
			}
		}
		return nil
	})
}

func attachAndRead(ctx context.Context, r *store.Replica) error {
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		return err
	}
	b, err := r.Attach(ctx, rec.Meta().Ref, "x.bin", "", bytes.NewReader([]byte(bytesFor(1, 3<<20))))
	if err != nil {
		return err
	}
	return r.OpenBlob(ctx, b, io.Discard)
}

// sortAndSearch has SQLite sort all records with their documents, and join.
func sortAndSearch(ctx context.Context, r *store.Replica) error {
	if n := r.Number(ctx, "SELECT sum(length(doc)) FROM (SELECT DISTINCT doc || hex(randomblob(500)) AS doc FROM item ORDER BY doc DESC)"); n < 1<<20 {
		return fmt.Errorf("only %d bytes were sorted", n)
	}
	if hits, err := r.Search(ctx, "本文の障害", 50); len(hits) != 50 {
		return fmt.Errorf("%d hits, %w", len(hits), err)
	}
	_, _, err := r.List(ctx, storetest.ItemKind, app.Query{Sort: "title", Find: "障害"})
	return err
}
