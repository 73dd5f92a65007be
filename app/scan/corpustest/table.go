package corpustest

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Goals are shares, 0 to 1.
type Goals struct{ Recall, Precision float64 }

// Goal is what a kind must reach: one with a check digit or a label nearly all,
// names and addresses most.
func Goal(k Kind) Goals {
	if k == PersonName || k == PostalAddress {
		return Goals{0.90, 0.97}
	}
	return Goals{0.98, 0.97}
}

// WriteTable writes the scores of some results, with a ! where a goal is missed.
func WriteTable(w io.Writer, title string, results []Result) error {
	fmt.Fprintf(w, "\n%s: %d files\n", title, len(results))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "kind\tfiles\tvalues\trecall\tby files\tgoal\tfound\tprecision\tfalse files\tgoal\t")
	for _, k := range Kinds {
		row(t, string(k), ScoreOf(results, k), Goal(k))
	}
	row(t, "all kinds", Overall(results), Goals{0, 0.97})
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "protection told right: %d of %d; persons in the right band: %s\n",
		protected(results), len(results), bands(results))
	return err
}

func row(w io.Writer, name string, s Score, g Goals) {
	recall := ""
	if g.Recall > 0 {
		recall = percent(g.Recall, 0)
	}
	fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t%s\t%d\t%s\t%d\t%s\t\n", name, s.Files, s.Wanted,
		percent(s.Recall(), g.Recall), percent(s.FileRecall(), 0), recall,
		s.Found, percent(s.Precision(), g.Precision), s.FileWrong, percent(g.Precision, 0))
}

// percent marks a share below its goal.
func percent(share, goal float64) string {
	mark := " "
	if share < goal {
		mark = "!"
	}
	return fmt.Sprintf("%.1f%s", 100*share, mark)
}

func protected(results []Result) (n int) {
	for _, r := range results {
		n += one(r.Protected)
	}
	return n
}

func bands(results []Result) string {
	var right, clear int
	for _, r := range results {
		clear += one(r.Persons > 0)
		right += one(r.Persons > 0 && band(r.Persons) == band(r.Estimate))
	}
	return fmt.Sprintf("%d of %d", right, clear)
}

// WriteWorst writes up to n results that are wrong, by the names of their cases.
func WriteWorst(w io.Writer, results []Result, n int) {
	worst := Worst(results)
	fmt.Fprintf(w, "\n%d files are not found as a person would; the worst:\n", len(worst))
	for _, r := range worst[:min(n, len(worst))] {
		fmt.Fprintf(w, "  %s/%s: %s\n", r.Author, r.Name, r.Differences())
	}
}

// Differences says in what a result is wrong: kinds and counts, never a value.
func (r *Result) Differences() string {
	var d []string
	for _, k := range Kinds {
		if r.missed(k)+r.wrong(k) > 0 {
			d = append(d, fmt.Sprintf("%s %d for %s", k, r.Found[k], r.Want[k]))
		}
	}
	if !r.Protected {
		d = append(d, fmt.Sprintf("protection told %s", r.Told))
	}
	if r.Unread {
		d = append(d, "not read in full")
	}
	return strings.Join(d, ", ")
}

// String is 3, 3–6 or, where there is no upper end, 3+.
func (r Range) String() string {
	switch {
	case r.Max >= Any:
		return fmt.Sprintf("%d+", r.Min)
	case r.Min == r.Max:
		return fmt.Sprint(r.Min)
	default:
		return fmt.Sprintf("%d–%d", r.Min, r.Max)
	}
}

// WriteCosts writes the median CPU time of a file, by the ending of its name.
func WriteCosts(w io.Writer, results []Result) error {
	costs := map[string][]time.Duration{}
	for _, r := range results {
		ending := strings.ToLower(filepath.Ext(r.File))
		costs[ending] = append(costs[ending], r.CPU)
	}
	fmt.Fprintln(w, "\nCPU time of a file, median:")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, ending := range slices.Sorted(maps.Keys(costs)) {
		list := costs[ending]
		slices.Sort(list)
		if len(list) >= 3 {
			fmt.Fprintf(t, "%s\t%d files\t%.1f ms\t\n", ending, len(list), list[len(list)/2].Seconds()*1000)
		}
	}
	return t.Flush()
}
