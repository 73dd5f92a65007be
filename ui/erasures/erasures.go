// Package erasures is the section of erasures: who asked for the personal values of a
// record to be erased, and who decided. What erasing does is in app/erasure.
package erasures

import (
	"daicho/app"
	"daicho/app/erasure"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return register.Section("erasures", "x", app.Label{JA: "安全", EN: "Safety"}, config())
}

func config() register.Config {
	return register.Config{
		Register: erasure.Register, Title: "reason", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104}},
			{Field: "reason", Column: kit.Column{Flex: true, Min: 160}},
			{Field: "basis", Column: kit.Column{Width: 220, Drop: 820}},
			{Field: "by", Column: kit.Column{Width: 90, Drop: 580}},
			{Field: "state", Column: kit.Column{Width: 138}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 540}},
		},
		New:      app.Label{JA: "消去を請求する", EN: "Ask for an erasure"},
		Empty:    app.Label{JA: "個人情報の消去の請求はありません。", EN: "Nobody has asked for an erasure."},
		Retires:  []string{"withdraw"},
		Commands: commands,
	}
}

// commands are none once it is decided.
func commands(r app.Record) []string {
	if r.(*erasure.Erasure).State != erasure.Asked {
		return []string{}
	}
	return []string{"approve", "decline", "withdraw"}
}
