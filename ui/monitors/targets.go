package monitors

import (
	"daicho/app"
	"daicho/app/monitor"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

func targets() register.Config {
	return register.Config{
		Register: monitor.Targets, Title: "title", Sort: "title", Hidden: []string{"state", "unscheduled"},
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "host", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 460}},
			{Field: "managed", Column: kit.Column{Width: 110, Drop: 620}},
			{Field: "schedule", Column: kit.Column{Width: 130, Drop: 540}},
		},
		New:   app.Label{JA: "監視対象を登録する", EN: "New target"},
		Empty: app.Label{JA: "該当する監視対象はありません。", EN: "There are no such targets."},
		Mark: func(r app.Record, lang app.Lang) kit.Mark {
			m := kit.Mark{Word: monitor.Targets.Show(r, "state", lang), Glyph: "●", Tone: kit.Good}
			if r.(*monitor.Target).State == monitor.Unstable {
				m.Glyph, m.Tone = "▲", kit.Late
			}
			return m
		},
		Commands: func(r app.Record) []string {
			if r.(*monitor.Target).State == monitor.Unstable {
				return []string{"adjust", "settle", "grade"}
			}
			return []string{"unsettle", "grade"}
		},
	}
}

func methods() register.Config {
	return register.Config{
		Register: monitor.Methods, Title: "title", Sort: "title", Hidden: []string{"state", "late"},
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "target", Column: kit.Column{Width: 140, Drop: 460}},
			{Field: "version", Column: kit.Column{Width: 48, Drop: 540}},
			{Field: "worst", Column: kit.Column{Width: 124, Drop: 620}},
		},
		New:      app.Label{JA: "監視手法を登録する", EN: "New method"},
		Empty:    app.Label{JA: "該当する監視手法はありません。", EN: "There are no such methods."},
		Mark:     methodMark,
		Commands: methodCommands,
	}
}

func methodMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: monitor.Methods.Show(r, "state", lang)}
	switch r.(*monitor.Method).State {
	case monitor.Drafted:
		m.Glyph, m.Tone = "○", kit.Quiet
	case monitor.Submitted:
		m.Glyph, m.Tone = "△", kit.Warn
	case monitor.Approved:
		m.Glyph, m.Tone = "●", kit.Good
	case monitor.Declined:
		m.Glyph, m.Tone = "×", kit.Late
	case monitor.Replaced:
		m.Glyph, m.Tone = "－", kit.Quiet
	}
	return m
}

// methodCommands are what comes next; what was declined or replaced is over.
func methodCommands(r app.Record) []string {
	switch r.(*monitor.Method).State {
	case monitor.Drafted:
		return []string{"submit"}
	case monitor.Submitted:
		return []string{"approve", "decline"}
	case monitor.Approved:
		return []string{"revise"}
	}
	return []string{}
}

// records are the sections of what is noted of a target.
func records() []ui.Section {
	return []ui.Section{
		register.Section("backups", "upload", group, register.Config{
			Register: monitor.Backups, Title: "title", Sort: "at", Desc: true,
			Columns: []register.Column{
				{Field: "result", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
				{Field: "target", Column: kit.Column{Flex: true, Min: 140}},
				{Field: "size", Column: kit.Column{Width: 100, Drop: 540}},
				{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 124, Drop: 420}},
			},
			New:   app.Label{JA: "結果を登録する", EN: "New result"},
			Empty: app.Label{JA: "該当する結果はありません。", EN: "There are no such results."},
			Mark: func(r app.Record, lang app.Lang) kit.Mark {
				return resultMark(monitor.Backups, r, r.(*monitor.Backup).Result, lang)
			},
		}),
		register.Section("restores", "refresh-cw", group, register.Config{
			Register: monitor.Restores, Title: "what", Sort: "on", Desc: true,
			Columns: []register.Column{
				{Field: "result", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
				{Field: "what", Column: kit.Column{Flex: true, Min: 140}},
				{Field: "target", Column: kit.Column{Width: 140, Drop: 460}},
				{Field: "on", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 420}},
			},
			New:   app.Label{JA: "復元試験を登録する", EN: "New restore test"},
			Empty: app.Label{JA: "該当する復元試験はありません。", EN: "There are no such tests."},
			Mark: func(r app.Record, lang app.Lang) kit.Mark {
				return resultMark(monitor.Restores, r, r.(*monitor.Restore).Result, lang)
			},
		}),
		register.Section("logdays", "file-text", group, register.Config{
			Register: monitor.LogDays, Title: "log", Sort: "day", Desc: true,
			Columns: []register.Column{
				{Field: "day", Column: kit.Column{Kind: kit.MonoColumn, Width: 92}},
				{Field: "target", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "log", Column: kit.Column{Width: 92, Drop: 460}},
				{Field: "lines", Column: kit.Column{Width: 92, Drop: 540}},
				{Field: "errors", Column: kit.Column{Width: 110, Drop: 540}},
				{Field: "gap", Column: kit.Column{Width: 130, Drop: 420}},
			},
			Empty: app.Label{JA: "該当するログはありません。daichoctl monitor logs で取り込んでください。", EN: "There are no such logs. Take them in with daichoctl monitor logs."},
		}),
		register.Section("adjustments", "settings", group, register.Config{
			Register: monitor.Adjustments, Title: "setting", Sort: "at", Desc: true,
			Columns: []register.Column{
				{Field: "setting", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "target", Column: kit.Column{Width: 140, Drop: 460}},
				{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 124, Drop: 420}},
			},
			Empty: app.Label{JA: "該当する経過はありません。", EN: "There are no such entries."},
		}),
	}
}

func resultMark(g app.AnyRegister, r app.Record, result monitor.Result, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: g.Show(r, "result", lang)}
	switch result {
	case monitor.Good:
		m.Glyph, m.Tone = "●", kit.Good
	case monitor.Partial:
		m.Glyph, m.Tone = "△", kit.Warn
	case monitor.Failed:
		m.Glyph, m.Tone = "×", kit.Late
	}
	return m
}
