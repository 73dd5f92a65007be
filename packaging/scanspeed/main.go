// Scanspeed measures `daichoctl scan` beside programs that read the same files, by
// turns in one run, and prints ratios: of CPU time, which other work on the machine
// disturbs less than the clock. Use it for the whole command; for the engine alone
// there are the benchmarks of app/detect, for what a scan remembers those of
// app/scan/memory.
//
//	scanspeed DAICHOCTL PATTERNS FOLDER
//
// PATTERNS is the file that ripgrep searches for. The files are made in FOLDER once
// and kept there; they need LibreOffice.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: scanspeed DAICHOCTL PATTERNS FOLDER")
		os.Exit(2)
	}
	dir, err := filepath.Abs(os.Args[3])
	if err == nil {
		err = (&bench{program: os.Args[1], patterns: os.Args[2], dir: dir}).all()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bench is one run of everything.
type bench struct {
	program, patterns, dir string

	scratch string // emptied at the end
	numbers []string
	peak    int64 // bytes of the largest process of a scan
}

func (b *bench) all() (err error) {
	if err := fill(filepath.Join(b.dir, "files")); err != nil {
		return err
	}
	if b.scratch, err = os.MkdirTemp(b.dir, "run-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.scratch)
	if b.numbers, err = b.pack(); err != nil {
		return err
	}
	say := func(what string, got fmt.Stringer, goal string) { fmt.Printf("%-52s %-20s %s\n", what, got, goal) }
	fmt.Printf("%s, %d cores, load %s\n", runtime.GOARCH, runtime.NumCPU(), load())
	say("work per CPU time, times the peer's", heading("median (low–high)"), "goal")
	for _, p := range b.pairs() {
		costs, err := byTurns(p.rounds, p.ours, p.peer)
		if err != nil {
			return err
		}
		b.note(costs[0])
		say(p.what, ratios(costs[0], costs[1], cpuOf), p.goal)
	}
	if err := b.cores(say); err != nil {
		return err
	}
	say("largest process of these scans, MB", heading(fmt.Sprintf("%.0f", float64(b.peak)/1e6)), "≤ 400")
	fmt.Printf("load now %s\n", load())
	return nil
}

type heading string

func (h heading) String() string { return string(h) }

// load is how much the machine has to do: of the last minute, and so on.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}

func (b *bench) note(costs []cost) {
	for _, c := range costs {
		b.peak = max(b.peak, c.peak)
	}
}

// cores runs the same scan with one job and with two.
func (b *bench) cores(say func(string, fmt.Stringer, string)) error {
	mixed := []string{b.folder("docx"), b.folder("xlsx"), b.folder("pdf"), b.folder("cp932")}
	for _, what := range []struct {
		name    string
		folders []string
	}{{"text alone", mixed[3:]}, {"documents alone", mixed[:3]}, {"both", mixed}} {
		costs, err := byTurns(3, b.scan("2", what.folders...), b.scan("1", what.folders...))
		if err != nil {
			return err
		}
		b.note(costs[0])
		say("two jobs beside one, by the clock: "+what.name, ratios(costs[0], costs[1], wallOf), "on an idle machine")
		say("  the same, by CPU time", ratios(costs[0], costs[1], cpuOf), "")
	}
	return nil
}
