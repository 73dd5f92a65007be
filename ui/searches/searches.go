// Package searches is the section of saved searches, and what it offers the palette: to
// save the words that stand there, and to look for those of before.
package searches

import (
	"context"

	"daicho/app"
	"daicho/app/search"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	s := register.Section("searches", "search", app.Label{JA: "対応の記録", EN: "Course of work"}, register.Config{
		Register: search.Register, Title: "name", Sort: "name",
		Columns: []register.Column{
			{Field: "name", Column: kit.Column{Flex: true, Min: 160}},
			{Field: "words", Column: kit.Column{Width: 150, Drop: 520}},
			{Field: "shared", Column: kit.Column{Width: 92, Drop: 460}},
		},
		Labels: map[string]app.Label{"shared": {JA: "共有", EN: "Shared"}},
		New:    app.Label{JA: "検索を保存する", EN: "Save a search"},
		Empty:  app.Label{JA: "保存した検索はありません。Ctrl+K で検索し、Ctrl+Shift+S で保存できます。", EN: "No search is saved. Search with Ctrl+K and save it with Ctrl+Shift+S."},
	})
	s.Searches = ui.Searches{List: list, Save: save}
	return s
}

// list are those that are used, by name.
func list(ctx context.Context, records ui.Records) (all []ui.Search, err error) {
	saved, err := app.Every(ctx, records, search.Register, app.Query{Sort: "name"})
	for _, s := range saved {
		if !s.Off {
			all = append(all, ui.Search{Name: s.Name, Words: s.Words})
		}
	}
	return all, err
}

func save(ctx context.Context, records ui.Records, words string) error {
	r, err := records.New(search.Kind)
	if err != nil {
		return err
	}
	r.(*search.Search).Words = words
	return records.Save(ctx, r)
}
