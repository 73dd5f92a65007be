// Package staffing are the sections of who works for the contract: who holds which
// post, replacements, skills, posts and phases. What the city has to allow is in
// app/staffing.
package staffing

import (
	"daicho/app"
	"daicho/app/staffing"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	return []ui.Section{
		chartSection(), register.Section("members", "user", group, members()), register.Section("replacements", "git-merge", group, replacements()),
		register.Section("skills", "stamp", group, skills()), register.Section("posts", "list-checks", group, posts()),
		register.Section("phases", "calendar-days", group, phases()),
	}
}

var group = app.Label{JA: "体制", EN: "People"}

func members() register.Config {
	return register.Config{
		Register: staffing.Members, Title: "title", Sort: "from",
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 124}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "rank", Column: kit.Column{Width: 96, Drop: 560}},
			{Field: "from", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 460}},
			{Field: "until", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 640}},
		},
		New:    app.Label{JA: "登録する", EN: "New entry"},
		Empty:  app.Label{JA: "該当する要員はいません。", EN: "There is nobody."},
		Mark:   memberMark,
		Papers: []register.Paper{chartPaper},
		Hidden: []string{"state"},
		Commands: func(r app.Record) []string {
			switch m := r.(*staffing.Member); {
			case m.State == staffing.Proposed:
				return []string{"submit"}
			case m.State == staffing.Submitted:
				return []string{"approve", "decline"}
			case m.State == staffing.Approved && m.Rank == staffing.MemberRank:
				return []string{"leave"}
			}
			return []string{}
		},
	}
}

func memberMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: staffing.Members.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch r.(*staffing.Member).State {
	case staffing.Submitted:
		m.Glyph, m.Tone = "◎", kit.Info
	case staffing.Approved:
		m.Glyph, m.Tone = "●", kit.Good
	case staffing.Declined:
		m.Glyph, m.Tone = "▽", kit.Warn
	}
	return m
}

func replacements() register.Config {
	return register.Config{
		Register: staffing.Replacements, Title: "title", Sort: "on", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 110}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 130}},
			{Field: "member", Column: kit.Column{Width: 150, Drop: 560}},
			{Field: "on", Column: kit.Column{Kind: kit.MonoColumn, Width: 78}},
		},
		New:     app.Label{JA: "交代を準備する", EN: "Prepare a replacement"},
		Empty:   app.Label{JA: "該当する要員交代はありません。", EN: "There are no such replacements."},
		Mark:    replacementMark,
		Hidden:  []string{"state"},
		Retires: []string{"drop"},
		Commands: func(rec app.Record) []string {
			switch r := rec.(*staffing.Replacement); {
			case r.State == staffing.Prepared && r.Build && r.Paper.IsZero():
				return []string{"permit", "drop"}
			case r.State == staffing.Prepared:
				return []string{"request", "drop"}
			case r.State == staffing.Examined:
				return []string{"pass", "fail", "drop"}
			}
			return []string{}
		},
	}
}

func replacementMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: staffing.Replacements.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch r.(*staffing.Replacement).State {
	case staffing.Examined:
		m.Glyph, m.Tone = "◎", kit.Info
	case staffing.Passed:
		m.Glyph, m.Tone = "●", kit.Good
	case staffing.Failed:
		m.Glyph, m.Tone = "▽", kit.Warn
	}
	return m
}

func skills() register.Config {
	return register.Config{
		Register: staffing.Skills, Title: "skill", Sort: "skill",
		Columns: []register.Column{
			{Field: "skill", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "person", Column: kit.Column{Width: 120}},
			{Field: "level", Column: kit.Column{Kind: kit.MonoColumn, Width: 64, Drop: 460}},
			{Field: "until", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 560}},
		},
		New:   app.Label{JA: "登録する", EN: "New skill"},
		Empty: app.Label{JA: "該当する技能・資格はありません。", EN: "There are no such skills."},
	}
}

func posts() register.Config {
	return register.Config{
		Register: staffing.Posts, Title: "name", Sort: "name",
		Columns: []register.Column{
			{Field: "name", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "rank", Column: kit.Column{Width: 110}},
		},
		New:   app.Label{JA: "登録する", EN: "New post"},
		Empty: app.Label{JA: "役割の登録はありません。", EN: "There are no posts."},
	}
}

func phases() register.Config {
	return register.Config{
		Register: staffing.Phases, Title: "name", Sort: "from",
		Columns: []register.Column{
			{Field: "name", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "type", Column: kit.Column{Width: 120}},
			{Field: "from", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 460}},
			{Field: "to", Column: kit.Column{Kind: kit.MonoColumn, Width: 92}},
		},
		New:    app.Label{JA: "登録する", EN: "New phase"},
		Empty:  app.Label{JA: "フェーズの登録はありません。", EN: "There are no phases."},
		Hidden: []string{"of"},
	}
}
