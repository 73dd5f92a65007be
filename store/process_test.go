package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// child starts the test binary as another process.
func child(t testing.TB, role, dir, word string) (*exec.Cmd, io.Reader) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, dir, word)
	c.Env = append(os.Environ(), roleVar+"="+role)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, out
}

func TestTwoProcessesWriteOneJournal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	const each = 20
	c, out := child(t, "write", dir, fmt.Sprint(each))
	for i := range each {
		item(t, r, fmt.Sprintf("親%d", i))
	}
	said, err := io.ReadAll(out)
	if err = cmpErr(err, c.Wait()); err != nil {
		t.Fatalf("the other process: %v\n%s", err, said)
	}
	if n := journaled(t, r); n != 2*each {
		t.Errorf("%d changes journaled, want %d", n, 2*each)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	q := storetest.NewSequencer(t, storetest.Book())
	q.Sync(r) // checks chain and signatures as a server does
	sameAs(t, q, r)
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestWatchersHearOfOtherProcesses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	heard := make(chan []app.Ref, 10)
	stop := r.Watch(func(refs []app.Ref) { heard <- refs })
	defer stop()
	it := item(t, r, "自分")
	if refs := <-heard; len(refs) != 1 || refs[0] != it.Ref {
		t.Errorf("heard %v, want the item", refs)
	}
	time.Sleep(1500 * time.Millisecond) // the look-out has looked once
	c, _ := child(t, "write", dir, "1")
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if refs := <-heard; refs != nil {
		t.Errorf("heard %v, want nil: another process", refs)
	}
	stop()
	item(t, r, "もう聞かない")
	select {
	case refs := <-heard:
		t.Errorf("heard %v after stop", refs)
	default:
	}
}

// killedWord is in all that a killed process wrote.
const killedWord = "強制終了の試験"

// writeUntilKilled returns what a process had acknowledged before it was
// killed with -9, after at least n writes.
func writeUntilKilled(t *testing.T, dir string, n int) (ids []app.ID) {
	t.Helper()
	c, out := child(t, "forever", dir, killedWord)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		id, err := app.ParseID(lines.Text())
		if err != nil {
			t.Fatalf("the other process said %q", lines.Text())
		}
		if ids = append(ids, id); len(ids) == n {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = c.Wait() // it was killed
	if len(ids) < n {
		t.Fatalf("only %d writes", len(ids))
	}
	return ids
}

func TestCloseEndsTheLookOut(t *testing.T) {
	r := storetest.New(t)
	r.Watch(func([]app.Ref) {})
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := r.Write(context.Background(), r.Actor(), func(*store.Tx) error { return nil }); err == nil {
		t.Error("a closed replica takes writes")
	}
}

func TestManyGoroutines(t *testing.T) {
	r := storetest.New(t)
	stop := r.Watch(func([]app.Ref) {})
	defer stop()
	const writers, each = 4, 10
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range each {
				if _, err := childSaves(r, "並行"); err != nil {
					t.Error(err)
				}
				if recs, _, err := r.List(t.Context(), storetest.ItemKind, app.Query{Find: "並行"}); err != nil || len(recs) == 0 {
					t.Errorf("%d items, %v", len(recs), err)
				}
				if _, err := r.Outbox(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := journaled(t, r); n != writers*each {
		t.Errorf("%d changes journaled", n)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
