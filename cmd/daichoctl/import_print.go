package main

import (
	"fmt"
	"io"
	"strconv"

	"daicho/app"
	"daicho/app/report/roundtrip"
)

// previewJSON is a preview as it is printed for machines.
type previewJSON struct {
	Sheet     string       `json:"sheet"`
	Added     int          `json:"added"`
	Changed   int          `json:"changed"`
	Conflict  int          `json:"conflict"`
	Deleted   int          `json:"deleted"`
	Gone      int          `json:"gone"`
	Already   int          `json:"already"`
	Unchanged int          `json:"unchanged"`
	Ignored   []string     `json:"ignored_columns"`
	Hidden    []int        `json:"hidden_lines"`
	Struck    []int        `json:"struck_lines"`
	Aside     []int        `json:"unread_lines"`
	Others    []string     `json:"unread_sheets"`
	Changes   []changeJSON `json:"changes"`
}

type changeJSON struct {
	What   roundtrip.What `json:"what"`
	Line   int            `json:"line"`
	ID     string         `json:"id"`
	Number string         `json:"number"`
	Copied bool           `json:"copied"`
	Wrong  string         `json:"wrong"`
	Cells  []cellJSON     `json:"cells"`
	Left   []leftJSON     `json:"left"`
}

// leftJSON is a cell of an added row that is not imported.
type leftJSON struct {
	Column string `json:"column"`
	Text   string `json:"text"`
	Why    string `json:"why"`
}

type cellJSON struct {
	Field  string `json:"field"`
	Was    string `json:"was"`
	Today  string `json:"today"`
	Now    string `json:"now"`
	Clash  bool   `json:"clash"`
	Unsure bool   `json:"unsure"`
	Merged string `json:"merged"`
}

func previewAbout(b *roundtrip.Back, p *roundtrip.Preview, trusted bool) previewJSON {
	out := previewJSON{b.Sheet, p.Count(roundtrip.Added), p.Count(roundtrip.Changed), p.Count(roundtrip.Conflict), p.Count(roundtrip.Deleted), p.Count(roundtrip.Gone),
		p.Count(roundtrip.Already), p.Unchanged, append([]string{}, b.Ignored...), append([]int{}, b.Hidden...), append([]int{}, b.Struck...), append([]int{}, b.Aside...), append([]string{}, b.Others...), []changeJSON{}}
	for _, c := range p.Changes {
		j := changeJSON{c.What, c.Line, c.ID.String(), c.Number, c.Copied, "", []cellJSON{}, []leftJSON{}}
		if err := c.Err(trusted); err != nil {
			j.Wrong = err.Error()
		}
		for _, cell := range c.Cells {
			j.Cells = append(j.Cells, cellJSON{cell.Spec.Name, cell.Was, cell.Today, cell.Now, cell.Clash, cell.Unsure, cell.Merged})
		}
		for _, l := range c.Left {
			j.Left = append(j.Left, leftJSON{l.Column.JA, l.Text, l.Why.Error()})
		}
		out.Changes = append(out.Changes, j)
	}
	return out
}

// printPreview prints a line for each cell that is to change, and the sums below.
func printPreview(w io.Writer, b *roundtrip.Back, p *roundtrip.Preview, trusted bool) error {
	t := table{}
	for _, c := range p.Changes {
		printChange(&t, c, trusted)
	}
	if err := t.write(w); err != nil {
		return err
	}
	for _, c := range []struct {
		of   string
		what any
		some bool
	}{{"columns that are no field", b.Ignored, len(b.Ignored) > 0}, {"hidden lines", b.Hidden, len(b.Hidden) > 0}, {"lines with something struck through", b.Struck, len(b.Struck) > 0},
		{"lines not read: no field has a text there", b.Aside, len(b.Aside) > 0}, {"sheets not read", b.Others, len(b.Others) > 0}} {
		if c.some {
			fmt.Fprintf(w, "%s: %v\n", c.of, c.what)
		}
	}
	_, err := fmt.Fprintf(w, "%d added, %d changed, %d in conflict, %d deleted, %d gone, %d already here, %d unchanged\n",
		p.Count(roundtrip.Added), p.Count(roundtrip.Changed), p.Count(roundtrip.Conflict), p.Count(roundtrip.Deleted), p.Count(roundtrip.Gone), p.Count(roundtrip.Already), p.Unchanged)
	return err
}

func printChange(t *table, c roundtrip.Change, trusted bool) {
	line := "-"
	if c.Line > 0 {
		line = strconv.Itoa(c.Line)
	}
	row := []string{string(c.What), line, nameOf(app.Ref{ID: c.ID}, c.Number)}
	if err := c.Err(trusted); err != nil {
		t.add(append(row, "", "cannot be applied: "+err.Error())...)
	}
	switch {
	case c.What == roundtrip.Already:
		t.add(append(row, "", "already here: "+nameOf(app.Ref{ID: c.ID}, c.Number))...)
	case len(c.Cells) == 0 && c.Err(trusted) == nil:
		t.add(row...)
	}
	for _, cell := range c.Cells {
		t.add(append(row, cell.Spec.Label.JA, shortened(cell.Was, most)+" → "+shortened(cell.Now, most), besides(cell))...)
	}
	for _, l := range c.Left {
		t.add(append(row, l.Column.JA, shortened(l.Text, most), "not imported: "+l.Why.Error())...)
	}
}

// besides is what else is to be known of a cell.
func besides(c roundtrip.Cell) string {
	switch {
	case c.Merged != "":
		return "merges with today's to " + shortened(c.Merged, most)
	case c.Clash, c.Unsure:
		return "today " + shortened(c.Today, most)
	}
	return ""
}
