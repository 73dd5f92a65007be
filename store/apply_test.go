package store_test

import (
	"context"
	"slices"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// office is two devices and a server.
func office(t testing.TB) (a, b *store.Replica, q *storetest.Sequencer) {
	return storetest.New(t, storetest.WithSeed(1)), storetest.New(t, storetest.WithSeed(2)), storetest.NewSequencer(t, storetest.Book())
}

// edit changes one item of a replica.
func edit(t tb, r *store.Replica, ref app.Ref, change func(*storetest.Item)) {
	t.Helper()
	it := get(t, r, ref)
	change(it)
	save(t, r, it)
}

func outbox(t tb, r *store.Replica) []app.Sent {
	t.Helper()
	out, err := r.Outbox(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func count(t tb, r *store.Replica, kind app.Kind) int {
	t.Helper()
	n, err := r.Count(context.Background(), kind, app.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return n
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
	if out := outbox(t, a); len(out) != 0 {
		t.Errorf("outbox %v", out)
	}
}

// What follows are mistakes that are easily made in such a store, each by name.

func TestOpenFormDoesNotUndoWhatSyncBrought(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	form := get(t, a, it.Ref)
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Body = "届いた内容" })
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
		edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = title })
	}
	q.Sync(a, b)
	if n := count(t, b, app.ConflictKind); n != 0 {
		t.Errorf("%d conflicts", n)
	}
	if got := get(t, b, it.Ref).Title; got != "四" {
		t.Errorf("title %q", got)
	}
}

func TestRecordsThatARuleMakesKeepTheirIDs(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "親")
	do(t, a, it, "split")
	before, _, err := a.List(t.Context(), storetest.PartKind, app.Query{})
	if err != nil || len(before) != 1 {
		t.Fatalf("%d parts, %v", len(before), err)
	}
	q.Sync(a, b)
	for _, r := range []*store.Replica{a, b} {
		parts, _, err := store.List(t.Context(), r, storetest.Parts, app.Query{Where: []app.Cond{{Field: "item", Op: "=", Value: it.Ref.String()}}})
		if err != nil || len(parts) != 1 || parts[0].Ref != before[0].Meta().Ref {
			t.Errorf("parts %v, %v; want the one made offline", parts, err)
		}
	}
}

func TestEditOfARecordThatWasRefusedMakesNoHeadlessOne(t *testing.T) {
	a, b, q := office(t)
	it := draft(t, a)
	it.Title, it.Count = "拒否される", 5
	save(t, a, it)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Count = 6 })
	bodies, _, keys, err := a.Outgoing(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	reject(t, q, bodies[0], keys)
	q.Decide(bodies[1])
	q.Pull(a, 100)
	q.Pull(b, 100)
	for _, r := range []*store.Replica{a, b} {
		if _, err := r.Get(t.Context(), it.Ref); !app.IsCode(err, app.NotFound) {
			t.Errorf("a headless record: %v", err)
		}
		if n := count(t, r, storetest.ItemKind); n != 0 {
			t.Errorf("counter %d", n)
		}
	}
	if out := outbox(t, a); len(out) != 2 || out[0].Verdict != app.Rejected || out[1].Verdict != app.Rejected {
		t.Errorf("outbox %+v", out)
	}
}

// reject lets the server refuse a change, whatever its rules say.
func reject(t tb, q *storetest.Sequencer, body []byte, keys []app.SubjectKey) {
	t.Helper()
	q.Learn(keys)
	c := q.Read(body)
	q.Say(&app.Outcome{Device: c.Device, Seq: c.Seq, Author: c.Author, At: c.Clock.Wall, Received: c.Clock.Wall, Ref: c.Ref, Command: c.Command,
		Verdict: app.Rejected, Code: app.Forbidden, Field: "title", Say: app.Label{JA: "権限がありません。", EN: "no right"}})
}

