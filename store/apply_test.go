package store_test

import (
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// office is two devices and a server.
func office(t *testing.T) (a, b *store.Replica, q *storetest.Sequencer) {
	return storetest.New(t, storetest.WithSeed(1)), storetest.New(t, storetest.WithSeed(2)), storetest.NewSequencer(t, storetest.Book())
}

func TestSyncGivesNumbersAndRows(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "共有")
	q.Sync(a, b)
	for name, r := range map[string]*store.Replica{"author": a, "other": b} {
		if got := get(t, r, it.Ref); got.Number != "I-2026-0001" || got.Title != "共有" || got.GSN != 1 {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if n := journaled(t, a); n != 0 {
		t.Errorf("%d changes are still to be sent", n)
	}
	out, err := a.Outbox(t.Context())
	if len(out) != 0 || err != nil {
		t.Errorf("outbox %v, %v", out, err)
	}
}

func TestOpenFormDoesNotUndoWhatSyncBrought(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	form := get(t, a, it.Ref)
	theirs := get(t, b, it.Ref)
	theirs.Body = "届いた内容"
	save(t, b, theirs)
	q.Sync(b, a)
	form.Title = "変更後"
	save(t, a, form)
	q.Sync(a, b)
	for _, r := range []*store.Replica{a, b} {
		if got := get(t, r, it.Ref); got.Title != "変更後" || got.Body != "届いた内容" {
			t.Errorf("got %+v", got)
		}
	}
}

func TestOwnEditsOfOneFieldDoNotConflict(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "一")
	q.Sync(a, b)
	for _, title := range []string{"二", "三", "四"} {
		mine := get(t, a, it.Ref)
		mine.Title = title
		save(t, a, mine)
	}
	q.Sync(a, b)
	if n, err := b.Count(t.Context(), app.ConflictKind, app.Query{}); n != 0 || err != nil {
		t.Errorf("%d conflicts, %v", n, err)
	}
	if got := get(t, b, it.Ref).Title; got != "四" {
		t.Errorf("title %q", got)
	}
}
