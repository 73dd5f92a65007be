package main

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	core "daicho/app"
	"daicho/app/ticket"
	"daicho/store/keys"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// TestFramesBesideFynesTable prints how many frames a second a list paints that
// is scrolled in the real window, and Fyne's own table with the same cells by
// turns. Figures are never asserted. `make bench-window` takes a city of
// BENCH_ROWS inquiries and turns of four seconds; a plain test run a village and
// one turn of half a second.
func TestFramesBesideFynesTable(t *testing.T) {
	s := newScreen(t)
	s.inhabit()
	s.env = append(s.env, "DAICHO_TEST_PROGRAM=frames")
	s.launch()
	s.logged(1, "the replica is open")
	for _, shown := range []string{"ours", "Fyne's"} {
		s.logged(1, shown+" is scrolled")
		s.photograph("frames-" + shown)
	}
	for s.said("the race is over") == 0 { // however long that takes
		ok(t, s.program.Signal(syscall.Signal(0)))
		time.Sleep(20 * time.Millisecond)
	}
}

func init() { programs["frames"] = scrolled }

// scrolled is the program, which scrolls two tables in its window by itself.
func scrolled() {
	var d *desktopApp
	d, err := newDesktop(&args{Replica: os.Args[2], Lang: "ja", Text: 100}, hears{"the replica is open", func() { go d.race() }})
	if err == nil {
		var pass keys.Passphrase
		if pass, _, _, err = keys.PassphraseFromFile(); err == nil {
			err = d.run(pass, "")
		}
	}
	if err != nil {
		panic(err)
	}
}

// racer is a table of the race, and how a person scrolls it.
type racer struct {
	name   string
	table  fyne.CanvasObject
	scroll func(row int)
	list   *register.List
	fps    []float64
}

// race lets two tables show the same list by turns.
func (d *desktopApp) race() {
	rounds, turn := 1, time.Second/2
	if os.Getenv("DAICHO_CITY") != "" {
		rounds, turn = 5, 4*time.Second
	}
	var ours, theirs *racer
	d.now(func() { ours, theirs = d.ours(), d.theirs() })
	for _, r := range []*racer{ours, theirs} {
		for n := 0; n == 0; time.Sleep(50 * time.Millisecond) {
			d.now(func() { n = r.list.Len() })
		}
	}
	fmt.Printf("\n%d ids in the list; frames a second in a window of 1280×800, least, middle and most of %d turns\n", ours.list.Len(), rounds)
	fmt.Printf("%-34s %20s %20s %7s\n", "", "ours", "Fyne's", "ratio")
	for _, w := range []struct {
		name string
		step int
	}{{"a row a frame", 1}, {"three rows a frame", 3}, {"a page a frame, most still to load", 190}} {
		ours.fps, theirs.fps = nil, nil
		for range rounds {
			d.turn(ours, w.step, turn)
			d.turn(theirs, w.step, turn)
		}
		fmt.Printf("%-34s %20s %20s %7.2f\n", w.name, spread(ours.fps), spread(theirs.fps), middle(ours.fps)/middle(theirs.fps))
	}
	fmt.Fprintln(d.log, "the race is over")
}

func spread(of []float64) string {
	return fmt.Sprintf("%.1f %.1f %.1f", slices.Min(of), middle(of), slices.Max(of))
}

// now does something where the window lives, and waits for it.
func (d *desktopApp) now(do func()) {
	done := make(chan struct{})
	d.desk.Tasks.Apart().Post(func() { do(); close(done) })
	<-done
}

// turn scrolls one of them for a time, a step before each frame. A dot that is
// drawn anew with each frame counts those that were painted.
func (d *desktopApp) turn(r *racer, step int, length time.Duration) {
	steps, frames, over := 0, 0, make(chan time.Time, 1)
	dot := canvas.NewRaster(func(w, h int) image.Image { frames++; return image.NewGray(image.Rect(0, 0, w, h)) })
	dot.Resize(fyne.NewSize(1, 1))
	d.now(func() { d.window.SetContent(container.NewStack(r.table, container.NewWithoutLayout(dot))) })
	fmt.Fprintln(d.log, r.name, "is scrolled")
	time.Sleep(300 * time.Millisecond)
	move := fyne.NewAnimation(length, func(part float32) {
		if part == 1 {
			over <- time.Now()
			return
		}
		steps++
		r.scroll(steps * step % max(1, r.list.Len()-60))
		dot.Refresh()
	})
	move.Curve = fyne.AnimationLinear
	var begun time.Time
	d.now(func() { begun, frames = time.Now(), 0; move.Start() })
	r.fps = append(r.fps, float64(frames)/(<-over).Sub(begun).Seconds())
}

func (d *desktopApp) ours() *racer {
	r := &racer{name: "ours"}
	var table *kit.Table
	r.list = register.NewList(d.desk, d.records, raced(), func() { table.Reload() })
	var cols []kit.Column
	for _, c := range raced().Columns {
		cols = append(cols, c.Column)
	}
	table = kit.NewTable(d.desk, cols, r.list, -1, false)
	r.table, r.scroll = table, table.ScrollTo
	r.list.Narrow(nil, "")
	return r
}

// theirs is Fyne's table with a label a cell, cut as cheaply as it can be.
func (d *desktopApp) theirs() *racer {
	r := &racer{name: "Fyne's"}
	var table *widget.Table
	r.list = register.NewList(d.desk, d.records, raced(), func() { table.Refresh() })
	table = widget.NewTable(func() (int, int) { return r.list.Len(), len(raced().Columns) },
		func() fyne.CanvasObject {
			label := widget.NewLabel("")
			label.Truncation = fyne.TextTruncateClip
			return label
		},
		func(id widget.TableCellID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(r.list.Cell(id.Row, id.Col).Text)
		})
	for i, c := range raced().Columns {
		table.SetColumnWidth(i, max(c.Width, 120))
	}
	high := widget.NewLabel("").MinSize().Height
	r.table, r.scroll = table, func(row int) { table.ScrollToOffset(fyne.NewPos(0, float32(row)*high)) }
	r.list.Narrow(nil, "")
	return r
}

// raced is the list that both show.
func raced() *register.Config {
	column := func(field string, width float32, kind kit.ColumnKind) register.Column {
		return register.Column{Field: field, Column: kit.Column{Kind: kind, Width: width}}
	}
	return &register.Config{Register: ticket.Register, Title: "title", Sort: "received", Desc: true, Columns: []register.Column{
		column("state", 86, kit.BadgeColumn), column("number", 84, kit.MonoColumn), column("title", 600, 0),
		column("department", 120, 0), column("assignee", 120, 0), column("received", 120, kit.MonoColumn),
	}, Mark: func(r core.Record, lang core.Lang) kit.Mark {
		return kit.Mark{Glyph: "○", Word: ticket.Register.Show(r, "state", lang)}
	}}
}

// hears does something when the program logs it.
type hears struct {
	words string
	then  func()
}

func (h hears) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(h.words)) {
		h.then()
	}
	return os.Stderr.Write(b)
}
