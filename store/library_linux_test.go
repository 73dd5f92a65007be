package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

// versionsOf is how many versions each document of a library has.
const versionsOf = 3

// TestLibrary does the same work in a small and in a large library of documents with
// three versions each by turns, and prints how much longer the large one takes. Times
// are never asserted; that both find what was asked for is. `make bench-documents`
// gives the sizes and a folder where they are kept.
func TestLibrary(t *testing.T) {
	small, large := 30, 60
	if text := os.Getenv("DAICHO_LIBRARY"); text != "" {
		if _, err := fmt.Sscan(text, &small, &large); err != nil {
			t.Fatal("DAICHO_LIBRARY holds two numbers of documents:", err)
		}
	}
	dirs := [2]string{benchLibrary(t, small), benchLibrary(t, large)}
	fmt.Printf("\n%d documents with %d versions beside %d with %d; milliseconds, wall time\n", small, small*versionsOf, large, large*versionsOf)
	fmt.Printf("%-45s %9s %9s %7s %9s %9s %7s\n", "rows at most, small and large", "p50 small", "p50 large", "ratio", "p95 small", "p95 large", "ratio")
	var lists [2][]work
	for i, dir := range dirs {
		r, err := openCity(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for kind, n := range map[app.Kind]int{document.Kind: []int{small, large}[i], document.RevisionKind: []int{small, large}[i] * versionsOf} {
			if got := count(t, r, kind); got != n {
				t.Fatalf("%d of %s, want %d", got, kind, n)
			}
		}
		if lists[i], err = libraryWorks(r); err != nil {
			t.Fatal(err)
		}
	}
	byTurns(t, lists)
}

// libraryWorks are what people do in a library: its lists, and searches.
func libraryWorks(r *store.Replica) (all []work, err error) {
	for _, kind := range []app.Kind{document.Kind, document.RevisionKind} {
		for _, f := range r.Book().Registers[kind].About().Filters {
			if f.Given != "" && given[f.Given] == nil {
				continue // of one document: it has three versions in either library
			}
			of, err := listWorks(r, kind, f)
			if err != nil {
				return nil, err
			}
			all = append(all, of...)
		}
	}
	for _, c := range []struct {
		name  string
		words []string
		least int
	}{
		{"search, two characters", []string{"監視", "手順", "移行"}, 1},
		{"search, two words", []string{"監視 手順", "回線 移行"}, 1},
		{"search, one document", []string{"整理番号ア00007号", "整理番号ア00011号"}, 1},
		{"search, not there", []string{"鯨竜", "鸚鵡返"}, 0},
	} {
		all = append(all, work{c.name, func(i int) (int, error) {
			hits, err := r.Search(context.Background(), c.words[i%len(c.words)], 20)
			if len(hits) < c.least {
				err = errors.Join(err, fmt.Errorf("%s: %d found", c.words[i%len(c.words)], len(hits)))
			}
			return len(hits), err
		}})
	}
	return all, nil
}

// benchLibrary is the folder of a library of n documents, which is made once.
func benchLibrary(t *testing.T, n int) string {
	t.Helper()
	return keptBench(t, fmt.Sprintf("library-%d", n), func(dir string) *store.Replica { return libraryOf(t, dir, n) })
}

// libraryOf is a replica with n documents, made by Apply as a server would have put
// them in order.
func libraryOf(t testing.TB, dir string, n int) *store.Replica {
	t.Helper()
	clock := &storetest.Clock{}
	clock.Advance(cityEnd.Sub(storetest.Start))
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithDir(dir), storetest.WithClock(clock), storetest.WithSeed(uint64(n)))
	o := newCityOrder(func(p store.Page) error { return r.Apply(context.Background(), p) })
	for i := range n {
		if err := o.shelve(i, cityEnd.Add(-time.Duration(n-i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(o.flush(), belongs(r)); err != nil {
		t.Fatal(err)
	}
	return r
}

// Words of which the texts of documents are made.
var (
	headings = []string{"夜間の監視", "回線の更新", "帳票の移行", "端末の入替え", "権限の見直し", "保管庫の点検", "訓練の計画"}
	matters  = []string{"手順を定め、結果を記録する。", "担当者を二人とし、交代の時刻を決める。", "移行の前に写しを取り、照合する。", "異常があれば直ちに連絡する。"}
)

// shelve puts one document with its versions in the order: as they stand in the end,
// for how they came to that is the matter of app/document.
func (o *cityOrder) shelve(i int, at time.Time) error {
	id, err := app.NewID(app.StampOf(at), storetest.Random(uint64(i)))
	if err != nil {
		return err
	}
	d := document.Register.New().(*document.Document)
	d.Ref = app.Ref{Kind: document.Kind, ID: id}
	d.Number, d.Title = fmt.Sprintf("R8情第%d号", i+1), headings[i%len(headings)]+"について"
	d.Type, d.State, d.Version = []document.Type{document.Plan, document.Report, document.Minutes}[i%3], document.Issued, "1.2"
	d.Issued, d.Owner, d.Clause = app.DayOf(civil.DateOf(at)), engineer, []string{"1.1.1", "2.1.1", "3.1.2"}[i%3]
	d.Summary = fmt.Sprintf("整理番号ア%05d号。%s", i, matters[i%len(matters)])
	d.Published = d.Issued
	if i%40 == 0 { // some wait for something
		d.ReplyDue, d.Key, d.ReviewOn = d.Issued+14, document.OtherKey, d.Issued+30
	} else {
		d.Submitted = d.Issued
	}
	for v := range versionsOf {
		rev := document.Revisions.New().(*document.Revision)
		if rev.Ref.ID, err = app.NewID(app.StampOf(at), storetest.Random(uint64(n3(i, v)))); err != nil {
			return err
		}
		rev.Ref.Kind = document.RevisionKind
		rev.Document, rev.Title, rev.Version, rev.Level, rev.State = d.Ref, d.Title, fmt.Sprintf("1.%d", v), document.Minor, document.Superseded
		rev.Author = app.Ref{Kind: app.PersonKind, ID: app.ID{8}}
		rev.Reason, rev.Made = "定期の見直し", app.StampOf(at.Add(time.Duration(v)*time.Minute))
		rev.Body = headings[(i+v)%len(headings)] + "は次のとおりとする。" + matters[(i+v)%len(matters)] + matters[(i+v+1)%len(matters)]
		if v == versionsOf-1 {
			rev.State, d.Current = document.Published, rev.Ref
		}
		d.Revisions = append(d.Revisions, document.Line{Version: rev.Version, Date: d.Issued, Change: rev.Reason, Author: engineer})
		if err := o.stands(document.Revisions, rev, at); err != nil {
			return err
		}
	}
	return o.stands(document.Register, d, at)
}

func n3(i, v int) int { return 1_000_000 + i*versionsOf + v }

// stands puts a record in order as it stands.
func (o *cityOrder) stands(g app.AnyRegister, rec app.Record, at time.Time) error {
	o.gsn++
	ref, stamp := rec.Meta().Ref, app.StampOf(at)
	out := &app.Outcome{GSN: o.gsn, Device: app.ID{7}, Seq: uint64(o.gsn), Author: app.ID{8}, At: stamp, Received: stamp, Ref: ref,
		Verdict: app.Accepted, Effects: []app.Effect{{Ref: ref, Cells: g.Diff(rec)}}}
	body, err := out.Encode(o.book.Registers, &app.Sealer{Keys: o, Random: storetest.Random(uint64(o.gsn))})
	if err != nil {
		return err
	}
	o.unlock(ref.ID)
	return o.send(body)
}

// keptBench is a folder with a replica for measurements, made once where
// DAICHO_BENCH names a folder to keep it in.
func keptBench(t *testing.T, name string, make func(dir string) *store.Replica) string {
	t.Helper()
	root := os.Getenv("DAICHO_BENCH")
	if root == "" {
		root = t.TempDir()
	}
	dir := filepath.Join(root, name)
	done := dir + ".done"
	if _, err := os.Stat(done); err == nil {
		return dir
	}
	if err := errors.Join(os.RemoveAll(dir), os.RemoveAll(dir+".keys")); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("making %s\n", dir)
	begun := time.Now()
	if err := make(dir).Close(); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("made in %.1f minutes\n", time.Since(begun).Minutes())
	if err := os.WriteFile(done, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
