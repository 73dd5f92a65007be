package store_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// TestRandomHistories lets three replicas work, push and pull in any order,
// and compares them in the end with the fold of the server's order.
func TestRandomHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt)
		rt.Repeat(map[string]func(*rapid.T){
			"create": w.create, "edit": w.edit, "start": w.start, "pair": w.pair, "split": w.split,
			"push": w.push, "pull": w.pull, "": w.check,
		})
		w.settle()
	})
}

// world is three replicas and a server.
type world struct {
	t        *rapid.T
	q        *storetest.Sequencer
	replicas []*store.Replica
}

func newWorld(t *testing.T, rt *rapid.T) *world {
	w := &world{t: rt, q: storetest.NewSequencer(rt, storetest.Book())}
	seed := rapid.Uint64().Draw(rt, "seed")
	for i := range 3 {
		r := storetest.New(t, storetest.WithSeed(seed+uint64(i)))
		rt.Cleanup(func() { r.Close() })
		w.replicas = append(w.replicas, r)
	}
	return w
}

func (w *world) any(rt *rapid.T) *store.Replica {
	return w.replicas[rapid.IntRange(0, 2).Draw(rt, "replica")]
}

// record draws one of the items of a replica; nil if it has none.
func (w *world) record(rt *rapid.T, r *store.Replica) *storetest.Item {
	items, _, err := store.List(context.Background(), r, storetest.Items, app.Query{})
	if err != nil {
		rt.Fatal(err)
	}
	if len(items) == 0 {
		rt.Skip("no items")
	}
	return items[rapid.IntRange(0, len(items)-1).Draw(rt, "item")]
}

func (w *world) create(rt *rapid.T) {
	item(rt, w.any(rt), rapid.StringMatching("[甲乙丙]{1,3}").Draw(rt, "title"))
}

func (w *world) edit(rt *rapid.T) {
	r := w.any(rt)
	it := w.record(rt, r)
	switch rapid.IntRange(0, 3).Draw(rt, "field") {
	case 0:
		it.Title = rapid.StringMatching("[甲乙丙]{1,3}").Draw(rt, "title")
	case 1:
		it.Count = rapid.IntRange(0, 5).Draw(rt, "count")
	case 2:
		it.Body = rapid.StringMatching("([あいう]\n){0,4}").Draw(rt, "body")
	case 3:
		it.Tags = rapid.SliceOfN(rapid.SampledFrom([]string{"赤", "青", "黄"}), 0, 3).Draw(rt, "tags")
	}
	save(rt, r, it)
}

// allow passes a refusal: rules may refuse, machines may not fail.
func allow(rt *rapid.T, err error) {
	if err != nil && (app.ErrorOf(err).Code == app.Failed || app.IsCode(err, app.Damaged)) {
		rt.Fatal(err)
	}
}

func (w *world) start(rt *rapid.T) {
	r := w.any(rt)
	allow(rt, tryDo(r, w.record(rt, r), "start"))
}

func (w *world) split(rt *rapid.T) {
	r := w.any(rt)
	allow(rt, tryDo(r, w.record(rt, r), "split"))
}

func (w *world) pair(rt *rapid.T) {
	r := w.any(rt)
	allow(rt, tryDo(r, w.record(rt, r), "pair", "with="+w.record(rt, r).Ref.String()))
}

func (w *world) push(rt *rapid.T) {
	w.q.Push(w.any(rt), rapid.IntRange(1, 5).Draw(rt, "max"))
}

func (w *world) pull(rt *rapid.T) {
	r := w.any(rt)
	_, gsn, err := r.Cursor(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	back := rapid.Int64Range(0, min(gsn, 2)).Draw(rt, "again")
	if err := r.Apply(context.Background(), w.q.Page(gsn-back, rapid.IntRange(1, 6).Draw(rt, "max"))); err != nil {
		rt.Fatal(err)
	}
}

// check compares every replica with what it must show: the server's order as
// far as it was taken in, and its own pending changes on top.
func (w *world) check(rt *rapid.T) {
	for _, r := range w.replicas {
		_, gsn, err := r.Cursor(context.Background())
		if err != nil {
			rt.Fatal(err)
		}
		pending, err := r.Pending(context.Background())
		if err != nil {
			rt.Fatal(err)
		}
		shows(rt, r, w.q.Shown(gsn, pending))
	}
}

// settle syncs until all is quiet.
func (w *world) settle() {
	for range 2 {
		w.q.Sync(w.replicas...)
	}
	sameAs(w.t, w.q, w.replicas...)
	for _, r := range w.replicas {
		if err := r.Verify(context.Background()); err != nil {
			w.t.Fatal(err)
		}
		for _, s := range outbox(w.t, r) {
			if s.Verdict != app.Rejected {
				w.t.Fatalf("still waiting: %+v", s)
			}
		}
	}
}
