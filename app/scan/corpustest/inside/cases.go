// Package inside holds the cases by those who also write the rules. Like the
// measure they belong to tests only; a case that shall judge the rules by what
// their authors did not think of belongs into package outside.
//
// The people are invented, and so are all their numbers. What a case holds
// follows from what it was made of: lists are columns of people in a layout,
// forms are fields of one person, and texts are written by hand.
package inside

import (
	"fmt"
	"maps"
	"slices"

	"daicho/app/scan/corpustest"
)

// Cases are the files of this author.
func Cases() corpustest.Part {
	return corpustest.Part{Author: "inside", Cases: slices.Concat(byHand(), lists(), filledForms(), locked(), worthless())}
}

// lists are all layouts, each with some of the sheets, so that each sheet comes
// in many.
func lists() (cases []corpustest.Case) {
	names := slices.Sorted(maps.Keys(sheets))
	for i, l := range layouts {
		for k, count := range []int{2, 9, 45, 3} {
			name := names[(i*5+k*3)%len(names)]
			columns, people := sheets[name], crowd(i*31+k*7, count)
			want := wants(columns, people)
			if l.head == nil {
				if !provable(columns) {
					continue
				}
				people = crowd(i*31+k*7, max(count, 6))
				want = wants(columns, people)
			}
			if l.name == "mail" { // who sends it and who gets it
				n := want[corpustest.Email].Min + 2
				want[corpustest.Email] = corpustest.Range{Min: n, Max: n}
			}
			cases = append(cases, corpustest.Case{
				Name: fmt.Sprintf("list-%s-%s-%d", l.name, name, len(people)), File: l.file, Want: want, Persons: len(people),
				Make: func(f *corpustest.Folder) error { return l.write(f, l.file, rows(columns, people, l.head)) },
			})
		}
	}
	return cases
}

// provable says whether all that the columns hold can be known without a header.
func provable(columns []column) bool {
	return !slices.ContainsFunc(columns, func(c column) bool {
		switch c.kind {
		case "", corpustest.PersonName, corpustest.PostalAddress, corpustest.Phone, corpustest.Email, corpustest.IndividualNumber,
			corpustest.CreditCard, corpustest.BirthDate:
			return false
		}
		return true
	})
}

func filledForms() (cases []corpustest.Case) {
	for i, form := range forms {
		for k, paper := range papers {
			p := someone(900 + i*13 + k*5)
			want := wants(form.holds, []person{p})
			if form.name == "signature" {
				want[corpustest.PersonName] = corpustest.Range{Min: 1, Max: 2}
			}
			cases = append(cases, corpustest.Case{
				Name: "form-" + form.name + "-" + paper.name, File: paper.file, Want: want, Persons: 1,
				Make: func(f *corpustest.Folder) error { return paper.write(f, paper.file, form.write(p, form.holds)) },
			})
		}
	}
	return cases
}
