package findings

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/finding"
	"daicho/ui/text"
)

// Whatever the departments of the runs, the parts of the map add up to the figures on
// top, and so do their changes where every job was run before.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var runs []finding.Inspected
		for range rapid.IntRange(1, 4).Draw(t, "jobs") {
			runs = append(runs, finding.Inspected{Job: &finding.Job{}, Run: anyRun(t), Before: anyRun(t)})
		}
		want := total(runs)
		for _, by := range []axis{byDepartment, byServer} {
			var got share
			for _, s := range shares(runs, by) {
				got.files, got.protected, got.exposed = got.files+s.files, got.protected+s.protected, got.exposed+s.exposed
				got.change = change{got.change.by + s.change.by, true}
			}
			if want.name = ""; got != want.share {
				t.Fatalf("%d: %+v, want %+v", by, got, want.share)
			}
		}
	})
}

// anyRun is a run whose figures are those of its departments together.
func anyRun(t *rapid.T) *finding.Run {
	r := &finding.Run{State: finding.Done, Server: rapid.SampledFrom([]string{"fs1", "fs2"}).Draw(t, "server")}
	for range rapid.IntRange(1, 5).Draw(t, "departments") {
		d := finding.DepartmentCount{Department: rapid.SampledFrom([]string{"税務課", "市民課", ""}).Draw(t, "department"),
			Files: rapid.Int64Range(0, 1e6).Draw(t, "files"), Protected: rapid.Int64Range(0, 1e6).Draw(t, "protected"), Exposed: rapid.Int64Range(0, 1e6).Draw(t, "exposed")}
		r.Departments = append(r.Departments, d)
		r.Files, r.Protected, r.Exposed = r.Files+d.Files, r.Protected+d.Protected, r.Exposed+d.Exposed
	}
	return r
}

// A part is marked from 0.5 and from 1 percent on, exactly.
func TestClass(t *testing.T) {
	for _, c := range []struct {
		exposed, files int64
		glyph          string
		heavy          bool
	}{
		{0, 0, "", false}, {0, 100, "", false}, {49, 9_999, "", false}, {50, 10_000, "△", false}, {99, 10_000, "△", false}, {100, 10_000, "■", true}, {1, 1, "■", true},
	} {
		if m, heavy := (share{exposed: c.exposed, files: c.files}).class(); m.Glyph != c.glyph || heavy != c.heavy {
			t.Errorf("%d of %d: %q, %v", c.exposed, c.files, m.Glyph, heavy)
		}
	}
}

// Percentages are cut off, never rounded up: LOOK's 1,113 of 1,134 is 98.14.
func TestPercent(t *testing.T) {
	for _, c := range []struct {
		n, of int64
		want  string
	}{{1113, 1134, "98.14%"}, {9999, 10_000, "99.99%"}, {99_999, 100_000, "99.99%"}, {1, 1, "100.00%"}, {0, 7, "0.00%"}, {1, 10_000, "0.01%"}, {0, 0, "－"}} {
		if got := percent(c.n, c.of); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.n, c.of, got, c.want)
		}
	}
}

// A month counts the last run of each job that began by its end; one that failed says
// nothing, and one that was not run in it still says what it said.
func TestTrend(t *testing.T) {
	at := func(month time.Month, day int) app.Stamp {
		return app.StampOf(time.Date(2026, month, day, 3, 0, 0, 0, time.UTC))
	}
	a, b := app.Ref{Kind: finding.JobKind, ID: app.ID{1}}, app.Ref{Kind: finding.JobKind, ID: app.ID{2}}
	runs := []*finding.Run{
		{Job: a, State: finding.Done, Begun: at(9, 2), Exposed: 50}, {Job: a, State: finding.Done, Begun: at(9, 20), Exposed: 40},
		{Job: b, State: finding.Done, Begun: at(9, 30), Exposed: 5}, {Job: a, State: finding.Done, Begun: at(11, 1), Exposed: 30},
		{Job: a, State: finding.RunFailed, Begun: at(11, 5)}, {Job: a, Begun: at(11, 6), Exposed: 1},
	}
	var got []int64
	for _, m := range trend(runs, at(11, 20).Time()) {
		got = append(got, m.exposed)
	}
	if len(got) != 3 || got[0] != 45 || got[1] != 45 || got[2] != 35 {
		t.Error(got)
	}
}

// Every weakness that a scan names is told with what to do about it.
func TestWeaknessesAreSentences(t *testing.T) {
	spec, _ := app.SpecOf(finding.Register, "weakness")
	for _, c := range spec.Choices[1:] {
		for lang, stop := range map[app.Lang]string{app.JA: "。", app.EN: "."} {
			said := protection(&finding.Finding{Protection: extract.ProtectPassword, Weakness: extract.Note(c.Value)}, sayings{text.New(lang)})
			if !strings.HasSuffix(said, stop) || strings.Contains(said, c.Value) {
				t.Errorf("%s: %s", c.Name, said)
			}
		}
	}
}
