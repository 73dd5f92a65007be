package register

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
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

// mostValues is how many values of a text a facet offers: with more, words to find are
// the quicker way.
const mostValues = 60

// readValues offers what is in the records by now, where a text narrows the list.
func (p *Page) readValues() {
	records, g, facets := p.host.Records(), p.cfg.Register, p.facets
	if !slices.ContainsFunc(facets, isText) {
		return
	}
	task.Do(p.desk.Tasks, &p.valuing, func(ctx context.Context) (all map[string][]string, err error) {
		all = map[string][]string{}
		for _, s := range facets {
			if isText(s) && err == nil {
				all[s.Name], err = values(ctx, records, g, s.Name)
			}
		}
		return all, err
	}, func(all map[string][]string, err error) {
		if err == nil { // else the list has said why
			p.offer(all)
		}
	})
}

func isText(s app.Spec) bool { return s.Type == app.TText }

// offer puts values in the place of those offered before.
func (p *Page) offer(all map[string][]string) {
	first := min(len(p.lists), 1)
	p.facets = slices.Clone(p.facets) // they may be read
	for i, s := range p.facets {
		if !isText(s) {
			continue
		}
		p.facets[i].Choices = nil
		for _, v := range all[s.Name] {
			p.facets[i].Choices = append(p.facets[i].Choices, app.Choice{Value: v, Name: v, Label: app.Label{JA: v, EN: v}})
		}
		p.filter.SetChoices(first+i, all[s.Name])
	}
}

// values are the different texts of a field, in their order. Each is asked for with
// the one before, so that as many rows are read as there are values.
func values(ctx context.Context, records ui.Records, g app.AnyRegister, field string) (all []string, err error) {
	kind, last := g.About().Kind, ""
	for len(all) < mostValues {
		q := app.Query{Where: []app.Cond{app.Where(field, ">", last)}, Sort: field, Limit: 1}
		ids, err := records.IDs(ctx, kind, q)
		if err != nil || len(ids) == 0 {
			return all, err
		}
		rows, err := records.Rows(ctx, kind, ids)
		if err != nil || rows[0] == nil {
			return all, err
		}
		last = g.Column(rows[0], field).Text()
		all = append(all, last)
	}
	return all, nil
}

func (p *Page) narrowList() { p.list.Narrow(p.where(), p.find.Text) }
