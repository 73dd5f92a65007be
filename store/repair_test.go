package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// pageSize is the size of a page of the database.
const pageSize = 4096

// times is how often a loop of this package runs: a few in every run, all where
// the variable says so.
func times(t testing.TB, variable string, usual int) int {
	t.Helper()
	said := os.Getenv(variable)
	if said == "" {
		return usual
	}
	n, err := strconv.Atoi(said)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// confirmed makes a closed replica with records of its own and of others that
// the server has confirmed, with a verdict of each kind, and with changes that
// were never sent.
func confirmed(t *testing.T) (dir string, q *storetest.Sequencer) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir), storetest.WithSeed(1))
	other := storetest.New(t, storetest.WithSeed(2))
	q = storetest.NewSequencer(t, storetest.Book())
	var items []*storetest.Item
	for i := range 60 {
		it := draft(t, r)
		it.Title, it.Body = fmt.Sprintf("品目%d", i), string(bytes.Repeat([]byte("長い内容。"), i*5))
		save(t, r, it)
		items = append(items, it)
		item(t, other, fmt.Sprintf("他%d", i))
	}
	q.Sync(r, other)
	for _, it := range items[:20] {
		do(t, other, get(t, other, it.Ref), "start") // comes first, so that of r is rejected
		do(t, r, get(t, r, it.Ref), "start")
	}
	q.Sync(other, r)
	for i, it := range items[30:] {
		edit(t, r, it.Ref, func(x *storetest.Item) { x.Count = i + 1 })
		attach(t, r, it, "a.txt", fmt.Sprint(i))
	}
	do(t, r, get(t, r, items[0].Ref), "split")
	item(t, r, "送っていない")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, q
}

// copied copies a replica's folder and key to another place.
func copied(t testing.TB, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	for _, part := range []string{"", ".keys"} {
		if err := os.CopyFS(to+part, os.DirFS(dir+part)); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// spoil flips a bit in the middle of a page, from 1.
func spoil(t testing.TB, dir string, pages ...int) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "replica.db"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, n := range pages {
		var b [1]byte
		at := int64(n)*pageSize - pageSize/2
		_, err := f.ReadAt(b[:], at)
		b[0] ^= 4
		if _, wrote := f.WriteAt(b[:], at); wrote != nil || err != nil {
			t.Fatal(err, wrote)
		}
	}
}

func pagesOf(t testing.TB, dir string) int {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, "replica.db"))
	if err != nil {
		t.Fatal(err)
	}
	return int(info.Size() / pageSize)
}

func repair(t testing.TB, dir string) (store.Repaired, error) {
	t.Helper()
	return store.Repair(t.Context(), storetest.Options(t, storetest.WithDir(dir)), storetest.Passphrase, nil)
}

// going is what a replica has to send.
func going(t testing.TB, r *store.Replica) (bodies [][]byte, segments []app.Segment) {
	t.Helper()
	bodies, segments, _, err := r.Outgoing(context.Background(), 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return bodies, segments
}

// TestRepairOfAnyPage spoils one page after the other, each in a copy of one
// replica, and compares what is repaired with the copy that nothing happened to.
func TestRepairOfAnyPage(t *testing.T) {
	dir, q := confirmed(t)
	twin, err := storetest.Open(t, storetest.WithDir(copied(t, dir)))
	if err != nil {
		t.Fatal(err)
	}
	unsent, _ := going(t, twin)
	q.Sync(twin)
	pages := pagesOf(t, dir)
	count := min(pages, times(t, "DAICHO_REPAIRS", 12))
	for i := range count {
		n := 1 + i*pages/count
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			hurt := copied(t, dir)
			spoil(t, hurt, n)
			rep, err := repair(t, hurt)
			if err != nil || len(rep.Pages) > 1 || rep.Broken() || len(rep.Sealed) > 0 {
				t.Fatalf("%+v: %v", rep, err)
			}
			isAsTwin(t, open(t, hurt), q, unsent)
		})
	}
}

// isAsTwin holds a repaired replica against one that nothing happened to.
func isAsTwin(t *testing.T, r *store.Replica, q *storetest.Sequencer, unsent [][]byte) {
	t.Helper()
	if err := r.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	going, _ := going(t, r)
	if more := len(going) - len(unsent); more < 0 || !slices.EqualFunc(going[more:], unsent, bytes.Equal) {
		t.Fatalf("%d changes to send, want %d", len(going), len(unsent))
	}
	q.Sync(r)
	sameAs(t, q, r)
	if err := r.Verify(t.Context()); err != nil {
		t.Errorf("after sync: %v", err)
	}
}

// TestRepairWithoutEitherCopy loses both places of changes that were never sent:
// each is named, and nothing is written after the gap.
func TestRepairWithoutEitherCopy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	kept := item(t, r, "品目")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, dir, pageOf(t, dir, "journal"), pageOf(t, dir, "spare"))
	rep, err := repair(t, dir)
	if err != nil || !rep.Broken() || len(rep.Lost) != 1 || rep.Lost[0] != (store.OwnChange{Seq: 1, Ref: kept.Ref}) {
		t.Fatalf("%+v: %v", rep, err)
	}
	isReadOnly(t, open(t, dir))
}

// isReadOnly makes sure that a journal with a gap is not continued.
func isReadOnly(t *testing.T, r *store.Replica) {
	t.Helper()
	if _, _, _, err := r.Outgoing(t.Context(), 0, 100); !app.IsCode(err, app.Damaged) {
		t.Errorf("sends: %v", err)
	}
	it := draft(t, r)
	it.Title = "続き"
	if err := trySave(r, it); !app.IsCode(err, app.Damaged) {
		t.Errorf("writes: %v", err)
	}
}

