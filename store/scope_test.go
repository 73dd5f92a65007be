package store_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// outside is a clearance for everything but the zone of LGWAN.
var outside = app.NewClearance(app.Extent{Kind: app.Any, All: true}, app.Extent{Kind: app.Any, Zone: app.ZoneInternet, All: true})

// inZone saves an item that belongs to a zone, by its tag.
func inZone(t testing.TB, r *store.Replica, title, tag string) *storetest.Item {
	t.Helper()
	it := draft(t, r)
	it.Title, it.Body, it.Tags = title, title+"の内容", []string{tag}
	save(t, r, it)
	return it
}

func TestFilledReplicaIsAsOneThatFollowed(t *testing.T) {
	a, b, q := office(t)
	for _, title := range []string{"一", "二", "三", "四", "五"} {
		do(t, a, item(t, a, title), "split")
	}
	q.Sync(a)
	q.Rescope(b, app.ReadsAll, 3)
	sameAs(t, q, a, b)
	if _, gsn, err := b.Cursor(t.Context()); gsn != q.Last() || err != nil {
		t.Errorf("cursor %d of %d, %v", gsn, q.Last(), err)
	}
	for _, word := range []string{"三", "分割した部品"} {
		if got, want := found(t, b, word), found(t, a, word); len(want) == 0 || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s finds %v, want %v", word, got, want)
		}
	}
	item(t, a, "後から")
	q.Sync(a, b)
	sameAs(t, q, a, b)
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// Twenty of a kind are added by one statement, what is left over one by one.
func TestLargePageFillsAsASmallOne(t *testing.T) {
	a, b, q := office(t)
	for range 25 {
		do(t, a, item(t, a, "多数"), "split")
	}
	q.Sync(a)
	q.Rescope(b, app.ReadsAll, 1_000)
	sameAs(t, q, a, b)
	if got, want := len(found(t, b, "多数")), len(found(t, a, "多数")); got != want || want < 25 {
		t.Errorf("%d are found of %d", got, want)
	}
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestEffectsOlderThanAFilledRowArePassedOver(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "初め")
	q.Sync(a)
	begun := q.Last()
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "中ほど" })
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "終わり" })
	q.Sync(a)
	if err := b.Rescope(t.Context(), q.Epoch, app.ReadsAll, begun); err != nil {
		t.Fatal(err)
	}
	if err := b.Fill(t.Context(), q.Standing(app.Ref{}, 9, app.ReadsAll)); err != nil {
		t.Fatal(err)
	}
	q.Pull(b, 1)
	if got := get(t, b, it.Ref); got.Title != "終わり" {
		t.Errorf("after a page of older effects it is called %s", got.Title)
	}
	q.Pull(b, 9)
	sameAs(t, q, a, b)
}

func TestHistoryComesNewestFirst(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "初め")
	for _, title := range []string{"二", "三", "四"} {
		edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = title })
	}
	q.Sync(a)
	q.Rescope(b, app.ReadsAll, 9)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "五" })
	q.Sync(a, b)
	if l, err := b.Lacks(t.Context(), it.Ref); err != nil || !l.Some || l.UpTo != 4 || l.Since == 0 {
		t.Errorf("lacks %+v, %v", l, err)
	}
	events, err := b.History(t.Context(), it.Ref)
	if err != nil || len(events) != 1 || events[0].New {
		t.Errorf("%d lines, %v; the first one made nothing", len(events), err)
	}
	q.Remember(b, 3)
	if l, err := b.Lacks(t.Context(), it.Ref); err != nil || l.Some {
		t.Errorf("lacks %+v, %v", l, err)
	}
	if events, err = b.History(t.Context(), it.Ref); err != nil || len(events) != 5 || !events[4].New || events[0].GSN != 5 {
		t.Errorf("%d lines, %v", len(events), err)
	}
	sameAs(t, q, a, b)
}

func TestVerdictOnAnOwnChangeMayComeWithThePast(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "共有")
	own := item(t, b, "登録の前から")
	q.Sync(a)
	q.Push(b, 9) // and never heard of it
	q.Rescope(b, app.ReadsAll, 9)
	if out := outbox(t, b); len(out) != 1 {
		t.Fatalf("%d changes wait", len(out))
	}
	q.Remember(b, 1)
	if out := outbox(t, b); len(out) != 0 || get(t, b, own.Ref).Number == "" || get(t, b, it.Ref).Title != "共有" {
		t.Errorf("outbox %v", out)
	}
	sameAs(t, q, b)
}

