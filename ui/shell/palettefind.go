package shell

import (
	"context"
	"slices"
	"strings"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Groups by which Tab narrows, beside those of sections.
const (
	groupActions = "actions"
	groupPeople  = "people"
	groupRecent  = "recent"
	groupSaved   = "saved"
)

// How many records are looked for: in all registers, and in one.
const (
	maxFound = 30
	maxInOne = 200
)

// search looks for what is typed: actions at once, records when they are found.
// Where nothing is typed the records come that were open last.
func (p *palette) search() {
	words := p.entry.Text
	p.show(p.matchingActions(words))
	task.Do(p.shell.desk.Tasks, &p.slot, func(ctx context.Context) (findings, error) {
		return p.find(ctx, words)
	}, func(f findings, err error) {
		p.saved = f.saved
		rows := slices.Concat(p.recents(f.recent), p.searches(words), p.matchingActions(words))
		if err != nil {
			rows = append(rows, paletteRow{heading: p.shell.desk.Words.Error(err)})
		}
		rows = append(rows, p.found(f, words)...)
		p.show(slices.Concat(rows, p.incomplete(f), p.saving(words)))
	})
}

// findings are what a search found, and about how many records it cannot find yet.
type findings struct {
	recent    []ui.Hit
	hits      []ui.Hit
	people    []ui.Hit // the whole directory
	saved     []ui.Search
	unindexed int
}

func (p *palette) find(ctx context.Context, words string) (f findings, err error) {
	records, limit := p.shell.records, maxFound
	if p.only != "" || p.kind != "" {
		limit = maxInOne
	}
	if p.chosen == nil {
		if f.saved, err = p.shell.searches(ctx); err != nil {
			return f, err
		}
	}
	switch {
	case p.kind == app.PersonKind:
		f.people, err = records.People(ctx)
		return f, err
	case words == "" && p.chosen == nil:
		f.recent, err = records.Names(ctx, p.shell.recent.refs())
		return f, err
	case words == "" && p.kind != "":
		f.hits, err = p.first(ctx)
		return f, err
	}
	if f.hits, err = records.Search(ctx, words, limit); err == nil {
		f.unindexed, err = records.Unindexed(ctx)
	}
	if err == nil && p.chosen == nil {
		f.people, err = records.People(ctx)
	}
	return f, err
}

// first are some records to choose from before anything is typed.
func (p *palette) first(ctx context.Context) ([]ui.Hit, error) {
	ids, err := p.shell.records.IDs(ctx, p.kind, app.Query{Limit: maxFound})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	refs := make([]app.Ref, len(ids))
	for i, id := range ids {
		refs[i] = app.Ref{Kind: p.kind, ID: id}
	}
	return p.shell.records.Names(ctx, refs)
}

// incomplete says that more may be here than was found.
func (p *palette) incomplete(f findings) []paletteRow {
	if f.unindexed == 0 {
		return nil
	}
	w := p.shell.desk.Words
	return []paletteRow{{heading: w.T(text.SearchIncomplete, w.Count(f.unindexed))}}
}

// matchingActions are the actions whose name holds what is typed.
func (p *palette) matchingActions(words string) (rows []paletteRow) {
	if p.chosen != nil {
		return nil
	}
	w := p.shell.desk.Words
	for _, a := range p.offers() {
		name := w.Of(a.Label)
		if a.Key == paletteKey || !containsFold(name, words) {
			continue
		}
		row := paletteRow{icon: a.Icon, name: name, do: a.Do}
		if !a.Key.IsZero() {
			row.key = a.Key.String()
		}
		rows = append(rows, row)
	}
	return headed(groupActions, w.T(text.Actions), rows)
}

// headed puts a heading above the rows of a group, if there are any.
func headed(group, heading string, rows []paletteRow) []paletteRow {
	if len(rows) == 0 {
		return nil
	}
	rows = append([]paletteRow{{heading: heading}}, rows...)
	for i := range rows {
		rows[i].group = group
	}
	return rows
}

// recents are the records that were open last.
func (p *palette) recents(hits []ui.Hit) (rows []paletteRow) {
	for _, h := range hits {
		if x, ok := p.shell.sectionOf(h.Ref.Kind); ok && h.Title+h.Number != "" {
			rows = append(rows, p.row(h, x.Icon))
		}
	}
	return headed(groupRecent, p.shell.desk.Words.T(text.RecentRecords), rows)
}

// found groups records by register, in the order of the sections, and people last.
func (p *palette) found(f findings, words string) (rows []paletteRow) {
	w := p.shell.desk.Words
	for _, x := range p.shell.sections {
		if x.Searches.List != nil && p.chosen == nil {
			continue // they stand by themselves
		}
		for _, kind := range x.Kinds {
			group := p.ofKind(f.hits, kind, x.Icon)
			rows = append(rows, headed(x.ID, w.T(text.FoundIn, w.Of(x.Label), w.Count(len(group))), group)...)
		}
	}
	rows = append(rows, headed(groupPeople, w.T(text.PeopleGroup), p.people(f, words))...)
	if len(rows) == 0 && words != "" {
		rows = append(rows, paletteRow{heading: w.T(text.NoneOnDevice, words)})
	}
	return rows
}

func (p *palette) ofKind(hits []ui.Hit, kind app.Kind, icon string) (rows []paletteRow) {
	for _, h := range hits {
		if h.Ref.Kind == kind && kind != app.PersonKind && (p.kind == "" || p.kind == kind) {
			rows = append(rows, p.row(h, icon))
		}
	}
	return rows
}

func (p *palette) row(h ui.Hit, icon string) paletteRow {
	row := paletteRow{icon: icon, name: h.Title, note: h.Number, do: func() { p.choose(h.Ref) }}
	if h.File != "" {
		row.icon, row.note = "file-text", strings.TrimSpace(h.Number+"　"+h.File)
	}
	return row
}

// people are those whose record was found, and those of the directory whose name
// holds what is typed.
func (p *palette) people(f findings, words string) (rows []paletteRow) {
	var known []app.Ref
	for _, h := range slices.Concat(f.hits, f.people) {
		named := h.Ref.Kind == app.PersonKind && (containsFold(h.Title, words) || slices.ContainsFunc(f.hits, func(x ui.Hit) bool { return x.Ref == h.Ref }))
		if named && !slices.Contains(known, h.Ref) && (p.kind == "" || p.kind == app.PersonKind) {
			known, rows = append(known, h.Ref), append(rows, paletteRow{icon: "user", name: h.Title, do: func() { p.choose(h.Ref) }})
		}
	}
	return rows
}
