package store_test

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// tb is what helpers need of a test or of a property.
type tb interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// item saves a new item and returns it.
func item(t tb, r *store.Replica, title string) *storetest.Item {
	t.Helper()
	it := draft(t, r)
	it.Title = title
	save(t, r, it)
	return it
}

func draft(t tb, r *store.Replica) *storetest.Item {
	t.Helper()
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(*storetest.Item)
}

func save(t tb, r *store.Replica, recs ...app.Record) {
	t.Helper()
	if err := trySave(r, recs...); err != nil {
		t.Fatal(err)
	}
}

func trySave(r *store.Replica, recs ...app.Record) error {
	return r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error {
		for _, rec := range recs {
			if err := tx.Save(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

func do(t tb, r *store.Replica, rec app.Record, command string, args ...string) {
	t.Helper()
	if err := tryDo(r, rec, command, args...); err != nil {
		t.Fatal(err)
	}
}

func tryDo(r *store.Replica, rec app.Record, command string, args ...string) error {
	return r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error {
		g, err := storetest.Book().Registers.Of(rec.Meta().Ref.Kind)
		if err != nil {
			return err
		}
		doc, err := app.Args(g, command, args)
		if err != nil {
			return err
		}
		return tx.Do(rec, command, doc)
	})
}

func get(t tb, r *store.Replica, ref app.Ref) *storetest.Item {
	t.Helper()
	it, err := store.Get(context.Background(), r, storetest.Items, ref.ID)
	if err != nil {
		t.Fatal(err)
	}
	return it
}

// journaled is how many own changes there are.
func journaled(t tb, r *store.Replica) int {
	t.Helper()
	bodies, _, _, err := r.Outgoing(context.Background(), 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return len(bodies)
}

func TestWriteShowsAndJournals(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "障害票")
	if want := app.Provisional(r.Device(), 1); it.Number != want {
		t.Errorf("number %q, want %q", it.Number, want)
	}
	if got := get(t, r, it.Ref); got.Title != "障害票" || got.GSN != 0 {
		t.Errorf("got %+v", got)
	}
	if n := journaled(t, r); n != 1 {
		t.Errorf("%d changes journaled, want 1", n)
	}
	n, err := r.Count(t.Context(), storetest.ItemKind, app.Query{})
	if n != 1 || err != nil {
		t.Errorf("count %d, %v", n, err)
	}
}

func TestSavingTwiceJournalsOnce(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "一度だけ")
	save(t, r, it)
	save(t, r, get(t, r, it.Ref))
	if n := journaled(t, r); n != 1 {
		t.Errorf("%d changes journaled, want 1", n)
	}
}

func TestRefusalLeavesNothing(t *testing.T) {
	r := storetest.New(t)
	good, bad := draft(t, r), draft(t, r)
	good.Title = "よい"
	bad.Count = 3 // no title
	if err := trySave(r, good, bad); !app.IsCode(err, app.Invalid) {
		t.Fatalf("got %v", err)
	}
	if _, err := r.Get(t.Context(), good.Ref); !app.IsCode(err, app.NotFound) {
		t.Errorf("the first record was kept: %v", err)
	}
	if n := journaled(t, r); n != 0 {
		t.Errorf("%d changes journaled", n)
	}
	if !good.IsNew() || good.Title != "よい" {
		t.Errorf("the record is not as it was given: %+v", good)
	}
	save(t, r, good) // what was typed can still be saved
	if get(t, r, good.Ref).Title != "よい" {
		t.Error("what was typed is lost")
	}
}

// TestTryKeepsNothing: it says what Write would say; nobody hears of it, and what was
// typed into the record stays typed.
func TestTryKeepsNothing(t *testing.T) {
	r := storetest.New(t)
	it := item(t, r, "一")
	heard := 0
	defer r.Watch(func([]app.Ref) { heard++ })()
	try := func() error {
		return r.Try(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(it) })
	}
	it.Title = "二"
	if err := try(); err != nil {
		t.Fatal(err)
	}
	if now, err := r.Get(context.Background(), it.Ref); err != nil || now.(*storetest.Item).Title != "一" || it.Title != "二" || heard != 0 {
		t.Error("it was kept:", err, it.Title, heard)
	}
	it.Title = ""
	if err := try(); !app.IsCode(err, app.Invalid) {
		t.Error("a title is missing:", err)
	}
	it.Title = "二"
	save(t, r, it)
	if all, err := r.History(context.Background(), it.Ref); err != nil || len(all) != 2 {
		t.Error(len(all), err)
	}
}

func TestEmptyRecordIsRefused(t *testing.T) {
	r := storetest.New(t)
	if err := trySave(r, draft(t, r)); !app.IsCode(err, app.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestStrangerCannotWrite(t *testing.T) {
	r := storetest.New(t)
	for _, who := range []app.Actor{{}, {ID: app.ID{9}}} {
		if err := r.Write(t.Context(), who, func(*store.Tx) error { return nil }); !app.IsCode(err, app.Forbidden) {
			t.Errorf("actor %v: got %v", who.ID, err)
		}
	}
}

func TestCancelledWriteLeavesNothing(t *testing.T) {
	r := storetest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	it := draft(t, r)
	it.Title = "x"
	err := r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		defer cancel()
		return tx.Save(it)
	})
	if !errors.Is(err, context.Canceled) || journaled(t, r) != 0 || !it.IsNew() {
		t.Errorf("got %v, %d journaled", err, journaled(t, r))
	}
}

func TestClockNeverRunsBackwards(t *testing.T) {
	clock := &storetest.Clock{}
	r := storetest.New(t, storetest.WithClock(clock))
	var last app.HLC
	for i, step := range []time.Duration{0, 0, -time.Hour, time.Minute, -48 * time.Hour} {
		clock.Advance(step)
		item(t, r, "x")
		bodies, _, _, err := r.Outgoing(t.Context(), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		c, err := app.DecodeChange(bodies[i], anyKeys{t, r})
		if err != nil {
			t.Fatal(err)
		}
		if c.HLC <= last {
			t.Errorf("change %d: %d after %d", i+1, c.HLC, last)
		}
		if c.Clock.Wall != app.StampOf(clock.Now()) {
			t.Errorf("change %d: wall %d", i+1, c.Clock.Wall)
		}
		last = c.HLC
	}
}

// anyKeys finds keys among those that a replica sends.
type anyKeys struct {
	t tb
	r *store.Replica
}

func (k anyKeys) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	_, _, keys, err := k.r.Outgoing(context.Background(), 0, 1<<20)
	if err != nil {
		return app.SubjectKey{}, err
	}
	for _, key := range keys {
		if key.Subject == subject && key.ID() == id {
			return key, nil
		}
	}
	return app.SubjectKey{}, errors.New("the key is not sent")
}

func (k anyKeys) For(app.ID) (app.SubjectKey, error) {
	return app.SubjectKey{}, errors.New("reads only")
}

func TestPanicLeavesTheReplicaUsable(t *testing.T) {
	r := storetest.New(t)
	func() {
		defer func() { _ = recover() }()
		_ = r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
			it := draft(t, r)
			it.Title = "x"
			if err := tx.Save(it); err != nil {
				t.Error(err)
			}
			panic("a rule")
		})
	}()
	if n := journaled(t, r); n != 0 {
		t.Errorf("%d changes journaled", n)
	}
	item(t, r, "まだ書ける")
}

