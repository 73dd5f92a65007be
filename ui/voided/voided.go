// Package voided is the section of voided numbers: why a ledger has none of some
// numbers. The server writes them; deciding is not here.
package voided

import (
	"daicho/app"
	"daicho/app/voided"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return register.Section("voided", "list-checks", app.Label{JA: "文書管理", EN: "Document control"}, config())
}

func config() register.Config {
	return register.Config{
		Register: voided.Register, Title: "numbers", Sort: "decided", Desc: true,
		Columns: []register.Column{
			{Field: "numbers", Column: kit.Column{Flex: true, Min: 210}},
			{Field: "reason", Column: kit.Column{Width: 180, Drop: 560}},
			{Field: "by", Column: kit.Column{Width: 92, Drop: 460}},
			{Field: "decided", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 640}},
		},
		Empty: app.Label{JA: "欠番はありません。", EN: "There are no voided numbers."},
	}
}