func TestUndoFollowsRows(t *testing.T) {
	a, b, q := office(t)
	x, y, z := item(t, a, "X"), item(t, a, "Y"), item(t, a, "Z")
	q.Sync(a, b)
	do(t, a, get(t, a, x.Ref), "pair", "with="+y.Ref.String()) // touches X and Y
	edit(t, a, y.Ref, func(i *storetest.Item) { i.Count = 7 }) // waits on Y
	edit(t, b, x.Ref, func(i *storetest.Item) { i.Body = "他の人" })
	do(t, b, get(t, b, x.Ref), "pair", "with="+z.Ref.String()) // the server gives X to Z
	q.Push(b, 100)
	q.Pull(a, 100)
	if got := get(t, a, x.Ref); got.Partner != z.Ref || got.Body != "他の人" {
		t.Errorf("X is with %v", got.Partner)
	}
	if got := get(t, a, y.Ref); got.State != storetest.Idle || !got.Partner.IsZero() || got.Count != 7 {
		t.Errorf("Y must be free again and keep the edit that waits on it: %+v", got)
	}
	if out := outbox(t, a); len(out) != 2 || out[0].Verdict != "" {
		t.Errorf("the command that no longer passes must wait for the server's word: %+v", out)
	}
	q.Sync(a, b)
	if out := outbox(t, a); len(out) != 1 || out[0].Verdict != app.Rejected || out[0].Command != "pair" {
		t.Errorf("outbox %+v", out)
	}
	sameAs(t, q, a, b)
}

