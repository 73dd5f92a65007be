package app_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
)

// rowsOf makes a value of nested rows.
func rowsOf(items []item) app.Value {
	n := notes.Draft(app.ID{})
	n.Items = items
	return notes.Column(n, "items")
}

func itemsOf(t *rapid.T, v app.Value) []item {
	n := notes.Draft(app.ID{})
	if err := notes.Put(n, "items", v); err != nil {
		t.Fatal(err)
	}
	return n.Items
}

// drawItems draws rows whose keys are empty or repeat now and then: people type them.
func drawItems(t *rapid.T, name string) []item {
	one := rapid.Custom(func(t *rapid.T) item {
		return item{rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "key"), rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "text")}
	})
	return rapid.SliceOfN(one, 0, 5).Draw(t, name)
}

func count(list []item, x item) (n int) {
	for _, i := range list {
		if i == x {
			n++
		}
	}
	return n
}

// TestMergeLosesNoRow: what either side added or edited stands in the merged
// rows, or a conflict keeps it.
func TestMergeLosesNoRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, cur, mine := drawItems(t, "was"), drawItems(t, "cur"), drawItems(t, "mine")
		merged, clashing, err := app.MergeRows(rowsOf(was), rowsOf(cur), rowsOf(mine), "key")
		if err != nil {
			t.Fatal(err)
		}
		got := itemsOf(t, merged)
		for _, x := range cur {
			if count(cur, x) > count(was, x) && count(got, x) == 0 {
				t.Fatalf("theirs lost %v: %v", x, got)
			}
		}
		for _, x := range mine {
			if count(mine, x) > count(was, x) && count(got, x) == 0 && !clashing {
				t.Fatalf("mine lost %v without a conflict: %v", x, got)
			}
		}
	})
}

// TestRowsOnceMoreChangeNothing: an intent that is there already is no news.
func TestRowsOnceMoreChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unique := func(name string) app.Value {
			list := drawItems(t, name)
			slices.SortFunc(list, func(a, b item) int { return strings.Compare(a.Key, b.Key) })
			return rowsOf(slices.CompactFunc(list, func(a, b item) bool { return a.Key == b.Key }))
		}
		was, cur, mine := unique("was"), unique("cur"), unique("mine")
		merged, clash, err := app.MergeRows(was, cur, mine, "key")
		if err != nil || clash {
			return
		}
		for _, side := range []app.Value{cur, mine} {
			if again, clash, err := app.MergeRows(was, merged, side, "key"); err != nil || clash || !again.Equal(merged) {
				t.Fatalf("%s once more makes %s of %s", side.JSON(), again.JSON(), merged.JSON())
			}
		}
	})
}

// TestSetsMergeInAnyOrder: and an intent that came before changes nothing.
func TestSetsMergeInAnyOrder(t *testing.T) {
	words := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c", "dd", "ee"}), func(s string) string { return s })
	set := func(list []string) app.Value {
		n := notes.Draft(app.ID{})
		n.Tags = list
		return notes.Column(n, "tags")
	}
	rapid.Check(t, func(t *rapid.T) {
		was, a, b := set(words.Draw(t, "was")), set(words.Draw(t, "a")), set(words.Draw(t, "b"))
		ab, _, err1 := app.MergeRows(was, a, b, "")
		ba, _, err2 := app.MergeRows(was, b, a, "")
		again, clash, err3 := app.MergeRows(was, ab, b, "")
		if err1 != nil || err2 != nil || err3 != nil || clash || !ab.Equal(ba) || !again.Equal(ab) {
			t.Fatalf("%s, %s, %s", ab.JSON(), ba.JSON(), again.JSON())
		}
	})
}

func drawLines(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", ""}), 0, 7).Draw(t, name), "\n")
}

// TestMerge3KeepsLines: a line that both kept, or that one added, is there.
func TestMerge3KeepsLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, a, b := drawLines(t, "base"), drawLines(t, "a"), drawLines(t, "b")
		merged, ok := app.Merge3(base, a, b)
		other, same := app.Merge3(base, b, a)
		if ok != same || merged != other {
			t.Fatalf("%q or %q, by who came first", merged, other)
		}
		if !ok {
			return
		}
		for _, line := range slices.Concat(strings.Split(a, "\n"), strings.Split(b, "\n")) {
			n := func(s string) (n int) {
				for _, l := range strings.Split(s, "\n") {
					if l == line {
						n++
					}
				}
				return n
			}
			least := min(n(base), n(a), n(b))
			if n(a) > n(base) || n(b) > n(base) {
				least = max(least, 1)
			}
			if n(merged) < least {
				t.Fatalf("line %q of %q and %q is lost in %q", line, a, b, merged)
			}
		}
		for _, side := range []string{a, b} {
			if m, ok := app.Merge3(base, side, base); !ok || m != side {
				t.Fatalf("nothing and %q make %q", side, m)
			}
		}
	})
}

func TestMerge3NeedsNoLastLineEnd(t *testing.T) {
	if got, ok := app.Merge3("一\n二", "壱\n二", "一\n二\n三"); !ok || got != "壱\n二\n三" {
		t.Errorf("%q, %v", got, ok)
	}
}

// TestNoValueIsLost: after any two edits of one state, each author's value is
// shown, merged, or kept in an open conflict, whoever came first.
func TestNoValueIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := func(name string) map[string]string {
			return map[string]string{
				"title": rapid.SampledFrom([]string{"一", "二", "三"}).Draw(t, name+" title"),
				"body":  "x\n" + drawLines(t, name+" body") + "\ny",
				"tags":  rapid.SampledFrom([]string{"", "x", "x y", "y"}).Draw(t, name+" tags"),
			}
		}
		first, a, b := set("first"), set("a"), set("b")
		var shown [2]app.Doc
		var kept [2]int
		for i := range 2 {
			w := newWorld()
			w.judge(edit(w, aya, 0, ref(1), nil, first))
			seen := w.rows[ref(1)]
			list := []*app.Change{edit(w, aya, 1, ref(1), seen, a), edit(w, ken, 2, ref(1), seen, b)}
			if i == 1 {
				slices.Reverse(list)
			}
			for _, c := range list {
				if _, err := w.judge(c); err != nil {
					t.Fatal(err)
				}
			}
			shown[i], kept[i] = w.rows[ref(1)], len(open(t, w))
			for _, c := range list {
				for _, cell := range c.Cells {
					if cell.Field == "title" && !keptSomewhere(t, w, cell) {
						t.Fatalf("%s is lost", cell.Now.JSON())
					}
				}
			}
		}
		if !app.Value(shown[0]).Equal(app.Value(shown[1])) || kept[0] != kept[1] {
			t.Fatalf("%s with %d conflicts, %s with %d, by who came first", app.Value(shown[0]).JSON(), kept[0], app.Value(shown[1]).JSON(), kept[1])
		}
	})
}

func keptSomewhere(t *rapid.T, w *world, c app.Cell) bool {
	if w.rows[ref(1)].Get(c.Field).Equal(c.Now) {
		return true
	}
	return slices.ContainsFunc(open(t, w), func(k *app.Conflict) bool {
		return k.Field == c.Field && (k.Other.Equal(c.Now) || k.Shown.Equal(c.Now))
	})
}
