// Package dispatches are the sections of visits (現地対応): each with its steps and its
// clock. What the steps do, and what is judged, is in app/dispatch and app/sla.
package dispatches

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/dispatch"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/assets"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is that of visits.
func Section() ui.Section {
	s := register.Section("dispatches", "truck", app.Label{JA: "受付・対応", EN: "Helpdesk"}, config())
	s.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, dispatch.Kind, dispatch.Register.About().Filters[0].Where)
	}
	return s
}

// Control is the section of what people seldom look at by itself.
func Control() []ui.Section {
	return []ui.Section{register.Section("visitsteps", "clock", app.Label{JA: "対応の記録", EN: "Course of work"}, stepConfig())}
}

// next is the key of the step that comes next on site.
var next = ui.Ctrl(fyne.KeyD)

func config() register.Config {
	return register.Config{
		Register: dispatch.Register, Title: "site", Sort: "wished", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 104}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 110, Drop: 600}},
			{Field: "site", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "engineer", Column: kit.Column{Width: 92, Drop: 460}},
			{Field: "wished", Column: kit.Column{Kind: kit.MonoColumn, Width: 124}},
		},
		New:      app.Label{JA: "現地対応を手配する", EN: "New visit"},
		Empty:    app.Label{JA: "該当する現地対応はありません。", EN: "There are no such visits."},
		Mark:     mark,
		Facts:    facts,
		Hidden:   []string{"state"},
		Retires:  []string{"cancel"},
		Commands: commands,
		Taps:     []string{"depart", "arrive", "begin"},
		Keys:     map[string]ui.Key{"arrive": next, "begin": next, "confirm": next, "finish": ui.Ctrl(fyne.KeyS)},
		Face:     register.CourseFace(course),
		Signed:   map[string]string{"confirm": "signature"},
		Papers:   []register.Paper{{Label: app.Label{JA: "現地対応報告書", EN: "Report of the visit"}, Of: paper}},
	}
}

func stepConfig() register.Config {
	return register.Config{
		Register: dispatch.Steps, Title: "what", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "what", Column: kit.Column{Width: 120}},
			{Field: "visit", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 124}},
		},
		Empty: app.Label{JA: "該当する記録はありません。", EN: "There are no such steps."},
	}
}

func mark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: dispatch.Register.Show(r, "state", lang), Glyph: "○", Tone: kit.Plain}
	switch r.(*dispatch.Visit).State {
	case dispatch.OnTheWay:
		m.Glyph, m.Tone = "▷", kit.Info
	case dispatch.There:
		m.Glyph, m.Tone = "◆", kit.Info
	case dispatch.Working, dispatch.Remotely:
		m.Glyph, m.Tone = "◎", kit.Info
	case dispatch.Done:
		m.Glyph, m.Tone = "●", kit.Good
	case dispatch.Cancelled:
		m.Glyph, m.Tone = "×", kit.Quiet
	}
	return m
}

// facts is who goes.
func facts(r app.Record, _ app.Lang) string { return r.(*dispatch.Visit).Engineer }

// commands are what comes next, the most usual first.
func commands(r app.Record) []string {
	switch v := r.(*dispatch.Visit); v.State {
	case dispatch.Asked:
		return []string{"depart", "arrive", "remote", "wish", "cancel"}
	case dispatch.OnTheWay:
		return []string{"arrive", "wish", "cancel"}
	case dispatch.There:
		return []string{"begin", "finish", "absent", "cancel"}
	case dispatch.Working:
		return []string{"finish", "cancel"}
	case dispatch.Remotely:
		return []string{"finish", "depart", "arrive", "cancel"}
	case dispatch.Done:
		if v.Confirmed == "" {
			return []string{"confirm"}
		}
	}
	return []string{}
}

// judge reads a visit with its steps, and judges it by what was agreed on.
func judge(ctx context.Context, records ui.Records, desk *ui.Desk, r app.Record) (visit dispatch.Course, judged sla.Visited, err error) {
	if visit, err = dispatch.Load(ctx, records, r.(*dispatch.Visit)); err != nil {
		return visit, judged, err
	}
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		return visit, judged, err
	}
	agreed, err := terms.Read(ctx, records, table)
	if err != nil {
		return visit, judged, err
	}
	judged, err = agreed.Visit(visit.Asked(agreed.Travel(visit.Site)), sla.Exactly(desk.Now()))
	return visit, judged, err
}

// course is what happened on a visit, and how its clock stands.
func course(ctx context.Context, records ui.Records, desk *ui.Desk, r app.Record) (c register.Course, err error) {
	visit, judged, err := judge(ctx, records, desk, r)
	if err != nil {
		return c, err
	}
	if clock, begun := kit.JudgedVisit(judged, desk.Words, desk.Now()); begun {
		c.Clocks = append(c.Clocks, clock)
	} else if judged.Verdict == sla.Unagreed {
		c.Steps = append(c.Steps, register.Step{At: visit.Wished, Mark: kit.Mark{Glyph: "？", Word: desk.Words.Of(sla.Unagreed.Label()), Tone: kit.Unsure}, Text: desk.Words.Of(unagreed)})
	}
	names, err := ui.NamesOf(ctx, records, visit.People())
	for _, s := range visit.Steps {
		c.Steps = append(c.Steps, step(s, names(s.By), desk))
	}
	return c, err
}

var unagreed = app.Label{JA: "この拠点の移動時間は協議されていないため、期限がありません。", EN: "No travel time was agreed on for this site, so there is no limit."}

// step is a line of the course.
func step(s *dispatch.Step, by string, desk *ui.Desk) register.Step {
	lang := desk.Words.Lang()
	line := register.Step{At: s.At, Mark: kit.Mark{Word: dispatch.Steps.Show(s, "what", lang), Glyph: "●", Tone: kit.Info}, Text: s.Note}
	if s.What == dispatch.Wish {
		line.Text = desk.Words.Moment(s.Wish, desk.Now()) + "　" + s.Who
	}
	line.Note = by + "　" + dispatch.Steps.Show(s, "source", lang) + "　" + certainty(s.Told(), lang)
	return line
}

func certainty(t sla.Told, lang app.Lang) string {
	if !t.Vouched {
		return app.Certainty(app.Unknown).In(lang)
	}
	return app.Certainty(int64(t.Error)).In(lang)
}
