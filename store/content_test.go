package store_test

import (
	"bytes"
	"testing"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

func search(t *testing.T, r *store.Replica, words string) []store.Hit {
	t.Helper()
	hits, err := r.Search(t.Context(), words, 20)
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// takeText keeps what is written in an attachment, as whoever reads it does.
func takeText(t *testing.T, r *store.Replica, b app.Blob, text string) {
	t.Helper()
	if err := r.TakeContents(t.Context(), []store.Content{{Blob: b.ID, Extent: "full", Text: text}}); err != nil {
		t.Fatal(err)
	}
}

// unread are the names of what nobody has read.
func unread(t *testing.T, r *store.Replica) (names []string) {
	t.Helper()
	list, _, err := r.Unread(t.Context(), app.BlobID{}, 100)
	n, counted := r.UnreadCount(t.Context())
	if err != nil || counted != nil || n != len(list) {
		t.Fatalf("%d of %d, %v, %v", len(list), n, err, counted)
	}
	for _, a := range list {
		names = append(names, a.Blob.Name)
	}
	return names
}

// TestSearchFindsWordsInAttachments: under the record that names the file, with the
// file's name and the line; once, where the record holds the words, too.
func TestSearchFindsWordsInAttachments(t *testing.T) {
	r := storetest.New(t)
	it := draft(t, r)
	it.Title = "点検の報告"
	doc := attach(t, r, it, "点検結果.docx", "x")
	it.Files = []app.Blob{doc}
	if n := unread(t, r); len(n) != 0 {
		t.Errorf("no record names it, and it is to be read: %v", n)
	}
	save(t, r, it)
	if n := unread(t, r); len(n) != 1 || n[0] != "点検結果.docx" {
		t.Errorf("to be read: %v", n)
	}
	if hits := search(t, r, "無停電電源"); len(hits) != 0 {
		t.Errorf("found before it was read: %v", hits)
	}
	takeText(t, r, doc, "第一章\n無停電電源装置の蓄電池を交換した。\n点検の報告は別紙")
	hits := search(t, r, "蓄電池 無停電")
	if len(hits) != 1 || hits[0].Ref != it.Ref || hits[0].File != "点検結果.docx" || hits[0].Snippet != "無停電電源装置の蓄電池を交換した。" || hits[0].Title != "点検の報告" {
		t.Errorf("%+v", hits)
	}
	if hits := search(t, r, "点検の報告"); len(hits) != 1 {
		t.Errorf("told %d times", len(hits))
	}
	if n := unread(t, r); len(n) != 0 {
		t.Errorf("to be read again: %v", n)
	}
	edit(t, r, it.Ref, func(i *storetest.Item) { i.Files = nil })
	if hits := search(t, r, "蓄電池"); len(hits) != 0 {
		t.Errorf("no record names it any more: %v", hits)
	}
}

// TestErasingTakesWhatWasRead: neither the text nor a word of it is left in a page.
func TestErasingTakesWhatWasRead(t *testing.T) {
	r, q, ref, photo, _ := subject(t)
	q.Sync(r)
	const secret = "鷦鷯の巣箱は体育館裏手"
	takeText(t, r, photo, secret)
	if n := holds(t, r.Pages(t), secret); n == 0 {
		t.Fatal("nothing is held at all")
	}
	erase(t, r, 1, ref)
	if n := holds(t, r.Pages(t), secret); n > 0 {
		t.Errorf("%d pieces of the text are left", n)
	}
	if bytes.Contains(r.Pages(t), []byte("鷦鷯")) || len(search(t, r, "巣箱")) > 0 {
		t.Error("it is still found")
	}
	takeText(t, r, photo, secret) // by whoever was reading it just then
	if bytes.Contains(r.Pages(t), []byte(secret)) {
		t.Error("what was read of an erased attachment is kept")
	}
	if err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
