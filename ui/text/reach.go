package text

// Words about what a person may not read.
const (
	MayNotRead      Key = "「%s」を閲覧する権限がありません。閲覧できる役割は、%sです。"
	AndOthers       Key = "%sなど"
	ListComma       Key = "、"
	AskForRights    Key = "権限の付与は、システム管理者に依頼してください"
	PartOnly        Key = "閲覧できる範囲（組織とネットワーク）の記録だけが、この端末にあります"
	LinkNotHere     Key = "この端末になし"
	RecordLeft      Key = "この記録は、閲覧できる範囲にないため、この端末にはありません。"
	LeftWhileTyping Key = "入力中の記録は、閲覧できる範囲から外れました。記録できないため、必要な内容は控えてから「入力を取り消す」を押してください。"
)
