// Package documents is the section of numbered documents with their revisions.
// Review and approval are not here.
package documents

import (
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/document"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return ui.Section{
		ID: "documents", Icon: "file-text", Label: document.Register.About().Label, Group: app.Label{JA: "文書", EN: "Documents"},
		Kinds: []app.Kind{document.Kind},
		New:   func(h ui.Host) ui.Page { return register.New(h, config()) },
	}
}

func config() register.Config {
	return register.Config{
		Register: document.Register, Title: "title", Sort: "issued", Desc: true,
		Columns: []register.Column{
			{Field: "number", Column: kit.Column{Width: 132}},
			{Field: "type", Column: kit.Column{Width: 74, Drop: 460}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "version", Column: kit.Column{Kind: kit.MonoColumn, Width: 50}},
			{Field: "issued", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
			{Field: "owner", Column: kit.Column{Width: 84, Drop: 640}},
		},
		New:    app.Label{JA: "登録する", EN: "New document"},
		Empty:  app.Label{JA: "該当する文書はありません。", EN: "There are no such documents."},
		Facts:  facts,
		Hidden: []string{"version"},
	}
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
