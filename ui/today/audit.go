package today

import (
	"daicho/app"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/people"
	"daicho/app/voided"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// The lists of rights and exceptions that the page shows.
var (
	allEmergencies = list{emergency.Kind, "all"}
	askedErasures  = list{erasure.Kind, "asked"}
	allErasures    = list{erasure.Kind, "all"}
	endingGrants   = list{people.GrantKind, "ending"}
	allVoided      = list{voided.Kind, "all"}
)

// monthDays is how far auditors look back and ahead.
const monthDays = 30

var emergencies = card{opens: allEmergencies, name: app.Label{JA: "緊急解錠", EN: "Emergency access"}, figure: func(a *asker) kit.Figure {
	n, before := a.count(allEmergencies), app.StampOf(a.now.AddDate(0, 0, -monthDays))
	late := a.count(allEmergencies, app.Where("at", ">=", int64(before)))
	f := kit.Figure{Value: a.words.Count(n), Fraction: a.words.T(text.TodayLately, monthDays, a.words.Number(late), a.words.Count(n))}
	if late > 0 {
		f.Mark = kit.Mark{Glyph: "△", Word: a.words.T(text.TodayLook), Tone: kit.Warn}
	}
	return f
}}

var erasures = card{opens: askedErasures, name: app.Label{JA: "消去の承認待ち", EN: "Erasures asked for"}, figure: func(a *asker) kit.Figure {
	n := a.count(askedErasures)
	return kit.Figure{Value: a.words.Count(n), Fraction: a.words.T(text.TodayOfAll, a.words.Number(n), a.words.Count(a.count(allErasures)))}
}}

var grantsEnding = card{opens: endingGrants, name: app.Label{JA: "終了予定の権限", EN: "Rights ending"}, figure: func(a *asker) kit.Figure {
	n := a.count(endingGrants)
	soon := a.count(endingGrants, app.Where("until", "<=", a.inDays(monthDays)))
	return kit.Figure{Value: a.words.Count(n), Fraction: a.words.T(text.TodaySoon, monthDays, a.words.Number(soon), a.words.Count(n)), Mark: a.ending(soon)}
}}

var newestNoted = app.Label{JA: "新しい順", EN: "newest first"}

var emergencyList = panel{
	opens: allEmergencies, title: app.Label{JA: "緊急解錠", EN: "Emergency access"}, note: newestNoted, most: rowsMost,
	empty: app.Label{JA: "緊急解錠の記録はありません。", EN: "No emergency access was noted."},
	columns: []column{
		{"at", kit.Column{Kind: kit.MonoColumn, Width: 124}, nil},
		{"way", kit.Column{Width: 116}, nil},
		{"reason", kit.Column{Flex: true, Min: 110}, nil},
		{"custodians", kit.Column{Width: 130, Drop: 560}, nil},
	},
	fill: listed,
}

var erasuresAsked = panel{
	opens: askedErasures, title: app.Label{JA: "消去の承認待ち", EN: "Erasures asked for"}, note: newestNoted, most: 4,
	empty: app.Label{JA: "承認待ちの消去はありません。", EN: "No erasure waits for approval."},
	columns: []column{
		{"at", kit.Column{Kind: kit.MonoColumn, Width: 92}, nil},
		{"reason", kit.Column{Flex: true, Min: 110}, nil},
		{"basis", kit.Column{Width: 200, Drop: 560}, nil},
	},
	fill: listed,
}

var grantsEndingList = panel{
	opens: endingGrants, title: app.Label{JA: "終了予定の権限", EN: "Rights ending"}, note: app.Label{JA: "終了日の近い順", EN: "by last day"}, most: 6,
	empty: app.Label{JA: "終了予定の権限はありません。", EN: "No right is about to end."},
	columns: []column{
		{"until", kit.Column{Kind: kit.MonoColumn, Width: 92}, nil},
		{"name", kit.Column{Flex: true, Min: 90}, nil},
		{"role", kit.Column{Width: 150}, nil},
	},
	fill: listed,
}

var voidedNumbers = panel{
	opens: allVoided, title: app.Label{JA: "欠番", EN: "Voided numbers"}, note: newestNoted, most: 4,
	empty: app.Label{JA: "欠番はありません。", EN: "No number is void."},
	columns: []column{
		{"numbers", kit.Column{Flex: true, Min: 110}, nil},
		{"decided", kit.Column{Kind: kit.MonoColumn, Width: 124}, nil},
	},
	fill: listed,
}
