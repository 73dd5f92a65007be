// Package municipal holds cases of forms and lists as departments of a city hall
// keep them, by an author who had read a part of the rules, and measured them once
// before any rule was mended for them. Like the measure they belong to tests only.
// For single kinds, archives and protection see inside and outside.
//
// The people are invented, and so are all their numbers.
package municipal

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"daicho/app/scan/corpustest"
)

// layout is what one file says, and the files that are made with it, each about
// other people.
type layout struct {
	name  string
	fill  func(*paper)
	files []file
}

type file struct {
	name string
	as   form
}

// Cases are the files of this author; the same each time.
func Cases() corpustest.Part {
	p := corpustest.Part{Author: "municipal"}
	for _, l := range slices.Concat(disaster(), children(), care(), taxes(), utilities(), staff(), windows(), letters(), things(), counters()) {
		for i, f := range l.files {
			name := fmt.Sprintf("%s-%d-%s", l.name, i, strings.TrimPrefix(filepath.Ext(f.name), "."))
			paper := newPaper(name)
			l.fill(paper)
			p.Cases = append(p.Cases, corpustest.Case{
				Name: name, File: f.name, Want: paper.wants(), Persons: paper.persons,
				Make: func(to *corpustest.Folder) error { return f.as(to, paper, f.name) },
			})
		}
	}
	return p
}
