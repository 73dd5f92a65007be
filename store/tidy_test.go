package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/store/storetest"
)

// erased is a text whose words stand nowhere else.
const erased = "鱶鰭饂飩麤驫爨"

// pieces are what the index keeps of a text: pairs, without what a pair has in
// common with the one before it. So the last byte of one character with the
// next character is looked for.
func pieces(text string) (list [][]byte) {
	chars := strings.Split(text, "")
	for i := range chars[1:] {
		list = append(list, []byte(chars[i][len(chars[i])-1:]+chars[i+1]))
	}
	return list
}

// holds counts the pieces of a text that are in the pages of a replica, with
// those that are free or only in the log.
func holds(t *testing.T, pages []byte, text string) (n int) {
	t.Helper()
	for _, piece := range append(pieces(text), []byte(text)) {
		if bytes.Contains(pages, piece) {
			n++
		}
	}
	return n
}

// TestPurgeTakesWordsOutOfAllPages takes a text out of its record. The index
// and free pages hold its words until they are purged; then no page does.
func TestPurgeTakesWordsOutOfAllPages(t *testing.T) {
	r := storetest.New(t)
	many(t, r, 300)
	it := draft(t, r)
	it.Title, it.Body = "題", erased
	save(t, r, it)
	many(t, r, 300)
	if n := holds(t, r.Pages(t), erased); n < 2 {
		t.Fatalf("%d pieces are found of a text that is there", n)
	}
	if err := r.TakeOut(t.Context(), it.Ref, "body"); err != nil {
		t.Fatal(err)
	}
	if n := holds(t, r.Pages(t), erased); n < 2 {
		t.Fatalf("%d pieces are found before they are purged: the test proves nothing", n)
	}
	if err := r.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := holds(t, r.Pages(t), erased); n > 0 {
		t.Errorf("%d pieces of the text are still in the pages", n)
	}
	if info, err := os.Stat(filepath.Join(r.Dir(), "replica.db-wal")); err != nil || info.Size() > 0 {
		t.Errorf("the log holds %d bytes, %v", info.Size(), err)
	}
	if hits, err := r.Search(t.Context(), "障害の内容299", 9); len(hits) != 2 || err != nil {
		t.Errorf("%d hits of what stays, %v", len(hits), err)
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// indexPieces counts what the word index consists of.
const indexPieces = "SELECT count(DISTINCT segid) FROM search_idx"

// TestTidyMergesTheIndex saves one record at a time, which makes a piece of
// the index each, and tidies up.
func TestTidyMergesTheIndex(t *testing.T) {
	clock := &storetest.Clock{}
	r := storetest.New(t, storetest.WithClock(clock))
	for i := range 30 {
		item(t, r, fmt.Sprintf("品目%d 障害", i))
	}
	before := r.Number(t.Context(), indexPieces)
	if err := r.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := r.Number(t.Context(), indexPieces); after >= before || after > 4 {
		t.Errorf("%d pieces became %d", before, after)
	}
	if n, err := r.Count(t.Context(), storetest.ItemKind, app.Query{Find: "障害"}); n != 30 || err != nil {
		t.Errorf("%d found, %v", n, err)
	}
	b := attach(t, r, draft(t, r), "a.txt", "中身")
	for range 2 * 256 {
		clock.Advance(day / 8)
		clock.Advance(60 * 1e9)
		if err := r.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if here, err := r.HasBlob(t.Context(), b.ID); here || err != nil {
		t.Errorf("an attachment that nothing names is still here: %v", err)
	}
}

func TestTidyEndsWithItsContext(t *testing.T) {
	r := storetest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Tidy(ctx); err == nil {
		t.Error("it went on")
	}
}