// TestTransactionsShowNoSQL keeps the three doors shut to raw statements.
func TestTransactionsShowNoSQL(t *testing.T) {
	for _, tx := range []any{&store.Tx{}, &store.LocalTx{}, &store.Replica{}} {
		for name := range methods(tx) {
			if strings.Contains(name, "Query") || strings.Contains(name, "Exec") || strings.Contains(name, "Prepare") {
				t.Errorf("%T has a method %s", tx, name)
			}
		}
	}
}

func methods(v any) iter.Seq[string] {
	return func(yield func(string) bool) {
		for m := range reflect.TypeOf(v).Methods() {
			if !yield(m.Name) {
				return
			}
		}
	}
}

func TestOverlookedFailureIsNotCommitted(t *testing.T) {
	r, broken := storetest.New(t), errors.New("the disk is gone")
	it := draft(t, r)
	it.Title = "x"
	err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		tx.Break(broken)
		return tx.Save(it)
	})
	if !errors.Is(err, broken) || journaled(t, r) != 0 || !it.IsNew() {
		t.Errorf("got %v, %d journaled", err, journaled(t, r))
	}
}

func TestOverlookedRefusalKeepsTheRest(t *testing.T) {
	r := storetest.New(t)
	good, bad := draft(t, r), draft(t, r)
	good.Title, bad.Count = "よい", 3
	err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		if err := tx.Save(bad); !app.IsCode(err, app.Invalid) {
			t.Errorf("got %v", err)
		}
		return tx.Save(good)
	})
	if err != nil || journaled(t, r) != 1 {
		t.Errorf("got %v, %d journaled", err, journaled(t, r))
	}
}
