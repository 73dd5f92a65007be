package text

// Words of the page of notices.
const (
	NoticesTitle  Key = "お知らせ"
	NoticesNow    Key = "お知らせ %s"
	NoticesUnread Key = "未読 %s"
	NoticesCame   Key = "お知らせが %s届きました。状態の欄の「お知らせ」で確認できます。"
	NoticeSystem  Key = "確認が必要なお知らせが届きました。"
	NoNotices     Key = "お知らせはありません。"
	NoNoticesHint Key = "自分への照会、自分の値の競合、差し戻された変更が届くと、ここに表示します"
	NoticeAt      Key = "届いた日時"
	NoticeSays    Key = "お知らせの内容"
	ReadAll       Key = "全て既読にする"
)
