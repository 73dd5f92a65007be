package store_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/store"
	"daicho/store/storetest"
)

// many saves n items with counts that repeat, in one transaction.
func many(t testing.TB, r *store.Replica, n int) {
	t.Helper()
	err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error {
		for i := range n {
			rec, err := tx.Draft(storetest.ItemKind)
			if err != nil {
				return err
			}
			it := rec.(*storetest.Item)
			it.Title, it.Count, it.Body = fmt.Sprintf("品目%d", i), i%7, fmt.Sprintf("障害の内容%d", i)
			if err := tx.Save(it); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// pages reads a list page by page.
func pages(t tb, r *store.Replica, q app.Query) (all []*storetest.Item) {
	t.Helper()
	for {
		page, next, err := store.List(context.Background(), r, storetest.Items, q)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if next == nil {
			return all
		}
		q.After = next
	}
}

func TestListPagesHoldEveryRowOnceInOrder(t *testing.T) {
	r := storetest.New(t)
	many(t, r, 60)
	rapid.Check(t, func(rt *rapid.T) {
		q := app.Query{
			Sort:  rapid.SampledFrom([]string{"", "count", "title", "double", "number"}).Draw(rt, "sort"),
			Desc:  rapid.Bool().Draw(rt, "desc"),
			Limit: rapid.IntRange(1, 70).Draw(rt, "limit"),
		}
		if limit := rapid.Int64Range(0, 9).Draw(rt, "below"); limit < 8 {
			q.Where = []app.Cond{{Field: "count", Op: rapid.SampledFrom([]string{"=", "<>", "<", "<=", ">", ">="}).Draw(rt, "op"), Value: limit}}
		}
		got := pages(rt, r, q)
		if n, err := r.Count(context.Background(), storetest.ItemKind, q); err != nil || n != len(got) {
			rt.Fatalf("count %d, %v; %d rows", n, err, len(got))
		}
		order := func(a, b *storetest.Item) int {
			c := cmp.Or(compare(a, b, q.Sort), slices.Compare(a.Ref.ID[:], b.Ref.ID[:]))
			if q.Desc {
				return -c
			}
			return c
		}
		if !slices.IsSortedFunc(got, order) {
			rt.Fatal("not in order")
		}
	})
}

// compare orders two items by one field, as people expect it.
func compare(a, b *storetest.Item, field string) int {
	switch field {
	case "title":
		return cmp.Compare(a.Title, b.Title)
	case "number":
		return cmp.Compare(a.Number, b.Number)
	case "count", "double":
		return cmp.Compare(a.Count, b.Count)
	}
	return 0
}

func TestListRefusesWhatHasNoColumn(t *testing.T) {
	r := storetest.New(t)
	for name, q := range map[string]app.Query{
		"sort by a field without a column":   {Sort: "body"},
		"sort by nothing known":              {Sort: "doc); DROP TABLE item; --"},
		"filter by a field without a column": {Where: []app.Cond{{Field: "body", Op: "=", Value: "x"}}},
		"another operator":                   {Where: []app.Cond{{Field: "title", Op: "LIKE", Value: "x"}}},
		"a number for a text":                {Where: []app.Cond{{Field: "title", Op: "=", Value: int64(1)}}},
		"a text for a number":                {Where: []app.Cond{{Field: "count", Op: "=", Value: "1"}}},
		"a value of no type":                 {Where: []app.Cond{{Field: "count", Op: "=", Value: 1.5}}},
	} {
		if _, _, err := r.List(t.Context(), storetest.ItemKind, q); !app.IsCode(err, app.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
		if q.Sort == "" {
			if _, err := r.Count(t.Context(), storetest.ItemKind, q); !app.IsCode(err, app.Invalid) {
				t.Errorf("count, %s: got %v", name, err)
			}
		}
	}
	if _, _, err := r.List(t.Context(), "nothing", app.Query{}); !app.IsCode(err, app.Invalid) {
		t.Errorf("an unknown kind: %v", err)
	}
}

func TestLongReadsEndWithTheirContext(t *testing.T) {
	r := storetest.New(t)
	many(t, r, 500)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := r.List(ctx, storetest.ItemKind, app.Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("list: %v", err)
	}
	if err := r.Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("verify: %v", err)
	}
	if err := r.Rebuild(ctx, storetest.ItemKind); !errors.Is(err, context.Canceled) {
		t.Errorf("rebuild: %v", err)
	}
}

// TestSQLiteStopsWithTheContext asks for rows of which the first ones are found
// at once and the last one never: who leaves in between must not wait for it.
func TestSQLiteStopsWithTheContext(t *testing.T) {
	r := storetest.New(t)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if err := r.Endless(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if n := count(t, r, storetest.ItemKind); n != 0 {
		t.Errorf("%d items, and reading must go on", n)
	}
}

func TestFindAndSearch(t *testing.T) {
	r := storetest.New(t)
	for i, text := range []string{"基幹スイッチの障害", "プリンター用紙切れ", "ﾈｯﾄﾜｰｸ障害の報告", "第13回 定例会"} {
		it := draft(t, r)
		it.Title, it.Body = text, fmt.Sprintf("一行目\n詳細 %s %d", text, i)
		save(t, r, it)
	}
	for _, c := range []struct {
		words string
		want  []string
	}{
		{"障害", []string{"ﾈｯﾄﾜｰｸ障害の報告", "基幹スイッチの障害"}},
		{"ネットワーク", []string{"ﾈｯﾄﾜｰｸ障害の報告"}},
		{"障害 スイッチ", []string{"基幹スイッチの障害"}},
		{"害", []string{"ﾈｯﾄﾜｰｸ障害の報告", "基幹スイッチの障害"}},
		{"13回", []string{"第13回 定例会"}},
		{"無い言葉", nil},
	} {
		hits, err := r.Search(t.Context(), c.words, 10)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, h := range hits {
			titles = append(titles, h.Title)
		}
		if !slices.Equal(titles, c.want) {
			t.Errorf("search %q: got %q, want %q", c.words, titles, c.want)
		}
		found := pages(t, r, app.Query{Find: c.words, Limit: 2})
		if n, err := r.Count(t.Context(), storetest.ItemKind, app.Query{Find: c.words}); len(found) != len(c.want) || n != len(found) || err != nil {
			t.Errorf("find %q: %d rows, count %d, %v", c.words, len(found), n, err)
		}
	}
	if hits, err := r.Search(t.Context(), "障害", 1); len(hits) != 1 || err != nil {
		t.Errorf("limit: %d hits, %v", len(hits), err)
	}
	if hits, err := r.Search(t.Context(), "、。", 1); len(hits) != 0 || err != nil {
		t.Errorf("punctuation: %d hits, %v", len(hits), err)
	}
}

// TestNarrowResultsPutTitlesFirst searches for a word that few records hold,
// then for one that many hold.
func TestNarrowResultsPutTitlesFirst(t *testing.T) {
	r := storetest.New(t)
	for _, c := range [][2]string{{"停電の報告", "庁舎"}, {"庁舎の点検", "停電"}, {"停電 二回目", "庁舎"}} {
		it := draft(t, r)
		it.Title, it.Body = c[0], c[1]
		save(t, r, it)
	}
	many(t, r, 199)
	for words, want := range map[string]string{
		"停電":        "停電 二回目,停電の報告,庁舎の点検",
		"停電 庁舎":     "停電 二回目,庁舎の点検,停電の報告",
		"\"停電 二回\"": "停電 二回目",
		"障害":        "品目198,品目197,品目196",
	} {
		hits, err := r.Search(t.Context(), words, 3)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, h := range hits {
			titles = append(titles, h.Title)
		}
		if got := strings.Join(titles, ","); got != want {
			t.Errorf("%s: got %s, want %s", words, got, want)
		}
	}
}

func TestSearchForgetsWhatWasChanged(t *testing.T) {
	a, b, q := office(t)
	it := item(t, a, "古い件名")
	q.Sync(a, b)
	edit(t, a, it.Ref, func(i *storetest.Item) { i.Title = "新しい表題" })
	q.Sync(a, b)
	for _, r := range []*store.Replica{a, b} {
		for words, want := range map[string]int{"件名": 0, "表題": 1, "I-2026-0001": 1} {
			hits, err := r.Search(t.Context(), words, 9)
			if err != nil || len(hits) != want {
				t.Errorf("%q: %d hits, %v; want %d", words, len(hits), err, want)
			}
		}
	}
}

func TestSnippetIsTheLineAroundTheWord(t *testing.T) {
	r := storetest.New(t)
	it := draft(t, r)
	it.Title = "題"
	long := ""
	for range 40 {
		long += "あいうえお"
	}
	it.Body = "短い行\n" + long + "障害票" + long
	save(t, r, it)
	hits, err := r.Search(t.Context(), "「障害票」", 1)
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	if s := []rune(hits[0].Snippet); len(s) > 62 || s[0] != '…' || s[len(s)-1] != '…' {
		t.Errorf("snippet %q", hits[0].Snippet)
	}
	hits, err = r.Search(t.Context(), "短い", 1)
	if err != nil || len(hits) != 1 || hits[0].Snippet != "短い行" {
		t.Errorf("%+v, %v", hits, err)
	}
}
