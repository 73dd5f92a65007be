package keys

import (
	"errors"

	"daicho/app"
)

// Why a key is not given. Each error of this package that a person can do
// something about is an [app.Error] in Japanese and English around one of these;
// ask with errors.Is.
var (
	ErrWrongPassphrase = errors.New("wrong passphrase")
	ErrNoPassphrase    = errors.New("not opened by a passphrase")
	ErrExists          = errors.New("key file exists")
	ErrMissing         = errors.New("no key file")
	ErrDamaged         = errors.New("key file damaged")
	ErrFuture          = errors.New("key file of a later version")
	ErrOtherKey        = errors.New("another data key")

	ErrWrongRecoveryKey = errors.New("wrong recovery key")
	ErrNoRecoveryKey    = errors.New("not opened by a recovery key")
	ErrWrongShares      = errors.New("wrong shares")
	ErrNoShares         = errors.New("not opened by shares")
	ErrOtherSet         = errors.New("shares of different sets")
	ErrSameShare        = errors.New("the same share twice")
	ErrMistyped         = errors.New("mistyped")
	ErrRekeying         = errors.New("a change of data key is under way")
	ErrEntryLeft        = errors.New("an entry is left in the keyring")
	ErrLastWay          = errors.New("the last way to open")
	ErrWait             = errors.New("too many wrong tries")

	ErrNoKeyring      = errors.New("no keyring")
	ErrKeyringLocked  = errors.New("keyring locked")
	ErrNotInKeyring   = errors.New("key not in keyring")
	ErrNoReplicaID    = errors.New("no replica.id")
	ErrReplicaDamaged = errors.New("replica.id damaged")
)

func emptyPassphrase() error {
	return app.Because(ErrWrongPassphrase, app.Invalid,
		"パスフレーズが空です。1文字以上を入力してください。",
		"The passphrase is empty. Give at least one character")
}

func exists(path string) error {
	return app.Because(ErrExists, app.Invalid,
		"鍵ファイルがすでにあるため作成できません（"+path+"）。上書きするとデータを開けなくなるので、そのまま残してください。",
		"A key file is there already ("+path+"). Leave it: without it the data opens never again")
}

func missing(path string) error {
	return app.Because(ErrMissing, app.NotFound,
		"鍵ファイルがないため開けません（"+path+"）。控えから戻すか、DAICHO_KEYSで置き場所を指定してください。",
		"The key file is missing ("+path+"). Put it back from a backup, or say in DAICHO_KEYS where it is")
}

func damaged(path string) error {
	return app.Because(ErrDamaged, app.Damaged,
		"鍵ファイルが壊れているか書き換えられているため開けません（"+path+"）。控えから戻してください。",
		"The key file is damaged or was altered ("+path+"). Put it back from a backup")
}

func future(path string) error {
	return app.Because(ErrFuture, app.Invalid,
		"鍵ファイルが新しい版のDaichoで作られているため開けません（"+path+"）。Daichoを更新してください。",
		"The key file was made by a later version of Daicho ("+path+"). Update Daicho")
}

func otherKey(path string) error {
	return app.Because(ErrOtherKey, app.Invalid,
		"別の台帳の鍵のため保存できません（"+path+"）。台帳を開き直してください。",
		"This is the key of another replica ("+path+"). Open the replica again")
}

func rekeying(path string) error {
	return app.Because(ErrRekeying, app.Invalid,
		"台帳の鍵を交換している途中のため変更できません（"+path+"）。交換が終わってから、もう一度実行してください。",
		"The key of this replica is being changed ("+path+"). Try again when that is done")
}

func noRecoveryKeyLeft(path string) error {
	return app.Because(ErrNoRecoveryKey, app.Invalid,
		"回復キーがないため、回復キーだけを残す消去はできません（"+path+"）。先に回復キーを作るか、すべてを消去してください。",
		"There is no recovery key that an erasure could leave ("+path+"). Make one first, or erase all")
}

func entryLeft(entries string, cause error) error {
	return app.Because(errors.Join(ErrEntryLeft, cause), app.Failed,
		"処理は終わりましたが、OSのキーリングを使えず、不要な登録が残りました（Daicho "+entries+"）。キーリングから削除してください。",
		"This is done, but the system's keyring could not be asked and keeps what is of no use any more (Daicho "+entries+"). Delete it there")
}

func noKeyring(cause error) error {
	return app.Because(errors.Join(ErrNoKeyring, cause), app.NotFound,
		"このパソコンではOSのキーリングを使えません。パスフレーズで開いてください。",
		"There is no system keyring here. Open with the passphrase")
}

func keyringLocked(cause error) error {
	return app.Because(errors.Join(ErrKeyringLocked, cause), app.Forbidden,
		"OSのキーリングがロックされています。ロックを解除してからもう一度実行するか、パスフレーズで開いてください。",
		"The system's keyring is locked. Unlock it and try again, or open with the passphrase")
}

func noReplicaID(path string) error {
	return app.Because(ErrNoReplicaID, app.NotFound,
		"台帳のフォルダーではありません（"+path+"がありません）。フォルダーの指定を確かめるか、daichoctl initで作成してください。",
		"This is not a replica's folder ("+path+" is missing). Check the folder, or make one with daichoctl init")
}

func replicaDamaged(path string) error {
	return app.Because(ErrReplicaDamaged, app.Damaged,
		"台帳の識別番号を読めません（"+path+"）。控えから戻してください。",
		"The replica's id cannot be read ("+path+"). Put it back from a backup")
}

func noFile(path string, cause error) error {
	return app.Because(cause, app.Failed,
		"鍵ファイルを読み書きできません（"+path+"）。フォルダーの権限と空き容量を確かめてください。",
		"The key file cannot be read or written ("+path+"). Check the folder's permissions and free space")
}
