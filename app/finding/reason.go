package finding

import (
	"daicho/app"
	"daicho/app/extract"
)

// reason is why something could not be read, in Japanese.
type reason struct {
	reason extract.Reason
	ja     string
}

// reasons are those for which a scan cannot open or read a file at all.
func reasons() []reason {
	return []reason{
		{"permission denied", "読む権限がない"}, {"folder could not be read", "フォルダーを開けない"}, {"no such file or folder", "点検中になくなった、または対象がない"},
		{"file changed while it was read", "読み取り中に変更された"}, {"connection to the share was lost", "共有フォルダーとの接続が切れた"},
		{bare, "検出のあった場所に、ファイルが1つもない"},
		{"the share could not be opened", "共有フォルダーを開けない"},
		{extract.ReasonRead, "ファイルを読めない"}, {extract.ReasonTime, "時間の上限"}, {extract.ReasonParser, "読み取りの処理に失敗"}, {extract.ReasonDamaged, "ファイルの破損"},
		{extract.ReasonTruncated, "ファイルが途中まで"},
	}
}

// reasonNames are the reasons as a run names them.
func reasonNames() (names []app.Option[extract.Reason]) {
	for _, r := range reasons() {
		names = append(names, app.Is(r.reason, r.ja, string(r.reason)))
	}
	return names
}

// ReasonLabel is why something could not be read, as people read it.
func ReasonLabel(r extract.Reason) app.Label {
	for _, known := range reasons() {
		if known.reason == r {
			return app.Label{JA: known.ja, EN: string(r)}
		}
	}
	return app.Label{JA: "その他", EN: string(r)}
}
