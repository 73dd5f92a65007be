// Package requirements are the sections of what the contract asks for: each requirement
// with the evidence there is for its clause, how it was judged, and what is done where
// it is not met. What counts as met is in app/requirement.
package requirements

import (
	"context"

	"daicho/app"
	"daicho/app/requirement"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Sections are the entries of the navigation; the measures say how many are not closed.
func Sections() []ui.Section {
	all := []ui.Section{register.Section("requirements", "clipboard-check", group, requirements()), register.Section("judgements", "stamp", group, judgements()),
		register.SectionOf("fulfilments", "triangle-alert", group, requirement.Measures.About(), measures)}
	all[2].Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, requirement.MeasureKind, []app.Cond{app.Where("alarm", ">", int64(0))})
	}
	return all
}

var group = app.Label{JA: "要件の充足", EN: "Requirements"}

func requirements() register.Config {
	return register.Config{
		Register: requirement.Register, Title: "text", Sort: "code",
		Columns: []register.Column{
			{Field: "code", Column: kit.Column{Kind: kit.MonoColumn, Width: 84}},
			{Field: "text", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "contractor", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "city", Column: kit.Column{Width: 92, Drop: 460}},
		},
		New:    app.Label{JA: "登録する", EN: "New requirement"},
		Empty:  app.Label{JA: "該当する要件はありません。", EN: "There are no such requirements."},
		Mark:   func(r app.Record, lang app.Lang) kit.Mark { return mark(r.(*requirement.Requirement), lang) },
		Facts:  func(r app.Record, lang app.Lang) string { return facts(r.(*requirement.Requirement), lang) },
		Face:   evidenceFace,
		Hidden: []string{"text"},
		Commands: func(r app.Record) []string {
			if r.(*requirement.Requirement).Tag == requirement.Example {
				return []string{}
			}
			return []string{"judge", "assess", "warn"}
		},
	}
}

var tones = map[requirement.Verdict]kit.Mark{
	requirement.Met: {Glyph: "●", Tone: kit.Good}, requirement.Partly: {Glyph: "△", Tone: kit.Warn}, requirement.Unmet: {Glyph: "▲", Tone: kit.Late},
}

func mark(r *requirement.Requirement, lang app.Lang) kit.Mark {
	m, judged := tones[r.Contractor]
	if !judged {
		m = kit.Mark{Glyph: "○", Tone: kit.Quiet}
	}
	m.Word = requirement.Register.Show(r, "contractor", lang)
	if r.Tag == requirement.Example {
		m.Word = requirement.Register.Show(r, "tag", lang)
	}
	return m
}

// facts are what the city says, and where the requirement stands.
func facts(r *requirement.Requirement, lang app.Lang) string {
	return app.Label{JA: "市の判定: ", EN: "The city: "}.In(lang) + requirement.Register.Show(r, "city", lang) + "　" + requirement.Register.Show(r, "origin", lang)
}

func judgements() register.Config {
	return register.Config{
		Register: requirement.Judgements, Title: "requirement", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "requirement", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "side", Column: kit.Column{Width: 74}},
			{Field: "verdict", Column: kit.Column{Width: 92}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 110, Drop: 460}},
		},
		Empty: app.Label{JA: "該当する判定はありません。", EN: "There are no such judgements."},
	}
}

func measures(d *ui.Desk) register.Config {
	return register.Config{
		Register: requirement.Measures, Title: "title", Sort: "opened", Desc: true, Works: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 110}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104, Drop: 560}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "opened", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 460}},
		},
		Empty: app.Label{JA: "該当する措置はありません。", EN: "There are no such measures."},
		Mark: func(r app.Record, lang app.Lang) kit.Mark {
			return measureMark(r.(*requirement.Measure), d.Today(), lang)
		},
		Hidden: []string{"state"},
		Commands: func(r app.Record) []string {
			return steps[r.(*requirement.Measure).State]
		},
	}
}

// steps are what comes next.
var steps = map[requirement.MeasureState][]string{
	requirement.Wanted: {"propose"}, requirement.Proposed: {"approve", "return", "propose"}, requirement.Approved: {"finish"},
	requirement.Finished: {"close", "return"}, requirement.Closed: {},
}

func measureMark(m *requirement.Measure, today app.Day, lang app.Lang) kit.Mark {
	k := kit.Mark{Word: requirement.Measures.Show(m, "state", lang), Glyph: "◎", Tone: kit.Info}
	switch {
	case m.State == requirement.Closed:
		k.Glyph, k.Tone = "●", kit.Good
	case m.Alarm <= today:
		k.Glyph, k.Tone = "▲", kit.Late
	}
	return k
}
