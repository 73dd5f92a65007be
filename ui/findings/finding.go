package findings

import (
	"strings"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// mark is where a finding stands; one that waits for a decision says so.
func mark(f *finding.Finding, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: finding.Register.Show(f, "state", lang), Glyph: "○", Tone: kit.Warn}
	switch f.State {
	case finding.Confirmed:
		m.Glyph = "△"
	case finding.Correcting:
		m.Glyph, m.Tone = "◎", kit.Info
	case finding.Corrected:
		m.Glyph, m.Tone = "●", kit.Good
	case finding.Excepted:
		m.Glyph, m.Tone = "□", kit.Quiet
	case finding.Moved:
		m.Glyph, m.Tone = "▽", kit.Quiet
	}
	if f.Exception == finding.Asked {
		m = kit.Mark{Glyph: "？", Word: finding.Register.Show(f, "exception", lang), Tone: kit.Unsure}
	}
	return m
}

// kindsOf are the names of the kinds of data, the gravest first.
func kindsOf(f *finding.Finding, lang app.Lang) string {
	var names []string
	for _, k := range f.Kinds {
		names = append(names, kindName(k).In(lang))
	}
	comma := "、"
	if lang == app.EN {
		comma = ", "
	}
	return strings.Join(names, comma)
}

func kindName(k finding.KindFound) app.Label { return seenAs("kind", string(k.Kind)) }

var kindsSpec, _ = app.SpecOf(finding.Register, "kinds")

// seenAs is the name of what a column of the kinds holds.
func seenAs(column, value string) app.Label {
	for _, c := range kindsSpec.Columns {
		if c.Name == column {
			return nameIn(c, value)
		}
	}
	return app.Label{JA: value, EN: value}
}

// nameIn is the name of one of a field's choices, or what it is if it is none.
func nameIn(s app.Spec, value string) app.Label {
	for _, c := range s.Choices {
		if c.Value == value {
			return c.Label
		}
	}
	return app.Label{JA: value, EN: value}
}

// facts are what is in the file, about how many people, and on which server it lies.
func facts(r app.Record, lang app.Lang) string {
	f, w := r.(*finding.Finding), text.New(lang)
	all := []string{kindsOf(f, lang)}
	if persons := finding.Register.Show(f, "persons", lang); persons != "" {
		all = append(all, sayings{w}.Of(app.Label{JA: "推定 ", EN: "about "})+persons+sayings{w}.Of(app.Label{JA: "人", EN: " people"}))
	}
	return strings.Join(append(all, f.Server), w.T(text.FactGap))
}

// commands are what comes next, the most usual first.
func commands(r app.Record) []string {
	f := r.(*finding.Finding)
	switch f.Exception {
	case finding.Asked:
		return []string{"approve", "decline", "withdraw"}
	case finding.Approved:
		return []string{"withdraw"}
	}
	switch f.State {
	case finding.New:
		return []string{"correct", "confirm", "ask"}
	case finding.Confirmed:
		return []string{"correct", "ask"}
	case finding.Correcting:
		return []string{"ask"}
	}
	return []string{}
}
