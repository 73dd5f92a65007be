package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// versions holds a small replica of every version that was ever released, see
// its README.md. It is never made anew: only added to.
const versions = "testdata/versions"

// TestEveryVersionOpens opens what every version left, also one that was
// killed, with this program: all is found, it is whole, and it works on.
func TestEveryVersionOpens(t *testing.T) {
	folders, err := os.ReadDir(versions)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, f := range folders {
		if f.IsDir() {
			tried++
			t.Run(f.Name(), func(t *testing.T) { versionOpens(t, filepath.Join(versions, f.Name())) })
		}
	}
	if tried == 0 {
		t.Error("there is no version")
	}
}

// TestThisVersionIsWritten makes what will be kept of this version, and opens
// it as any other's. DAICHO_WRITE_VERSION=0.2.0 keeps it.
func TestThisVersionIsWritten(t *testing.T) {
	to := t.TempDir()
	if version := os.Getenv("DAICHO_WRITE_VERSION"); version != "" {
		to = filepath.Join(versions, version)
		if err := os.Mkdir(to, 0o755); err != nil {
			t.Fatalf("a version is written once: %v", err)
		}
	}
	writeVersion(t, to)
	versionOpens(t, to)
}

// versionOpens tries the folder as it was closed, and as a kill left it: the
// folder "hot" holds what lay otherwise then.
func versionOpens(t *testing.T, from string) {
	for name, over := range map[string]string{"closed": "replica", "hot": "hot"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "replica")
			for _, c := range [][2]string{{"replica", dir}, {over, dir}, {"replica.keys", dir + ".keys"}} {
				copyFiles(t, filepath.Join(from, c[0]), c[1])
			}
			want, err := os.ReadFile(filepath.Join(from, name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			for way, how := range openers(t, filepath.Join(from, "papers.json")) {
				r, err := store.Open(t.Context(), productOptions(dir, 9, storetest.Start), how)
				if err != nil {
					t.Fatalf("by %s: %v", way, err)
				}
				if err := r.Close(); err != nil {
					t.Fatal(err)
				}
			}
			r := openProduct(t, dir)
			finds(t, r, string(want))
			worksOn(t, r, dir)
		})
	}
}

// finds compares a replica's inventory with what must be in it.
func finds(t *testing.T, r *store.Replica, want string) {
	t.Helper()
	if got := taken(t, r, storyWords...).text(t); got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// worksOn writes one more change, closes and opens again.
func worksOn(t *testing.T, r *store.Replica, dir string) {
	t.Helper()
	before := len(outbox(t, r))
	x := newTicket(t, r, "今の版で書いた記録")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r = openProduct(t, dir)
	if got, err := store.Get(t.Context(), r, ticket.Register, x.Ref.ID); err != nil || got.Title != x.Title {
		t.Errorf("got %+v, %v", got, err)
	}
	if n := len(outbox(t, r)); n != before+1 {
		t.Errorf("%d changes wait, want %d", n, before+1)
	}
	if err := errors.Join(r.Verify(t.Context()), r.Close()); err != nil {
		t.Error(err)
	}
}

// openProduct opens a replica of the product's registers, a day after the
// story of [writeVersion].
func openProduct(t *testing.T, dir string) *store.Replica {
	t.Helper()
	r, err := store.Open(t.Context(), productOptions(dir, 9, storetest.Start.AddDate(0, 0, 1)), storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func productOptions(dir string, seed uint64, now time.Time) store.Options {
	clock := &storetest.Clock{}
	clock.Advance(now.Sub(storetest.Start))
	return store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Cost: keys.Cost{Passes: 1, KiB: 8, Threads: 1}, Book: modules.Book(),
		App: "test", Clock: clock.Now, Mono: clock.Mono, Random: storetest.Random(seed)}
}

// newTicket saves a ticket as somebody at the telephone does.
func newTicket(t testing.TB, r *store.Replica, title string) *ticket.Ticket {
	t.Helper()
	rec, err := r.Draft(ticket.Kind)
	if err != nil {
		t.Fatal(err)
	}
	x := rec.(*ticket.Ticket)
	x.Title, x.Channel = title, ticket.Phone
	save(t, r, x)
	return x
}

// copyFiles copies a folder's files over those of another.
func copyFiles(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		b, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(filepath.Join(to, rel), b, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAnOlderVersionIsRepaired makes the database anew that 0.2.0 left: what has
// another name since is carried over all the same. What waits to be sent is decided
// by the rules of today: closing an inquiry notes that in its course.
func TestAnOlderVersionIsRepaired(t *testing.T) {
	from := filepath.Join(versions, "0.2.0")
	dir := filepath.Join(t.TempDir(), "replica")
	copyFiles(t, filepath.Join(from, "replica"), dir)
	copyFiles(t, filepath.Join(from, "replica.keys"), dir+".keys")
	if _, err := store.Repair(t.Context(), productOptions(dir, 9, storetest.Start), storetest.Passphrase, nil); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(from, "repaired.json"))
	if err != nil {
		t.Fatal(err)
	}
	finds(t, openProduct(t, dir), string(want))
}
