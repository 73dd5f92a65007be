package modules_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// enrolled is an empty replica of the product that somebody is enrolled on.
func enrolled(t *testing.T) *store.Replica {
	t.Helper()
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	err := r.Local(t.Context(), func(tx *store.LocalTx) error {
		return tx.Enroll(store.Enrolment{Person: store.Person{ID: app.ID{1}, Name: "中村 彩"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestEveryFilterHasItsIndex asks SQLite how it would read the first page and
// a later one of each named list: by one index that holds no row in vain, in
// the order of the list.
func TestEveryFilterHasItsIndex(t *testing.T) {
	r := enrolled(t)
	for kind, g := range modules.Book().Registers {
		for _, f := range g.About().Filters {
			t.Run(string(kind)+"/"+f.Name, func(t *testing.T) {
				if f.Label.JA == "" || f.Label.EN == "" {
					t.Error("has no label in both languages")
				}
				q := f.Query(sample(g, f.Given))
				servedByOneIndex(t, r, kind, q)
				q.After = &app.Mark{Key: sample(g, f.Sort), ID: app.ID{1}}
				servedByOneIndex(t, r, kind, q)
			})
		}
	}
}

// TestOtherFiltersFollowTheOrder asks for pages that no single index serves:
// where the order has an index, nothing is sorted before the first row.
func TestOtherFiltersFollowTheOrder(t *testing.T) {
	r := enrolled(t)
	open, device := app.Where("state", "<>", string(ticket.Closed)), app.Where("category", "=", string(ticket.Device))
	for _, c := range []struct {
		where []app.Cond
		want  string
	}{
		{[]app.Cond{device}, "ticket_received"},
		{[]app.Cond{device, app.Where("impact", "=", string(ticket.Stopped))}, "ticket_received"},
		{[]app.Cond{open, device}, "ticket_unclosed"},
		{[]app.Cond{app.Where("state", "=", string(ticket.Working)), device}, "ticket_state_received"},
		{[]app.Cond{app.Where("site", "=", "本庁舎"), device}, "ticket_site_received"},
	} {
		plan, err := r.Plan(t.Context(), ticket.Kind, app.Query{Where: c.where, Sort: "received", Desc: true})
		if err != nil || len(plan) != 1 || !strings.Contains(plan[0]+" ", "INDEX "+c.want+" ") {
			t.Errorf("%v: %q, %v; want %s", c.where, plan, err, c.want)
		}
	}
}

// TestTheNextInTimeAreReadByOneIndex asks for what the page of today shows first.
// It costs the same however many inquiries are open, and however many were closed:
// what SQLite reads begins with the first row shown and ends with the last.
func TestTheNextInTimeAreReadByOneIndex(t *testing.T) {
	r := enrolled(t)
	open, mine := app.Where("state", "<>", string(ticket.Closed)), app.Where("assignee", "=", "中村 彩")
	timed, untimed := app.Where("wished", ">", int64(0)), app.Where("wished", "=", int64(0))
	servedByOneIndex(t, r, ticket.Kind, app.Query{Where: []app.Cond{open, timed}, Sort: "wished"})
	servedByOneIndex(t, r, ticket.Kind, app.Query{Where: []app.Cond{open, untimed}, Sort: "received"})
	servedByOneIndex(t, r, ticket.Kind, app.Query{Where: []app.Cond{open, mine, untimed}, Sort: "received"})
	plan, err := r.Plan(t.Context(), ticket.Kind, app.Query{Where: []app.Cond{open, mine, timed}, Sort: "wished"})
	if err != nil || !strings.Contains(plan[0], "ticket_unclosed_assignee_wished (assignee=? AND wished>?)") {
		t.Errorf("%q, %v", plan, err)
	}
}

// sample is some value of a field.
func sample(g app.AnyRegister, field string) any {
	s, _ := app.SpecOf(g, field)
	if n, ok := app.Value(nil).SQL(s.Type).(int64); ok {
		return n
	}
	if len(s.Choices) > 0 {
		return s.Choices[0].Value
	}
	return "x"
}

var search = regexp.MustCompile(`^(SEARCH|SCAN) \S+ USING INDEX (\S+)(?: \((.*)\))?$`)

func servedByOneIndex(t *testing.T, r *store.Replica, kind app.Kind, q app.Query) {
	t.Helper()
	plan, err := r.Plan(context.Background(), kind, q)
	if err != nil {
		t.Fatal(err)
	}
	m := search.FindStringSubmatch(plan[0])
	if len(plan) != 1 || m == nil {
		t.Fatalf("not one index alone: %q", plan)
	}
	left := fieldsOf(q.Where)
	for _, known := range append(strings.Split(m[3], " AND "), strings.Split(condition(t, m[2]), " AND ")...) {
		left = slices.DeleteFunc(left, func(f string) bool { return regexp.MustCompile(`^` + f + `\b`).MatchString(known) })
	}
	if len(left) > 0 {
		t.Errorf("%s passes over rows for want of %v", plan[0], left)
	}
}

func fieldsOf(where []app.Cond) (fields []string) {
	for _, c := range where {
		fields = append(fields, c.Field)
	}
	return fields
}

// condition is which rows an index holds, as its migration says; empty: all.
func condition(t *testing.T, index string) string {
	t.Helper()
	files, err := filepath.Glob("../../store/migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no migrations", err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile(`CREATE INDEX ` + index + ` ON .* WHERE (.*);`).FindSubmatch(text); m != nil {
			return string(m[1])
		}
	}
	return ""
}
