// Package synonyms is the section of words for one thing, by which similar inquiries are
// looked for. What holds where nothing is entered is in app/synonym.
package synonyms

import (
	"daicho/app"
	"daicho/app/synonym"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return register.Section("synonyms", "list-checks", app.Label{JA: "対応の記録", EN: "Course of work"}, register.Config{
		Register: synonym.Register, Title: "words", Sort: "words",
		Columns: []register.Column{
			{Field: "words", Column: kit.Column{Flex: true, Min: 180}},
			{Field: "off", Column: kit.Column{Width: 92, Drop: 460}},
		},
		New:   app.Label{JA: "同義語を登録する", EN: "New synonyms"},
		Empty: app.Label{JA: "登録はありません。似た問い合わせは、標準の同義語で探します。", EN: "None are entered; similar inquiries are looked for by the standard ones."},
	})
}
