package register

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// many answers a list of any length without keeping records.
type many struct {
	*kittest.Replica
	n     int
	pages int
	err   error
}

func (m *many) IDs(context.Context, app.Kind, app.Query) ([]app.ID, error) {
	ids := make([]app.ID, m.n)
	for i := range ids {
		ids[i] = app.ID{byte(i >> 16), byte(i >> 8), byte(i), 1}
	}
	return ids, m.err
}

func (m *many) Rows(_ context.Context, _ app.Kind, ids []app.ID) (out []app.Record, err error) {
	m.pages++
	for _, id := range ids {
		r := ticket.Register.Draft(id)
		r.Title = fmt.Sprint(int(id[0])<<16 | int(id[1])<<8 | int(id[2]))
		out = append(out, r)
	}
	return out, m.err
}

func plain() *Config {
	return &Config{Register: ticket.Register, Title: "title", Sort: "received", Columns: []Column{{Field: "title"}, {Field: "received"}}}
}

func newMany(t testing.TB, n int) (*many, *List, *int) {
	m := &many{Replica: kittest.NewReplica(t, modules.Book()), n: n}
	told := 0
	l := NewList(kittest.Desk(t), m, plain(), func() { told++ })
	return m, l, &told
}

// A list asks for its first page and for rows that are looked at, and no others.
func TestListAsksForPagesThatAreSeen(t *testing.T) {
	m, l, told := newMany(t, 20_000)
	l.Load()
	if l.Len() != 20_000 || m.pages != 1 || *told != 1 {
		t.Fatal(l.Len(), m.pages, *told)
	}
	for _, row := range []int{0, 99, 100, 19_999, 5} {
		if got := l.Cell(row, 0).Text; got != fmt.Sprint(row) {
			t.Errorf("row %d shows %q", row, got)
		}
		if l.Row(l.Ref(row)) != row {
			t.Error("a record is not found at its row", row)
		}
	}
	if m.pages != 3 || *told != 1 {
		t.Errorf("%d pages were read, want 3; told %d times, want 1: the cell that asked shows it at once", m.pages, *told)
	}
	if l.Row(app.Ref{Kind: "document", ID: l.ids[0]}) >= 0 || l.Row(app.Ref{Kind: ticket.Kind}) >= 0 {
		t.Error("a foreign record has no row")
	}
}

func TestListForgetsPagesFarAway(t *testing.T) {
	_, l, _ := newMany(t, 20_000)
	l.Load()
	for row := 0; row < 20_000; row += pageRows {
		l.Cell(row, 0)
	}
	if len(l.pages) > keptPages {
		t.Errorf("%d pages are kept, want %d at most", len(l.pages), keptPages)
	}
	if l.Cell(3, 0).Text != "3" {
		t.Error("a page that was forgotten is read again")
	}
}

// What a new order brings late does not land in it.
func TestRowsOfAnEarlierOrderAreDropped(t *testing.T) {
	m, l, _ := newMany(t, 10)
	l.Load()
	round := l.round
	m.n = 5
	l.Sort(1, true)
	if l.round == round || l.Len() != 5 || len(l.pages) != 1 || len(l.pages[0]) != 5 {
		t.Error("the rows of before are still there")
	}
	if l.query.Sort != "received" || !l.query.Desc {
		t.Errorf("%+v", l.query)
	}
}

func TestListSaysWhyItCouldNotBeRead(t *testing.T) {
	m, l, told := newMany(t, 10)
	m.err = errors.New("disk gone")
	l.Load()
	if l.Err() == nil || !l.Loaded() || *told == 0 {
		t.Error("a failure must be told")
	}
}

func TestShortNumber(t *testing.T) {
	for _, c := range []struct {
		number string
		today  civil.Date
		want   string
	}{
		{"2026-004129", civil.Date{Year: 2026, Month: 11, Day: 20}, "004129"},
		{"2026-004129", civil.Date{Year: 2027, Month: 3, Day: 31}, "004129"},
		{"2026-004129", civil.Date{Year: 2027, Month: 4, Day: 1}, "2026-004129"},
		{"仮-7QK4-12", civil.Date{Year: 2026, Month: 11, Day: 20}, "仮-7QK4-12"},
		{"8葉情第12号", civil.Date{Year: 2026, Month: 11, Day: 20}, "8葉情第12号"},
		{"", civil.Date{Year: 2026, Month: 11, Day: 20}, ""},
	} {
		if got := ShortNumber(c.number, c.today); got != c.want {
			t.Errorf("%q on %v: %q, want %q", c.number, c.today, got, c.want)
		}
	}
}

// The work of one frame while a list of 20,000 is scrolled by a page a frame.
func BenchmarkScrollOfTwentyThousand(b *testing.B) {
	d := kittest.Desk(b)
	m := &many{Replica: kittest.NewReplica(b, modules.Book()), n: 20_000}
	l := NewList(d, m, plain(), func() {})
	l.Load()
	table := kit.NewTable(d, []kit.Column{{Title: "件名", Flex: true, Min: 100}, {Title: "受付", Width: 90}}, l, -1, false)
	kittest.Window(b, table, 900, 700)
	row := 0
	for b.Loop() {
		row = (row + 27) % 19_000
		table.ScrollTo(row)
	}
}

var _ ui.Records = (*many)(nil)
