// Package documents are the sections of numbered documents: their library with the
// sheet of each, the versions that wait for review and approval, who has read what,
// and the settings of all that. Who may approve is not here: the rules of
// app/document say it.
package documents

import (
	"context"
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/document"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// The headings of its sections.
var (
	group   = app.Label{JA: "文書", EN: "Documents"}
	control = app.Label{JA: "文書管理", EN: "Document control"}
)

// Sections are the library and the inbox of what waits for approval.
func Sections() []ui.Section {
	inbox := register.Section("revisions", "stamp", group, revisions())
	inbox.Label = app.Label{JA: "版と承認", EN: "Versions and approval"}
	inbox.Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, document.RevisionKind, []app.Cond{app.Where("due", ">", int64(0))})
	}
	return []ui.Section{register.Section("documents", "file-text", group, config()), inbox}
}

// Control are the sections that fewer people need, and not every day.
func Control() []ui.Section {
	return []ui.Section{
		register.Section("receipts", "inbox", control, receipts()),
		register.Section("approvals", "clipboard-check", control, approvals()),
		register.Section("flows", "git-merge", control, flows()),
		register.Section("delegations", "user", control, delegations()),
		register.Section("disposals", "list-checks", control, disposals()),
		register.Section("holds", "lock", control, holds()),
	}
}

func config() register.Config {
	return register.Config{
		Register: document.Register, Title: "title", Sort: "issued", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 86, Drop: 700}},
			{Field: "number", Column: kit.Column{Width: 132}},
			{Field: "type", Column: kit.Column{Width: 74, Drop: 460}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "version", Column: kit.Column{Kind: kit.MonoColumn, Width: 50}},
			{Field: "issued", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
			{Field: "owner", Column: kit.Column{Width: 84, Drop: 640}},
		},
		New:      app.Label{JA: "登録する", EN: "New document"},
		Empty:    app.Label{JA: "該当する文書はありません。", EN: "There are no such documents."},
		Mark:     stateMark,
		Facts:    facts,
		Hidden:   []string{"version", "state", "current", "answered_by"},
		Commands: documentCommands,
		Bulk:     []string{"discard"},
		Face:     sheetFace,
		Papers:   papers,
		Bring:    fromFiles,
	}
}

var disposedWord = app.Label{JA: "廃棄済", EN: "Disposed of"}

func stateMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: document.Register.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	d := r.(*document.Document)
	if d.Disposed != 0 {
		m.Word, m.Glyph = disposedWord.In(lang), "×"
		return m
	}
	switch d.State {
	case document.Reviewed:
		m.Glyph, m.Tone = "◎", kit.Info
	case document.Agreed, document.Issued:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

func documentCommands(r app.Record) []string {
	d := r.(*document.Document)
	switch {
	case d.Disposed != 0:
		return []string{}
	case d.Published != 0 && d.Submitted == 0:
		return []string{"submit", "circulate", "revise"}
	case d.Expires != 0 && !d.Held:
		return []string{"revise", "circulate", "discard"}
	}
	return []string{"revise", "circulate"}
}

// facts is what kind of document it is, in which version, from whom to whom.
func facts(r app.Record, lang app.Lang) string {
	d := r.(*document.Document)
	var parts []string
	for _, s := range []string{document.Register.Show(r, "type", lang), version(d, lang), parties(d)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "　")
}

func version(d *document.Document, lang app.Lang) string {
	if d.Version == "" {
		return ""
	}
	return fmt.Sprintf(app.Label{JA: "第%s版", EN: "version %s"}.In(lang), d.Version)
}

func parties(d *document.Document) string {
	if d.Sender == "" || d.Recipient == "" {
		return d.Sender + d.Recipient
	}
	return d.Sender + " → " + d.Recipient
}
