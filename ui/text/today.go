package text

// Words of the page 今日.
const (
	TakeACall       Key = "問い合わせを受け付ける"
	LeftColumn      Key = "残り"
	ShowAll         Key = "全%sを表示 →"
	AskMark         Key = "照会"
	TodayUnclosed   Key = "未着手 %s　回答待ち %s"
	TodayOverdue    Key = "訪問超過 %s"
	TodayOfUnclosed Key = "未完了のうち %s / %s"
	TodayDone       Key = "うち完了 %s / %s"
	TodayMine       Key = "うち自分の担当 %s / %s"
	TodayOfAll      Key = "請求のうち %s / %s"
	TodaySoon       Key = "%d日以内 %s / %s"
	TodayLately     Key = "最近%d日間 %s / %s"
	TodayEnding     Key = "期限が近い"
	TodayLook       Key = "要確認"
	TodayAsked      Key = "うち自分への照会 %s / %s"
	TodayRefused    Key = "うち差し戻し %s"
	DraftMark       Key = "未記録"
	TodayDraftSay   Key = "「%s」に、まだ記録していない入力が %sあります。"
	TodayNoLimit    Key = "期限なし"
	TodayNobody     Key = "担当なし"
	NewsAsked       Key = "%s の「%s」について、%s から照会が届いています。回答してください。"
	NewsConflict    Key = "%s の「%s」が別々に変更されました。使う値を選んでください。"
	NewsRefused     Key = "%s の変更が差し戻されました。%s"
	TodayUnsentSay  Key = "%sの変更をまだ送信していません。端末に保存し、接続後に送信します。"
)
