package text

// Words that stand everywhere.
const (
	Items      Key = "%s件"
	Required   Key = "必須"
	Yes        Key = "はい"
	Loading    Key = "読み込んでいます。"
	ChooseOne  Key = "選んでください"
	NotSet     Key = "なし"
	SelectVerb Key = "選ぶ"
	TakeOut    Key = "外す"
)

// Words of forms.
const (
	DayExample  Key = "例：11/20、R8.11.20"
	TimeExample Key = "例：11/20 14:02"
	TagsExample Key = "空白で区切る"
	AttachFile  Key = "ファイルを添付"
	SaveFile    Key = "保存"
	AddRow      Key = "行を追加"
)