// TestNothingIsLeftOfWhatMayNotBeRead narrows a clearance and looks through every
// page of the database, free ones too, and all files.
func TestNothingIsLeftOfWhatMayNotBeRead(t *testing.T) {
	a, b, q := office(t)
	dir := b.Dir()
	kept := inZone(t, a, "残る品目", "青")
	gone := draft(t, a)
	gone.Title, gone.Body, gone.Tags = "鰯雲の件", "鑰匙の番号は蠹魚", []string{"赤"}
	photo, err := a.Attach(t.Context(), gone.Ref, "鯔背.jpg", "image/jpeg", strings.NewReader("写真の中身"))
	if err != nil {
		t.Fatal(err)
	}
	gone.Files = []app.Blob{photo}
	save(t, a, gone)
	do(t, a, gone, "split")
	edit(t, a, gone.Ref, func(i *storetest.Item) { i.Body = "鑰匙は黌舎" })
	q.Sync(a, b)
	carry(t, a, b)
	edit(t, a, kept.Ref, func(i *storetest.Item) { i.Next = gone.Ref })
	do(t, a, get(t, a, kept.Ref), "pair", "with="+gone.Ref.String())
	q.Sync(a, b)
	key, err := q.Key(gone.Ref.ID)
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string][]byte{"title": []byte("鰯雲"), "body": []byte("鑰匙"), "older body": []byte("蠹魚"), "newer body": []byte("黌舎"),
		"file's name": []byte("鯔背"), "key": key.Key[:], "attachment": photo.ID[:], "part": []byte("分割した部品")}
	for name, secret := range secrets {
		if name != "older body" && !bytes.Contains(b.Pages(t), secret) { // that is sealed in history, and else nowhere
			t.Errorf("the %s was never there", name)
		}
	}
	q.Rescope(b, outside, 9)
	pages := b.Pages(t)
	for name, secret := range secrets {
		if bytes.Contains(pages, secret) {
			t.Errorf("the database still holds the %s", name)
		}
	}
	if files, err := filepath.Glob(filepath.Join(dir, "blobs", "*", "*")); err != nil || len(files) > 0 {
		t.Errorf("files are left: %v, %v", files, err)
	}
	if n := b.Number(t.Context(), "SELECT count(*) FROM history WHERE id = x'"+hexOf(gone.Ref.ID)+"'"); n > 0 {
		t.Errorf("%d lines of history are left", n)
	}
	if get(t, b, kept.Ref).State != storetest.Paired || len(found(t, b, "残る品目")) != 1 {
		t.Error("what may be read has gone, too")
	}
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	q.Rescope(b, app.ReadsAll, 9)
	q.Remember(b, 2)
	sameAs(t, q, b)
	if got, want := lines(t, b, gone.Ref), lines(t, a, gone.Ref); got != want {
		t.Errorf("%d lines of history came back, want %d", got, want)
	}
}

func hexOf(id app.ID) string { return strings.ReplaceAll(id.String(), "-", "") }

