package text

// Words that stand everywhere.
const (
	Items      Key = "%s件"
	Required   Key = "必須"
	Yes        Key = "はい"
	No         Key = "いいえ"
	Loading    Key = "読み込んでいます。"
	ChooseOne  Key = "選んでください"
	NotSet     Key = "なし"
	SelectVerb Key = "選ぶ"
	TakeOut    Key = "外す"
)

// Words of filters.
const (
	AllOfThem     Key = "全て"
	FacetIs       Key = "%[1]s：%[2]s"
	MoreFilters   Key = "ほかの条件"
	MoreNarrowing Key = "ほかの条件（%d件を適用中）"
	ClearFilters  Key = "条件を外す"
)

// Words of work under way, and of what was just done.
const (
	WorkRuns   Key = "実行中"
	WorkRests  Key = "一時停止中"
	WorkIsDone Key = "終了"
	WorkFar    Key = "%s / %s%s"
	WorkLeft   Key = "残り およそ %s"
	WorkPace   Key = "毎秒 %s"
	PauseWork  Key = "一時停止"
	ResumeWork Key = "再開"
	CancelWork Key = "中止する"
	GoesOn     Key = "止めても続きから再開できます"
	Undo       Key = "元に戻す"
	Hours      Key = "%d時間%d分"
	Days       Key = "%d日"
	MinSeconds Key = "%d分%d秒"
)

// Words of clocks.
const (
	ClockLeft    Key = "残り %s"
	ClockOver    Key = "超過 %s"
	ClockMet     Key = "達成 %s"
	ClockMissed  Key = "未達 %s"
	ClockStopped Key = "停止中"
	ClockUnsure  Key = "判定不能"
)

// Words of forms.
const (
	DayExample  Key = "例：11/20、R8.11.20"
	TimeExample Key = "例：11/20 14:02"
	TagsExample Key = "空白で区切る"
	AttachFile  Key = "ファイルを添付"
	SaveFile    Key = "保存"
	AddRow      Key = "行を追加"

	ImportTitle   Key = "表の取込み（Excel・CSV）"
	ImportSums    Key = "追加 %s、変更 %s、競合 %s、取り込めない行 %s、記録なし %s、取込み済み %s、行の削除 %s、変更なし %s"
	ImportIgnored Key = "項目でない列：%s"
	ImportHidden  Key = "非表示の行も対象に含みます（行番号：%s）"
	ImportStruck  Key = "取消線のある行も対象に含みます（行番号：%s）"
	LinesMore     Key = "ほか%s行"
	ImportApply   Key = "%sを取り込む"
	Imported      Key = "%sを「%s」から取り込みました。"
	ImportMore    Key = "ほか %s は表示していません。"
	ImportNothing Key = "取り込む変更はありません。"
	ImportLine    Key = "%d行目"
	ImportMerged  Key = "（書き出した後の変更と合わせて%sになります）"
	ImportToday   Key = "（現在は%s。競合として残ります）"
	ImportUnknown Key = "%s（現在の値。書き出した時の値は不明） → %s"
	ImportAdded   Key = "追加"
	ImportDeleted Key = "行の削除（何もしません）"
	ImportRetired Key = "行の削除（%s）"
	ImportLeft    Key = "%s%sは取り込みません。%s"
	ImportAside   Key = "項目の列に記入がないため読み込まない行：%s"
	ImportOthers  Key = "読み込まないシート：%s"
	ImportGivenUp Key = "取込みを中止しました。何も変更していません。"

	ImportDeletedRows Key = "行が削除された記録"
	ImportNoDeed      Key = "何もしない"
	ImportRetire      Key = "表から行が削除された記録を「%s」にします。"
	ImportUnsure      Key = "元の値が不明な行"
	ImportLeaveOut    Key = "取り込まない"
	ImportTrust       Key = "表のとおりにする"
	ImportMapping     Key = "列の対応"

	MappingSentence Key = "見出しの行と、それぞれの列がどの項目かを選んでください。名前を付けると、次の取込みで使えます。"
	MappingDone     Key = "内容を確認する"
	MappingKept     Key = "保存した対応"
	MappingSheet    Key = "シート"
	MappingLine     Key = "見出しの行"
	MappingName     Key = "保存する名前"
	ImportGone      Key = "記録なし"
	ImportAlready   Key = "取込み済み"
	PrintBook       Key = "この一覧をExcelに書き出す（取込み可）　%s"
	BookSaved       Key = "「%s」を保存しました。編集した後、「表の取込み」で戻せます。暗号化されていないため、不要になったら消去してください。"

	ShowFile      Key = "プレビュー"
	PreviewPart   Key = "ファイルの全部は読み取れませんでした（%s）。"
	PreviewCut    Key = "ファイルの先頭を表示しています。続きは保存して開いてください。"
	PreviewNone   Key = "このファイルに表示できる文字はありません。「開く」で専用のプログラムを使ってください。"
	PreviewPage   Key = "%s　%d／%dページ"
	NextPage      Key = "次のページ"
	PreviousPage  Key = "前のページ"
	AsText        Key = "文字で表示"
	OpenedOutside Key = "「%s」を別のプログラムで開きました。そこで保存すると、この記録に戻ります。"
	WentOn        Key = "「%s」の版は回付済みのため変更できません。保存した内容で新しい案を始めました。内容を確かめて記録してください。"
	OutsideLeft   Key = "別のプログラムで保存されたファイル%d件を、まだ台帳に取り込めていません。読める状態でこの端末に残っています。台帳を開き直すと、もう一度取り込みます。"
	CameBack      Key = "「%s」が別のプログラムで保存されました。記録すると、この記録に残ります。"
	SignHere      Key = "ここに署名してください"
	SignAgain     Key = "署名を書き直す"
	Signed        Key = "署名済み"
	SignatureFile Key = "署名.png"
)

