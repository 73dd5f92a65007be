package store_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// roleVar makes the test binary another process of the same replica.
const roleVar = "DAICHO_STORE_TEST_ROLE"

// roles are what another process does; each gets its folder and a word.
var roles map[string]func(dir, word string) error

func init() { // the work of a crash runs this program again
	roles = map[string]func(dir, word string) error{
		"write":   childWrites,
		"forever": childWritesForever,
		"open":    childOpens,
		"hold":    childHolds,
		"day":     childWorksADay,
		"crash":   childCrashes,
		"upgrade": childUpgrades,
	}
}

// usualChecks is how often a property is tried, unless somebody asks for more.
const usualChecks = "40"

func TestMain(m *testing.M) {
	if role := roles[os.Getenv(roleVar)]; role != nil {
		if err := role(os.Args[1], os.Args[2]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		_ = f.Value.Set(usualChecks) // each makes three encrypted folders
	}
	os.Exit(m.Run())
}

// childReplica opens a replica outside of a test.
func childReplica(dir string) (*store.Replica, error) {
	return store.Open(context.Background(), store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Book: storetest.Book(), Clock: time.Now,
		Random: storetest.Random(uint64(os.Getpid())), App: "child", Tables: storetest.Tables()}, storetest.Passphrase)
}

// childWrites saves items, as many as the word says.
func childWrites(dir, word string) error {
	n, err := strconv.Atoi(word)
	if err != nil {
		return err
	}
	r, err := childReplica(dir)
	if err != nil {
		return err
	}
	for range n {
		if _, err := childSaves(r, "子"); err != nil {
			return err
		}
	}
	return r.Close()
}

func childSaves(r *store.Replica, title string) (*storetest.Item, error) {
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		return nil, err
	}
	it := rec.(*storetest.Item)
	it.Title = title
	return it, r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(it) })
}

// childWritesForever saves items and tells each one that Write acknowledged,
// until it is killed.
func childWritesForever(dir, word string) error {
	r, err := childReplica(dir)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		it, err := childSaves(r, fmt.Sprintf("%s%d", word, i))
		if err != nil {
			return err
		}
		fmt.Println(it.Ref.ID)
	}
}

// childOpens opens the replica and says why it could not.
func childOpens(dir, _ string) error {
	r, err := childReplica(dir)
	if err != nil {
		return err
	}
	return r.Close()
}

// childHolds begins a transaction and never ends it.
func childHolds(dir, _ string) error {
	r, err := childReplica(dir)
	if err != nil {
		return err
	}
	return r.Write(context.Background(), r.Actor(), func(*store.Tx) error {
		fmt.Println("holding")
		time.Sleep(time.Hour) // it is killed before
		return nil
	})
}
