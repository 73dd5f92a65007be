package register

import (
	"slices"

	"daicho/app"
	"daicho/ui/kit"
)

// filters are the named lists, then the fields that narrow each of them.
func (p *Page) filters() (out []kit.Facet) {
	w := p.desk.Words
	var lists []string
	for _, n := range p.lists {
		lists = append(lists, w.Of(n.label))
	}
	if len(lists) > 0 {
		out = append(out, kit.Facet{Choices: lists})
	}
	for _, s := range p.facets {
		f := kit.Facet{Label: w.Of(s.Label)}
		for _, c := range s.Choices {
			f.Choices = append(f.Choices, w.Of(c.Label))
		}
		out = append(out, f)
	}
	return out
}

// where is what the row of filters asks for.
func (p *Page) where() (where []app.Cond) {
	first := 0
	if len(p.lists) > 0 {
		where, first = slices.Clone(p.lists[p.filter.Chosen(0)].where), 1
	}
	for i, s := range p.facets {
		if c := p.filter.Chosen(first + i); c >= 0 {
			where = append(where, app.Where(s.Name, "=", s.Choices[c].Value))
		}
	}
	return where
}

func (p *Page) narrowList() { p.list.Narrow(p.where(), p.find.Text) }
