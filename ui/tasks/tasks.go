// Package tasks is the section of tasks. When one is late, and who may call it done, is
// in app/task.
package tasks

import (
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/task"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation, with how many tasks wait for a reviewer.
func Section() ui.Section {
	s := register.SectionOf("tasks", "list-checks", app.Label{JA: "会議・タスク", EN: "Meetings and tasks"}, task.Register.About(), config)
	s.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, task.Kind, []app.Cond{app.Where("state", "=", string(task.Reported))})
	}
	return s
}

func config(d *ui.Desk) register.Config {
	return register.Config{
		Register: task.Register, Title: "title", Sort: "due",
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 110}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104, Drop: 640}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "owner", Column: kit.Column{Width: 92, Drop: 560}},
			{Field: "quality", Column: kit.Column{Width: 74, Drop: 460}},
			{Field: "due", Column: kit.Column{Kind: kit.MonoColumn, Width: 78}},
		},
		New:      app.Label{JA: "登録する", EN: "New task"},
		Empty:    app.Label{JA: "該当するタスクはありません。", EN: "There are no such tasks."},
		Mark:     func(r app.Record, lang app.Lang) kit.Mark { return mark(r.(*task.Task), d.Today(), lang) },
		Facts:    func(r app.Record, lang app.Lang) string { return facts(r.(*task.Task), lang) },
		Hidden:   []string{"state", "progress"},
		Retires:  []string{"drop"},
		Commands: commands,
	}
}

var (
	lateWord  = app.Label{JA: "期限切れ", EN: "Late"}
	staleWord = app.Label{JA: "報告の途絶え", EN: "Not heard of"}
)

func mark(t *task.Task, today app.Day, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: task.Register.Show(t, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch {
	case t.Late(today):
		m = kit.Mark{Word: lateWord.In(lang), Glyph: "▲", Tone: kit.Late}
	case t.Stale(today):
		m = kit.Mark{Word: staleWord.In(lang), Glyph: "△", Tone: kit.Warn}
	case t.State == task.Reported:
		m.Glyph, m.Tone = "◎", kit.Info
	case t.State == task.Done:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

// facts are whose task it is, how far, and how good.
func facts(t *task.Task, lang app.Lang) string {
	return task.Register.Show(t, "side", lang) + "　" + fmt.Sprintf(app.Label{JA: "進捗 %d％", EN: "%d %% done"}.In(lang), t.Progress) + "　" +
		app.Label{JA: "品質: ", EN: "Quality: "}.In(lang) + task.Register.Show(t, "quality", lang)
}

// commands are what comes next.
func commands(r app.Record) []string {
	switch r.(*task.Task).State {
	case task.Open:
		return []string{"finish", "report", "judge", "drop"}
	case task.Reported:
		return []string{"accept", "return", "judge", "drop"}
	}
	return []string{}
}
