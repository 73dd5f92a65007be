// Package agreements is the section of consultations, agreements and requests. When
// one is late, and what may be done with it, is in app/agreement.
package agreements

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/agreement"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation, with how many agreements are late.
func Section() ui.Section {
	s := register.SectionOf("agreements", "list-checks", app.Label{JA: "文書管理", EN: "Document control"}, agreement.Register.About(), config)
	s.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, agreement.Kind, []app.Cond{app.Where("state", "=", string(agreement.Open)), app.Where("reflect_by", ">", int64(0))})
	}
	return s
}

func config(d *ui.Desk) register.Config {
	return register.Config{
		Register: agreement.Register, Title: "title", Sort: "held", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 132}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104, Drop: 640}},
			{Field: "type", Column: kit.Column{Width: 74}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "held", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 460}},
			{Field: "reflect_by", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
		},
		New:      app.Label{JA: "登録する", EN: "New entry"},
		Empty:    app.Label{JA: "該当する協議・合意・要望はありません。", EN: "There are no such entries."},
		Mark:     func(r app.Record, lang app.Lang) kit.Mark { return mark(r.(*agreement.Agreement), d.Today(), lang) },
		Facts:    func(r app.Record, lang app.Lang) string { return facts(r.(*agreement.Agreement), d.Today(), lang) },
		Hidden:   []string{"state"},
		Retires:  []string{"withdraw"},
		Commands: commands,
	}
}

var (
	lateWord = app.Label{JA: "反映の遅れ", EN: "Late"}
	dueWord  = app.Label{JA: "回答の遅れ", EN: "Reply overdue"}
)

func mark(r *agreement.Agreement, today app.Day, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: agreement.Register.Show(r, "state", lang), Glyph: "●", Tone: kit.Good}
	switch {
	case r.Late(today):
		m = kit.Mark{Word: lateWord.In(lang), Glyph: "▲", Tone: kit.Late}
	case r.Unanswered(today):
		m = kit.Mark{Word: dueWord.In(lang), Glyph: "▲", Tone: kit.Late}
	case r.State == agreement.Open || r.State == agreement.Held:
		m.Glyph, m.Tone = "○", kit.Info
	case r.State == agreement.Withdrawn || r.State == agreement.Exempted:
		m.Glyph, m.Tone = "○", kit.Quiet
	}
	return m
}

// facts are how old an entry is that has to be written down, and what it is about.
func facts(r *agreement.Agreement, today app.Day, lang app.Lang) string {
	kind := agreement.Register.Show(r, "type", lang)
	age, err := r.Age(today)
	if r.State != agreement.Open || err != nil {
		return kind
	}
	return kind + "　" + fmt.Sprintf(app.Label{JA: "%d営業日経過", EN: "%d business days old"}.In(lang), age)
}

// commands are what comes next.
func commands(rec app.Record) []string {
	r := rec.(*agreement.Agreement)
	switch open := r.State == agreement.Open || r.State == agreement.Held; {
	case !open:
		return []string{}
	case !r.Type.Binds():
		return []string{"answer", "conclude", "withdraw"}
	case r.Exemption == agreement.Asked:
		return []string{"reflect", "allow", "decline"}
	}
	return []string{"reflect", "exempt"}
}
