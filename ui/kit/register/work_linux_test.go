package register

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/sys/unix"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// TestWorkOfAFrame prints how long the UI goroutine works for one frame of a
// list over the encrypted store: CPU time of its thread, for other programs of
// the machine must not count. Fyne's own table shows the same cells by turns in
// the same run. What a painter does then is not counted. Times are never
// asserted. `make bench-window` gives a city of BENCH_ROWS inquiries; a plain
// test run takes a village.
func TestWorkOfAFrame(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	frames := 30
	if os.Getenv("DAICHO_CITY") != "" {
		frames = 300
	}
	d := kittest.Desk(t)
	tasks, next := task.Queued()
	d.Tasks = tasks
	records := stored{kittest.NewReplica(t, modules.Book()), city(t)}
	load := func() *List {
		l := NewList(d, records, sixColumns(), func() {})
		l.query = app.Query{Sort: "received", Desc: true}
		l.Load()
		for next() {
		}
		if l.Err() != nil || l.Len() < 100 {
			t.Fatal(l.Len(), l.Err())
		}
		return l
	}
	l := load()
	ours, theirs := newOurs(t, l), newTheirs(t, load())
	fmt.Printf("\n%d ids in the list; milliseconds of CPU on the UI goroutine for a frame\n", l.Len())
	fmt.Printf("%-34s %9s %9s %9s %9s %7s\n", "", "ours p50", "ours p95", "Fyne p50", "Fyne p95", "ratio")
	for _, w := range []struct {
		name string
		step int
	}{{"a row a frame", 1}, {"a page a frame, most still to load", 190}} {
		var a, b times
		for i := range frames {
			row := i * w.step % max(1, l.Len()-60)
			a = append(a, ours.frame(row, next))
			b = append(b, theirs.frame(row, next))
		}
		slices.Sort(a)
		slices.Sort(b)
		fmt.Printf("%-34s %9.2f %9.2f %9.2f %9.2f %7.2f\n", w.name, a.at(.5), a.at(.95), b.at(.5), b.at(.95), b.at(.5)/a.at(.5))
	}
}

// times are durations in milliseconds, sorted.
type times []float64

func (t times) at(part float64) float64 { return t[int(part*float64(len(t)-1))] }

// shown is a table in a window, and how it is driven.
type shown struct {
	scroll func(row int)
}

// frame scrolls and shows what that brings; it returns the milliseconds that
// the UI goroutine worked.
func (s *shown) frame(row int, next func() bool) float64 {
	begun := used()
	s.scroll(row)
	for next() {
	}
	return float64(used()-begun) / 1e6
}

// used is the CPU time of this thread in nanoseconds.
func used() int64 {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &ts); err != nil {
		panic(err)
	}
	return ts.Nano()
}

func newOurs(t *testing.T, l *List) *shown {
	var cols []kit.Column
	for _, c := range l.cfg.Columns {
		cols = append(cols, c.Column)
	}
	table := kit.NewTable(l.desk, cols, l, -1, false)
	kittest.Window(t, table, 655, 680)
	l.changed = table.Reload
	return &shown{table.ScrollTo}
}

// newTheirs is Fyne's table with a label a cell, cut as cheaply as it can be.
func newTheirs(t *testing.T, l *List) *shown {
	table := widget.NewTable(func() (int, int) { return l.Len(), len(l.cfg.Columns) },
		func() fyne.CanvasObject {
			label := widget.NewLabel("")
			label.Truncation = fyne.TextTruncateClip
			return label
		},
		func(id widget.TableCellID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(l.Cell(id.Row, id.Col).Text)
		})
	for i, c := range l.cfg.Columns {
		table.SetColumnWidth(i, max(c.Width, 200))
	}
	l.changed = table.Refresh
	high := widget.NewLabel("").MinSize().Height
	kittest.Window(t, table, 655, 680)
	return &shown{func(row int) { table.ScrollToOffset(fyne.NewPos(0, float32(row)*high)) }}
}

func sixColumns() *Config {
	return &Config{Register: ticket.Register, Title: "title", Columns: []Column{
		{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 86}}, {Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 84}},
		{Field: "title", Column: kit.Column{Flex: true, Min: 120}}, {Field: "department", Column: kit.Column{Width: 88}},
		{Field: "assignee", Column: kit.Column{Width: 78}}, {Field: "received", Column: kit.Column{Kind: kit.MonoColumn, Width: 92}},
	}, Mark: func(r app.Record, lang app.Lang) kit.Mark {
		return kit.Mark{Glyph: "○", Word: ticket.Register.Show(r, "state", lang)}
	}}
}

// stored answers lists from an encrypted replica, and nothing else.
type stored struct {
	*kittest.Replica
	r *store.Replica
}

func (s stored) IDs(ctx context.Context, kind app.Kind, q app.Query) ([]app.ID, error) {
	return s.r.IDs(ctx, kind, q)
}

func (s stored) Rows(ctx context.Context, kind app.Kind, ids []app.ID) ([]app.Record, error) {
	return s.r.Rows(ctx, kind, ids)
}

// city is the city of DAICHO_CITY, made before; without it a village.
func city(t *testing.T) *store.Replica {
	if dir := os.Getenv("DAICHO_CITY"); dir != "" {
		r, err := storetest.Open(t, storetest.WithBook(modules.Book()), storetest.WithDir(dir))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithDir(filepath.Join(t.TempDir(), "village")))
	err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error {
		for i := range 120 {
			rec, err := r.Draft(ticket.Kind)
			if err != nil {
				return err
			}
			k := rec.(*ticket.Ticket)
			k.Title, k.Channel = fmt.Sprint("問い合わせ", i), ticket.Phone
			if err := tx.Save(k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
