package store_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// busy makes a replica that has a bit of everything, and closes it.
func busy(t *testing.T) (dir string, it *storetest.Item) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	q := storetest.NewSequencer(t, storetest.Book())
	it = draft(t, r)
	it.Title, it.Body = "題名", "個人の内容"
	it.Files = []app.Blob{attach(t, r, it, "a.txt", "添付の中身")}
	save(t, r, it)
	q.Sync(r)
	edit(t, r, it.Ref, func(i *storetest.Item) { i.Count = 3 })
	if _, _, _, err := r.Outgoing(t.Context(), 0, 10); err != nil { // signs it
		t.Fatal(err)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, it
}

func TestVerifyFindsWhatIsOtherThanItWasWritten(t *testing.T) {
	for name, text := range map[string]string{
		"a changed body":             "UPDATE journal SET body = CAST(body || x'00' AS BLOB) WHERE seq = 1",
		"a changed hash":             "UPDATE journal SET bh = zeroblob(32) WHERE seq = 1",
		"a changed link":             "UPDATE journal SET link = zeroblob(32) WHERE seq = 2",
		"a change taken out":         "DELETE FROM journal WHERE seq = 1",
		"a changed signature":        "UPDATE segment SET sig = zeroblob(64) WHERE first = 1",
		"a segment taken out":        "DELETE FROM segment WHERE first = 1",
		"a signature over less":      "UPDATE segment SET last = 1, head = (SELECT link FROM journal WHERE seq = 1) WHERE first = 2",
		"a wrong counter":            "UPDATE counter SET n = 7 WHERE kind = 'item'",
		"a judged change that waits": "UPDATE journal SET state = 'done' WHERE seq = 2",
		"a change that holds no row": "DELETE FROM touched",
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := busy(t)
			if err := statement(text)(dir); err != nil {
				t.Fatal(err)
			}
			r, err := storetest.Open(t, storetest.WithDir(dir))
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Verify(t.Context()); !app.IsCode(err, app.Damaged) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRebuildMendsCounterAndLinks(t *testing.T) {
	dir, it := busy(t)
	stale := fmt.Sprintf("INSERT INTO link VALUES ('item', x'%[1]s', 'item', x'%[1]s')", it.Ref.ID)
	if err := statement("UPDATE counter SET n = 99; " + stale)(dir); err != nil {
		t.Fatal(err)
	}
	r, err := storetest.Open(t, storetest.WithDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Rebuild(t.Context(), storetest.ItemKind); err != nil {
		t.Fatal(err)
	}
	if n := count(t, r, storetest.ItemKind); n != 1 {
		t.Errorf("counter %d", n)
	}
	err = r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		if refs, err := tx.Linked(it.Ref, storetest.ItemKind); len(refs) != 0 || err != nil {
			t.Errorf("links %v, %v", refs, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestErasedKeyTakesItsValuesAlong empties a subject's key, as erasing does:
// history and attachment lose what it sealed, and new values get a new key.
func TestErasedKeyTakesItsValuesAlong(t *testing.T) {
	dir, it := busy(t)
	if err := statement("UPDATE subject_key SET key = zeroblob(0)")(dir); err != nil {
		t.Fatal(err)
	}
	r, err := storetest.Open(t, storetest.WithDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	events, err := r.History(t.Context(), it.Ref)
	if err != nil || len(events) != 2 {
		t.Fatalf("events %+v, %v", events, err)
	}
	for _, c := range events[1].Cells {
		if (c.Field == "body" || c.Field == "title") && len(c.Now) > 0 {
			t.Errorf("%s is still there", c.Field)
		}
	}
	if err := r.OpenBlob(t.Context(), it.Files[0], io.Discard); !app.IsCode(err, app.NotFound) {
		t.Errorf("the attachment: %v", err)
	}
	edit(t, r, it.Ref, func(i *storetest.Item) { i.Body = "新しい内容" })
	_, _, keys, err := r.Outgoing(t.Context(), 0, 100)
	if err != nil || len(keys) != 1 {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	if events, err = r.History(t.Context(), it.Ref); err != nil || events[0].Cells[0].Now.Text() != "新しい内容" {
		t.Errorf("events %+v, %v", events, err)
	}
}

// TestVerifyIsRightAboutWhatWasWrittenSince asks one open replica again and
// again, while the word index is written to and merged.
func TestVerifyIsRightAboutWhatWasWrittenSince(t *testing.T) {
	r := storetest.New(t)
	for n := range 12 {
		item(t, r, "障害票")
		many(t, r, 40)
		if err := r.Verify(t.Context()); err != nil {
			t.Fatalf("after %d rounds: %v", n, err)
		}
	}
}

// TestInspectTellsAll damages one thing of each sort and finds each of them.
func TestInspectTellsAll(t *testing.T) {
	dir, it := busy(t)
	if err := statement("UPDATE counter SET n = 7 WHERE kind = 'item'; UPDATE journal SET bh = zeroblob(32) WHERE seq = 1; DELETE FROM searched")(dir); err != nil {
		t.Fatal(err)
	}
	n := pageOf(t, dir, "item_due")
	spoil(t, dir, n)
	if err := os.Remove(filepath.Join(dir, "blobs", it.Files[0].ID.String()[:2], it.Files[0].ID.String())); err != nil {
		t.Fatal(err)
	}
	found := map[string]store.Finding{}
	err := store.Inspect(t.Context(), storetest.Options(t, storetest.WithDir(dir)), storetest.Passphrase, nil, func(f store.Finding) error {
		found[f.Check] = f
		return nil
	})
	if err != nil || len(found) != 6 {
		t.Fatalf("%v, %v", found, err)
	}
	if f := found["page"]; f.Page != int64(n) || f.Of != "item_due" {
		t.Errorf("the page: %+v", f)
	}
	if f := found["journal"]; f.Seq != 1 {
		t.Errorf("the change: %+v", f)
	}
	if f := found["attachment"]; f.Blob != it.Files[0].ID {
		t.Errorf("the attachment: %+v", f)
	}
	for _, check := range []string{"structure", "counter", "search"} {
		if found[check].What == "" {
			t.Errorf("%s not found: %v", check, found)
		}
	}
}
