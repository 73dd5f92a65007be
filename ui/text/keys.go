package text

// Words that stand everywhere.
const (
	Items       Key = "%s件"
	Required    Key = "必須"
	Loading     Key = "読み込んでいます。"
	None        Key = "該当なし"
	ChooseOne   Key = "選んでください"
	NotSet      Key = "なし"
	Close       Key = "閉じる"
	SelectVerb  Key = "選ぶ"
	OpenVerb    Key = "開く"
	Move        Key = "移動"
	Mark        Key = "印"
	ErrorAbove  Key = "× %s"
	SavedAs     Key = "%s を記録しました。"
	Unsaved     Key = "未記録の変更があります"
	RangeOf     Key = "%s–%s / %s"
	AtMost      Key = "%s以上"
	RowKeys     Key = "↑↓ 移動　Enter 開く　Space 印"
	MarkedCount Key = "印 %s"
)
