package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// How often each work is done on each replica, and how often each is opened.
const (
	scaleRounds = 60
	scaleOpens  = 9
	listPage    = 100
)

// TestScale does the same work on a small and on a large city by turns, so that
// whatever else the machine does hits both, and prints how much longer the
// large one takes. Times are never asserted. `make bench-scale` gives sizes and
// a folder where the cities are kept; a plain test run takes two villages.
func TestScale(t *testing.T) {
	small, large := 200, 400
	if text := os.Getenv("DAICHO_SCALE"); text != "" {
		if _, err := fmt.Sscan(text, &small, &large); err != nil {
			t.Fatal("DAICHO_SCALE holds two numbers of inquiries:", err)
		}
	}
	dirs := []string{benchCity(t, 0), benchCity(t, small), benchCity(t, large)}
	fmt.Printf("\n%d inquiries with %d documents beside %d with %d; milliseconds, wall time\n", small, small/4, large, large/4)
	fmt.Printf("%-45s %9s %9s %7s %9s %9s %7s\n", "rows at most, small and large", "p50 small", "p50 large", "ratio", "p95 small", "p95 large", "ratio")
	compareWork(t, dirs[1], dirs[2])
	compareOpenings(t, dirs)
	compareMemory(t, dirs)
	compareRebuilds(t, dirs[1:])
	for _, dir := range dirs[1:] {
		printParts(t, dir)
	}
}

// TestBenchCity makes the city that measurements of other packages open:
// DAICHO_CITY_OF inquiries, kept in DAICHO_BENCH; a plain test run makes a
// village.
func TestBenchCity(t *testing.T) {
	n := 100
	if text := os.Getenv("DAICHO_CITY_OF"); text != "" {
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatal("DAICHO_CITY_OF holds a number of inquiries:", err)
		}
	}
	r, err := openCity(benchCity(t, n))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := r.Count(t.Context(), "ticket", app.Query{}); err != nil || got != n {
		t.Errorf("%d inquiries, want %d: %v", got, n, err)
	}
}

// benchCity is the folder of a city of n inquiries, which is made once.
func benchCity(t *testing.T, n int) string {
	t.Helper()
	return keptBench(t, fmt.Sprintf("city-%d", n), func(dir string) *store.Replica { return cityOf(t, dir, n) })
}

func openCity(dir string) (*store.Replica, error) {
	return store.Open(context.Background(), store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Book: modules.Book(),
		Clock: func() time.Time { return cityEnd }, Random: storetest.Random(1), App: "bench"}, storetest.Passphrase)
}

// work is something that a person does, the i-th time.
type work struct {
	name string
	do   func(i int) (rows int, err error)
}

// works are what a day at a desk is made of.
func works(r *store.Replica) (all []work, err error) {
	for _, kind := range []app.Kind{"ticket", "document"} {
		for _, f := range r.Book().Registers[kind].About().Filters {
			of, err := listWorks(r, kind, f)
			if err != nil {
				return nil, err
			}
			all = append(all, of...)
		}
	}
	for _, value := range []string{"device", "security"} {
		all = append(all, work{"ticket " + value + " by mail", func(int) (int, error) {
			where := []app.Cond{app.Where("category", "=", value), app.Where("channel", "=", "mail")}
			recs, _, err := r.List(context.Background(), "ticket", app.Query{Where: where, Sort: "received", Desc: true, Limit: listPage})
			return len(recs), err
		}})
	}
	ids, err := r.IDs(context.Background(), "ticket", app.Query{})
	if err != nil || len(ids) == 0 {
		return all, err
	}
	all = append(all, work{"get a record", func(i int) (int, error) {
		_, err := r.Get(context.Background(), app.Ref{Kind: "ticket", ID: ids[i*7919%len(ids)]})
		return 1, err
	}}, work{"history of a record", func(i int) (int, error) {
		events, err := r.History(context.Background(), app.Ref{Kind: "ticket", ID: ids[i*7919%len(ids)]})
		return len(events), err
	}})
	for _, c := range []struct {
		name  string
		words []string
	}{
		{"search, two characters", []string{"印刷", "端末", "用紙", "接続", "設定"}},
		{"search, two words", []string{"印刷 市民課", "端末 再起動", "窓口 用紙"}},
		{"search, not there", []string{"鯨竜", "鸚鵡返"}},
	} {
		all = append(all, work{c.name, func(i int) (int, error) {
			hits, err := r.Search(context.Background(), c.words[i%len(c.words)], 20)
			return len(hits), err
		}})
	}
	return append(all, work{"status", func(int) (int, error) { _, err := r.Status(context.Background()); return 1, err }}), nil
}

