package finding_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/finding"
)

// disk is what lies on an invented file server: how each file is.
type disk map[string]string

const (
	absent = ""
	open   = "open"
	shut   = "shut"
	empty  = "empty"
	broken = "broken" // there, and cannot be read
)

func drawDisk(t *rapid.T) disk {
	d := disk{}
	for folder := range 3 {
		for file := range 4 {
			path := fmt.Sprintf("/srv/fukushi/課%d/表%d.xlsx", folder, file)
			d[path] = rapid.SampledFrom([]string{absent, open, open, shut, empty, broken}).Draw(t, path)
		}
	}
	return d
}

// lines are what a scan tells of a disk some of whose folders cannot be read.
func (d disk) lines(unread []string) (lines []finding.Line) {
	lines = append(lines, clean("/srv/fukushi/README.txt")) // an empty place is not verified
	for _, folder := range unread {
		lines = append(lines, failed(folder))
	}
	for path, is := range d {
		if d.hidden(path, unread) {
			continue
		}
		switch is {
		case open:
			lines = append(lines, exposed(path))
		case shut:
			lines = append(lines, locked(path))
		case empty:
			lines = append(lines, clean(path))
		case broken:
			lines = append(lines, failed(path))
		}
	}
	slices.SortFunc(lines, func(a, b finding.Line) int { return strings.Compare(a.Path, b.Path) })
	return lines
}

func (disk) hidden(path string, unread []string) bool {
	return slices.ContainsFunc(unread, func(f string) bool { return strings.HasPrefix(path, f+"/") })
}

// TestRuns holds each run to what it could know: all that lies open is a finding,
// nothing is settled that was not seen so, and telling it again changes nothing.
func TestRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, paths := newWorld(t), map[app.ID]string{}
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			w.now = w.now.AddDate(0, 0, rapid.SampledFrom([]int{1, 7, 40}).Draw(t, "days"))
			d := drawDisk(t)
			unread := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"/srv/fukushi/課0", "/srv/fukushi/課1", "/srv/fukushi/課2"}), 0, 3, rapid.ID[string]).Draw(t, "unread")
			before := map[app.ID]finding.Finding{}
			for _, b := range w.before(t, paths) {
				before[b.Finding.Ref.ID] = *b.Finding
			}
			run, _ := w.run(t, paths, d.lines(unread)...)
			holds(t, w, paths, d, unread, before)
			var sum int64
			for _, f := range run.Folders {
				sum += f.Files
			}
			if sum != run.Files || run.Departments != nil && run.Departments[0].Files != run.Files {
				t.Fatalf("%d of %d files are in a folder", sum, run.Files)
			}
			if _, again := w.compare(t, paths, d.lines(unread)); len(again.Told) != 0 {
				t.Fatalf("told again: %+v", again.Told)
			}
		}
	})
}

func holds(t *rapid.T, w *world, paths map[app.ID]string, d disk, unread []string, before map[app.ID]finding.Finding) {
	for path, is := range d {
		id := key.Mark(job.ID, path)
		_, known := w.rows[app.Ref{Kind: finding.Kind, ID: id}]
		hidden := d.hidden(path, unread) || is == broken
		if !known {
			if is == open && !hidden {
				t.Fatalf("%s is no finding", path)
			}
			continue
		}
		f := w.finding(t, id)
		was := before[id]
		switch {
		case hidden:
			if f.State != was.State || was.Lies() && !f.Unread {
				t.Fatalf("%s: %q became %q, though nobody could read it", path, was.State, f.State)
			}
		case f.Unread:
			t.Fatalf("%s was read, the finding says it was not", path)
		case f.Lies() != (is == open):
			t.Fatalf("%s is %q, the finding %q", path, is, f.State)
		}
	}
}
