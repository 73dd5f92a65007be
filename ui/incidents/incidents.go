// Package incidents are the sections of failures and security incidents: each with its
// course and its clocks, the table of severities and what to do in an emergency. What is
// judged is in app/incident and app/sla.
package incidents

import (
	"cmp"
	"context"
	"slices"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/incident"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/assets"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is that of incidents.
func Section() ui.Section {
	s := register.Section("incidents", "triangle-alert", app.Label{JA: "受付・対応", EN: "Helpdesk"}, config())
	s.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, incident.Kind, incident.Register.About().Filters[0].Where)
	}
	return s
}

// Control are the sections of what people seldom look at by itself.
func Control() []ui.Section {
	work := app.Label{JA: "対応の記録", EN: "Course of work"}
	return []ui.Section{
		register.Section("incidentsteps", "clock", work, register.Config{
			Register: incident.Steps, Title: "what", Sort: "at", Desc: true,
			Columns: []register.Column{
				{Field: "what", Column: kit.Column{Width: 150}},
				{Field: "incident", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 124}},
			},
			Empty: app.Label{JA: "該当する経過はありません。", EN: "There are no such steps."},
		}),
		register.Section("severities", "list-checks", work, register.Config{
			Register: incident.Severities, Title: "name", Sort: "name",
			Columns: []register.Column{{Field: "name", Column: kit.Column{Flex: true, Min: 120}}, {Field: "serious", Column: kit.Column{Width: 104}}},
			New:     app.Label{JA: "重大度を定義する", EN: "New severity"},
			Empty:   app.Label{JA: "重大度はまだ定義されていません。", EN: "No severity has been defined yet."},
		}),
		register.Section("measures", "shield-check", work, register.Config{
			Register: incident.Measures, Title: "target", Sort: "target",
			Columns: []register.Column{{Field: "target", Column: kit.Column{Flex: true, Min: 120}}, {Field: "urgency", Column: kit.Column{Width: 104}}},
			New:     app.Label{JA: "措置を登録する", EN: "New measure"},
			Empty:   app.Label{JA: "該当する措置はありません。", EN: "There are no such measures."},
		}),
	}
}

func config() register.Config {
	return register.Config{
		Register: incident.Register, Title: "title", Sort: "occurred", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 100, Drop: 560}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 160}},
			{Field: "nature", Column: kit.Column{Width: 104, Drop: 460}},
			{Field: "occurred", Column: kit.Column{Kind: kit.MonoColumn, Width: 124, Drop: 540}},
		},
		New:      app.Label{JA: "障害を起票する", EN: "New incident"},
		Empty:    app.Label{JA: "該当する障害はありません。", EN: "There are no such incidents."},
		Mark:     mark,
		Hidden:   []string{"state"},
		Commands: commands,
		Face:     register.CourseFace(course),
	}
}

func mark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: incident.Register.Show(r, "state", lang)}
	switch r.(*incident.Incident).State {
	case incident.Going:
		m.Glyph, m.Tone = "▲", kit.Late
	case incident.Stopped:
		m.Glyph, m.Tone = "■", kit.Warn
	case incident.Recovered:
		m.Glyph, m.Tone = "◎", kit.Info
	case incident.Closed:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

// commands are what comes next; to stop comes first where it may be needed.
func commands(r app.Record) []string {
	i := r.(*incident.Incident)
	course := []string{"deliver", "ack", "scope", "plan", "report", "recover", "grade", "occur", "detect", "send"}
	secure := []string{"know", "judge", "prompt", "full"}
	switch {
	case i.State == incident.Closed:
		return []string{}
	case i.State == incident.Recovered:
		return []string{"close", "report", "grade"}
	case i.State == incident.Stopped:
		return append(append([]string{"resume"}, course...), secure...)
	case i.Nature == incident.Security:
		return append(append([]string{"stop"}, course...), append(secure, "close")...)
	}
	return append(course, "close")
}

// course is what happened, with whom the server told of it, and how each clock stands:
// those of the contract and those of the law.
func course(ctx context.Context, records ui.Records, desk *ui.Desk, r app.Record) (c register.Course, err error) {
	i, err := incident.Load(ctx, records, r.(*incident.Incident))
	if err != nil {
		return c, err
	}
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		return c, err
	}
	agreed, err := terms.Read(ctx, records, table)
	if err != nil {
		return c, err
	}
	if i.Affects {
		judged, err := agreed.Failure(i.Asked(), sla.Exactly(desk.Now()))
		if err != nil {
			return c, err
		}
		for _, r := range []sla.Result{judged.Notice, judged.Scope, judged.Plan, judged.Report} {
			if clock, begun := kit.Judged(r, desk.Words, desk.Now()); begun {
				c.Clocks = append(c.Clocks, clock)
			}
		}
	}
	c.Clocks = append(c.Clocks, duties(&i, desk)...)
	if c.Steps, err = told(ctx, records, desk, i.Incident); err != nil {
		return c, err
	}
	var refs []app.Ref
	for _, s := range i.Steps {
		refs = append(refs, s.By)
	}
	names, err := ui.NamesOf(ctx, records, refs)
	for _, s := range i.Steps {
		c.Steps = append(c.Steps, step(s, names(s.By), desk))
	}
	slices.SortStableFunc(c.Steps, func(a, b register.Step) int { return cmp.Compare(a.At, b.At) })
	return c, err
}

// step is a line of the course.
func step(s *incident.Step, by string, desk *ui.Desk) register.Step {
	lang, told := desk.Words.Lang(), s.Told()
	sure := app.Unknown
	if told.Vouched {
		sure = int64(told.Error)
	}
	line := register.Step{At: s.At, Mark: kit.Mark{Word: incident.Steps.Show(s, "what", lang), Glyph: "●", Tone: kit.Info}, Text: s.Note}
	if s.Who != "" {
		line.Text = s.Way + "　" + s.Who + "　" + s.Note
	}
	line.Note = by + "　" + incident.Steps.Show(s, "source", lang) + "　" + app.Certainty(sure).In(lang)
	return line
}