// Words of the history.
const (
	HistoryTitle    Key = "経過"
	HistoryOrder    Key = "新しい順　サーバー時刻に補正済み"
	NoHistory       Key = "経過はまだありません。"
	Somebody        Key = "不明な利用者"
	WaitingToSend   Key = "送信待ち"
	RefusedByServer Key = "差し戻し"
	InConflict      Key = "競合"
	HeldBack        Key = "保留中"
	Registered      Key = "登録"
	FactGap         Key = "　"
	ChangedField    Key = "%sを変更"
	SetField        Key = "%s：%s"
	ClearedField    Key = "%s：%s を削除"
	FromTo          Key = "%s：%s → %s"
	UnsureTime      Key = "%s ±？"
	HistoryLacks    Key = "これより前の履歴はまだ受信していません。"
	HistoryLacksBy  Key = "%s より前の履歴はまだ受信していません。"
	UnsureMeans     Key = "±？：%s"
	ClockClaimed    Key = "端末の時計では %s"
)

// Words of conflicts.
const (
	ContestSpoken Key = "%s、1 %s、2 %s"
	BeforeNothing Key = "変わる前：なし"
	BeforeWas     Key = "変わる前：%s"
	UseIt         Key = "使う"
	ShownNow      Key = "表示中の値"
	NoValue       Key = "（値なし）"
	AfterDeciding Key = "決めた後の内容"
	OpenFields    Key = "未選択 %d項目"
	NotChosenYet  Key = "まだ選んでいません"
	ChooseByKey   Key = "1 か 2 のキーで選ぶ"
	ChooseOfThree Key = "1、2、3 のキーで選ぶ"
	UsesOne       Key = "%s を使う"
	UsesBoth      Key = "両方を残す"
	UsesTyped     Key = "書き直した値を使う"
)

// Words of a register's page.
const (
	FindHere        Key = "この一覧から探す"
	NothingFound    Key = "「%s」に該当する記録はこの一覧にありません。"
	WidenSearch     Key = "Ctrl+K で全ての台帳から探せます"
	NewByKey        Key = "%s　%s"
	AtLeast         Key = "%s以上"
	RowsInSight     Key = "%s–%s / %s"
	MarkedRows      Key = "印 %s"
	EditFields      Key = "項目を編集"
	RowKeys         Key = "↑↓ 移動　Enter 開く　Space 印　Ctrl+C コピー"
	NoRecordOpen    Key = "記録を選ぶと、ここに内容が表示されます。"
	NewRecord       Key = "新しい%s"
	Unrecorded      Key = "未記録の変更"
	Content         Key = "内容"
	Links           Key = "関連"
	NoLinks         Key = "関連する記録はありません。"
	Record          Key = "記録する"
	Recorded        Key = "%s を記録しました。"
	NothingToRecord Key = "変更がないため、記録するものはありません。"
	Discard         Key = "入力を取り消す"
	MoreActs        Key = "ほかの操作"
	Leave           Key = "やめる"
	FileSaved       Key = "「%s」を保存しました。"
	DraftsThere     Key = "前に入力して、まだ記録していない内容が %d件あります。続きから入力できます。"
)

// Words of what is done with marked records.
const (
	ActOnMarked   Key = "印を付けた%sをまとめて処理"
	MarkedDone    Key = "「%s」を%sで行いました。"
	MarkedRefused Key = "「%s」は、%sのうち%sで行えませんでした。%s"
	MarkedStopped Key = "「%s」を、%sのうち%sで中止しました。残りの記録には印が付いています。"
	MarkedLeft    Key = "「%s」を行えなかった記録です。印は付いたままです。"
	MarkedOthers  Key = "ほか%sは表示していません。"
	MarkedUndone  Key = "変更を元に戻す"

	EditMarked     Key = "項目をまとめて変更"
	EditMarkedSays Key = "入力した項目だけを、印を付けた%sで変更します。空欄の項目は変わりません。値を消すときは「%s」を入力してください。"
	EditMarkedNone Key = "変更する項目を入力してください。"
	EditMarkedSee  Key = "変更内容を確認"
	EditMarkedDo   Key = "%sを変更する"
	EditMarkedSums Key = "変更 %s、変更できない %s、変更なし %s"
	EditMarkedDone Key = "%sの項目を変更しました。"
	LeaveIt        Key = "変えない"
	EmptyIt        Key = "値を消す"
	CannotChange   Key = "変更できない"
	NoChange       Key = "変更なし"
	NotDone        Key = "行えません"
)

// Words of printing.
const (
	PrintTitle     Key = "印刷（PDF）"
	PrintSentence  Key = "PDF を作り、選んだ場所に保存します。開いて印刷してください。PDF は暗号化されません。不要になったら消去してください。"
	PrintRecord    Key = "この記録　%s"
	PrintMarked    Key = "印を付けた記録　%s"
	PrintList      Key = "この一覧　%s"
	PrintFound     Key = "「%s」"
	PrintFirst     Key = "先頭のみ"
	Printed        Key = "「%s」を保存しました。開いて印刷してください。"
	PrintedLacking Key = "「%s」を保存しました。表示できない文字が%d種類あり、最後のページに一覧があります。"
)
