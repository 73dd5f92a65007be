// Package monitors are the sections of monitoring (運用監視, clause 3.2.1): events, targets,
// the methods that the city approves, what is set otherwise in a tool, signs of failures,
// backups, restore tests and logs. What holds of them is in app/monitor.
package monitors

import (
	"context"

	"daicho/app"
	"daicho/app/monitor"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// group is the heading of its sections.
var group = app.Label{JA: "運用監視", EN: "Monitoring"}

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	all := []ui.Section{
		counted(register.Section("monitorevents", "triangle-alert", group, events())),
		counted(register.Section("monitordrifts", "git-merge", group, drifts())),
		counted(register.Section("monitorsigns", "chart-column", group, signs())),
		register.Section("monitortargets", "inbox", group, targets()),
		register.Section("monitormethods", "list-checks", group, methods()),
	}
	return append(all, records()...)
}

// counted shows how many records are in the register's first list: those that wait for
// somebody.
func counted(s ui.Section) ui.Section {
	first := map[app.Kind]app.AnyRegister{monitor.EventKind: monitor.Events, monitor.DriftKind: monitor.Drifts, monitor.SignKind: monitor.Signs}[s.Kinds[0]].About().Filters[0]
	s.Count = func(ctx context.Context, r ui.Records) (int, error) { return r.Count(ctx, s.Kinds[0], first.Where) }
	return s
}

func events() register.Config {
	return register.Config{
		Register: monitor.Events, Title: "title", Sort: "occurred", Desc: true,
		Columns: []register.Column{
			{Field: "recovered", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "host", Column: kit.Column{Width: 130, Drop: 460}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "severity", Column: kit.Column{Width: 100, Drop: 620}},
			{Field: "registration", Column: kit.Column{Width: 110, Drop: 740}},
			{Field: "occurred", Column: kit.Column{Kind: kit.MonoColumn, Width: 124, Drop: 500}},
		},
		Labels: map[string]app.Label{"recovered": app.Label{JA: "状態", EN: "State"}},
		Empty:  app.Label{JA: "該当するイベントはありません。", EN: "There are no such events."},
		Mark:   eventMark,
		Commands: func(r app.Record) []string {
			e, all := r.(*monitor.Event), []string{}
			if e.Target.IsZero() {
				all = append(all, "attach")
			}
			if e.Recovered == 0 {
				all = append(all, "recover")
			}
			return all
		},
	}
}

func eventMark(r app.Record, lang app.Lang) kit.Mark {
	e := r.(*monitor.Event)
	switch {
	case e.Recovered != 0:
		return kit.Mark{Glyph: "●", Tone: kit.Good, Word: app.Label{JA: "復旧", EN: "Recovered"}.In(lang)}
	case e.Silenced:
		return kit.Mark{Glyph: "○", Tone: kit.Quiet, Word: app.Label{JA: "計画停止", EN: "Maintenance"}.In(lang)}
	}
	return kit.Mark{Glyph: "▲", Tone: kit.Late, Word: app.Label{JA: "発生中", EN: "Going on"}.In(lang)}
}

func drifts() register.Config {
	return register.Config{
		Register: monitor.Drifts, Title: "title", Sort: "seen", Desc: true, Works: true, Hidden: []string{"state"},
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 110}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "approved", Column: kit.Column{Width: 100, Drop: 460}},
			{Field: "found", Column: kit.Column{Width: 100, Drop: 460}},
			{Field: "seen", Column: kit.Column{Kind: kit.MonoColumn, Width: 124, Drop: 620}},
		},
		Empty: app.Label{JA: "該当する変更はありません。監視装置の設定を daichoctl monitor inspect で照合してください。", EN: "There are no such changes. Hold the tool's settings against the methods with daichoctl monitor inspect."},
		Mark:  driftMark,
		Commands: func(r app.Record) []string {
			if r.(*monitor.Drift).State == monitor.Found {
				return []string{"request"}
			}
			return []string{}
		},
	}
}

func driftMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: monitor.Drifts.Show(r, "state", lang)}
	switch r.(*monitor.Drift).State {
	case monitor.Found:
		m.Glyph, m.Tone = "▲", kit.Late
	case monitor.Requested:
		m.Glyph, m.Tone = "△", kit.Warn
	case monitor.Settled:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

func signs() register.Config {
	return register.Config{
		Register: monitor.Signs, Title: "title", Sort: "seen", Desc: true, Hidden: []string{"state"},
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "target", Column: kit.Column{Width: 140, Drop: 460}},
			{Field: "sort", Column: kit.Column{Width: 110, Drop: 620}},
			{Field: "seen", Column: kit.Column{Kind: kit.MonoColumn, Width: 124, Drop: 540}},
		},
		New:   app.Label{JA: "兆候を登録する", EN: "New sign"},
		Empty: app.Label{JA: "該当する兆候はありません。", EN: "There are no such signs."},
		Mark:  signMark,
		Commands: func(r app.Record) []string {
			return map[monitor.SignState][]string{monitor.Seen: {"report"}, monitor.Reported: {"close"}, monitor.Prevented: {}}[r.(*monitor.Sign).State]
		},
	}
}

func signMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: monitor.Signs.Show(r, "state", lang)}
	switch r.(*monitor.Sign).State {
	case monitor.Seen:
		m.Glyph, m.Tone = "△", kit.Warn
	case monitor.Reported:
		m.Glyph, m.Tone = "◎", kit.Info
	case monitor.Prevented:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}