func TestCreatedRowIsUndone(t *testing.T) {
	a, _, q := office(t)
	it := item(t, a, "やめる")
	bodies, _, keys, err := a.Outgoing(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	reject(t, q, bodies[0], keys)
	q.Pull(a, 10)
	if _, err := a.Get(t.Context(), it.Ref); !app.IsCode(err, app.NotFound) {
		t.Errorf("the row is still there: %v", err)
	}
}

func TestRefusedChangeLeavesNoGapInNumbers(t *testing.T) {
	a, b, q := office(t)
	item(t, a, "一")
	bad := draft(t, b)
	bad.Title = "二"
	save(t, b, bad)
	bodies, _, keys, err := b.Outgoing(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	reject(t, q, bodies[0], keys)
	third := item(t, b, "三")
	q.Push(a, 10)
	q.Skip(b, 1)
	q.Sync(a, b)
	if got := get(t, b, third.Ref).Number; got != "I-2026-0002" {
		t.Errorf("number %q", got)
	}
}

func TestFieldsSetByRulesAreNotJournaled(t *testing.T) {
	a, _, q := office(t)
	it := item(t, a, "品")
	do(t, a, it, "start")
	it.State = storetest.Idle // by hand
	if err := trySave(a, it); !app.IsCode(err, app.Forbidden) {
		t.Errorf("got %v", err)
	}
	bodies, _, keys, err := a.Outgoing(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	q.Learn(keys)
	for _, body := range bodies {
		for _, c := range q.Read(body).Cells {
			if (c.Field == "state" || c.Field == "number") && len(c.Now) > 0 {
				t.Errorf("%s was journaled", c.Field)
			}
		}
	}
}

// A rebase may let a command reach a row that it did not touch before, and on
// which later changes wait: these must be replayed after it, not before.
func TestReplayThatReachesAnotherRowKeepsTheOrder(t *testing.T) {
	a, b, q := office(t)
	x, y := item(t, a, "X"), item(t, a, "Y")
	edit(t, a, x.Ref, func(i *storetest.Item) { i.Count = 5 })
	q.Sync(a, b)
	do(t, a, get(t, a, x.Ref), "spread")
	edit(t, a, y.Ref, func(i *storetest.Item) { i.Count = 9 })
	edit(t, b, x.Ref, func(i *storetest.Item) { i.Next = y.Ref })
	q.Push(b, 10)
	q.Pull(a, 10)
	if got := get(t, a, y.Ref).Count; got != 9 {
		t.Errorf("the edit made after the command shows %d, want 9", got)
	}
	q.Sync(a, b)
	sameAs(t, q, a, b)
}

// A command that no longer passes is tried again when a row changes that its
// rules looked at, though it touches none.
func TestWhatWaitsIsTriedAgainWhenWhatItLookedAtChanges(t *testing.T) {
	a, b, q := office(t)
	x, y, z := item(t, a, "X"), item(t, a, "Y"), item(t, a, "Z")
	q.Sync(a, b)
	do(t, a, get(t, a, x.Ref), "pair", "with="+y.Ref.String())
	do(t, b, get(t, b, y.Ref), "pair", "with="+z.Ref.String())
	q.Push(b, 10)
	q.Pull(a, 10)
	if got := get(t, a, x.Ref).State; got != storetest.Idle {
		t.Fatalf("X is %s though Y is taken", got)
	}
	do(t, b, get(t, b, z.Ref), "free") // changes Y and Z
	q.Push(b, 10)
	q.Pull(a, 10)
	if got := get(t, a, x.Ref); got.State != storetest.Paired || got.Partner != y.Ref {
		t.Errorf("Y is free again, but X is %q", got.State)
	}
	q.Sync(a, b)
	sameAs(t, q, a, b)
}

// sameAs compares replicas that have nothing pending with the server's order.
func sameAs(t tb, q *storetest.Sequencer, replicas ...*store.Replica) {
	t.Helper()
	for _, r := range replicas {
		shows(t, r, q.Rows())
	}
}

// shows compares what a replica shows with the documents that it must show.
func shows(t tb, r *store.Replica, want map[app.Ref]app.Doc) {
	t.Helper()
	for _, kind := range []app.Kind{storetest.ItemKind, storetest.PartKind, app.ConflictKind} {
		recs, _, err := r.List(context.Background(), kind, app.Query{})
		if err != nil {
			t.Fatal(err)
		}
		if n := count(t, r, kind); n != len(recs) {
			t.Fatalf("the counter of %s says %d, there are %d", kind, n, len(recs))
		}
		for _, rec := range recs {
			ref := rec.Meta().Ref
			if !slices.Equal(rec.Meta().Seen(), want[ref]) {
				t.Fatalf("%s is\n%s\nwant\n%s", ref, app.Value(rec.Meta().Seen()).JSON(), app.Value(want[ref]).JSON())
			}
			delete(want, ref)
		}
	}
	for ref, doc := range want {
		if !doc.IsEmpty() {
			t.Fatalf("%s is missing", ref)
		}
	}
}

func TestPageMayRepeatAndOverlap(t *testing.T) {
	a, b, q := office(t)
	for _, title := range []string{"一", "二", "三", "四"} {
		item(t, a, title)
	}
	q.Push(a, 100)
	for _, p := range []store.Page{q.Page(0, 2), q.Page(0, 2), q.Page(1, 3), q.Page(0, 4), q.Page(4, 9)} {
		if err := b.Apply(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	if _, gsn, err := b.Cursor(t.Context()); gsn != 4 || err != nil {
		t.Errorf("cursor %d, %v", gsn, err)
	}
	q.Pull(a, 100)
	sameAs(t, q, a, b)
}

func TestPageThatDoesNotFollowIsRefusedWhole(t *testing.T) {
	a, b, q := office(t)
	for _, title := range []string{"一", "二", "三"} {
		item(t, a, title)
	}
	q.Push(a, 100)
	turned, beyond := q.Page(0, 3), q.Page(0, 3)
	turned.Outcomes = [][]byte{turned.Outcomes[1], turned.Outcomes[0]}
	beyond.UpTo = 2
	for name, p := range map[string]store.Page{"before": q.Page(1, 2), "order": turned, "end": beyond} {
		if err := b.Apply(t.Context(), p); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := count(t, b, storetest.ItemKind); n != 0 {
		t.Errorf("%d items were taken in", n)
	}
}

func TestOtherEpochIsRefusedAndNothingLost(t *testing.T) {
	a, _, q := office(t)
	it := item(t, a, "残る")
	q.Sync(a)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Count = 9 })
	p := q.Page(1, 10)
	p.Epoch = app.ID{0xff}
	if err := a.Apply(t.Context(), p); !app.IsCode(err, app.Stale) {
		t.Errorf("got %v", err)
	}
	if got := get(t, a, it.Ref); got.Count != 9 || len(outbox(t, a)) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestOlderCopyIsNoticed(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	q.Say(&app.Outcome{Device: a.Device(), Seq: 99, Author: a.Actor().ID, Ref: it.Ref, Verdict: app.Accepted})
	if err := a.Apply(t.Context(), q.Page(1, 10)); !app.IsCode(err, app.Damaged) {
		t.Errorf("got %v", err)
	}
	if err := a.Acknowledge(t.Context(), 99); !app.IsCode(err, app.Damaged) {
		t.Errorf("got %v", err)
	}
}

func TestRejectedChangeStaysUntilAPersonDecides(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "拒否" })
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Count = 4 })
	bodies, _, keys, err := a.Outgoing(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range bodies {
		reject(t, q, body, keys)
	}
	q.Skip(a, 2)
	q.Pull(a, 10)
	if got := get(t, a, it.Ref); got.Title != "元" || got.Count != 0 {
		t.Errorf("the rejected edit is still shown: %+v", got)
	}
	rejected, err := a.Rejected(t.Context())
	if err != nil || len(rejected) != 2 {
		t.Fatalf("rejected %+v, %v", rejected, err)
	}
	if r := rejected[0]; r.Code != app.Forbidden || r.Field != "title" || r.Say.JA != "権限がありません。" || r.Title != "元" || r.Number != "I-2026-0001" {
		t.Errorf("got %+v", r)
	}
	if err := a.Retry(t.Context(), a.Actor(), rejected[0].Seq); err != nil {
		t.Fatal(err)
	}
	if err := a.Dismiss(t.Context(), a.Actor(), rejected[1].Seq, ""); err != nil {
		t.Fatal(err)
	}
	if err := a.Dismiss(t.Context(), a.Actor(), rejected[1].Seq, ""); !app.IsCode(err, app.Stale) {
		t.Errorf("dismissed twice: %v", err)
	}
	q.Sync(a, b)
	if got := get(t, b, it.Ref); got.Title != "拒否" || got.Count != 0 {
		t.Errorf("after retry: %+v", got)
	}
	if out := outbox(t, a); len(out) != 0 {
		t.Errorf("outbox %+v", out)
	}
}

func TestRejectedCreationCanBeRetried(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "再送")
	bodies, _, keys, err := a.Outgoing(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	reject(t, q, bodies[0], keys)
	q.Skip(a, 1)
	q.Pull(a, 10)
	if err := a.Retry(t.Context(), a.Actor(), 1); err != nil {
		t.Fatal(err)
	}
	q.Sync(a, b)
	if got := get(t, b, it.Ref); got.Title != "再送" || got.Number != "I-2026-0001" {
		t.Errorf("got %+v", got)
	}
}

func TestConflictKeepsBothValues(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "元")
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "甲" })
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Title = "乙" })
	q.Sync(a, b)
	q.Sync(a, b)
	sameAs(t, q, a, b)
	list, _, err := store.List(t.Context(), a, app.Conflicts, app.Query{Where: []app.Cond{{Field: "state", Op: "=", Value: ""}}})
	if err != nil || len(list) != 1 || list[0].About != it.Ref {
		t.Fatalf("conflicts %+v, %v", list, err)
	}
	both := []string{list[0].Shown.Text(), list[0].Other.Text()}
	slices.Sort(both)
	if !slices.Equal(both, []string{"乙", "甲"}) {
		t.Errorf("kept %q", both)
	}
	status, err := b.Status(t.Context())
	if err != nil || status.Conflicts != 1 || status.GSN != q.Last() || status.Epoch != q.Epoch {
		t.Errorf("status %+v, %v", status, err)
	}
}

