package documents

import (
	"daicho/app"
	"daicho/app/document"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// revisions is the inbox of review and approval: what waits, by its due day.
func revisions() register.Config {
	return register.Config{
		Register: document.Revisions, Title: "title", Sort: "due",
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 132}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "version", Column: kit.Column{Kind: kit.MonoColumn, Width: 64}},
			{Field: "due", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 460}},
			{Field: "author", Column: kit.Column{Width: 92, Drop: 600}},
		},
		New:      app.Label{JA: "案を作る", EN: "New draft"},
		Empty:    app.Label{JA: "該当する版はありません。", EN: "There are no such versions."},
		Mark:     mark,
		Facts:    revisionFacts,
		Hidden:   []string{"title", "version", "state", "base", "beside", "authors", "hash"},
		Retires:  []string{"withdraw"},
		Commands: commands,
	}
}

var lackingWord = app.Label{JA: "▲不足: ", EN: "▲ Lacking: "}

// revisionFacts are the version, and what it lacks.
func revisionFacts(r app.Record, lang app.Lang) string {
	text := document.Revisions.Show(r, "version", lang)
	if r.(*document.Revision).Lacking != document.Nothing {
		text += "　" + lackingWord.In(lang) + document.Revisions.Show(r, "lacking", lang)
	}
	return text
}

// mark is where a revision stands.
func mark(r app.Record, lang app.Lang) kit.Mark {
	v := r.(*document.Revision)
	m := kit.Mark{Word: document.Revisions.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch v.State {
	case document.Review1, document.Review2, document.Vendor, document.City:
		m.Glyph, m.Tone = "◎", kit.Info
	case document.Passed, document.Published:
		m.Glyph, m.Tone = "●", kit.Good
	case document.SentBack:
		m.Glyph, m.Tone = "▽", kit.Warn
	}
	return m
}

// commands are what comes next.
func commands(r app.Record) []string {
	switch v := r.(*document.Revision); {
	case v.State == document.Draft:
		return []string{"submit", "merge", "withdraw"}
	case v.Waits():
		return []string{"approve", "return", "withdraw"}
	case v.State == document.Passed:
		return []string{"publish"}
	}
	return []string{}
}

func receipts() register.Config {
	return register.Config{
		Register: document.Receipts, Title: "title", Sort: "due",
		Columns: []register.Column{
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "person", Column: kit.Column{Width: 110}},
			{Field: "form", Column: kit.Column{Width: 90, Drop: 460}},
			{Field: "due", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
			{Field: "read", Column: kit.Column{Kind: kit.MonoColumn, Width: 92}},
		},
		New:   app.Label{JA: "依頼する", EN: "Ask somebody"},
		Empty: app.Label{JA: "該当する供覧・受領はありません。", EN: "There are no such receipts."},
		Commands: func(r app.Record) []string {
			if r.(*document.Receipt).Read == 0 {
				return []string{"read"}
			}
			return []string{}
		},
	}
}

func approvals() register.Config {
	return register.Config{
		Register: document.Approvals, Title: "version", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "document", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "version", Column: kit.Column{Kind: kit.MonoColumn, Width: 64}},
			{Field: "step", Column: kit.Column{Width: 110}},
			{Field: "verdict", Column: kit.Column{Width: 72, Drop: 460}},
			{Field: "by", Column: kit.Column{Width: 92, Drop: 560}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 640}},
		},
		Empty: app.Label{JA: "承認の記録はありません。", EN: "Nothing has been approved."},
	}
}

func flows() register.Config {
	return register.Config{
		Register: document.Flows, Title: "type", Sort: "type",
		Columns: []register.Column{
			{Field: "type", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "review1", Column: kit.Column{Width: 92}},
			{Field: "review2", Column: kit.Column{Width: 92, Drop: 460}},
			{Field: "vendor", Column: kit.Column{Width: 92, Drop: 560}},
			{Field: "city", Column: kit.Column{Width: 72, Drop: 460}},
		},
		New:   app.Label{JA: "登録する", EN: "New flow"},
		Empty: app.Label{JA: "承認経路の登録はありません。全ての段階を通ります。", EN: "There is no flow: every step is passed."},
	}
}

func delegations() register.Config {
	return register.Config{
		Register: document.Delegations, Title: "step", Sort: "since", Desc: true,
		Columns: []register.Column{
			{Field: "delegator", Column: kit.Column{Flex: true, Min: 110}},
			{Field: "delegate", Column: kit.Column{Width: 110}},
			{Field: "step", Column: kit.Column{Width: 110, Drop: 460}},
			{Field: "since", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
			{Field: "until", Column: kit.Column{Kind: kit.MonoColumn, Width: 78}},
		},
		New:     app.Label{JA: "委任する", EN: "Delegate"},
		Empty:   app.Label{JA: "委任はありません。", EN: "There are no delegations."},
		Retires: []string{"revoke"},
		Commands: func(r app.Record) []string {
			if r.(*document.Delegation).RevokedAt == 0 {
				return []string{"revoke"}
			}
			return []string{}
		},
	}
}
