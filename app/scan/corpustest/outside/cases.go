// Package outside holds the cases by an author who has not read the rules of
// the scanner. Like the measure they belong to tests only; whoever has read
// the rules puts cases into package inside.
package outside

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"daicho/app/scan/corpustest"
)

// layout is what one file of a kind says, and the files that are made with it,
// each about other people.
type layout struct {
	name string
	fill func(*content)
	out  []output
}

type output struct {
	file string
	form form
}

// Cases are the files of this author. The same cases are made each time, but
// for keys and what encryption adds.
func Cases() corpustest.Part {
	p := corpustest.Part{Author: "outside"}
	for _, l := range slices.Concat(registers(), forms(), papers(), dumps(), secrets(), credentials(), delicate(), cards(), lookalikes(), hard(), decoys()) {
		for i, o := range l.out {
			p.Cases = append(p.Cases, l.example(i, o))
		}
	}
	p.Cases = append(p.Cases, slices.Concat(locked(), archives(), found())...)
	return p
}

// example is one file of a layout.
func (l layout) example(i int, o output) corpustest.Case {
	name := fmt.Sprintf("%s-%d-%s", l.name, i, strings.TrimPrefix(filepath.Ext(o.file), "."))
	c := write(name, l.name)
	l.fill(c)
	return corpustest.Case{
		Name: name, File: o.file, Want: c.wants(c.presence), Persons: c.persons,
		Make: func(f *corpustest.Folder) error { return o.form(f, c, o.file) },
	}
}
