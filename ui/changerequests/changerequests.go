// Package changerequests is the section of change requests. Who may approve one, and
// what is refused without, is in app/changerequest.
package changerequests

import (
	"context"

	"daicho/app"
	"daicho/app/changerequest"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation, with how many requests wait for the city.
func Section() ui.Section {
	s := register.Section("changes", "git-merge", app.Label{JA: "文書管理", EN: "Document control"}, config())
	s.Label = app.Label{JA: s.Label.JA, EN: "Changes"} // short enough for the navigation
	s.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, changerequest.Kind, []app.Cond{app.Where("state", "=", string(changerequest.Agreed))})
	}
	return s
}

func config() register.Config {
	return register.Config{
		Register: changerequest.Register, Title: "title", Sort: "asked", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 124}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104, Drop: 640}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "document", Column: kit.Column{Width: 150, Drop: 560}},
			{Field: "asked", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 460}},
		},
		New:     app.Label{JA: "登録する", EN: "New request"},
		Empty:   app.Label{JA: "該当する変更要求はありません。", EN: "There are no such requests."},
		Mark:    func(r app.Record, lang app.Lang) kit.Mark { return mark(r.(*changerequest.Request), lang) },
		Facts:   func(r app.Record, lang app.Lang) string { return changerequest.Register.Show(r, "urgency", lang) },
		Hidden:  []string{"state"},
		Retires: []string{"withdraw"},
		Commands: func(r app.Record) []string {
			return steps[r.(*changerequest.Request).State]
		},
	}
}

// steps are what comes next.
var steps = map[changerequest.State][]string{
	changerequest.Drafted: {"submit", "withdraw"}, changerequest.Submitted: {"agree", "decline", "withdraw"}, changerequest.Agreed: {"approve", "decline", "withdraw"},
	changerequest.Allowed: {"withdraw"}, changerequest.Done: {}, changerequest.Declined: {}, changerequest.Withdrawn: {},
}

func mark(r *changerequest.Request, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: changerequest.Register.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch r.State {
	case changerequest.Submitted, changerequest.Agreed:
		m.Glyph, m.Tone = "◎", kit.Info
	case changerequest.Allowed, changerequest.Done:
		m.Glyph, m.Tone = "●", kit.Good
	case changerequest.Declined:
		m.Glyph, m.Tone = "▽", kit.Warn
	}
	return m
}
