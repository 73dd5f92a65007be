package text

// Words of the cards by which files of this machine are taken in.
const (
	BringDocuments  Key = "ファイルから文書を登録"
	BringSentence   Key = "ファイル1件につき、文書を1件登録します。メール（.eml）は、件名・差出人・日付と添付ファイルを読み取ります。"
	BringRegister   Key = "%sを登録する"
	BringRegistered Key = "文書を%s登録しました。"
	BringAttach     Key = "ファイルの添付"
	BringToRecord   Key = "開いている記録に添付します。添付した後で、記録してください。"
	BringAttachAct  Key = "%sを添付する"
	BringAttached   Key = "%sを添付しました。記録すると、ほかの端末にも届きます。"
	BringBefore     Key = "%sは登録済みでした。"
	BringFailed     Key = "%sは取り込めませんでした。"
	BringStopped    Key = "途中で中止しました。"
	BringNothing    Key = "取り込めるファイルがありません。"
	BringNowhere    Key = "この画面では、ファイルを受け取れません。文書の一覧か、添付欄のある記録の上で離してください。"
	BringFolder     Key = "フォルダー　ファイル %s"
	BringFile       Key = "ファイルから登録"
	BringWhole      Key = "フォルダーから登録"
	AttachFolder    Key = "フォルダーのファイルを添付"
)