// given are values for lists that ask for one.
var given = map[string][]any{
	"department": {"市民課", "税務課", "国保年金課", "学校教育課"}, "site": {"本庁舎1階", "本庁舎2階", "北支所"},
	"type": {"report", "plan", "minutes"}, "state": {"", "published"}, "clause": {"1.1.1", "2.1.1", "3.1.2"},
}

// listWorks are the first and a deep page of a named list, all its ids as a
// window holds them, and their count.
func listWorks(r *store.Replica, kind app.Kind, f app.Filter) ([]work, error) {
	ctx := context.Background()
	query := func(i int) app.Query {
		q := f.Query(nil)
		if f.Given != "" {
			q = f.Query(given[f.Given][i%len(given[f.Given])])
		}
		q.Limit = listPage
		return q
	}
	deep, err := deepMark(r, kind, query(0))
	if err != nil {
		return nil, err
	}
	page := func(q app.Query) (int, error) { recs, _, err := r.List(ctx, kind, q); return len(recs), err }
	name := string(kind) + " " + f.Name
	return []work{
		{name + ": first page", func(i int) (int, error) { return page(query(i)) }},
		{name + ": deep page", func(int) (int, error) { q := query(0); q.After = deep; return page(q) }},
		{name + ": ids", func(i int) (int, error) {
			q := query(i)
			q.Limit = 0
			ids, err := r.IDs(ctx, kind, q)
			return len(ids), err
		}},
		{name + ": count", func(i int) (int, error) { return r.Count(ctx, kind, query(i)) }},
	}, nil
}

// deepMark is where nine tenths of a list lie before, or as many as leave a
// whole page; nil if it is empty.
func deepMark(r *store.Replica, kind app.Kind, q app.Query) (*app.Mark, error) {
	q.Limit = 0
	ids, err := r.IDs(context.Background(), kind, q)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	id := ids[max(0, min(len(ids)*9/10, len(ids)-1-listPage))]
	rec, err := r.Get(context.Background(), app.Ref{Kind: kind, ID: id})
	if err != nil {
		return nil, err
	}
	g := r.Book().Registers[kind]
	s, _ := app.SpecOf(g, q.Sort)
	return &app.Mark{Key: g.Column(rec, q.Sort).SQL(s.Type), ID: id}, nil
}

