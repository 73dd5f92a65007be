// Package conflicts is the section where people decide between two values that
// were written without knowing of each other. Both stay in the history,
// whatever is decided.
package conflicts

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// open are the conflicts that nobody has decided.
var open = []app.Cond{{Field: "state", Op: "=", Value: string(app.ConflictOpen)}}

// pair is what two people wrote into one record: all their contested fields.
type pair struct {
	about  app.Ref
	record ui.Hit
	people [2]app.Ref // who stands left and right
	times  [2]app.Stamp
	items  []*item
}

// item is one contested field.
type item struct {
	conflict *app.Conflict
	swapped  bool // the value shown stands at the right
	contest  *kit.Contest
}

// load reads the open conflicts and brings those of the same record and people
// together. me stands at the left where one of them is me.
func load(ctx context.Context, r ui.Records, w *text.Words, me string) ([]*pair, error) {
	ids, err := r.IDs(ctx, app.ConflictKind, app.Query{Where: open, Sort: "shown_at"})
	if err != nil {
		return nil, err
	}
	rows, err := r.Rows(ctx, app.ConflictKind, ids)
	if err != nil {
		return nil, err
	}
	names, err := people(ctx, r, rows)
	if err != nil {
		return nil, err
	}
	var pairs []*pair
	for _, row := range rows {
		c, ok := row.(*app.Conflict)
		if !ok {
			continue
		}
		pairs = add(pairs, c, r.Registers(), w, func(ref app.Ref) bool { return me != "" && names[ref] == me })
	}
	for _, p := range pairs {
		p.order(r.Registers())
	}
	return pairs, name(ctx, r, pairs)
}

// order puts the fields as the register has them.
func (p *pair) order(all app.Registers) {
	g := all[p.about.Kind]
	if g == nil {
		return
	}
	place := func(it *item) int {
		return slices.IndexFunc(g.About().Fields, func(s app.Spec) bool { return s.Name == it.conflict.Field })
	}
	slices.SortStableFunc(p.items, func(a, b *item) int { return place(a) - place(b) })
}

// people are the names of everybody who wrote.
func people(ctx context.Context, r ui.Records, rows []app.Record) (map[app.Ref]string, error) {
	var refs []app.Ref
	for _, row := range rows {
		if c, ok := row.(*app.Conflict); ok {
			refs = append(refs, c.ShownBy, c.OtherBy)
		}
	}
	hits, err := r.Names(ctx, refs)
	names := map[app.Ref]string{}
	for _, h := range hits {
		names[h.Ref] = h.Title
	}
	return names, err
}

// add puts a conflict into its pair, or begins one.
func add(pairs []*pair, c *app.Conflict, all app.Registers, w *text.Words, me func(app.Ref) bool) []*pair {
	it := &item{conflict: c, swapped: me(c.OtherBy) && !me(c.ShownBy)}
	for _, p := range pairs {
		if p.about != c.About {
			continue
		}
		switch {
		case p.people == [2]app.Ref{c.ShownBy, c.OtherBy}:
			it.swapped = false
		case p.people == [2]app.Ref{c.OtherBy, c.ShownBy}:
			it.swapped = true
		default:
			continue
		}
		it.contest = contest(it, all, w)
		p.items = append(p.items, it)
		return pairs
	}
	it.contest = contest(it, all, w)
	p := &pair{about: c.About, people: [2]app.Ref{c.ShownBy, c.OtherBy}, times: [2]app.Stamp{c.ShownAt, c.OtherAt}, items: []*item{it}}
	if it.swapped {
		p.people = [2]app.Ref{c.OtherBy, c.ShownBy}
		p.times = [2]app.Stamp{c.OtherAt, c.ShownAt}
	}
	return append(pairs, p)
}

// contest puts a conflict into words.
func contest(it *item, all app.Registers, w *text.Words) *kit.Contest {
	c := it.conflict
	k := &kit.Contest{Field: c.Field}
	g := all[c.About.Kind]
	if g == nil {
		return k
	}
	value := func(v app.Value) string {
		if len(v) == 0 {
			return ""
		}
		return kit.ValueText(g, c.Field, v, w.Lang())
	}
	if s, ok := app.SpecOf(g, c.Field); ok {
		k.Field, k.CanBoth = w.Of(s.Label), s.Type == app.TLong || s.Type == app.TTags
	}
	k.Before, k.Values = value(c.Was), [2]string{value(c.Shown), value(c.Other)}
	if it.swapped {
		k.Values[0], k.Values[1], k.Shown = k.Values[1], k.Values[0], 1
	}
	return k
}

// name gives every pair the number and title of its record.
func name(ctx context.Context, r ui.Records, pairs []*pair) error {
	refs := make([]app.Ref, len(pairs))
	for i, p := range pairs {
		refs[i] = p.about
	}
	hits, err := r.Names(ctx, refs)
	for _, h := range hits {
		for _, p := range pairs {
			if p.about == h.Ref {
				p.record = h
			}
		}
	}
	return err
}

// args are the arguments of the command that decides a field.
func (it *item) args() []string {
	take := app.TakeTyped
	switch {
	case it.contest.Pick == kit.First && !it.swapped, it.contest.Pick == kit.Second && it.swapped:
		take = app.TakeShown
	case it.contest.Pick == kit.First, it.contest.Pick == kit.Second:
		take = app.TakeOther
	}
	args := []string{"take=" + string(take)}
	if take == app.TakeTyped {
		args = append(args, "value="+it.contest.Outcome())
	}
	return args
}

// decide runs the decisions of a pair that have not been taken yet; each has
// its own verdict. It returns how many could not be taken.
func decide(ctx context.Context, r ui.Records, p *pair, w *text.Words) (failed int) {
	var left []*item
	for _, it := range p.items {
		if err := r.Do(ctx, it.conflict, "resolve", it.args()); err != nil {
			it.contest.Wrong = w.Error(err)
			left = append(left, it)
		}
	}
	p.items = left
	return len(left)
}
