package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// TestMemoryOfADay drives the real window through its pages, searches, forms,
// looks and locks for as long as DAICHO_DAY says, and prints how much memory the
// program holds. It must not hold more and more: the last third of the day may be
// a tenth above the one before it. `make bench-window` gives an hour in a city of
// BENCH_ROWS inquiries; a plain test run goes round once in a village.
func TestMemoryOfADay(t *testing.T) {
	s, length := newScreen(t), dayLength(t)
	s.inhabit()
	s.env = append(s.env, "DAICHO_TEST_PROGRAM=day")
	s.start()
	pages, words := 3, []string{"printer"}
	if length > 0 {
		pages, words = 9, []string{"pc", "lan", "printer", "2026"}
	}
	var held []float64
	fmt.Printf("\n%8s %8s %10s %20s\n", "round", "minute", "MB in all", "MB that are no file")
	for begun := time.Now(); len(held) == 0 || time.Since(begun) < length; {
		s.round(len(held)+1, pages, words)
		all, own := s.memory()
		held = append(held, own)
		fmt.Printf("%8d %8.1f %10.0f %20.0f\n", len(held), time.Since(begun).Minutes(), all, own)
	}
	s.photograph("day-over")
	if third := len(held) / 3; third >= 3 {
		before, last := middle(held[third:2*third]), middle(held[2*third:])
		fmt.Printf("%.0f MB in the second third of the time, %.0f MB in the last\n", before, last)
		if last > before*1.1 {
			t.Errorf("it holds more and more: %.0f MB, then %.0f MB", before, last)
		}
	}
}

// dayLength is how long the day is to be; 0: as short as it can be.
func dayLength(t *testing.T) (length time.Duration) {
	if text := os.Getenv("DAICHO_DAY"); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			t.Fatal("DAICHO_DAY holds a time such as 1h:", err)
		}
	}
	return length
}

// round is what a person does in some minutes, without the minutes in which
// nothing is done. In the end the look is another.
func (s *screen) round(n, pages int, words []string) {
	for page := range pages {
		s.keys(fmt.Sprint("ctrl+", page+1), "Down", "Down", "Next", "Down", "Return", "F6", "F6", "Escape", "Escape")
	}
	s.keys("ctrl+2", "End", "Prior", "Prior", "Home", "Next", "Next", "Next", "Next")
	for _, sought := range words {
		s.keys("ctrl+k")
		s.write(sought)
		s.keys("Down", "Down", "Escape", "ctrl+f")
		s.write(sought)
		s.keys("ctrl+a", "BackSpace", "Escape")
	}
	s.keys("ctrl+n")
	s.write(strings.Repeat("printer on floor 2 is jammed ", pages/3))
	s.keys("Tab", "ctrl+Return", "Escape", "Escape", "Escape", "ctrl+l")
	s.logged(n, "the replica is closed")
	s.write("correct horse battery")
	s.keys("Return")
	s.logged(n, "the window is unlocked")
	if err := s.program.Signal(syscall.SIGUSR1); err != nil {
		s.t.Fatal(err)
	}
	s.logged(n, "another look")
}

// memory is what the program holds, in MB: all of it, and that which is no file.
func (s *screen) memory() (all, own float64) {
	s.t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.program.Pid))
	if err != nil {
		s.t.Fatal("the program is gone: ", err)
	}
	for line := range strings.Lines(string(b)) {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kb); err == nil {
			all = kb / 1024
		}
		if _, err := fmt.Sscanf(line, "RssAnon: %f kB", &kb); err == nil {
			own = kb / 1024
		}
	}
	return all, own
}

func middle(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

// inhabit gives the screen a copy of the city of DAICHO_CITY, opened by the
// passphrase of this test, or a village.
func (s *screen) inhabit() {
	s.t.Helper()
	dir := os.Getenv("DAICHO_CITY")
	if dir == "" {
		s.create()
		s.village()
		return
	}
	folder := filepath.Join(s.dir, "keys")
	ok(s.t, os.CopyFS(s.options().Dir, os.DirFS(dir)))
	ok(s.t, os.CopyFS(folder, os.DirFS(dir+".keys")))
	ok(s.t, keys.In(folder).ChangePassphrase(s.t.Context(), s.id(), storetest.Passphrase, keys.Passphrase("correct horse battery"), keys.UsualCost()))
}

// village writes some inquiries.
func (s *screen) village() {
	r, err := store.Open(context.Background(), s.options(), keys.Passphrase("correct horse battery"))
	ok(s.t, err)
	defer r.Close()
	ok(s.t, r.Write(s.t.Context(), r.Actor(), func(tx *store.Tx) error {
		for i := range 120 {
			rec, err := r.Draft(ticket.Kind)
			if err != nil {
				return err
			}
			k := rec.(*ticket.Ticket)
			k.Title, k.Channel = fmt.Sprint("printer ", i), ticket.Phone
			if err := tx.Save(k); err != nil {
				return err
			}
		}
		return nil
	}))
}

func init() { programs["day"] = wholeDay }

// wholeDay is the program, whose look changes when it is told to: from light to dark
// and back, and through the sizes of text.
func wholeDay() {
	awake := time.Duration(0)
	d, err := newDesktop(&args{Replica: os.Args[2], LockAfter: &awake}, os.Stderr)
	if err != nil {
		panic(err)
	}
	told, looks := make(chan os.Signal, 1), 0
	signal.Notify(told, syscall.SIGUSR1)
	go func() {
		for range told {
			looks++
			dark, factor := looks%2 == 1, d.desk.Look.Factor()
			if looks%4 == 0 {
				factor = map[float32]float32{1: 1.3, 1.3: 1}[factor]
			}
			d.desk.Tasks.Apart().Post(func() { d.dress(dark, factor); fmt.Fprintln(d.log, "another look") })
		}
	}()
	d.answer()
	pass, _, _, err := keys.PassphraseFromFile()
	if err == nil {
		err = d.run(pass, "")
	}
	if err != nil {
		panic(err)
	}
}
