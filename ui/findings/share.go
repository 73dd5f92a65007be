package findings

import (
	"cmp"
	"daicho/app"
	"slices"

	"daicho/app/finding"
	"daicho/ui/kit"
)

// axis is by what the files are parted.
type axis int

const (
	byDepartment axis = iota
	byServer
)

// field is the field of a finding that says where it belongs.
func (a axis) field() string {
	if a == byServer {
		return "server"
	}
	return "department"
}

// change is by how much a number of files is another than in the runs before. It is
// not known where there was none.
type change struct {
	by    int64
	known bool
}

// share is the figures of a department or a server, out of the last run of each job.
type share struct {
	name                      string
	files, protected, exposed int64
	persons                   int64 // at least so many are concerned; see [persons]
	change                    change
}

// mark says whether there are more unprotected files than before.
func (c change) mark(w sayings) kit.Mark {
	switch {
	case !c.known:
		return kit.Mark{Glyph: "－", Word: w.Of(app.Label{JA: "初回", EN: "first"}), Tone: kit.Quiet}
	case c.by > 0:
		return kit.Mark{Glyph: "▼", Word: w.Of(app.Label{JA: "増加", EN: "more"}), Tone: kit.Late}
	case c.by < 0:
		return kit.Mark{Glyph: "▽", Word: w.Of(app.Label{JA: "減少", EN: "fewer"}), Tone: kit.Good}
	}
	return kit.Mark{Glyph: "□", Word: w.Of(app.Label{JA: "横ばい", EN: "as before"}), Tone: kit.Quiet}
}

// The unprotected files among all, in hundredths of a percent, from which on a part
// is marked on the map.
const (
	muchOf = 100
	someOf = 50
)

// class marks the parts of which many files lie unprotected.
func (s share) class() (m kit.Mark, heavy bool) {
	if s.files <= 0 {
		return m, false
	}
	switch part := s.exposed * 10_000 / s.files; {
	case part >= muchOf:
		return kit.Mark{Glyph: "■", Tone: kit.Late}, true
	case part >= someOf:
		return kit.Mark{Glyph: "△", Tone: kit.Warn}, false
	}
	return m, false
}

// shares parts the files of the last runs, those with the most files first.
func shares(runs []finding.Inspected, by axis) []share {
	sums := map[string]*share{}
	at := func(name string) *share {
		if sums[name] == nil {
			sums[name] = &share{name: name}
		}
		return sums[name]
	}
	for _, r := range runs {
		for _, part := range parts(r.Run, by) {
			s := at(part.name)
			s.files, s.protected, s.exposed = s.files+part.files, s.protected+part.protected, s.exposed+part.exposed
			if r.Before != nil {
				s.change = change{s.change.by + part.exposed, true}
			}
		}
		for _, part := range parts(r.Before, by) {
			s := at(part.name)
			s.change = change{s.change.by - part.exposed, true}
		}
	}
	return ordered(sums)
}

func ordered(sums map[string]*share) (all []share) {
	for _, s := range sums {
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b share) int {
		return cmp.Or(cmp.Compare(b.files, a.files), cmp.Compare(b.exposed, a.exposed), cmp.Compare(a.name, b.name))
	})
	return all
}

// parts are the figures of one run; none of no run.
func parts(r *finding.Run, by axis) (all []share) {
	switch {
	case r == nil:
	case by == byServer:
		all = append(all, share{name: r.Server, files: r.Files, protected: r.Protected, exposed: r.Exposed})
	default:
		for _, d := range r.Departments {
			all = append(all, share{name: d.Department, files: d.Files, protected: d.Protected, exposed: d.Exposed})
		}
	}
	return all
}

// totals are the figures of the last runs together.
type totals struct {
	share
	unread, fresh, reopened, verified int64
	ran                               int // jobs that were run
}

func total(runs []finding.Inspected) (t totals) {
	for _, r := range runs {
		if r.Run == nil {
			continue
		}
		t.ran++
		t.files, t.protected, t.exposed, t.unread = t.files+r.Run.Files, t.protected+r.Run.Protected, t.exposed+r.Run.Exposed, t.unread+r.Run.Unread
		t.fresh, t.reopened, t.verified = t.fresh+r.Run.Fresh, t.reopened+r.Run.Reopened, t.verified+r.Run.Verified
		if r.Before != nil {
			t.change = change{t.change.by + r.Run.Exposed - r.Before.Exposed, true}
		}
	}
	return t
}