func lines(t *testing.T, r *store.Replica, ref app.Ref) int {
	t.Helper()
	events, err := r.History(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return len(events)
}

func TestWhatIsPendingOnADroppedRecordWaitsForTheServer(t *testing.T) {
	a, b, q := office(t)
	it := inZone(t, a, "共有", "赤")
	q.Sync(a, b)
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Body = "自分の書きかけ" })
	new := inZone(t, b, "自分の新しいもの", "赤")
	q.Rescope(b, outside, 9)
	out := outbox(t, b)
	if len(out) != 2 || out[0].Cells[0].Now.Text() != "自分の書きかけ" {
		t.Fatalf("outbox %+v", out)
	}
	if _, err := b.Get(t.Context(), it.Ref); !app.IsCode(err, app.NotFound) {
		t.Errorf("the record is still here: %v", err)
	}
	if get(t, b, new.Ref).Title != "自分の新しいもの" {
		t.Error("what only this device has is gone")
	}
	q.Push(b, 9)
	page := q.Page(1, 9)
	for i, p := range page.Outcomes { // as the server cuts it: the verdict alone
		cut, _, err := app.CutOutcome(p, func(app.Ref) bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		page.Outcomes[i] = cut
	}
	page.Keys = nil
	if err := b.Apply(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if out := outbox(t, b); len(out) != 0 {
		t.Errorf("outbox %+v", out)
	}
	for _, ref := range []app.Ref{it.Ref, new.Ref} {
		if _, err := b.Get(t.Context(), ref); !app.IsCode(err, app.NotFound) {
			t.Errorf("%s is here: %v", ref, err)
		}
		if n := b.Number(t.Context(), "SELECT count(*) FROM subject_key WHERE subject = x'"+hexOf(ref.ID)+"'"); n > 0 {
			t.Errorf("%d keys of %s are left", n, ref)
		}
	}
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestNoHistoryOfWhatIsNotHere: a change of a record that left may have done something
// to one that is here. That belongs to the history of this one alone.
func TestNoHistoryOfWhatIsNotHere(t *testing.T) {
	a, b, q := office(t)
	left, here := inZone(t, a, "移る品目", "青"), inZone(t, a, "残る品目", "青")
	q.Sync(a, b)
	q.Say(&app.Outcome{Device: app.ID{9}, Seq: 1, Ref: left.Ref, Verdict: app.Accepted, Effects: []app.Effect{{Ref: left.Ref, Gone: true}}})
	q.Pull(b, 9)
	q.Say(&app.Outcome{Device: app.ID{9}, Seq: 2, Ref: left.Ref, Verdict: app.Accepted,
		Effects: []app.Effect{{Ref: here.Ref, Cells: []app.Cell{{Field: "count", Now: app.IntValue(5)}}}}})
	q.Pull(b, 9)
	if n, m := b.Number(t.Context(), "SELECT count(*) FROM history WHERE id = x'"+hexOf(left.Ref.ID)+"'"), lines(t, b, here.Ref); n != 0 || m != 2 || get(t, b, here.Ref).Count != 5 {
		t.Errorf("%d lines of history of what left, %d of what it changed", n, m)
	}
}

func TestGoneRecordIsDropped(t *testing.T) {
	a, b, q := office(t)
	it := inZone(t, a, "移る品目", "青")
	q.Sync(a, b)
	edit(t, b, it.Ref, func(i *storetest.Item) { i.Count = 7 })
	if err := b.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Set("ui/draft/"+it.Ref.String(), []byte("書きかけ")) }); err != nil {
		t.Fatal(err)
	}
	q.Say(&app.Outcome{Device: app.ID{9}, Seq: 1, Ref: it.Ref, Verdict: app.Accepted, Effects: []app.Effect{{Ref: it.Ref, Gone: true}}})
	q.Pull(b, 9)
	if _, err := b.Get(t.Context(), it.Ref); !app.IsCode(err, app.NotFound) {
		t.Errorf("it is still here: %v", err)
	}
	if left, err := b.Settings(t.Context(), "ui/"); err != nil || len(left) > 0 {
		t.Errorf("its draft is still here: %v, %v", left, err)
	}
	if n := lines(t, b, it.Ref); n != 1 || len(found(t, b, "移る品目")) != 0 {
		t.Errorf("%d lines of history; its own change alone waits", n)
	}
	if err := b.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Pages(t), []byte("移る")) {
		t.Error("the database still holds its words")
	}
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestPageOfAnotherClearanceIsRefused(t *testing.T) {
	a, b, q := office(t)
	item(t, a, "共有")
	q.Sync(a)
	q.Rescope(b, outside, 9)
	page := q.Page(1, 9)
	page.Clearance = app.ReadsAll.Hash()
	if err := b.Apply(t.Context(), page); !app.IsCode(err, app.Stale) {
		t.Errorf("got %v", err)
	}
	if err := b.Rescope(t.Context(), q.Epoch, app.ReadsAll, 0); err != nil {
		t.Fatal(err)
	}
	page.Clearance = app.ReadsAll.Hash()
	if err := b.Apply(t.Context(), page); !app.IsCode(err, app.Stale) {
		t.Errorf("while it is being filled: %v", err)
	}
	q.Rescope(b, app.ReadsAll, 9)
	if err := b.Apply(t.Context(), page); err != nil {
		t.Error(err)
	}
}