func TestHistoryNewestFirst(t *testing.T) {
	a, b, q := office(t)
	q.Name(a.Actor().ID, "情報 花子")
	it := item(t, a, "元")
	q.Sync(a, b)
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Count = 2 })
	q.Sync(b, a)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "未送信" })
	events, err := a.History(t.Context(), it.Ref)
	if err != nil || len(events) != 3 {
		t.Fatalf("events %+v, %v", events, err)
	}
	mine, theirs, first := events[0], events[1], events[2]
	if mine.GSN != 0 || mine.Verdict != "" || len(mine.Cells) != 1 || mine.Cells[0].Was.Text() != "元" || mine.Cells[0].Now.Text() != "未送信" {
		t.Errorf("pending %+v", mine)
	}
	if theirs.GSN != 2 || theirs.Device != b.Device() || theirs.Cells[0].Field != "count" || theirs.Cells[0].Now.Int() != 2 {
		t.Errorf("theirs %+v", theirs)
	}
	do(t, a, get(t, a, it.Ref), "start")
	if events, err = a.History(t.Context(), it.Ref); err != nil || events[0].Command != "start" || len(events[0].Cells) != 0 {
		t.Errorf("a command that waits: %+v, %v", events[0], err)
	}
	if first.GSN != 1 || first.Name != "情報 花子" || first.Verdict != app.Accepted || !first.New || theirs.New || mine.New {
		t.Errorf("first %+v", first)
	}
}