func compareWork(t *testing.T, small, large string) {
	t.Helper()
	var lists [2][]work
	for i, dir := range []string{small, large} {
		r, err := openCity(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if lists[i], err = works(r); err != nil {
			t.Fatal(err)
		}
	}
	byTurns(t, lists)
}

// byTurns does the same works on two replicas by turns, and prints how long each took.
func byTurns(t *testing.T, lists [2][]work) {
	t.Helper()
	for n := range lists[0] {
		var took [2][]float64
		var rows [2]int
		for round := range scaleRounds {
			for i := range lists {
				begun := time.Now()
				got, err := lists[i][n].do(round)
				if err != nil {
					t.Fatalf("%s: %v", lists[i][n].name, err)
				}
				took[i] = append(took[i], time.Since(begun).Seconds()*1000)
				rows[i] = max(rows[i], got)
			}
		}
		printTimes(fmt.Sprintf("%-31s %6d %6d", lists[0][n].name, rows[0], rows[1]), took[0], took[1])
	}
}

func printTimes(name string, small, large []float64) {
	slices.Sort(small)
	slices.Sort(large)
	at := func(list []float64, percent int) float64 { return list[(len(list)-1)*percent/100] }
	line := fmt.Sprintf("%-45s", name)
	for _, p := range []int{50, 95} {
		s, l := at(small, p), at(large, p)
		line += fmt.Sprintf(" %9.2f %9.2f %6.2f×", s, l, l/s)
	}
	fmt.Println(line)
}

// compareOpenings opens the empty, the small and the large city by turns.
func compareOpenings(t *testing.T, dirs []string) {
	t.Helper()
	took := make([][]float64, len(dirs))
	for range scaleOpens {
		for i, dir := range dirs {
			begun := time.Now()
			r, err := openCity(dir)
			if err != nil {
				t.Fatal(err)
			}
			took[i] = append(took[i], time.Since(begun).Seconds()*1000)
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	printTimes("opening, no passphrase stretched; left: empty", took[0], took[2])
}

// compareRebuilds makes everything that follows from the documents of
// inquiries anew, as a version with other words for the search would.
func compareRebuilds(t *testing.T, dirs []string) {
	t.Helper()
	fmt.Printf("\n%-34s %9s %9s\n", "rebuild of inquiries", "minutes", "µs each")
	for _, dir := range dirs {
		r, err := openCity(dir)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if err := r.Rebuild(t.Context(), "ticket"); err != nil {
			t.Fatal(err)
		}
		took := time.Since(begun)
		fmt.Printf("%-34s %9.1f %9.0f\n", filepath.Base(dir), took.Minutes(), float64(took.Microseconds())/float64(count(t, r, "ticket")))
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// compareMemory lets another process open each city and do everything once.
func compareMemory(t *testing.T, dirs []string) {
	t.Helper()
	fmt.Printf("\n%-34s %9s %9s\n", "memory above an empty replica, MB", "opened", "worked")
	var empty [2]float64
	for i, dir := range dirs {
		c, out := child(t, "session", dir, "")
		var used [2]float64
		_, err := fmt.Fscan(bufio.NewReader(out), &used[0], &used[1])
		if err = errors.Join(err, c.Wait()); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			empty = used
		}
		fmt.Printf("%-34s %9.1f %9.1f\n", filepath.Base(dir), used[0]-empty[0], used[1]-empty[1])
	}
}

func init() { roles["session"] = childWorks }

// childWorks opens a city, does everything a few times, and tells its memory in
// MB after opening and at its highest.
func childWorks(dir, _ string) error {
	r, err := openCity(dir)
	if err != nil {
		return err
	}
	debug.FreeOSMemory()
	opened, err := memory("VmRSS")
	if err != nil {
		return err
	}
	all, err := works(r)
	for i := range 3 {
		for _, w := range all {
			_, failed := w.do(i)
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		return err
	}
	peak, err := memory("VmHWM")
	fmt.Println(opened, peak)
	return errors.Join(err, r.Close())
}

// memory is a line of what Linux says of this process, in MB.
func memory(name string) (float64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), name+":")
	word, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	kib, err := strconv.ParseFloat(word, 64)
	return kib / 1024, err
}

// printParts prints what a city's database is made of.
func printParts(t *testing.T, dir string) {
	t.Helper()
	r, err := openCity(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	parts, err := r.Parts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	records := float64(count(t, r, "ticket") + count(t, r, "document"))
	total := int64(0)
	fmt.Printf("\n%-34s %9s %9s\n", filepath.Base(dir), "MB", "a record")
	for _, p := range parts {
		total += p.Bytes
		fmt.Printf("%-34s %9.1f %9.0f\n", p.Name, float64(p.Bytes)/1e6, float64(p.Bytes)/records)
	}
	fmt.Printf("%-34s %9.1f %9.0f\n", "all", float64(total)/1e6, float64(total)/records)
}
