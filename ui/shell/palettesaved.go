package shell

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// saveKey saves the words that stand in the palette.
var saveKey = ui.Key{Name: fyne.KeyS, Mod: fyne.KeyModifierControl | fyne.KeyModifierShift}

// searches are the words that were saved, of all sections that keep some.
func (s *Shell) searches(ctx context.Context) (all []ui.Search, err error) {
	for _, x := range s.sections {
		if x.Searches.List == nil {
			continue
		}
		some, err := x.Searches.List(ctx, s.records)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// searches are those of which the name or the words hold what is typed; one that is
// chosen is typed in its place.
func (p *palette) searches(words string) (rows []paletteRow) {
	for _, s := range p.saved {
		if s.Words == words || !containsFold(s.Name, words) && !containsFold(s.Words, words) {
			continue
		}
		row := paletteRow{icon: "search", name: s.Name, stays: true, do: func() { p.again(s.Words) }}
		if s.Name != s.Words {
			row.note = s.Words
		}
		rows = append(rows, row)
	}
	return headed(groupSaved, p.shell.desk.Words.T(text.SavedSearches), rows)
}

// again looks for words that were saved, everywhere.
func (p *palette) again(words string) {
	p.only = ""
	p.entry.SetText(words)
}

// saving offers to save what is typed, unless that was done before.
func (p *palette) saving(words string) []paletteRow {
	words = oneBlank(words)
	if p.keeps() == nil || words == "" || p.chosen != nil || p.isSaved(words) {
		return nil
	}
	return []paletteRow{{icon: "plus", name: p.shell.desk.Words.T(text.SaveSearch, words), key: saveKey.String(), stays: true, do: p.save}}
}

// oneBlank is words as they are saved: with one blank between them.
func oneBlank(words string) string { return strings.Join(strings.Fields(words), " ") }

func (p *palette) isSaved(words string) bool {
	return slices.ContainsFunc(p.saved, func(s ui.Search) bool { return s.Words == words })
}

// keeps is what saves words; nil: nothing does.
func (p *palette) keeps() func(context.Context, ui.Records, string) error {
	for _, x := range p.shell.sections {
		if x.Searches.Save != nil {
			return x.Searches.Save
		}
	}
	return nil
}

// save saves what is typed. The palette stays, with what was found.
func (p *palette) save() {
	words, keep := oneBlank(p.entry.Text), p.keeps()
	if keep == nil || words == "" || p.isSaved(words) {
		return
	}
	p.saved = append(p.saved, ui.Search{Name: words, Words: words}) // a second press saves nothing
	w := p.shell.desk.Words
	task.Go(p.shell.desk.Tasks, func(ctx context.Context) error { return keep(ctx, p.shell.records, words) }, func(err error) {
		if err != nil {
			p.stage.tell(kit.Late, w.Error(err))
		} else {
			p.stage.tell(kit.Good, w.T(text.SearchSaved, words))
		}
		p.search()
	})
}
