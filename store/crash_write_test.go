package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// looker looks at what kills left.
type looker = func(t *testing.T, home string, r *store.Replica, told []string)

func itemOptions(dir string, seed uint64) store.Options {
	o := productOptions(dir, seed, storetest.Start)
	o.Book, o.Tables = storetest.Book(), storetest.Tables()
	return o
}

// working opens the replica in the other process.
func working(o func(string, uint64) store.Options, home string, rnd *rand.Rand) (*store.Replica, error) {
	return store.Open(context.Background(), o(filepath.Join(home, "replica"), rnd.Uint64()), storetest.Passphrase)
}

// prepareItems makes a replica with n items, and looks for what [writeBatches]
// was told is there.
func prepareItems(n int) func(*testing.T, string) looker {
	return func(t *testing.T, home string) looker {
		r := storetest.New(t, storetest.WithDir(filepath.Join(home, "replica")))
		many(t, r, n)
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		return func(t *testing.T, _ string, r *store.Replica, told []string) {
			if n > 0 {
				findsAll(t, r, n)
			}
			batchesAreWhole(t, r, told)
		}
	}
}

// writeBatches saves some items a transaction, each transaction's items under
// one title that says how many they are, and starts one of them. If pages is
// not 0 the log is brought into the database after so many pages of it, and at
// every fourth transaction by closing.
func writeBatches(pages int) func(string, *rand.Rand) error {
	return func(home string, rnd *rand.Rand) error {
		run := rnd.Uint32()
		for n := 0; ; {
			r, err := working(itemOptions, home, rnd)
			if err != nil {
				return err
			}
			if pages > 0 {
				err = r.CheckpointAfter(pages)
			}
			for more := true; err == nil && more; more = pages == 0 || n%4 > 0 {
				n++
				err = writeBatch(r, fmt.Sprintf("%d.%d/%d", run, n, 1+rnd.IntN(5)))
			}
			if err = cmpErr(err, r.Close()); err != nil {
				return err
			}
		}
	}
}

func writeBatch(r *store.Replica, title string) error {
	var size int
	if _, err := fmt.Sscanf(title[strings.Index(title, "/"):], "/%d", &size); err != nil {
		return err
	}
	err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error {
		for i := range size {
			rec, err := tx.Draft(storetest.ItemKind)
			if err != nil {
				return err
			}
			it := rec.(*storetest.Item)
			it.Title, it.Body = title, strings.Repeat("本文の障害", 100*i)
			if err = tx.Save(it); err == nil && i == 0 {
				err = tx.Do(it, "start", nil)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		tell(title)
	}
	return err
}

// batchesAreWhole makes sure that each transaction is there with all its items
// or not at all, and each that was told of.
func batchesAreWhole(t *testing.T, r *store.Replica, told []string) {
	t.Helper()
	items, started := map[string]int{}, map[string]int{}
	for _, it := range pages(t, r, app.Query{}) {
		items[it.Title]++
		if it.State == storetest.Started {
			started[it.Title]++
		}
	}
	for title, n := range items {
		if _, size, batch := strings.Cut(title, "/"); batch && (fmt.Sprint(n) != size || started[title] != 1) {
			t.Errorf("of %s there are %d, and %d started", title, n, started[title])
		}
	}
	for _, title := range told {
		if strings.Contains(title, "/") && items[title] == 0 {
			t.Errorf("%s was acknowledged and is lost", title)
		}
	}
}

// rebuildItems makes the projection anew again and again, and writes between.
func rebuildItems(home string, rnd *rand.Rand) error {
	r, err := working(itemOptions, home, rnd)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		if err := r.Rebuild(context.Background(), storetest.ItemKind); err != nil {
			return err
		}
		if err := writeBatch(r, fmt.Sprintf("%d.%d/%d", rnd.Uint32(), n, 2)); err != nil {
			return err
		}
	}
}

// findsAll makes sure that columns, search text and counts of [many] are whole.
func findsAll(t *testing.T, r *store.Replica, n int) {
	t.Helper()
	got := 0
	for i := range 7 {
		c, err := r.Count(t.Context(), storetest.ItemKind, app.Query{Where: []app.Cond{{Field: "count", Op: "=", Value: int64(i)}}, Find: "障害の内容"})
		if err != nil {
			t.Fatal(err)
		}
		got += c
	}
	if got != n {
		t.Errorf("%d of %d items are found", got, n)
	}
	if hits, err := r.Search(t.Context(), fmt.Sprintf("障害の内容%d", n-1), 9); len(hits) != 1 || err != nil {
		t.Errorf("%d hits, %v", len(hits), err)
	}
}
