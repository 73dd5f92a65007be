// Package emergencies is the section of emergency accesses: each opening by
// recovery key or by two custodians. The programs note them; opening is not here.
package emergencies

import (
	"daicho/app"
	"daicho/app/emergency"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	s := register.Section("emergencies", "key-round", app.Label{JA: "安全", EN: "Safety"}, config())
	s.Label = app.Label{JA: s.Label.JA, EN: "Emergencies"}
	return s
}

func config() register.Config {
	return register.Config{
		Register: emergency.Register, Title: "reason", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104}},
			{Field: "way", Column: kit.Column{Width: 120, Drop: 460}},
			{Field: "reason", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 560}},
		},
		Empty: app.Label{JA: "緊急解錠の記録はありません。", EN: "There was no emergency access."},
	}
}
