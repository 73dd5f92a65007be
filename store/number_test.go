package store_test

import (
	"fmt"
	"slices"
	"testing"

	"daicho/app/document"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

// TestNumberAmongWords: a number within words finds the documents that hold the whole,
// and not those that hold the number elsewhere, whether few hold it or many.
func TestNumberAmongWords(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	add := func(title string) {
		t.Helper()
		rec, err := r.Draft(document.Kind)
		if err != nil {
			t.Fatal(err)
		}
		d := rec.(*document.Document)
		d.Title, d.Type = title, document.Notice
		if err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(d) }); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 30 {
		add(fmt.Sprintf("整理番号ア%05d号 555の控え", i))
	}
	add("別紙 00007 の写し")
	add("整理番号イ00007号")
	for search, want := range map[string][]string{
		"整理番号ア00007号":    {"整理番号ア00007号 555の控え"},
		"整理番号　ア-00007":   nil,
		"00007":          {"整理番号ア00007号 555の控え", "別紙 00007 の写し", "整理番号イ00007号"},
		"写し 00007":       {"別紙 00007 の写し"},
		"ア00029号 555の控え": {"整理番号ア00029号 555の控え"},
		"整理番号ウ00007号":    nil,
	} {
		hits, err := r.Search(t.Context(), search, 50)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range hits {
			got = append(got, h.Title)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", search, got, want)
		}
	}
	hits, err := r.Search(t.Context(), "555の控え", 50) // more than few hold that number
	if err != nil || len(hits) != 30 {
		t.Error(len(hits), err)
	}
}
