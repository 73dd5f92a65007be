// Package findings is the sections of scans: how things stand, what scans found, the
// jobs, their runs, where findings lie, and the information assets that they are held
// against. What a run does is in app/finding.
package findings

import (
	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	return []ui.Section{
		{ID: "inspection", Icon: "chart-column", Label: overviewName, Group: group, New: func(h ui.Host) ui.Page { return newOverview(h) }},
		register.Section("findings", "scan-search", group, register.Config{
			Register: finding.Register, Works: true, Title: "department", Sort: "first_seen", Desc: true,
			Columns: []register.Column{
				number,
				{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 104}},
				{Field: "kinds", Text: func(r app.Record, lang app.Lang) string { return kindsOf(r.(*finding.Finding), lang) }, Column: kit.Column{Width: 150, Drop: 440}},
				{Field: "department", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "persons", Column: kit.Column{Width: 92, Drop: 460}},
				{Field: "server", Column: kit.Column{Width: 92, Drop: 700}},
				{Field: "first_seen", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 780}},
			},
			Empty: app.Label{JA: "該当する点検結果はありません。", EN: "There are no such findings."},
			Mark:  func(r app.Record, lang app.Lang) kit.Mark { return mark(r.(*finding.Finding), lang) },
			Facts: facts, Hidden: onFace, Commands: commands, Bulk: []string{"correct", "confirm", "ask", "approve"}, Facets: []string{"department", "gravest", "state", "protection", "persons", "exception"}, Face: findingFace,
		}),
		register.Section("scans", "search", group, register.Config{
			Register: finding.Jobs, Title: "title", Sort: "title",
			Columns: []register.Column{
				number,
				{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
				{Field: "department", Column: kit.Column{Width: 120, Drop: 460}},
				{Field: "last_ended", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 560}},
			},
			Retires: []string{"retire"},
			New:     newJob,
			Empty:   app.Label{JA: "該当する点検はありません。", EN: "There are no such scans."},
		}),
		register.Section("scanruns", "clock", group, register.Config{
			Register: finding.Runs, Title: "number", Sort: "begun", Desc: true,
			Columns: []register.Column{
				number,
				{Field: "server", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "state", Column: kit.Column{Width: 92, Drop: 460}},
				{Field: "begun", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 560}},
			},
			Empty: app.Label{JA: "該当する実行はありません。", EN: "There are no such runs."},
		}),
		register.Section("findingpaths", "folder", group, register.Config{
			Register: finding.Places, Title: "path", Sort: "number",
			Columns: []register.Column{{Field: "path", Column: kit.Column{Flex: true, Min: 160}}},
			Empty:   app.Label{JA: "該当する場所はありません。", EN: "There are no such places."},
		}),
		assets(),
	}
}

// onFace are fields of a finding that its head or its face says in words.
var onFace = []string{"state", "kinds", "protection", "weakness", "everyone", "content", "first_seen", "last_seen", "unread", "settled", "settled_at", "reopened", "open", "exposed", "gravest"}

var group = app.Label{JA: "点検", EN: "Scans"}

var number = register.Column{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104}}
