package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// later is the register of items as a later version has it: the body has a
// column too, and parts are links from the item.
var later = app.Describe(storetest.ItemKind, "品目", "Items",
	app.Text("title", "名称", "Title", func(r *storetest.Item) *string { return &r.Title }).Must().Search().Index().Seal(),
	app.Int("count", "数", "Count", func(r *storetest.Item) *int { return &r.Count }).Index(),
	app.On("due", "期限", "Due", func(r *storetest.Item) *app.Day { return &r.Due }).Index(),
	app.One("state", "状態", "State", func(r *storetest.Item) *storetest.State { return &r.State }).ByRule().Index(),
	app.Long("body", "内容", "Body", func(r *storetest.Item) *string { return &r.Body }).Index().Seal(),
	app.Shown("double", "三倍", "Triple", func(r *storetest.Item) int64 { return 3 * int64(r.Count) }).Index(),
	app.Shown("upto", "四倍", "Fourfold", func(r *storetest.Item) int64 { return 4 * int64(r.Count) }).Index(), // the store has columns of this name
)

// laterOptions open a folder with the later version.
func laterOptions(t *testing.T, dir string) store.Options {
	t.Helper()
	o, err := laterVersion(dir)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func laterVersion(dir string) (store.Options, error) {
	first, err := fs.ReadFile(storetest.Tables(), "migrations/storetest_0001.sql")
	return store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Clock: (&storetest.Clock{}).Now, Random: storetest.Random(1),
		Book: app.Book{Registers: app.Collect([]app.Module{{Registers: []app.AnyRegister{app.Conflicts, later, storetest.Parts}}})},
		Tables: fstest.MapFS{
			"migrations/storetest_0001.sql": {Data: first},
			"migrations/storetest_0002.sql": {Data: []byte("ALTER TABLE item ADD COLUMN body TEXT NOT NULL DEFAULT ''; CREATE INDEX item_body ON item (body, id);" +
				"ALTER TABLE item ADD COLUMN upto INTEGER NOT NULL DEFAULT 0; CREATE INDEX item_upto ON item (upto, id);")},
		}}, err
}

// childUpgrades opens a folder with the later version, telling its progress.
func childUpgrades(dir, _ string) error {
	o, err := laterVersion(dir)
	if err != nil {
		return err
	}
	o.Progress = func(kind app.Kind, done, total int) {
		if kind == storetest.ItemKind {
			fmt.Println(done, total)
		}
	}
	r, err := store.Open(context.Background(), o, storetest.Passphrase)
	if err != nil {
		return err
	}
	return r.Close()
}

