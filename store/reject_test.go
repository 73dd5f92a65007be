package store_test

import (
	"slices"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// refuse lets the server refuse all that a replica has not sent yet.
func refuse(t *testing.T, q *storetest.Sequencer, r *store.Replica) {
	t.Helper()
	bodies, _, keys, err := r.Outgoing(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range bodies {
		reject(t, q, body, keys)
	}
	q.Skip(r, len(bodies))
	q.Pull(r, 100)
}

func rejected(t *testing.T, r *store.Replica) []app.Sent {
	t.Helper()
	list, err := r.Rejected(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestDismissalIsARecordForEverybody: what was given up is told by whom and why.
func TestDismissalIsARecordForEverybody(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "拒否" })
	refuse(t, q, a)
	gone := rejected(t, a)[0]
	if err := a.Dismiss(t.Context(), a.Actor(), gone.Seq, "二重に入力したため"); err != nil {
		t.Fatal(err)
	}
	q.Sync(a, b)
	if len(rejected(t, a)) != 0 || len(outbox(t, a)) != 0 {
		t.Error("it is still in the outbox")
	}
	list, _, err := store.List(t.Context(), b, app.Dismissals, app.Query{})
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	d := list[0]
	if d.About != it.Ref || d.Device != a.Device().String() || uint64(d.Seq) != gone.Seq || d.Said != app.SaidRejected ||
		d.WhyJA != "権限がありません。" || d.WhyEN != "no right" || d.Reason != "二重に入力したため" || d.By.ID != a.Actor().ID {
		t.Errorf("got %+v", d)
	}
	if hits, err := b.Linked(t.Context(), it.Ref); err != nil || len(hits) != 1 || hits[0].Ref != d.Ref {
		t.Errorf("the record does not lead to it: %+v, %v", hits, err)
	}
}

// TestADismissalThatIsRefusedEnds: dismissing it makes no other one.
func TestADismissalThatIsRefusedEnds(t *testing.T) {
	a, _, q := office(t)
	item(t, a, "元")
	refuse(t, q, a)
	for range 2 {
		list := rejected(t, a)
		if len(list) != 1 {
			t.Fatalf("rejected %+v", list)
		}
		if err := a.Dismiss(t.Context(), a.Actor(), list[0].Seq, ""); err != nil {
			t.Fatal(err)
		}
		refuse(t, q, a)
	}
	if list := outbox(t, a); len(list) != 0 {
		t.Errorf("it goes on: %+v", list)
	}
}

// TestRetryKeepsWhatOthersWrote: where texts and sets merge, both edits stay.
func TestRetryKeepsWhatOthersWrote(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Body, i.Tags = "一\n二\n三", []string{"甲"} })
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) {
		i.Title, i.Body, i.Tags = "私の題", "一\n二\n三x", []string{"甲", "乙"}
	})
	refuse(t, q, a)
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Title, i.Body, i.Tags = "他の題", "y一\n二\n三", []string{"丙"} })
	q.Sync(b, a)
	if err := a.Retry(t.Context(), a.Actor(), rejected(t, a)[0].Seq); err != nil {
		t.Fatal(err)
	}
	q.Sync(a, b)
	got := get(t, b, it.Ref)
	slices.Sort(got.Tags)
	if got.Title != "私の題" || got.Body != "y一\n二\n三x" || !slices.Equal(got.Tags, []string{"丙", "乙"}) {
		t.Errorf("got %+v", got)
	}
	if n := count(t, b, app.DismissalKind); n != 0 {
		t.Errorf("%d dismissals of what was retried", n)
	}
}

// TestRetryThatIsRefusedHereChangesNothing: what no rule would take stays as it is.
func TestRetryThatIsRefusedHereChangesNothing(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	do(t, a, get(t, a, it.Ref), "start")
	refuse(t, q, a)
	do(t, b, get(t, b, it.Ref), "start")
	q.Sync(b, a)
	list := rejected(t, a)
	if s := list[0]; s.Command != "start" || len(s.Cells) != 0 || len(s.Saw) != 1 || s.Saw[0].Field != "state" {
		t.Errorf("got %+v", s)
	}
	if err := a.Retry(t.Context(), a.Actor(), list[0].Seq); !app.IsCode(err, app.Stale) {
		t.Errorf("retried: %v", err)
	}
	if again := rejected(t, a); len(again) != 1 || again[0].Seq != list[0].Seq {
		t.Errorf("after a retry in vain: %+v", again)
	}
}

// TestWhatIsKeptBackWaitsForAPerson: a quarantined change is told, counted and
// may be given up like a refused one.
func TestWhatIsKeptBackWaitsForAPerson(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Count = 4 })
	q.Skip(a, 1)
	q.Say(&app.Outcome{Device: a.Device(), Seq: 2, Author: a.Actor().ID, Ref: it.Ref, Verdict: app.Quarantined, Code: app.Invalid, Say: app.Label{JA: "保管しています。", EN: "kept"}})
	q.Pull(a, 10)
	status, err := a.Status(t.Context())
	list := rejected(t, a)
	if err != nil || status.Rejected != 1 || status.Pending != 0 || len(list) != 1 || list[0].Verdict != app.Quarantined || len(list[0].Cells) != 1 {
		t.Fatalf("%+v, %+v, %v", status, list, err)
	}
	if err := a.Dismiss(t.Context(), a.Actor(), 2, ""); err != nil || len(rejected(t, a)) != 0 {
		t.Error(err)
	}
}

// TestHistoryTellsTheClock: the error and the device's own time come with each event.
func TestHistoryTellsTheClock(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	err := b.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Measured(store.Measurement{Offset: 5_000, Err: 20}) })
	if err != nil {
		t.Fatal(err)
	}
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Count = 2 })
	for _, sent := range []bool{false, true} {
		if sent {
			q.Sync(b)
		}
		events, err := b.History(t.Context(), it.Ref)
		if err != nil || len(events) != 2 || events[0].Err != 20 || events[0].At != events[0].Claimed+5_000 || events[1].Err != app.Unknown {
			t.Errorf("sent %v: %+v, %v", sent, events, err)
		}
	}
}

// TestAskedIsAList: the list holds what waits for the person who asks.
func TestAskedIsAList(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "甲" })
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Title = "乙" })
	q.Sync(a, b)
	q.Sync(a, b)
	list, _, err := store.List(t.Context(), a, app.Conflicts, app.Query{})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	do(t, a, list[0], "ask", "whom="+(app.Ref{Kind: app.PersonKind, ID: b.Actor().ID}).String(), "text=どちらですか。")
	q.Sync(a, b)
	f, _ := app.FilterOf(app.Conflicts, "asked")
	for r, want := range map[*store.Replica]int{a: 0, b: 1} {
		if n, err := r.Count(t.Context(), app.ConflictKind, f.Query(nil)); err != nil || n != want {
			t.Errorf("%d wait for %s, want %d; %v", n, r.Actor().ID.Short(), want, err)
		}
	}
}
