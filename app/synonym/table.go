package synonym

import (
	"context"
	"slices"
	"strings"

	"daicho/app"
)

// Table is words for one thing, a list for each.
type Table [][]string

// Read gathers what holds here: the records that are used, and what of the product's
// table no record stands for.
func Read(ctx context.Context, s app.Shelf) (Table, error) {
	all, err := app.Every(ctx, s, Register, app.Query{Sort: "words"})
	return tableOf(all), err
}

func tableOf(all []*Synonym) (t Table) {
	there := standing(all)
	for _, line := range standard {
		if words := strings.Fields(line); !there[words[0]] {
			t = append(t, words)
		}
	}
	for _, s := range all {
		if !s.Off {
			t = append(t, strings.Fields(s.Words))
		}
	}
	return t
}

// standing are the names of the lines that records stand for.
func standing(all []*Synonym) map[string]bool {
	there := map[string]bool{}
	for _, s := range all {
		there[s.Standard] = true
	}
	return there
}

// Others are what others call the things that a text speaks of.
func (t Table) Others(text string) (others []string) {
	for _, words := range t {
		if i := slices.IndexFunc(words, func(w string) bool { return strings.Contains(text, w) }); i >= 0 {
			others = append(append(others, words[:i]...), words[i+1:]...)
		}
	}
	return others
}

// Writer is where records are made: a transaction of a replica.
type Writer interface {
	Draft(app.Kind) (app.Record, error)
	Save(app.Record) error
}

// Preload enters the lines of the product's table that no record stands for, and returns
// how many these were.
func Preload(w Writer, there []*Synonym) (made int, err error) {
	have := standing(there)
	for _, line := range standard {
		if name, _, _ := strings.Cut(line, " "); have[name] {
			continue
		}
		r, err := w.Draft(Kind)
		if err != nil {
			return made, err
		}
		r.(*Synonym).Words = line
		if err = w.Save(r); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}