// TestUpgradeIsKilledAndGoesOn opens a folder with the later version, whose
// projection of items must be made anew, and kills it at moments that nobody
// chose, again and again. Each opening goes on where the one before was; the
// end is what an undisturbed rebuild gives. DAICHO_REBUILD sets the number of rows.
func TestUpgradeIsKilledAndGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	rows := times(t, "DAICHO_REBUILD", 5000)
	for range rows / 5000 {
		many(t, r, 5000)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	reached := 0
	for kill := range 4 {
		first, last := upgradeUntilKilled(t, dir, time.Duration(rand.IntN(rows/33))*time.Millisecond)
		if first > 0 && first <= reached || last > rows {
			t.Errorf("opening %d began with %d of %d, after %d", kill, first, rows, reached)
		}
		reached = max(reached, last)
	}
	r, err := store.Open(t.Context(), laterOptions(t, dir), storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	resumed := projectionOf(t, r)
	if err := r.Rebuild(t.Context(), storetest.ItemKind); err != nil {
		t.Fatal(err)
	}
	if fresh := projectionOf(t, r); resumed != fresh {
		t.Error("a projection that was killed differs from one that was not")
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// upgradeUntilKilled gives the first and the last progress that was told.
func upgradeUntilKilled(t *testing.T, dir string, after time.Duration) (first, last int) {
	t.Helper()
	c, out := child(t, "upgrade", dir, "")
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, err := fmt.Sscan(lines.Text(), &last, new(int)); err != nil {
			t.Fatalf("the upgrade says %q", lines.Text())
		}
		if first == 0 {
			first = last
			time.AfterFunc(after, func() { _ = c.Process.Kill() }) // it may have ended
		}
	}
	_ = c.Wait() // it was killed, or came to its end
	return first, last
}

// projectionOf is all that is made from the documents of items.
func projectionOf(t *testing.T, r *store.Replica) string {
	t.Helper()
	rows, err := r.Projected(t.Context(), storetest.ItemKind)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"品目", "品目4999", "内容"} {
		ids, err := r.IDs(t.Context(), storetest.ItemKind, app.Query{Find: words})
		if err != nil {
			t.Fatal(err)
		}
		rows += fmt.Sprintf("%s: %d %v\n", words, len(ids), ids)
	}
	return rows
}

func TestNewColumnIsFilledFromTheDocuments(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	many(t, r, 1203) // more than two batches
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := store.Open(t.Context(), laterOptions(t, dir), storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, q := range []app.Query{
		{Where: []app.Cond{{Field: "body", Op: "=", Value: "障害の内容7"}}},
		{Where: []app.Cond{{Field: "number", Op: "=", Value: app.Provisional(r.Device(), 8)}}},
	} {
		if n, err := r.Count(t.Context(), storetest.ItemKind, q); n != 1 || err != nil {
			t.Errorf("%+v: count %d, %v", q, n, err)
		}
	}
	if n := count(t, r, storetest.ItemKind); n != 1203 {
		t.Errorf("counter %d", n)
	}
	if hits, err := r.Search(t.Context(), "障害の内容", 9); len(hits) != 0 || err != nil {
		t.Errorf("the body is not searched any more: %d hits, %v", len(hits), err)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// wider is the register of items with one column more, and nothing else new.
var wider = app.Describe(storetest.ItemKind, "品目", "Items",
	app.Text("title", "名称", "Title", func(r *storetest.Item) *string { return &r.Title }).Must().Search().Index().Seal(),
	app.Int("count", "数", "Count", func(r *storetest.Item) *int { return &r.Count }).Index(),
	app.On("due", "期限", "Due", func(r *storetest.Item) *app.Day { return &r.Due }).Index(),
	app.One("state", "状態", "State", func(r *storetest.Item) *storetest.State { return &r.State }).ByRule().Index(),
	app.Long("body", "内容", "Body", func(r *storetest.Item) *string { return &r.Body }).Search().Index().Seal(),
	app.Link("partner", "相手", "Partner", storetest.ItemKind, func(r *storetest.Item) *app.Ref { return &r.Partner }).ByRule(),
	app.Link("next", "次", "Next", storetest.ItemKind, func(r *storetest.Item) *app.Ref { return &r.Next }),
	app.Files("files", "添付", "Files", func(r *storetest.Item) *[]app.Blob { return &r.Files }),
	app.Shown("double", "二倍", "Double", func(r *storetest.Item) int64 { return 2 * int64(r.Count) }).Index(),
	app.Shown("upto", "四倍", "Fourfold", func(r *storetest.Item) int64 { return 4 * int64(r.Count) }).Index(),
)

// TestNewColumnAloneLeavesTheWords adds a column and nothing else: what was
// changed last is still the newest in a search.
func TestNewColumnAloneLeavesTheWords(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	first, second := item(t, r, "障害一"), item(t, r, "障害二")
	first.Next = second.Ref
	save(t, r, first)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	o := laterOptions(t, dir)
	o.Book.Registers[storetest.ItemKind] = wider
	told := 0
	o.Progress = func(app.Kind, int, int) { told++ }
	for opening := range 2 {
		r, err := store.Open(t.Context(), o, storetest.Passphrase)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := r.Count(t.Context(), storetest.ItemKind, app.Query{Where: []app.Cond{{Field: "body", Op: "=", Value: ""}}}); n != 2 || err != nil {
			t.Errorf("%d rows have the new column, %v", n, err)
		}
		if linked, err := r.Linked(t.Context(), second.Ref); len(linked) != 1 || err != nil {
			t.Errorf("linked %v, %v", linked, err)
		}
		if hits, err := r.Search(t.Context(), "障害", 9); len(hits) != 2 || err != nil {
			t.Errorf("%d hits, %v", len(hits), err)
		}
		if told != 1 {
			t.Errorf("opening %d: told %d times", opening, told)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOlderProgramIsRefusedAfterAMigration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	if err := storetest.New(t, storetest.WithDir(dir)).Close(); err != nil {
		t.Fatal(err)
	}
	r, err := store.Open(t.Context(), laterOptions(t, dir), storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := storetest.Open(t, storetest.WithDir(dir)); !app.IsCode(err, app.Invalid) {
		t.Errorf("got %v", err)
	}
}

// TestMigrationThatBreaksAForeignKeyIsRefused lets a later version point to
// a row that is not there.
func TestMigrationThatBreaksAForeignKeyIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	if err := storetest.New(t, storetest.WithDir(dir)).Close(); err != nil {
		t.Fatal(err)
	}
	o := laterOptions(t, dir)
	o.Tables.(fstest.MapFS)["migrations/storetest_0003.sql"] = &fstest.MapFile{Data: []byte(`
		CREATE TABLE owner (id INTEGER PRIMARY KEY) STRICT;
		CREATE TABLE owned (owner INTEGER NOT NULL REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
		INSERT INTO owned VALUES (7);`)}
	if r, err := store.Open(t.Context(), o, storetest.Passphrase); err == nil {
		r.Close()
		t.Error("it was opened")
	}
	if _, err := storetest.Open(t, storetest.WithDir(dir)); err != nil {
		t.Errorf("something was changed: %v", err)
	}
}

func TestMissingColumnIsFound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	if err := storetest.New(t, storetest.WithDir(dir)).Close(); err != nil {
		t.Fatal(err)
	}
	o := laterOptions(t, dir)
	o.Tables = storetest.Tables()
	if r, err := store.Open(t.Context(), o, storetest.Passphrase); err == nil {
		r.Close()
		t.Error("a register without its column was opened")
	}
}

// TestKindOfANewerVersionIsNeverLost takes effects in on a kind that the
// program does not know, then opens the replica with one that does.
func TestKindOfANewerVersionIsNeverLost(t *testing.T) {
	a, _, q := office(t)
	dir := filepath.Join(t.TempDir(), "old")
	old := func() store.Options {
		return store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Cost: keys.Cost{Passes: 1, KiB: 8, Threads: 1}, Clock: (&storetest.Clock{}).Now,
			Random: storetest.Random(77), Tables: storetest.Tables(),
			Book: app.Book{Registers: app.Collect([]app.Module{{Registers: []app.AnyRegister{app.Conflicts, storetest.Items}}})}}
	}
	b, err := store.Create(t.Context(), old(), storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	it := item(t, a, "親")
	do(t, a, it, "split")
	do(t, a, get(t, a, it.Ref), "split")
	q.Sync(a, b)
	if got := get(t, b, it.Ref); got.Title != "親" {
		t.Errorf("got %+v", got)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if b, err = storetest.Open(t, storetest.WithDir(dir)); err != nil {
		t.Fatal(err)
	}
	sameAs(t, q, a, b)
	events, err := b.History(context.Background(), app.Ref{Kind: storetest.PartKind, ID: partsOf(t, b)[0].Ref.ID})
	if err != nil || len(events) != 1 {
		t.Errorf("events %+v, %v", events, err)
	}
}

func partsOf(t *testing.T, r *store.Replica) []*storetest.Part {
	t.Helper()
	parts, _, err := store.List(t.Context(), r, storetest.Parts, app.Query{})
	if err != nil || len(parts) != 2 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	return parts
}

// renamed is the register of items as a later version has it that calls the
// body something else.
var renamed = app.Describe(storetest.ItemKind, "品目", "Items",
	app.Text("title", "名称", "Title", func(r *storetest.Item) *string { return &r.Title }).Must().Search().Index().Seal(),
	app.Int("count", "数", "Count", func(r *storetest.Item) *int { return &r.Count }).Index(),
	app.On("due", "期限", "Due", func(r *storetest.Item) *app.Day { return &r.Due }).Index(),
	app.One("state", "状態", "State", func(r *storetest.Item) *storetest.State { return &r.State }).ByRule().Index(),
	app.Long("text", "本文", "Text", func(r *storetest.Item) *string { return &r.Body }).Search().Seal(),
	app.Shown("double", "二倍", "Double", func(r *storetest.Item) int64 { return 2 * int64(r.Count) }).Index(),
).Renamed("body", "text")

// TestRowsStayAsTheyCame lets a later version, which calls a field something
// else, take an effect in: an older program still reads the row afterwards.
func TestRowsStayAsTheyCame(t *testing.T) {
	a, _, q := office(t)
	dir := filepath.Join(t.TempDir(), "r")
	b := storetest.New(t, storetest.WithDir(dir), storetest.WithSeed(3))
	it := draft(t, a)
	it.Title, it.Body = "題", "本文の障害"
	save(t, a, it)
	q.Sync(a, b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	o := laterOptions(t, dir)
	o.Tables, o.Book = storetest.Tables(), app.Book{Registers: app.Collect([]app.Module{{Registers: []app.AnyRegister{app.Conflicts, renamed, storetest.Parts}}})}
	b, err := store.Open(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if got := get(t, b, it.Ref).Body; got != "本文の障害" {
		t.Errorf("the later version reads %q", got)
	}
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Count = 4 })
	q.Sync(a)
	q.Pull(b, 10)
	if hits, err := b.Search(t.Context(), "障害", 9); len(hits) != 1 || err != nil {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if b, err = storetest.Open(t, storetest.WithDir(dir)); err != nil {
		t.Fatal(err)
	}
	sameAs(t, q, a, b)
}

// linkedTo is what a rule would find that links to a record.
func linkedTo(t *testing.T, r *store.Replica, to app.Ref) (refs []app.Ref) {
	t.Helper()
	err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) (err error) {
		refs, err = tx.Linked(to, storetest.PartKind)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return refs
}

func TestLinksFollowTheRecord(t *testing.T) {
	r := storetest.New(t)
	x, y := item(t, r, "X"), item(t, r, "Y")
	do(t, r, x, "split")
	parts, _, err := store.List(t.Context(), r, storetest.Parts, app.Query{})
	if err != nil || len(parts) != 1 {
		t.Fatal(parts, err)
	}
	part := parts[0]
	for _, step := range []struct {
		name string
		do   func() error
		x, y int
	}{
		{"made", func() error { return nil }, 1, 0},
		{"moved", func() error { part.Item = y.Ref; return trySave(r, part) }, 0, 1},
		{"made anew", func() error { return r.Rebuild(t.Context(), storetest.PartKind) }, 0, 1},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if nx, ny := linkedTo(t, r, x.Ref), linkedTo(t, r, y.Ref); len(nx) != step.x || len(ny) != step.y {
			t.Errorf("%s: %d link to X, %d to Y", step.name, len(nx), len(ny))
		}
	}
}
