package register

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/text"
)

// A record holds of another one no more than its reference. A list shows what that
// is called instead, and is put in order and searched by it. All of this reads the
// replica: call it off the UI goroutine.

const (
	namedRows  = 500 // rows read at a time to put a list in order of names
	mostNeared = 50  // linked records that words to find are looked for in, a field
)

// linkFields are the columns of a list that point to other records.
func linkFields(cfg *Config) (links []app.Spec) {
	for _, c := range cfg.Columns {
		if s, ok := app.SpecOf(cfg.Register, c.Field); ok && s.Type == app.TLink {
			links = append(links, s)
		}
	}
	return links
}

// called is what a linked record is called in a cell, or that it is not here.
func (l *List) called(ref app.Ref) string {
	if ref.IsZero() {
		return ""
	}
	return cmp.Or(l.names[ref], l.desk.Words.T(text.LinkNotHere))
}

// shows reports whether records of a kind are named in the list.
func (l *List) shows(kind app.Kind) bool {
	return slices.ContainsFunc(l.links, func(s app.Spec) bool { return s.Target == kind || s.Target == "" })
}

// callOf is what people call a linked record in a cell.
func callOf(h ui.Hit) string { return cmp.Or(h.Title, h.Number) }

// namesOf are what the records are called that some records point to.
func namesOf(ctx context.Context, records ui.Records, g app.AnyRegister, links []app.Spec, rows []app.Record) (map[app.Ref]string, error) {
	names := map[app.Ref]string{}
	var refs []app.Ref
	for _, r := range rows {
		for _, s := range links {
			ref := linkOf(g, r, s)
			if _, asked := names[ref]; !asked && !ref.IsZero() {
				names[ref] = ""
				refs = append(refs, ref)
			}
		}
	}
	if len(refs) == 0 {
		return nil, nil
	}
	hits, err := records.Names(ctx, refs)
	for _, h := range hits {
		names[h.Ref] = callOf(h)
	}
	return names, err
}

// linkOf is the record that a field points to; zero for none.
func linkOf(g app.AnyRegister, r app.Record, s app.Spec) app.Ref {
	if r == nil {
		return app.Ref{}
	}
	refs := append(g.Column(r, s.Name).Refs(), app.Ref{})
	return refs[0]
}

// question is what a list asks for.
type question struct {
	records ui.Records
	g       app.AnyRegister
	links   []app.Spec
	query   app.Query
}

// ids answers it.
func (a question) ids(ctx context.Context) ([]app.ID, error) {
	sort := a.query.Sort
	i := slices.IndexFunc(a.links, func(s app.Spec) bool { return s.Name == sort })
	if i < 0 {
		return a.found(ctx)
	}
	a.query.Sort = ""
	ids, err := a.found(ctx)
	if err != nil {
		return nil, err
	}
	return a.inOrder(ctx, ids, a.links[i])
}

// found are the records that hold the words, and those that point to one that does.
func (a question) found(ctx context.Context) ([]app.ID, error) {
	kind := a.g.About().Kind
	ids, err := a.records.IDs(ctx, kind, a.query)
	if err != nil || a.query.Find == "" {
		return ids, err
	}
	near, err := a.near(ctx)
	if err != nil || len(near) == 0 {
		return ids, err
	}
	for _, id := range ids {
		near[id] = true
	}
	all := a.query
	all.Find = ""
	ids, err = a.records.IDs(ctx, kind, all)
	return slices.DeleteFunc(ids, func(id app.ID) bool { return !near[id] }), err
}

// near are the records that point to one that holds the words.
func (a question) near(ctx context.Context) (map[app.ID]bool, error) {
	near := map[app.ID]bool{}
	for _, s := range a.links {
		if s.Target == "" || !s.Indexed {
			continue
		}
		targets, err := a.records.IDs(ctx, s.Target, app.Query{Find: a.query.Find, Limit: mostNeared})
		if err != nil {
			return nil, err
		}
		for _, id := range targets {
			q := app.Query{Where: append(slices.Clone(a.query.Where), app.Where(s.Name, "=", app.Ref{Kind: s.Target, ID: id}.String()))}
			ids, err := a.records.IDs(ctx, a.g.About().Kind, q)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				near[id] = true
			}
		}
	}
	return near, nil
}

// inOrder puts records in order of what a field points to; those that point to
// nothing stand at the end.
func (a question) inOrder(ctx context.Context, ids []app.ID, s app.Spec) ([]app.ID, error) {
	called := make(map[app.ID]string, len(ids))
	for part := range slices.Chunk(ids, namedRows) {
		rows, err := a.records.Rows(ctx, a.g.About().Kind, part)
		if err != nil {
			return nil, err
		}
		names, err := namesOf(ctx, a.records, a.g, []app.Spec{s}, rows)
		if err != nil {
			return nil, err
		}
		for i, r := range rows {
			called[part[i]] = names[linkOf(a.g, r, s)]
		}
	}
	slices.SortStableFunc(ids, func(x, y app.ID) int {
		n := strings.Compare(called[x], called[y])
		if a.query.Desc {
			n = -n
		}
		return cmp.Or(emptyLast(called[x], called[y]), n)
	})
	return ids, nil
}

func emptyLast(x, y string) int {
	switch {
	case x == "" && y != "":
		return 1
	case x != "" && y == "":
		return -1
	}
	return 0
}
