package store_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/internal/fault"
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
				projected(t, r, n)
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

// projected makes sure that columns, search text and counts of [many] are whole.
func projected(t *testing.T, r *store.Replica, n int) {
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

// mortal is a file that can be the last thing the process read.
type mortal struct{ io.ReadSeeker }

func (m *mortal) Read(p []byte) (int, error) {
	if err := fault.Before(fault.Write); err != nil {
		return 0, err
	}
	return m.ReadSeeker.Read(p[:min(len(p), 64<<10)])
}

// olderOptions open the replica of the first version by a book with a register
// more, and by migrations that rework a large table several times.
func olderOptions(dir string, seed uint64) store.Options {
	o := productOptions(dir, seed, storetest.Start.AddDate(0, 0, 1))
	o.Book.Registers = app.Collect(append(modules.All(), app.Module{Name: "storetest", Registers: []app.AnyRegister{storetest.Items, storetest.Parts}}))
	first, err := fs.ReadFile(storetest.Tables(), "migrations/storetest_0001.sql")
	if err != nil {
		panic(err) // it is part of the program
	}
	o.Tables = fstest.MapFS{
		"migrations/storetest_0001.sql": {Data: first},
		"migrations/older_0001.sql": {Data: []byte(`CREATE TABLE older (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO older SELECT i, hex(zeroblob(20)) || i FROM n;`)},
		"migrations/older_0002.sql": {Data: []byte(`CREATE INDEX older_a ON older (a); ALTER TABLE older ADD COLUMN b INTEGER NOT NULL DEFAULT 0;`)},
		"migrations/older_0003.sql": {Data: []byte(`UPDATE older SET b = id * 2; DELETE FROM older WHERE id % 3 = 0;`)},
	}
	return o
}

// prepareOlder takes the replica of the first version as a kill left it.
func prepareOlder(t *testing.T, home string) looker {
	from := filepath.Join(versions, "0.1.0")
	for _, c := range [][2]string{{"replica", "replica"}, {"hot", "replica"}, {"replica.keys", "replica.keys"}} {
		copyFiles(t, filepath.Join(from, c[0]), filepath.Join(home, c[1]))
	}
	want, err := os.ReadFile(filepath.Join(from, "hot.json"))
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, home string, r *store.Replica, _ []string) {
		finds(t, r, string(want))
		if n := r.Number(t.Context(), "SELECT count(*) + max(b) FROM older"); n != 2000+6000-2*1 { // 3000 went with every third
			t.Errorf("the migrations left %d", n)
		}
	}
}

func justOpen(home string, rnd *rand.Rand) error {
	r, err := working(olderOptions, home, rnd)
	if err != nil {
		return err
	}
	return r.Close()
}

// prepareAttachments makes a replica that knows of attachments it has not
// fetched. Their sealed bytes lie in the folder "server".
func prepareAttachments(t *testing.T, home string) looker {
	a := storetest.New(t, storetest.WithDir(filepath.Join(home, "replica")))
	b := storetest.New(t, storetest.WithSeed(2))
	q := storetest.NewSequencer(t, storetest.Book())
	for n := range 4 {
		it := draft(t, b)
		it.Title = "届く写真"
		it.Files = []app.Blob{attach(t, b, it, "写真.jpg", bytesFor(uint64(n), 200_000))}
		save(t, b, it)
		copyFiles(t, filepath.Dir(blobFile(b, it.Files[0].ID)), filepath.Join(home, "server"))
	}
	q.Sync(b, a)
	for _, r := range []*store.Replica{a, b} {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return attachmentsAreWhole
}

// bytesFor is the content of an attachment.
func bytesFor(seed uint64, n int) string {
	b := make([]byte, n)
	_, _ = io.ReadFull(storetest.Random(seed), b) // it never fails
	return string(b)
}

// attachFiles fetches what has not come, then attaches files of all sizes to
// new items.
func attachFiles(home string, rnd *rand.Rand) error {
	r, err := working(itemOptions, home, rnd)
	if err != nil {
		return err
	}
	if err := fetchAll(home, r); err != nil {
		return err
	}
	for {
		seed, size := rnd.Uint64(), []int{0, 90, 70_000, 1<<20 + 5}[rnd.IntN(4)]
		rec, err := r.Draft(storetest.ItemKind)
		if err != nil {
			return err
		}
		it := rec.(*storetest.Item)
		b, err := r.Attach(context.Background(), it.Ref, "x.bin", "", &mortal{strings.NewReader(bytesFor(seed, size))})
		if err != nil {
			return err
		}
		it.Title, it.Files = "添付あり", []app.Blob{b}
		if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(it) }); err != nil {
			return err
		}
		tell("attached", it.Ref.ID, seed)
	}
}

func fetchAll(home string, r *store.Replica) error {
	ids, err := r.MissingBlobs(context.Background(), 9)
	for _, id := range ids {
		if err != nil {
			return err
		}
		var sealed []byte
		if sealed, err = os.ReadFile(filepath.Join(home, "server", id.String())); err != nil {
			return err
		}
		if err = r.StoreBlob(context.Background(), id, &mortal{bytes.NewReader(sealed)}); err == nil {
			tell("stored", id)
		}
	}
	return err
}

// attachmentsAreWhole reads all that was told of, and makes sure that no record
// names bytes that are not here.
func attachmentsAreWhole(t *testing.T, _ string, r *store.Replica, told []string) {
	t.Helper()
	seeds := map[string]uint64{}
	for _, line := range told {
		var id string
		var seed uint64
		if n, _ := fmt.Sscanf(line, "attached %s %d", &id, &seed); n == 2 {
			seeds[id] = seed
		}
	}
	missing, err := r.MissingBlobs(t.Context(), 99)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range missing {
		if strings.Contains(strings.Join(told, "\n"), "stored "+id.String()) {
			t.Errorf("attachment %s was stored and is missing", id)
		}
	}
	for _, it := range pages(t, r, app.Query{}) {
		for _, b := range it.Files {
			here, err := r.HasBlob(t.Context(), b.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !here && it.Title == "届く写真" {
				continue
			}
			got := content(t, r, b)
			if seed, known := seeds[it.Ref.ID.String()]; known && got != bytesFor(seed, int(b.Size)) {
				t.Errorf("attachment of %s is not what was attached", it.Ref)
			}
			delete(seeds, it.Ref.ID.String())
		}
	}
	for id := range seeds {
		t.Errorf("item %s was acknowledged and is lost", id)
	}
}

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
