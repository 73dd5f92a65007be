// Package conflicts is the section where people decide between two values that
// were written without knowing of each other. Both stay in the history,
// whatever is decided.
package conflicts

import (
	"cmp"
	"context"
	"slices"
	"time"

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
	names  app.Names
	items  []*item
	asked  bool // somebody waits for me to say something
}

// item is one contested field.
type item struct {
	conflict *app.Conflict
	swapped  bool // the value shown stands at the right
	contest  *kit.Contest
}

// reading is what conflicts are put into words with.
type reading struct {
	all   app.Registers
	words *text.Words
	now   time.Time
	me    string // the name of who reads
	names app.Names
}

// load reads the open conflicts and brings those of the same record and people
// together, those first that wait for who reads. He stands at the left where one
// of them is he.
func load(ctx context.Context, r ui.Records, in reading) ([]*pair, error) {
	ids, err := r.IDs(ctx, app.ConflictKind, app.Query{Where: open, Sort: "shown_at"})
	if err != nil {
		return nil, err
	}
	mine, err := r.IDs(ctx, app.ConflictKind, app.AskedOfMe())
	if err != nil {
		return nil, err
	}
	rows, err := r.Rows(ctx, app.ConflictKind, ids)
	if err != nil {
		return nil, err
	}
	if in.names, err = names(ctx, r, rows); err != nil {
		return nil, err
	}
	var pairs []*pair
	for _, row := range rows {
		c, ok := row.(*app.Conflict)
		if !ok {
			continue
		}
		pairs = in.add(pairs, c, slices.Contains(mine, c.Ref.ID))
	}
	for _, p := range pairs {
		p.order(in.all)
	}
	slices.SortStableFunc(pairs, func(a, b *pair) int { return b.first() - a.first() })
	return pairs, name(ctx, r, pairs)
}

// first is 1 for what waits for who reads, and goes before the others.
func (p *pair) first() int {
	if p.asked {
		return 1
	}
	return 0
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

// names are what everybody and everything is called that conflicts tell of.
func names(ctx context.Context, r ui.Records, rows []app.Record) (app.Names, error) {
	var refs []app.Ref
	for _, row := range rows {
		if c, ok := row.(*app.Conflict); ok {
			refs = append(refs, c.ShownBy, c.OtherBy, c.WaitsFor)
			refs = slices.Concat(refs, c.Was.Refs(), c.Shown.Refs(), c.Other.Refs())
			for _, said := range c.Talk {
				refs = append(refs, said.By, said.To)
			}
		}
	}
	return ui.NamesOf(ctx, r, refs)
}

// isMe says whether a person is the one who reads.
func (in reading) isMe(ref app.Ref) bool { return in.me != "" && in.names(ref) == in.me }

// who is a person's name.
func (in reading) who(ref app.Ref) string {
	name := cmp.Or(in.names(ref), in.words.T(text.Somebody))
	if name == in.me {
		return in.words.T(text.You, name)
	}
	return name
}

// add puts a conflict into its pair, or begins one.
func (in reading) add(pairs []*pair, c *app.Conflict, asked bool) []*pair {
	it := &item{conflict: c, swapped: in.isMe(c.OtherBy) && !in.isMe(c.ShownBy)}
	i := slices.IndexFunc(pairs, func(p *pair) bool {
		return p.about == c.About && (p.people == [2]app.Ref{c.ShownBy, c.OtherBy} || p.people == [2]app.Ref{c.OtherBy, c.ShownBy})
	})
	if i < 0 {
		p := &pair{about: c.About, people: [2]app.Ref{c.ShownBy, c.OtherBy}, names: in.names}
		if it.swapped {
			slices.Reverse(p.people[:])
		}
		pairs, i = append(pairs, p), len(pairs)
	}
	p := pairs[i]
	it.swapped = p.people[0] != c.ShownBy
	it.contest = in.contest(it)
	p.items, p.asked = append(p.items, it), p.asked || asked
	return pairs
}

// contest puts a conflict into words.
func (in reading) contest(it *item) *kit.Contest {
	c, w := it.conflict, in.words
	shown, other := c.ClockErrors()
	k := &kit.Contest{Field: c.Field, When: [2]string{in.when(c.ShownAt, shown, c.ShownDev), in.when(c.OtherAt, other, c.OtherDev)}}
	for _, said := range c.Talk {
		k.Talk = append(k.Talk, kit.Said{Who: w.T(text.TalkLine, in.who(said.By), in.who(said.To), w.Moment(said.At, in.now)), Text: said.Text})
	}
	if !c.WaitsFor.IsZero() {
		k.Waits = w.T(text.WaitsFor, in.who(c.WaitsFor))
	}
	if g := in.all[c.About.Kind]; g != nil {
		value := func(v app.Value) string {
			if len(v) == 0 {
				return ""
			}
			return app.ShowNamed(g, c.Field, v, in.names, w.Lang())
		}
		if s, ok := app.SpecOf(g, c.Field); ok {
			k.Field, k.CanBoth = w.Of(s.Label), s.Type == app.TLong || s.Type == app.TTags
			k.IsText = s.Type == app.TLong || s.Type == app.TText
		}
		k.Before, k.Values = value(c.Was), [2]string{value(c.Shown), value(c.Other)}
	}
	if it.swapped {
		slices.Reverse(k.Values[:])
		slices.Reverse(k.When[:])
		k.Shown = 1
	}
	return k
}

// when is a moment, how sure it is, and the device.
func (in reading) when(at app.Stamp, off int64, device string) string {
	s := in.words.MomentSure(at, off, in.now)
	if device == "" || s == "" {
		return s
	}
	return in.words.T(text.DeviceOfValue, s, device)
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
