package text

// Words of the page of changes that the server did not take.
const (
	RejectsTitle    Key = "差し戻しの処理"
	RejectsOpen     Key = "差し戻し中"
	RejectsDone     Key = "取下げの記録"
	NoRejects       Key = "差し戻された変更はありません。"
	NoRejectsHint   Key = "サーバーが受け取れなかった変更を、ここでやり直すか取り下げます"
	RetryIt         Key = "やり直す"
	DismissIt       Key = "取り下げる"
	CopyWanted      Key = "入力した値をコピー"
	RetriedNow      Key = "現在の記録に対してやり直しました。結果は同期の後に分かります。"
	DismissedNow    Key = "取り下げました。取下げの記録に残ります。"
	DismissTitle    Key = "この変更を取り下げる"
	DismissSentence Key = "入力した値は記録に反映されません。取り下げたことは、次の理由とともに記録に残り、ほかの利用者も見ることができます。"
	ReasonOptional  Key = "取下げの理由（任意）"
	WhyRefused      Key = "差し戻しの理由：%s"
	WasBefore       Key = "変更前"
	WantedThis      Key = "入力した値"
	IsToday         Key = "現在の値"
	DecidedOn       Key = "操作の前提"
	RecordIsGone    Key = "この記録は端末にありません。"
	MadeAt          Key = "%s　%s　%s"
)
