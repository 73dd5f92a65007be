package store_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// erase carries out an erasure of one record, as a server tells it.
func erase(t *testing.T, r *store.Replica, n int64, refs ...app.Ref) {
	t.Helper()
	if err := r.Erase(t.Context(), store.Erasures{Refs: refs, UpTo: n}); err != nil {
		t.Fatal(err)
	}
}

// subject is an item that the server has, with an attachment and an edit that
// waits.
func subject(t *testing.T) (r *store.Replica, q *storetest.Sequencer, ref app.Ref, photo app.Blob, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "replica")
	r, q = storetest.New(t, storetest.WithDir(dir)), storetest.NewSequencer(t, storetest.Book())
	many(t, r, 60)
	it := draft(t, r)
	it.Title, it.Body, it.Count = "秘密の品目", erased, 3
	photo, err := r.Attach(t.Context(), it.Ref, "顔.jpg", "image/jpeg", strings.NewReader("顔写真"))
	if err != nil {
		t.Fatal(err)
	}
	it.Files = []app.Blob{photo}
	save(t, r, it)
	q.Sync(r)
	edit(t, r, it.Ref, func(i *storetest.Item) { i.Body, i.Count = erased+"の続き", 4 })
	return r, q, it.Ref, photo, dir
}

// TestErasingLeavesNothingInAReplica looks for the words and the key in every page,
// free ones too, and for the attachment; what waits goes on without its values.
func TestErasingLeavesNothingInAReplica(t *testing.T) {
	r, _, ref, photo, dir := subject(t)
	_, _, keys, err := r.Outgoing(t.Context(), 0, 100)
	if err != nil || len(keys) != 1 {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	if n := holds(t, r.Pages(t), erased); n < 2 || !bytes.Contains(r.Pages(t), keys[0].Key[:]) {
		t.Fatal("the search finds nothing at all")
	}
	draft := "ui/draft/" + ref.String()
	set := func(key, value string) {
		if err := r.Local(t.Context(), func(tx *store.LocalTx) error { return tx.Set(key, []byte(value)) }); err != nil {
			t.Fatal(err)
		}
	}
	set(draft, erased+"の下書き")
	set("ui/table/item", "幅")
	erase(t, r, 1, ref)
	if left, err := r.Settings(t.Context(), "ui/"); err != nil || len(left) != 1 {
		t.Errorf("settings %v, %v", left, err)
	}
	pages := r.Pages(t)
	if n := holds(t, pages, erased); n > 0 || bytes.Contains(pages, []byte("秘密の品目")) {
		t.Errorf("%d pieces of the text are left", n)
	}
	if bytes.Contains(pages, keys[0].Key[:]) {
		t.Error("the key is left")
	}
	path := filepath.Join(dir, "blobs", photo.ID.String()[:2], photo.ID.String())
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the attachment: %v", err)
	}
	it := get(t, r, ref)
	if !it.IsErased() || it.Title != "" || it.Body != "" || len(it.Files) > 0 || it.Count != 4 {
		t.Errorf("%+v", it)
	}
	if hits := found(t, r, "鱶鰭"); len(hits) > 0 {
		t.Errorf("a search finds %v", hits)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestErasedStaysErased: keys and records that come again, from a server that was
// put back or from another device, bring nothing; nobody enters anything.
func TestErasedStaysErased(t *testing.T) {
	r, q, ref, photo, _ := subject(t)
	_, _, keys, err := r.Outgoing(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	erase(t, r, 4, ref)
	if n, err := r.Erased(t.Context()); n != 4 || err != nil {
		t.Errorf("carried out up to %d, %v", n, err)
	}
	q.Learn(keys)
	q.Sync(r)
	if _, _, left, err := r.Outgoing(t.Context(), 0, 100); err != nil || len(left) > 0 {
		t.Errorf("%d keys, %v", len(left), err)
	}
	if it := get(t, r, ref); it.Title != "" || it.Body != "" || !it.IsErased() {
		t.Errorf("%+v", it)
	}
	events, err := r.History(t.Context(), ref)
	if err != nil || len(events) < 2 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	told := false
	for _, e := range events {
		for _, c := range e.Cells {
			if c.Field == "body" && len(c.Now) > 0 {
				t.Error("history tells the text")
			}
			told = told || c.Field == "body" && c.Erased
		}
	}
	if !told {
		t.Error("history does not tell that something was erased")
	}
	if err := r.OpenBlob(t.Context(), photo, io.Discard); !app.IsCode(err, app.NotFound) {
		t.Errorf("the attachment: %v", err)
	}
	if _, err := r.Attach(t.Context(), ref, "別.jpg", "image/jpeg", strings.NewReader("別の写真")); !app.IsCode(err, app.Forbidden) {
		t.Errorf("attached again: %v", err)
	}
	it := get(t, r, ref)
	it.Body = "書き直した内容"
	if err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(it) }); !app.IsCode(err, app.Forbidden) {
		t.Errorf("entered again: %v", err)
	}
	edit(t, r, ref, func(i *storetest.Item) { i.Count = 9 })
}

// TestWhatIsFilledInIsErased: a server that was put back to an older state tells a
// record as it stood.
func TestWhatIsFilledInIsErased(t *testing.T) {
	_, q, ref, _, _ := subject(t)
	r := storetest.New(t)
	erase(t, r, 1, ref)
	q.Rescope(r, app.ReadsAll, 9)
	it := get(t, r, ref)
	if it.Title != "" || it.Body != "" || it.Count != 3 || !it.IsErased() {
		t.Errorf("%+v", it)
	}
	if n := holds(t, r.Pages(t), erased); n > 0 {
		t.Errorf("%d pieces of the text are left", n)
	}
}

// TestErasedOfALaterVersion: a program that does not know a register keeps of its
// erased records what the server left of them, and of one that came before the
// server erased it nothing but the mark.
func TestErasedOfALaterVersion(t *testing.T) {
	dir, less := filepath.Join(t.TempDir(), "r"), storetest.Book()
	delete(less.Registers, storetest.ItemKind)
	delete(less.Registers, storetest.PartKind)
	a, q, after, _, _ := subject(t)
	before := draft(t, a)
	before.Title, before.Count = "消去前の品目", 5
	save(t, a, before)
	q.Sync(a)
	r := storetest.New(t, storetest.WithDir(dir), storetest.WithSeed(5), storetest.WithRegisters(less))
	if err := r.Rescope(t.Context(), q.Epoch, app.ReadsAll, q.Last()); err != nil {
		t.Fatal(err)
	}
	page := q.Standing(app.Ref{}, 1000, app.ReadsAll)
	for i, row := range page.Rows {
		if row.Ref == after {
			page.Rows[i].Doc = row.Doc.Patch(app.Erasure(storetest.Items, row.Doc))
		}
	}
	if err := r.Fill(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	erase(t, r, 2, after, before.Ref)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := storetest.Open(t, storetest.WithDir(dir), storetest.WithSeed(6), storetest.WithRegisters(storetest.Book()))
	if err != nil {
		t.Fatal(err)
	}
	if it := get(t, r, after); it.Title != "" || it.Count != 4 || !it.IsErased() {
		t.Errorf("what the server left: %+v", it)
	}
	if it := get(t, r, before.Ref); it.Title != "" || it.Count != 0 || !it.IsErased() {
		t.Errorf("what nobody went through: %+v", it)
	}
}

// TestEmptiedByWhoStillSawIt: a form was open when the record was erased, and a
// person empties a field in it.
func TestEmptiedByWhoStillSawIt(t *testing.T) {
	r, q, ref, _, _ := subject(t)
	it := get(t, r, ref)
	erase(t, r, 1, ref)
	it.Body, it.Count = "", 7
	save(t, r, it)
	if it = get(t, r, ref); it.Body != "" || it.Count != 7 || !it.IsErased() {
		t.Errorf("%+v", it)
	}
	bodies, _, _, err := r.Outgoing(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	c := q.Read(bodies[len(bodies)-1])
	if len(c.Cells) != 2 || len(c.Cells[0].Was) > 0 && len(c.Cells[1].Was) > 0 {
		t.Errorf("it says what was there: %v", c.Cells)
	}
}
