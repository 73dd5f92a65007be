// Package news reads what sync asks of people: conflicts to be decided or answered,
// and changes that the server did not take. It says each in one sentence.
//
// Use it wherever such things are told. Deciding them is not here, but in the
// sections that an item leads to.
package news

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// Item is one thing that somebody has to look at.
type Item struct {
	Key      string  // never changes, and is another when the same thing is asked again
	Opens    app.Ref // what it is about; zero: the list of Kind
	Kind     app.Kind
	About    string // the number of the record
	Mark     kit.Mark
	Sentence string
	Mine     bool // the person is asked, or wrote one of the values, or the change
}

// Reader reads items for a person. Its zero Me is a device that knows nobody.
type Reader struct {
	Records ui.Records
	Words   *text.Words
	Me      string // the name of the person
	Most    int    // items of each sort
}

// Read gives what is asked of the person first, then the other conflicts, the newest
// first, then what was refused.
func (r Reader) Read(ctx context.Context) ([]Item, error) {
	items, err := r.conflicts(ctx)
	if err != nil {
		return nil, err
	}
	sent, err := r.Records.Rejected(ctx)
	for _, s := range sent[:min(r.Most, len(sent))] {
		items = append(items, r.refusal(s))
	}
	return items, err
}

func (r Reader) refusal(s app.Sent) Item {
	name := cmp.Or(s.Number, s.Title)
	return Item{
		Key: fmt.Sprintf("change:%s:%d", s.Device, s.Seq), Kind: app.DismissalKind, About: name, Mine: true,
		Mark:     kit.Mark{Glyph: "×", Word: r.Words.T(text.RefusedByServer), Tone: kit.Late},
		Sentence: r.Words.T(text.NewsRefused, name, r.Words.Sentence(s.Say)),
	}
}

// conflicts are the open ones, those first that wait for the person.
func (r Reader) conflicts(ctx context.Context) (items []Item, err error) {
	var asked []*app.Conflict
	if r.Me != "" {
		if asked, err = r.load(ctx, app.AskedOfMe()); err != nil {
			return nil, err
		}
	}
	open, _ := app.FilterOf(app.Conflicts, "open")
	q := open.Query(nil)
	q.Sort, q.Desc = "shown_at", true
	all, err := r.load(ctx, q)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c *app.Conflict) bool {
		return slices.ContainsFunc(asked, func(a *app.Conflict) bool { return a.Ref == c.Ref })
	})
	names, err := r.names(ctx, slices.Concat(asked, all))
	for _, c := range asked {
		items = append(items, r.question(c, names))
	}
	for _, c := range all[:min(r.Most, len(all))] {
		items = append(items, r.conflict(c, names))
	}
	return items, err
}

// load reads conflicts, so many that some stay when those that are asked of the
// person are taken out.
func (r Reader) load(ctx context.Context, q app.Query) (found []*app.Conflict, err error) {
	q.Limit = 2 * r.Most
	ids, err := r.Records.IDs(ctx, app.ConflictKind, q)
	if err != nil {
		return nil, err
	}
	rows, err := r.Records.Rows(ctx, app.ConflictKind, ids)
	for _, row := range rows {
		if c, ok := row.(*app.Conflict); ok {
			found = append(found, c)
		}
	}
	return found, err
}

// names are what the records are called by people, and the people.
func (r Reader) names(ctx context.Context, all []*app.Conflict) (map[app.Ref]string, error) {
	var refs []app.Ref
	for _, c := range all {
		refs = append(refs, c.About, c.ShownBy, c.OtherBy)
		for _, said := range c.Talk {
			refs = append(refs, said.By)
		}
	}
	named := map[app.Ref]string{}
	if len(refs) == 0 {
		return named, nil
	}
	refs = slices.DeleteFunc(refs, app.Ref.IsZero)
	hits, err := r.Records.Names(ctx, refs)
	for _, h := range hits {
		if named[h.Ref] = h.Title; h.Ref.Kind != app.PersonKind {
			named[h.Ref] = cmp.Or(h.Number, h.Title)
		}
	}
	return named, err
}

func (r Reader) question(c *app.Conflict, names map[app.Ref]string) Item {
	who := ""
	if n := len(c.Talk); n > 0 {
		who = names[c.Talk[n-1].By]
	}
	return Item{
		Key: fmt.Sprintf("asked:%s:%d", c.Ref, len(c.Talk)), Opens: c.Ref, About: names[c.About], Mine: true,
		Mark:     kit.Mark{Glyph: "◇", Word: r.Words.T(text.AskMark), Tone: kit.Unsure},
		Sentence: r.Words.T(text.NewsAsked, names[c.About], r.field(c), cmp.Or(who, r.Words.T(text.Somebody))),
	}
}

func (r Reader) conflict(c *app.Conflict, names map[app.Ref]string) Item {
	return Item{
		Key: c.Ref.String(), Opens: c.Ref, About: names[c.About],
		Mine:     r.Me != "" && (names[c.ShownBy] == r.Me || names[c.OtherBy] == r.Me),
		Mark:     kit.Mark{Glyph: "◇", Word: r.Words.T(text.InConflict), Tone: kit.Unsure},
		Sentence: r.Words.T(text.NewsConflict, names[c.About], r.field(c)),
	}
}

// field is the contested field in words.
func (r Reader) field(c *app.Conflict) string {
	if g := r.Records.Registers()[c.About.Kind]; g != nil {
		if s, ok := app.SpecOf(g, c.Field); ok {
			return r.Words.Of(s.Label)
		}
	}
	return c.Field
}
