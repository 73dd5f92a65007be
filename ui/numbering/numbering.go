// Package numbering are the sections of leased numbers and of number formats. What a
// template means is in package app, who gives which number in app/numbering.
package numbering

import (
	"daicho/app"
	"daicho/app/numbering"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// group is the heading of its sections.
var group = app.Label{JA: "文書管理", EN: "Document control"}

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	return []ui.Section{register.Section("leases", "list-checks", group, leases()), register.Section("formats", "settings", group, formats())}
}

func leases() register.Config {
	return register.Config{
		Register: numbering.Leases, Title: "register", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 120}},
			{Field: "series", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "station", Column: kit.Column{Kind: kit.MonoColumn, Width: 72}},
			{Field: "form", Column: kit.Column{Width: 120, Drop: 560}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 110, Drop: 460}},
		},
		New:    app.Label{JA: "番号を持ち出す", EN: "Lease numbers"},
		Empty:  app.Label{JA: "番号の持出しはありません。", EN: "No numbers are leased."},
		Mark:   mark,
		Hidden: []string{"state"},
		Commands: func(r app.Record) []string {
			if r.(*numbering.Lease).State == numbering.Open {
				return []string{"return"}
			}
			return []string{}
		},
	}
}

func mark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: numbering.Leases.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch r.(*numbering.Lease).State {
	case numbering.Open:
		m.Glyph, m.Tone = "◎", kit.Info
	case numbering.Closed:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

func formats() register.Config {
	return register.Config{
		Register: numbering.Formats, Title: "register", Sort: "year", Desc: true,
		Columns: []register.Column{
			{Field: "register", Column: kit.Column{Width: 110}},
			{Field: "type", Column: kit.Column{Width: 90, Drop: 460}},
			{Field: "year", Column: kit.Column{Kind: kit.MonoColumn, Width: 64}},
			{Field: "template", Column: kit.Column{Flex: true, Min: 120}},
		},
		New:   app.Label{JA: "様式を登録する", EN: "New format"},
		Empty: app.Label{JA: "採番様式の登録はありません。標準の様式で番号を付けます。", EN: "There are no formats: the usual ones count."},
	}
}
