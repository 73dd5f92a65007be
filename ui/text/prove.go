package text

// Words of the question that a server asks before it goes on: is the person there?
const (
	ServerPassword Key = "サーバーのパスワード"
	OneTimeCode    Key = "確認コード"
	DoorIdentify   Key = "サーバーが本人確認を求めています。サーバーのパスワードと、認証アプリの6桁の確認コード（または回復コード）を入れてください。設定していないものは空欄にします。"
	IdentifyNow    Key = "確認する"
	BackFromProof  Key = "前の画面に戻る"
	ProofMissing   Key = "パスワードか確認コードを入力してください。"
	ProofWanted    Key = "本人確認が必要"
	ProveYourself  Key = "本人確認をする"
	ProofSentence  Key = "この端末の証明書の期限が切れています。サーバーのパスワードと、認証アプリの6桁の確認コード（または回復コード）を入れると、証明書を更新して同期します。設定していないものは空欄にします。"
	ProveAndSync   Key = "確認して同期"
	Proving        Key = "確認しています。"
	Proved         Key = "本人確認ができました。同期しました。"
)
