package tickets

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	s := register.Section("tickets", "inbox", app.Label{JA: "受付・対応", EN: "Helpdesk"}, config())
	s.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, ticket.Kind, ticket.Register.About().Filters[0].Where)
	}
	s.Anywhere = anywhere
	return s
}

func config() register.Config {
	return register.Config{
		Register: ticket.Register, Title: "title", Sort: "received", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 86}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 84}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 200}},
			{Field: "department", Column: kit.Column{Width: 88, Drop: 620}},
			{Field: "assignee", Column: kit.Column{Width: 78, Drop: 480}},
			{Field: "received", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 560}},
		},
		New:      app.Label{JA: "受け付ける", EN: "New ticket"},
		Empty:    app.Label{JA: "該当する問い合わせはありません。", EN: "There are no such tickets."},
		Mark:     mark,
		Bold:     notBegun,
		Facts:    facts,
		Hidden:   []string{"state"},
		Keys:     map[string]ui.Key{"visit": ui.Ctrl(fyne.KeyD)},
		Commands: commands,
		Begins:   map[string]register.Begin{"visit": {Label: app.Label{JA: "現地対応を手配する", EN: "New visit"}, Make: visit}},
		Bulk:     []string{"start", "wait", "hand_over", "close"},
		Sets:     []string{"assignee", "category", "impact", "department", "site", "wished", "tags", "first_line", "faq_entry"},
		Face:     register.CourseFace(course),
		Papers:   papers,
		Ready:    ready,
	}
}
