package helpdesk_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/helpdesk"
	"daicho/app/synonym"
	"daicho/app/ticket"
	"daicho/store"
)

// work is something that is done at the desk, the i-th time; rounds is how often.
type work struct {
	name   string
	rounds int
	do     func(i int) (rows int, err error)
	early  bool // it looks at days before a village began
}

// page is how many rows of a list are in sight, and looked for at once.
const page = 100

// TestScale does the work of the desk in a small and in a large city by turns, so that
// whatever else the machine does hits both, and prints how much longer the large one
// takes. Times are never asserted: that what is done finds something, is.
// `make bench-helpdesk` gives sizes and a folder in which the cities are kept; a plain
// test run takes two villages.
func TestScale(t *testing.T) {
	small, large := 300, 600
	if text := os.Getenv("DAICHO_SCALE"); text != "" {
		if _, err := fmt.Sscan(text, &small, &large); err != nil {
			t.Fatal("DAICHO_SCALE holds two numbers of inquiries:", err)
		}
	}
	lists := [2][]work{works(t, cityOf(t, small)), works(t, cityOf(t, large))}
	fmt.Printf("\n%d inquiries beside %d; milliseconds, wall time\n", small, large)
	fmt.Printf("%-46s %9s %9s %8s %9s %9s %8s\n", "rows at most, small and large", "p50 small", "p50 large", "ratio", "p95 small", "p95 large", "ratio")
	for n, w := range lists[0] {
		var took [2][]float64
		var rows [2]int
		for round := range w.rounds {
			for i := range lists {
				begun := time.Now()
				got, err := lists[i][n].do(round)
				if err != nil {
					t.Fatalf("%s: %v", w.name, err)
				}
				took[i] = append(took[i], time.Since(begun).Seconds()*1000)
				rows[i] = max(rows[i], got)
			}
		}
		if rows[1] == 0 && !(w.early && large < aYear) {
			t.Errorf("%s: nothing was found", w.name)
		}
		line := fmt.Sprintf("%-32s %6d %6d", w.name, rows[0], rows[1])
		for _, percent := range []int{50, 95} {
			s, l := at(took[0], percent), at(took[1], percent)
			line += fmt.Sprintf(" %9.2f %9.2f %7.2f×", s, l, l/s)
		}
		fmt.Println(line)
	}
}

func at(all []float64, percent int) float64 {
	slices.Sort(all)
	return all[(len(all)-1)*percent/100]
}

// works are the queue with its lists, other filters, what stands on the page of one
// inquiry, and the figures.
func works(t *testing.T, r *store.Replica) (all []work) {
	for _, f := range ticket.Register.About().Filters {
		if f.Name == "today" || f.Name == "faq" { // there need not be any
			continue
		}
		q := f.Query(map[string]any{"department": "第3課", "site": "第3庁舎"}[f.Given])
		if f.Name == "mine" {
			q.Where[len(q.Where)-1].Value = ""
		}
		all = append(all, work{name: "queue: " + f.Name, rounds: 40, do: func(int) (int, error) { return list(t, r, q) }})
	}
	all = append(all,
		work{name: "filter: one category by one way", rounds: 40, do: func(int) (int, error) {
			return list(t, r, app.Query{Where: []app.Cond{app.Where("category", "=", "account"), app.Where("channel", "=", "city")}, Sort: "received", Desc: true})
		}},
		work{name: "filter: two characters", rounds: 40, do: func(i int) (int, error) {
			hits, err := r.Search(t.Context(), []string{"印刷", "権限", "端末", "回線"}[i%4], 20)
			return len(hits), err
		}})
	ids, err := r.IDs(t.Context(), ticket.Kind, app.Query{Where: []app.Cond{app.Where("site", "=", "第3庁舎")}})
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, work{name: "detail", rounds: 60, do: func(i int) (int, error) { return detail(t, r, app.Ref{Kind: ticket.Kind, ID: ids[i*7919%len(ids)]}) }})
	all = append(all, work{name: "similar inquiries", rounds: 60, do: func(i int) (int, error) {
		k, err := store.Get(t.Context(), r, ticket.Register, ids[i*7919%len(ids)])
		if err != nil {
			return 0, err
		}
		names, err := synonym.Read(t.Context(), r)
		if err != nil {
			return 0, err
		}
		hits, err := r.Similar(t.Context(), k.Alike(names.Others, 5))
		return len(hits), err
	}})
	day := func(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }
	last := figures(t, r, "figures of the last month", 9, day(2026, 10, 1), day(2026, 10, 31))
	last.early = true
	return append(all, last,
		figures(t, r, "figures of this month", 9, day(2026, 11, 1), day(2026, 11, 30)),
		figures(t, r, "every clock of a year", 3, day(2025, 12, 1), day(2026, 11, 30)))
}

// list is what a queue shows: the rows in sight, and how many there are.
func list(t *testing.T, r *store.Replica, q app.Query) (int, error) {
	q.Limit = page
	ids, err := r.IDs(t.Context(), ticket.Kind, q)
	if err != nil {
		return 0, err
	}
	rows, err := r.Rows(t.Context(), ticket.Kind, ids)
	if err != nil {
		return 0, err
	}
	_, err = r.Count(t.Context(), ticket.Kind, app.Query{Where: q.Where})
	return len(rows), err
}

// detail is an inquiry with its course, its visits and what links to it.
func detail(t *testing.T, r *store.Replica, ref app.Ref) (int, error) {
	if _, err := r.Get(t.Context(), ref); err != nil {
		return 0, err
	}
	notes, err := app.Every(t.Context(), r, ticket.Notes, app.Query{Where: []app.Cond{app.Where("about", "=", ref.String())}, Sort: "at"})
	if err != nil {
		return 0, err
	}
	visits, err := app.Every(t.Context(), r, dispatch.Register, app.Query{Where: []app.Cond{app.Where("ticket", "=", ref.String())}, Sort: "wished"})
	if err != nil {
		return 0, err
	}
	if _, err = r.Linked(t.Context(), ref); err != nil {
		return 0, err
	}
	_, err = r.History(t.Context(), ref)
	return 1 + len(notes) + len(visits), err
}

func figures(t *testing.T, r *store.Replica, name string, rounds int, from, until civil.Date) work {
	by := agreed(t, r)
	return work{name: name, rounds: rounds, do: func(int) (int, error) {
		m, err := helpdesk.Read(t.Context(), r, by, from, until, now)
		if err != nil {
			return 0, err
		}
		return len(m.Work.Took), nil
	}}
}
