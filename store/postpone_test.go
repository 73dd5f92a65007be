package store_test

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// standing makes pages of n inquiries as a server would give them to a new
// device: a key for each.
func standing(t testing.TB, n, page int) (pages []store.Rows) {
	t.Helper()
	var after app.Ref
	for from := 0; from < n; from += page {
		p := store.Rows{Epoch: app.ID{0xe0, 1}, After: after, Total: int64(n), More: from+page < n}
		for i := from; i < min(from+page, n); i++ {
			r := inquiry(t, i)
			p.Rows = append(p.Rows, r)
			p.Keys = append(p.Keys, app.SubjectKey{Subject: r.Ref.ID, Key: sha256.Sum256(r.Ref.ID[:])})
		}
		after = p.Rows[len(p.Rows)-1].Ref
		pages = append(pages, p)
	}
	return pages
}

// inquiry is one record as it stands: inquiries come minutes apart.
func inquiry(t testing.TB, i int) store.Row {
	t.Helper()
	at := app.Stamp(1_790_000_000_000 + int64(i)*60_000)
	id, err := app.NewID(at, storetest.Random(uint64(i)))
	if err != nil {
		t.Fatal(err)
	}
	x := ticket.Register.Draft(id)
	x.Number = fmt.Sprintf("R-2026-%06d", i)
	x.Title, x.Body = fmt.Sprintf("%s %d", subjects[i%len(subjects)], i), "共有プリンターに送ると用紙切れと表示されるが、用紙は入っている。"
	x.Channel, x.Category, x.Impact = ticket.Phone, ticket.Device, ticket.Minor
	x.Requester, x.Department, x.Site = "山田太郎", fmt.Sprintf("第%d課", i%37), fmt.Sprintf("第%d庁舎", i%9)
	x.ReceivedAt = at
	return store.Row{Ref: x.Ref, GSN: int64(i + 1), Doc: app.Doc(nil).Patch(ticket.Register.Diff(x))}
}

var subjects = []string{"プリンターから印刷できない", "給与システムに入れない", "共有フォルダーが見えない", "端末の動作が遅い", "会議室の回線が切れる"}

// TestFillingPostponesIndexes: while a new replica is filled it goes without the
// indexes by which people sort, and with those of named lists; sorting is right all
// the same, and afterwards every index is there as it was.
func TestFillingPostponesIndexes(t *testing.T) {
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	const all = "SELECT name || ': ' || sql FROM sqlite_schema WHERE type = 'index' AND sql <> '' ORDER BY 1"
	before := r.Strings(t.Context(), all)
	pages := standing(t, 1500, 500)
	if err := r.Rescope(t.Context(), pages[0].Epoch, app.ReadsAll, 1500); err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if err := r.Fill(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	names := r.Strings(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'ticket' AND sql <> ''")
	for name, want := range map[string]bool{"ticket_title": false, "ticket_site": false, "ticket_received": true, "ticket_site_received": true, "ticket_unclosed": true} {
		if slices.Contains(names, name) != want {
			t.Errorf("%s is there: %v", name, !want)
		}
	}
	sortsByTitle(t, r)
	if err := r.Index(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if after := r.Strings(t.Context(), all); !slices.Equal(before, after) {
		t.Errorf("indexes before\n%q\nand after\n%q", before, after)
	}
	sortsByTitle(t, r)
}

func sortsByTitle(t *testing.T, r *store.Replica) {
	t.Helper()
	list, _, err := r.List(t.Context(), ticket.Kind, app.Query{Sort: "title", Limit: 400})
	if err != nil || len(list) != 400 {
		t.Fatal(len(list), err)
	}
	if !slices.IsSortedFunc(list, func(a, b app.Record) int { return cmp.Compare(a.(*ticket.Ticket).Title, b.(*ticket.Ticket).Title) }) {
		t.Error("not in the order of titles")
	}
}

// TestMigrationMeetsPostponedIndexes: a later version may be about an index that a
// filling went without, and that nothing has made since.
func TestMigrationMeetsPostponedIndexes(t *testing.T) {
	o := productOptions(t.TempDir(), 1, storetest.Start)
	r, err := store.Create(t.Context(), o, slices.Clone(storetest.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	p := standing(t, 1000, 500)[0]
	if err = errors.Join(r.Rescope(t.Context(), p.Epoch, app.ReadsAll, 1000), r.Fill(t.Context(), p), r.Close()); err != nil {
		t.Fatal(err)
	}
	o.Tables = fstest.MapFS{"migrations/later_0001.sql": {Data: []byte("DROP INDEX ticket_title;")}}
	if r, err = store.Open(t.Context(), o, slices.Clone(storetest.Passphrase)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	if n := r.Number(t.Context(), "SELECT count(*) FROM postponed"); n != 0 {
		t.Errorf("%d indexes wait after the migration", n)
	}
	if n := r.Number(t.Context(), "SELECT count(*) FROM sqlite_schema WHERE name IN ('ticket_title', 'ticket_site')"); n != 1 {
		t.Errorf("%d of two indexes are there, want the one that was not dropped", n)
	}
}
