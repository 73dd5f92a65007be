package text

// Words of the page of conflicts. They never speak of overwriting or winning:
// both values stay in the history.
const (
	ConflictTitle    Key = "競合の解決"
	ConflictSentence Key = "互いに相手の変更を知らないまま、同じ項目が変わりました。どちらの値も記録に残ります。これから使う値を選んでください。"
	NoConflicts      Key = "未解決の競合はありません。"
	NoConflictsHint  Key = "2人が同じ項目を別々に変えたときに、ここで選びます"
	DecideSo         Key = "この内容で決める"
	OpenRecord       Key = "記録を開く"
	NextConflict     Key = "次の競合"
	LastConflict     Key = "前の競合"
	ConflictPlace    Key = "競合 %d件目 / 全%d件"
	SideOne          Key = "1　一方の値"
	SideTwo          Key = "2　もう一方の値"
	You              Key = "%s（あなた）"
	KeyField         Key = "項目"
	KeyOne           Key = "左の値"
	KeyTwo           Key = "右の値"
	KeyWrite         Key = "書き直す"
	WriteAnew        Key = "%sを書き直す"
	StillOpen        Key = "まだ選んでいない項目が %d件あります。値を選んでから決めてください。"
	NotAllDecided    Key = "%d項目を決められませんでした。項目の右の理由を確認してください。"
	ConflictDecided  Key = "%s の競合を解決しました。"
)