// open opens a replica that lies elsewhere than where it was made.
func open(t testing.TB, dir string) *store.Replica {
	t.Helper()
	r, err := storetest.Open(t, storetest.WithDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pageOf finds a page that belongs to a table or index.
func pageOf(t *testing.T, dir, name string) int {
	t.Helper()
	id, err := keys.FolderID(dir)
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.In(dir+".keys").Open(t.Context(), id, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	n, err := store.PageOf(t.Context(), filepath.Join(dir, "replica.db"), key, name)
	if err != nil || n == 0 {
		t.Fatalf("no page of %s: %v", name, err)
	}
	return n
}

// solo makes a closed replica that never met a server.
func solo(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	for i := range 30 {
		it := item(t, r, fmt.Sprintf("品目%d", i))
		edit(t, r, it.Ref, func(x *storetest.Item) { x.Count = i + 1 })
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestRepairWithoutServer has nothing but the journal to make the rows from.
func TestRepairWithoutServer(t *testing.T) {
	dir := solo(t)
	twin := open(t, copied(t, dir))
	spoil(t, dir, pageOf(t, dir, "item"), 1) // and the list of tables
	rep, err := repair(t, dir)
	if err != nil || len(rep.Pages) != 2 || rep.Changes != 60 {
		t.Fatalf("%+v, %v", rep, err)
	}
	r := open(t, dir)
	isSame(t, r, twin)
	got, _ := going(t, r)
	want, _ := going(t, twin)
	if !slices.EqualFunc(got, want, bytes.Equal) {
		t.Errorf("%d changes to send, want %d", len(got), len(want))
	}
}

// isSame compares the records of two replicas.
func isSame(t *testing.T, a, b *store.Replica) {
	t.Helper()
	docs := map[app.Ref]app.Doc{}
	for _, kind := range []app.Kind{storetest.ItemKind, storetest.PartKind, app.ConflictKind} {
		recs, _, err := b.List(t.Context(), kind, app.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, rec := range recs {
			docs[rec.Meta().Ref] = rec.Meta().Seen()
		}
	}
	shows(t, a, docs)
}

func TestRepairNamesTheRecordsThatWereHit(t *testing.T) {
	dir := solo(t)
	spoil(t, dir, pageOf(t, dir, "item"))
	hurt := open(t, dir)
	whole := map[app.Ref]bool{}
	_, _, err := hurt.List(t.Context(), storetest.ItemKind, app.Query{})
	if !app.IsCode(err, app.Damaged) {
		t.Fatalf("the damage: %v", err)
	}
	refs := every(t, hurt)
	for _, ref := range refs {
		if _, err := hurt.Get(t.Context(), ref); err == nil {
			whole[ref] = true
		}
	}
	if _, err := repair(t, dir); !app.IsCode(err, app.Failed) {
		t.Errorf("repaired while it is open: %v", err)
	}
	if err := hurt.Close(); err != nil {
		t.Fatal(err)
	}
	rep, err := repair(t, dir)
	if err != nil || len(rep.Records) != 30-len(whole) || len(rep.Records) == 0 {
		t.Fatalf("%d of %d records could be read, repaired %+v, %v", len(whole), len(refs), rep, err)
	}
	for _, ref := range rep.Records {
		if whole[ref] {
			t.Errorf("%s was not hit", ref)
		}
	}
}

// every lists the records that the outbox knows of.
func every(t *testing.T, r *store.Replica) (refs []app.Ref) {
	t.Helper()
	pending, err := r.Pending(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range pending {
		if c.New {
			refs = append(refs, c.Ref)
		}
	}
	return refs
}

// TestRepairReadsTheLog repairs what a killed program left: the last commits
// stand in the log alone.
func TestRepairReadsTheLog(t *testing.T) {
	dir := solo(t)
	r := open(t, dir)
	for i := range 5 {
		item(t, r, fmt.Sprintf("最後の%d", i))
	}
	left := copied(t, dir) // with its log
	rep, err := repair(t, left)
	if err != nil || rep.Changes != 65 || len(rep.Pages) > 0 {
		t.Fatalf("%+v, %v", rep, err)
	}
	isSame(t, open(t, left), r)
	if _, err := os.Stat(rep.Aside + "-wal"); err != nil {
		t.Error(err)
	}
}

// TestEveryTableIsRepaired finds a table that a migration made and that repair
// neither carries over nor makes anew.
func TestEveryTableIsRepaired(t *testing.T) {
	derived := map[string]bool{"migration": true, "confirmed": true, "touched": true, "history": true, "deferred": true, "deferred_row": true, "past": true, "link": true,
		"attached": true, "counter": true, "projection": true, "searched": true, "search": true, "sqlite_sequence": true, "postponed": true, "content": true}
	dir := solo(t)
	tables, err := store.Tables(t.Context(), open(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, book := range []app.Book{storetest.Book(), modules.Book()} { // a register's table has the name of its kind
		for kind := range book.Registers {
			derived[string(kind)] = true
		}
	}
	for _, name := range tables {
		if !derived[name] && !store.Carried(name) && !strings.HasPrefix(name, "search_") {
			t.Errorf("nobody repairs table %s: name it in carried, or here if Repair makes it anew", name)
		}
	}
}