func TestFillingDropsWhatIsNotThereAnyMore(t *testing.T) {
	a, b, q := office(t)
	stays, goes := inZone(t, a, "残る", "赤"), inZone(t, a, "消える", "赤")
	q.Sync(a, b)
	own := item(t, b, "自分の")
	other := app.NewClearance(app.Extent{Kind: storetest.ItemKind, Zone: app.ZoneLGWAN, All: true}, app.Extent{Kind: storetest.ItemKind, All: true})
	if err := b.Rescope(t.Context(), q.Epoch, other, 0); err != nil {
		t.Fatal(err)
	}
	if err := b.Rescope(t.Context(), q.Epoch, app.ReadsAll, 0); err != nil {
		t.Fatal(err)
	}
	p := q.Standing(app.Ref{}, 9, app.ReadsAll)
	if p.Rows[0].Ref != stays.Ref {
		t.Fatal("the first record is not the first")
	}
	p.Rows = p.Rows[:1]
	if err := b.Fill(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Get(t.Context(), goes.Ref); !app.IsCode(err, app.NotFound) {
		t.Errorf("got %v", err)
	}
	if get(t, b, own.Ref).Title != "自分の" || get(t, b, stays.Ref).Title != "残る" {
		t.Error("more was dropped")
	}
}

// TestKindsOfALaterVersionWait fills a replica whose program does not know parts,
// and then opens it with one that does.
func TestKindsOfALaterVersionWait(t *testing.T) {
	a, _, q := office(t)
	it := item(t, a, "親")
	do(t, a, it, "split")
	q.Sync(a)
	dir := filepath.Join(t.TempDir(), "r")
	book := storetest.Book()
	less := storetest.Book()
	delete(less.Registers, storetest.PartKind)
	b := storetest.New(t, storetest.WithDir(dir), storetest.WithSeed(5), storetest.WithRegisters(less))
	q.Rescope(b, app.ReadsAll, 1)
	q.Remember(b, 9)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := storetest.Open(t, storetest.WithDir(dir), storetest.WithSeed(6), storetest.WithRegisters(book))
	if err != nil {
		t.Fatal(err)
	}
	sameAs(t, q, b)
}

// TestRepairOfAFilledReplica spoils a page of its records: the others stay, and
// the next filling brings what was on it.
func TestRepairOfAFilledReplica(t *testing.T) {
	a, _, q := office(t)
	for range 40 {
		it := item(t, a, "品目")
		edit(t, a, it.Ref, func(i *storetest.Item) { i.Body = strings.Repeat("長い内容", 60) })
	}
	q.Sync(a)
	dir := filepath.Join(t.TempDir(), "r")
	b := storetest.New(t, storetest.WithDir(dir), storetest.WithSeed(5))
	q.Rescope(b, app.ReadsAll, 9)
	q.Remember(b, 50)
	own := item(t, b, "未送信")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, pageOf(t, dir, "item"))
	if rep, err := repair(t, dir); err != nil || len(rep.Pages) == 0 {
		t.Fatalf("%+v, %v", rep, err)
	}
	b = open(t, dir)
	if n := count(t, b, storetest.ItemKind); n < 20 || n > 40 {
		t.Errorf("%d of 41 items are there without the server", n)
	}
	if get(t, b, own.Ref).Title != "未送信" {
		t.Error("what only this device had is lost")
	}
	q.Rescope(b, app.ReadsAll, 9)
	q.Remember(b, 50)
	q.Sync(b)
	sameAs(t, q, b)
	if err := b.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestRecordsOfSeveralMomentsAreNotJudged changes what may be read while records
// are here that came before the order did: all must come anew, and what does not
// is dropped.
func TestRecordsOfSeveralMomentsAreNotJudged(t *testing.T) {
	more := app.NewClearance(slices.Concat(outside, app.Clearance{{Kind: app.Any, Zone: app.ZoneLGWAN, All: true}})...)
	for ahead, anew := range map[int64]int{0: 1, 100: 3} {
		a, b, q := office(t)
		it := item(t, a, "先の記録")
		q.Sync(a)
		if err := b.Rescope(t.Context(), q.Epoch, outside, q.Last()); err != nil {
			t.Fatal(err)
		}
		p := q.Standing(app.Ref{}, 9, outside)
		p.Head = q.Last() + ahead
		if err := b.Fill(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		if err := b.Rescope(t.Context(), q.Epoch, more, 0); err != nil {
			t.Fatal(err)
		}
		f, err := b.Filling(t.Context())
		if err != nil || !f.Wanted || len(f.Only) != anew {
			t.Fatalf("%d lines ahead: %+v %v", ahead, f, err)
		}
		if err := b.Fill(t.Context(), store.Rows{Epoch: q.Epoch}); err != nil { // the record moved away meanwhile
			t.Fatal(err)
		}
		if _, err := b.Get(t.Context(), it.Ref); (err == nil) != (ahead == 0) {
			t.Errorf("%d lines ahead: %v", ahead, err)
		}
	}
}

// TestReadableIsWhatTheServerSaidLast: all, until one said something.
func TestReadableIsWhatTheServerSaidLast(t *testing.T) {
	a, b, q := office(t)
	item(t, a, "一")
	q.Sync(a)
	readable := func() app.Clearance {
		t.Helper()
		c, err := b.Readable(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if got := readable(); got.Hash() != app.ReadsAll.Hash() {
		t.Errorf("before any server: %+v", got)
	}
	some := app.NewClearance(app.Extent{Kind: "item", Zone: app.Any, All: true})
	if err := b.Rescope(t.Context(), q.Epoch, some, 0); err != nil {
		t.Fatal(err)
	}
	if got := readable(); got.Hash() != some.Hash() {
		t.Errorf("going over: %+v", got)
	}
	q.Rescope(b, app.ReadsNothing, 9)
	if got := readable(); got.Hash() != app.ReadsNothing.Hash() {
		t.Errorf("in the end: %+v", got)
	}
}
