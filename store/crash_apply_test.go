package store_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// order is what [applyPages] takes in.
type order struct{ Pages []store.Page }

// preparePages makes a replica with changes that wait, and the server's order
// that judges them and brings another device's, in pages of one.
func preparePages(t *testing.T, home string) looker {
	a := storetest.New(t, storetest.WithDir(filepath.Join(home, "replica")))
	b := storetest.New(t, storetest.WithSeed(2))
	q := storetest.NewSequencer(t, storetest.Book())
	var items []app.Ref
	for n := range 8 {
		items = append(items, item(t, a, fmt.Sprint("品目", n)).Ref)
	}
	q.Sync(a, b)
	begin := q.Last()
	for n := range 24 {
		edit(t, a, items[n%8], func(i *storetest.Item) { i.Count = n })
		edit(t, b, items[n%7], func(i *storetest.Item) { i.Count, i.Title = 100+n, fmt.Sprint("題", n) })
		q.Push(b, 1<<20)
		q.Push(a, 1<<20)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	var all order
	for gsn := begin; gsn < q.Last(); gsn++ {
		all.Pages = append(all.Pages, q.Page(gsn, 1))
	}
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(all); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "order"), out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, _ string, r *store.Replica, told []string) { applied(t, q, r, told) }
}

// applyPages takes the order in from where it stands, and writes between.
func applyPages(home string, rnd *rand.Rand) error {
	r, err := working(itemOptions, home, rnd)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(home, "order"))
	if err != nil {
		return err
	}
	var all order
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&all); err != nil {
		return err
	}
	ctx := context.Background()
	_, gsn, err := r.Cursor(ctx)
	if err != nil {
		return err
	}
	for _, p := range all.Pages[gsn-8:] { // the first eight were applied before
		if err := r.Apply(ctx, p); err != nil {
			return err
		}
		gsn++
		tell("applied", gsn)
		recs, _, err := r.List(ctx, storetest.ItemKind, app.Query{})
		if err != nil {
			return err
		}
		it := recs[rnd.IntN(len(recs))].(*storetest.Item)
		it.Body = fmt.Sprint("未送信", rnd.Uint64())
		if err := r.Write(ctx, r.Actor(), func(tx *store.Tx) error { return tx.Save(it) }); err != nil {
			return err
		}
		tell("saved")
	}
	return r.Close()
}

// applied makes sure that the order was taken in as far as was told, that what
// was saved waits, and that with the rest all is as the server has it.
func applied(t *testing.T, q *storetest.Sequencer, r *store.Replica, told []string) {
	t.Helper()
	saved, upto := 0, int64(0)
	for _, line := range told {
		if _, err := fmt.Sscanf(line, "applied %d", &upto); err != nil {
			saved++
		}
	}
	if _, gsn, err := r.Cursor(t.Context()); gsn < upto || err != nil {
		t.Errorf("%d was applied, the cursor says %d, %v", upto, gsn, err)
	}
	q.Pull(r, 1<<20)
	pending, err := r.Pending(t.Context())
	if err != nil || len(pending) < saved || len(pending) > saved+2 { // each kill may have come between a commit and its word
		t.Errorf("%d changes wait, %d were acknowledged, %v", len(pending), saved, err)
	}
	shows(t, r, q.Shown(q.Last(), pending))
}
