package store_test

import (
	"bufio"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/internal/fault"
	"daicho/store/storetest"
)

// ordeal is one sort of work that is killed at any moment. It is done by
// another process, which tells each step that the store acknowledged.
type ordeal struct {
	// prepare makes the folder "replica", and whatever else the work needs,
	// in home. It gives what looks at a copy of home after kills, where told
	// was acknowledged: the replica opens, and is whole, before.
	prepare func(t *testing.T, home string) (look func(t *testing.T, home string, r *store.Replica, told []string))
	// work works until it is killed, or to its end.
	work func(home string, rnd *rand.Rand) error
	// options open the replica, in either process.
	options func(dir string, seed uint64) store.Options
	// span is about how many operations on files the work makes before it has
	// been through everything: the last is drawn from these.
	span int
	// lives is how many looks a copy of home has to get through.
	lives int
	// ends says that there is no replica to open before the work is done: after
	// kills it is done to its end first.
	ends bool
}

var ordeals = map[string]ordeal{
	"writes":      {prepareItems(0), writeBatches(0), itemOptions, 800, 10, false},
	"checkpoints": {prepareItems(0), writeBatches(8), itemOptions, 800, 10, false},
	"migrations":  {prepareOlder, justOpen, olderOptions, 240, 1, false},
	"rebuild":     {prepareItems(700), rebuildItems, itemOptions, 600, 5, false},
	"attachments": {prepareAttachments, attachFiles, itemOptions, 400, 5, false},
	"collecting":  {prepareAttachments, collectFiles, itemOptions, 300, 5, false},
	"apply":       {preparePages, applyPages, itemOptions, 2000, 1, false},
	"rescope":     {prepareRescope, rescopeOften, itemOptions, 2500, 3, false},
	"backup":      {prepareBackup, backUp, itemOptions, 800, 4, false},
	"restore":     {prepareRestore, bringBack, itemOptions, 145, 1, true},
	"repair":      {prepareRepair, mendIt, itemOptions, 320, 1, true},
	"rekey":       {prepareRekey, changeKeys, itemOptions, 400, 4, false},
}

// TestCrash kills working processes at points that follow from a seed:
// DAICHO_KILLS in all, four fifths of which are shared out here and the rest in
// package vfs. DAICHO_SEED begins elsewhere.
func TestCrash(t *testing.T) {
	left := 4 * times(t, "DAICHO_KILLS", 20) / 5
	for i, name := range slices.Sorted(maps.Keys(ordeals)) {
		kills := left / (len(ordeals) - i)
		left -= kills
		t.Run(name, func(t *testing.T) { ordeals[name].run(t, name, kills, times(t, "DAICHO_SEED", 1)) })
	}
}

func (o ordeal) run(t *testing.T, name string, kills, seed int) {
	template := filepath.Join(t.TempDir(), "template")
	look := o.prepare(t, template)
	for done := 0; done < kills; {
		home := t.TempDir()
		copyFiles(t, template, home)
		var told []string
		for range o.lives {
			for deaths := min(1+seed%4/3, kills-done); deaths > 0; deaths-- { // one in four dies again while it opens what was killed
				told = append(told, killed(t, name, home, seed)...)
				seed, done = seed+1, done+1
			}
			o.survives(t, home, uint64(seed), func(r *store.Replica) { look(t, home, r, told) })
			if t.Failed() {
				t.Fatalf("the last seed was %d: DAICHO_SEED=%d go test ./store -run TestCrash/%s", seed-1, seed-1, name)
			}
			if done >= kills {
				return
			}
		}
	}
}

// killed lets another process work until it is killed with -9, and returns what
// it told before.
func killed(t *testing.T, name, home string, seed int) (told []string) {
	t.Helper()
	c, out := child(t, "crash", home, fmt.Sprintf("%s %d", name, seed))
	for lines := bufio.NewScanner(out); lines.Scan(); {
		told = append(told, lines.Text())
	}
	_ = c.Wait() // its state tells more
	if code := c.ProcessState.ExitCode(); code != -1 && (runtime.GOOS != "windows" || code != 1) {
		t.Fatalf("seed %d: the other process ended by itself: %v, %v", seed, c.ProcessState, told)
	}
	return told
}

// survives opens the replica after kills: nothing of it is damaged, what was
// acknowledged is there, and it works on.
func (o ordeal) survives(t *testing.T, home string, seed uint64, look func(*store.Replica)) {
	t.Helper()
	if o.ends {
		if err := o.work(home, rand.New(rand.NewPCG(seed, 9))); err != nil {
			t.Fatalf("it does not come to its end: %v", err)
		}
	}
	r, err := store.Open(t.Context(), o.options(filepath.Join(home, "replica"), seed), storetest.Passphrase)
	if err != nil {
		t.Fatalf("it does not open: %v", err)
	}
	defer r.Close()
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	look(r)
	x := item(t, r, "その後の記録")
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if r, err = store.Open(t.Context(), o.options(filepath.Join(home, "replica"), seed+1<<32), storetest.Passphrase); err != nil {
		t.Fatalf("it does not open again: %v", err)
	}
	defer r.Close()
	if _, err := r.Get(t.Context(), app.Ref{Kind: storetest.ItemKind, ID: x.Ref.ID}); err != nil {
		t.Error(err)
	}
}

// childCrashes is the other process: word is the work's name and the seed.
func childCrashes(home, word string) error {
	name, text, _ := strings.Cut(word, " ")
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return err
	}
	o, rnd := ordeals[name], rand.New(rand.NewPCG(seed, 7))
	doom(1+rnd.IntN(o.span), rnd)
	if err := o.work(home, rnd); err != nil {
		tell(err)
		os.Exit(3) // not as a killed process ends, on any system
	}
	return die()
}

// doom has the process die just before its nth operation on a file or, by
// another throw, some time after.
func doom(nth int, rnd *rand.Rand) {
	late := time.Duration(0)
	if rnd.IntN(3) == 0 {
		late = time.Duration(rnd.IntN(20_000)) * time.Microsecond
	}
	var n atomic.Int64
	fault.Set(func(fault.Op) error {
		switch {
		case n.Add(1) != int64(nth):
			return nil
		case late > 0:
			time.AfterFunc(late, func() { _ = die() })
			return nil
		}
		return die()
	})
}

// die kills this process as kill -9 does.
func die() error {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err == nil {
		time.Sleep(time.Minute) // it takes effect before
	}
	return err
}

// tell says that a step was acknowledged.
func tell(words ...any) { fmt.Println(words...) }
