package store

import (
	"strings"
	"testing"
	"testing/fstest"

	"daicho/app"
	"daicho/store/bigram"
)

func names(files ...string) fstest.MapFS {
	f := fstest.MapFS{}
	for _, name := range files {
		f["migrations/"+name+".sql"] = &fstest.MapFile{}
	}
	return f
}

func TestMigrationsFollowByModuleCoreFirst(t *testing.T) {
	list, err := migrations(names("ticket_0001", "core_0002", "core_0001"), names("a_0001", "ticket_0002"))
	if err != nil {
		t.Fatal(err)
	}
	want := []migration{{module: "core", n: 1}, {module: "core", n: 2}, {module: "a", n: 1}, {module: "ticket", n: 1}, {module: "ticket", n: 2}}
	if len(list) != len(want) {
		t.Fatalf("got %v", list)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("%d: got %v, want %v", i, list[i], want[i])
		}
	}
}

func TestMigrationsRefuseGapsRepeatsAndOddNames(t *testing.T) {
	for _, files := range [][]string{{"core_0002"}, {"core_0001", "core_0003"}, {"core_1"}, {"core"}, {"core_000x"}} {
		if _, err := migrations(names(files...)); err == nil {
			t.Errorf("%v was accepted", files)
		}
	}
	if _, err := migrations(names("a_0001"), names("a_0001")); err == nil {
		t.Error("one migration twice was accepted")
	}
}

func TestFromFuture(t *testing.T) {
	list := []migration{{module: "core", n: 1}, {module: "core", n: 2}}
	for _, c := range []struct {
		done map[string]int
		want bool
	}{
		{map[string]int{}, false}, {map[string]int{"core": 1}, false}, {map[string]int{"core": 2}, false},
		{map[string]int{"core": 3}, true}, {map[string]int{"core": 2, "more": 1}, true},
	} {
		if got := fromFuture(c.done, list); got != c.want {
			t.Errorf("%v: got %v", c.done, got)
		}
	}
}

func TestWantsNoMoreThanIsNew(t *testing.T) {
	type thing struct {
		app.Head
		A, B string
	}
	table := newTable(app.Describe("thing", "物", "Things",
		app.Text("a", "甲", "A", func(r *thing) *string { return &r.A }).Index(),
		app.Text("b", "乙", "B", func(r *thing) *string { return &r.B }).Search()))
	now := table.made()
	for _, c := range []struct{ name, made, want string }{
		{"nothing new", now, ""},
		{"never made", "", remaking},
		{"a column more", strings.Replace(now, " a:text", "", 1), realigned},
		{"another type of a column", strings.Replace(now, "a:text", "a:int", 1), realigned},
		{"killed while its columns were made", realigned + now, realigned},
		{"killed while it was made", remaking + now, remaking},
		{"killed while it was made for less", remaking + strings.Replace(now, " a:text", "", 1), remaking},
		{"columns killed for less", realigned + strings.Replace(now, " a:text", "", 1), remaking},
		{"words more", strings.TrimSuffix(now, ",b"), remaking},
		{"other words", strings.Replace(now, bigram.Version(), "0 unicode 9", 1), remaking},
		{"links fewer", strings.Replace(now, " links ", " links x", 1), remaking},
	} {
		if got := table.wants(c.made); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
