// Package terms are the sections of what was agreed on beside the contract: travel
// times, readings of the specification, extra hours, and when the helpdesk did not run.
// What follows from them is not here: clocks are judged by app/sla.
package terms

import (
	"fmt"

	"daicho/app"
	"daicho/app/terms"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// group is the heading of its sections.
var group = app.Label{JA: "合意事項", EN: "Agreements"}

// Sections are the entries of the navigation.
func Sections() []ui.Section {
	enter := app.Label{JA: "登録する", EN: "New entry"}
	return []ui.Section{
		register.Section("topics", "book-open", group, topics),
		register.Section("readings", "clock", group, register.Config{
			Register: terms.Readings, Title: "agreement", Sort: "from", Desc: true,
			Columns: []register.Column{
				{Field: "topic", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "way", Column: kit.Column{Width: 110}},
				{Field: "agreement", Column: kit.Column{Width: 104, Drop: 460}},
				{Field: "from", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 560}},
			},
			Empty:  app.Label{JA: "合意した解釈はありません。仕様書の既定の解釈で判定します。", EN: "No reading was agreed on; the defaults hold."},
			Hidden: []string{"of"},
		}),
		register.Section("travels", "truck", group, register.Config{
			Register: terms.Travels, Title: "document", Sort: "from", Desc: true, New: enter,
			Columns: []register.Column{
				{Field: "site", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "minutes", Column: kit.Column{Width: 92}},
				{Field: "document", Column: kit.Column{Width: 110, Drop: 460}},
				{Field: "from", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 560}},
			},
			Empty: app.Label{JA: "移動時間の合意はありません。", EN: "No travel time was agreed on."},
		}),
		register.Section("extrahours", "calendar-days", group, register.Config{
			Register: terms.Extras, Title: "document", Sort: "begins", Desc: true, New: enter,
			Columns: []register.Column{
				{Field: "document", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "begins", Column: kit.Column{Kind: kit.MonoColumn, Width: 124}},
			},
			Empty: app.Label{JA: "追加稼動時間はありません。", EN: "There are no extra hours."},
		}),
		register.Section("outages", "wifi-off", group, register.Config{
			Register: terms.Outages, Title: "reason", Sort: "begins", Desc: true, New: enter,
			Columns: []register.Column{
				{Field: "reason", Column: kit.Column{Flex: true, Min: 120}},
				{Field: "begins", Column: kit.Column{Kind: kit.MonoColumn, Width: 124}},
			},
			Empty: app.Label{JA: "ヘルプデスクの停止はありません。", EN: "There are no outages."},
		}),
	}
}

// topics is the ledger: each question with the reading in force.
var topics = register.Config{
	Register: terms.Topics, Title: "question", Sort: "item", New: app.Label{JA: "論点を登録する", EN: "New question"},
	Columns: []register.Column{
		{Field: "item", Column: kit.Column{Kind: kit.MonoColumn, Width: 52}},
		{Field: "clause", Column: kit.Column{Kind: kit.MonoColumn, Width: 64}},
		{Field: "question", Column: kit.Column{Flex: true, Min: 150}},
		{Field: "choice", Column: kit.Column{Width: 150, Drop: 560}, Text: chosen},
		{Field: "from", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 640}},
	},
	Empty:  app.Label{JA: "該当する論点はありません。", EN: "There are no such questions."},
	Facts:  inForce,
	Hidden: []string{"of"},
}

// chosen is the way that was agreed on, in words.
func chosen(r app.Record, _ app.Lang) string {
	if w, agreed := r.(*terms.Topic).Now(); agreed {
		return w.Text
	}
	return ""
}

// inForce is the reading that holds, and on what it rests.
func inForce(r app.Record, lang app.Lang) string {
	t := r.(*terms.Topic)
	w, agreed := t.Now()
	if !agreed {
		return fmt.Sprintf(app.Label{JA: "合意なし　既定: %s", EN: "Not agreed on, by default: %s"}.In(lang), w.Text)
	}
	return fmt.Sprintf(app.Label{JA: "%s（%s）", EN: "%s (%s)"}.In(lang), w.Text, t.Agreement)
}
