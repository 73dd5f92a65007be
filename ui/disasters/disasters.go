// Package disasters is the section of disaster declarations, and the banner that one
// lays over every page while it lasts. What declaring and ending do is in
// app/disaster.
package disasters

import (
	"daicho/app"
	"daicho/app/disaster"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
	"daicho/ui/text"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	s := register.Section("disasters", "siren", app.Label{JA: "安全", EN: "Safety"}, config())
	s.Banners = banners
	return s
}

func config() register.Config {
	return register.Config{
		Register: disaster.Register, Title: "title", Sort: "since", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 104}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104, Drop: 420}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 160}},
			{Field: "type", Column: kit.Column{Width: 110, Drop: 640}},
			{Field: "nature", Column: kit.Column{Width: 70}},
			{Field: "since", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 540}},
		},
		New:      app.Label{JA: "災害宣言を準備する", EN: "Prepare a declaration"},
		Empty:    app.Label{JA: "災害宣言はありません。", EN: "No disaster has been declared."},
		Mark:     mark,
		Facts:    facts,
		Hidden:   []string{"state"},
		Commands: commands,
	}
}

func mark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: disaster.Register.Show(r, "state", lang)}
	switch r.(*disaster.Disaster).State {
	case disaster.Prepared:
		m.Glyph, m.Tone = "○", kit.Quiet
	case disaster.Declared:
		m.Glyph, m.Tone = "▲", kit.Late
	case disaster.Ended:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

// commands are what comes next: a disaster is declared once, and ended once.
func commands(r app.Record) []string {
	switch r.(*disaster.Disaster).State {
	case disaster.Prepared:
		return []string{"declare"}
	case disaster.Declared:
		return []string{"end"}
	}
	return []string{}
}

// facts are when the phases change.
func facts(r app.Record, lang app.Lang) string {
	d := r.(*disaster.Disaster)
	if d.Since == 0 {
		return ""
	}
	first, second := disaster.Bounds(d.Since)
	words := text.New(lang)
	return words.T(text.PhaseBounds, words.Moment(first, d.Since.Time()), words.Moment(second, d.Since.Time()))
}
