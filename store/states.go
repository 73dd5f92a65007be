package store

import (
	"context"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/app"
	"daicho/store/vfs"
)

// What the store refuses with. None of the sentences holds data of a record.
var (
	notHere = app.Refuse(app.NotFound, "", "この記録はこの端末にありません。同期してから、もう一度開いてください。",
		"no such record here; sync and try again")
	notMe = app.Refuse(app.Forbidden, "", "この端末の利用者ではないため、記録できません。登録した利用者で行ってください。",
		"only the person that this device is enrolled for can write here")
	notEnrolled = app.Refuse(app.NotFound, "", "この端末はまだサーバーに登録されていません。登録コードを入力して登録してください。",
		"this device is not enrolled with a server yet; enrol it with a code")
	nothingEntered = app.Refuse(app.Invalid, "", "何も入力されていません。入力してから保存してください。",
		"nothing was entered; enter something, then save")
	unsaved = app.Refuse(app.Invalid, "", "保存していない入力があります。保存してから、もう一度実行してください。",
		"the record has unsaved input; save it, then try again")
	noSuchChange = app.Refuse(app.NotFound, "", "この変更は送信待ちの一覧にありません。一覧を開き直してください。",
		"no such change in the outbox; open it again")
	notRejected = app.Refuse(app.Stale, "", "この変更は差し戻されていません。送信待ちの一覧を開き直してください。",
		"the change is not one that was rejected; open the outbox again")
	gap = app.Refuse(app.Damaged, "", "サーバーから届いたデータに抜けがあります。もう一度同期してください。",
		"the page leaves a gap in the server's order; sync again")
	otherEpoch = app.Refuse(app.Stale, "", "サーバーがバックアップから復元されたか、別のものに替わっています。この端末の記録は保たれています。管理者に連絡してください。",
		"the server was restored from a backup or is another one; nothing here is lost, ask the administrator")
	olderCopy = app.Refuse(app.Damaged, "", "この端末の台帳は古い写しです。サーバーはより新しい変更を受け取っています。新しいフォルダーに登録し直してください。",
		"this replica is an older copy of itself: the server has changes of this device that are not here; enrol again in a new folder")
	olderFiles = app.Refuse(app.Damaged, "", "この端末の台帳は古い写しに置き換えられています。最新のフォルダーに戻すか、サーバーへ登録し直してください。この写しのまま使う場合は、daichoctl replica accept-older を実行してください。",
		"the replica's files were replaced by an older copy: put the latest folder back or enrol again; to go on with this copy run daichoctl replica accept-older")
	newerVerdict = app.Refuse(app.Invalid, "", "サーバーの判定を読み取れません。このプログラムを更新してください。",
		"the server's verdict is of a newer version; update the program")
	logInUse = app.Refuse(app.Failed, "", "台帳が読み取り中のため、消去が終わっていません。しばらくしてから、もう一度実行してください。",
		"the replica is being read, so that erasing is not finished; try again soon")
	keyNeverCame = app.Refuse(app.Damaged, "", "この記録を開く鍵が届いていません。もう一度同期してください。",
		"the key of this record has not come; sync again")
)

// What is wrong with a folder.
var (
	folderMissing = app.Refuse(app.NotFound, "", "台帳のフォルダーがありません。場所を確認するか、新しく作成してください。",
		"the replica's folder does not exist; check the path or create a replica")
	notReplica = app.Refuse(app.Invalid, "", "このフォルダーは台帳ではありません。台帳のフォルダーを指定してください。",
		"the folder holds no replica; name another one")
	alreadyReplica = app.Refuse(app.Invalid, "", "このフォルダーには既に台帳があります。それを開くか、別のフォルダーを指定してください。",
		"there is a replica in this folder already; open it or name another folder")
	notEmpty = app.Refuse(app.Invalid, "", "フォルダーが空ではありません。空のフォルダーを指定してください。",
		"the folder is not empty; name an empty or new one")
	unfinished = app.Refuse(app.Damaged, "", "台帳の作成が途中で終わっています。このフォルダーを削除して、作り直してください。",
		"the replica in this folder was never finished; delete the folder and create it again")
	dbMissing = app.Refuse(app.Damaged, "", "台帳のデータベース（replica.db）がありません。バックアップまたはサーバーから復元してください。",
		"replica.db is missing; restore it from a backup or the server")
	otherKey = app.Refuse(app.Damaged, "", "台帳のデータベース（replica.db）がこの鍵のものではないか、先頭が壊れています。バックアップまたはサーバーから復元してください。",
		"replica.db was not made under this replica's key, or its beginning is damaged; restore it from a backup or the server")
	otherReplica = app.Refuse(app.Damaged, "", "識別ファイル（replica.id）とデータベース（replica.db）が別の台帳のものです。揃ったフォルダーを指定してください。",
		"replica.id and replica.db are of different replicas; put the folder together again")
	newerReplica = app.Refuse(app.Invalid, "", "この台帳は新しい版の Daicho で使われています。このプログラムを更新してください。",
		"the replica has been used by a newer program; update this one")
	cannotRead = app.Refuse(app.Failed, "", "台帳のフォルダーを読み取れません。アクセス権を確認してください。",
		"cannot read the replica's folder; check its permissions")
	cannotWrite = app.Refuse(app.Failed, "", "台帳のフォルダーに書き込めません。アクセス権とディスクの空きを確認してください。",
		"cannot write to the replica's folder; check its permissions and the room on the disk")
)

var (
	damaged = "台帳のファイルが壊れているか、書き換えられています。何も変更していません。バックアップまたはサーバーから復元してください。"
	full    = "ディスクの空きがありません。何も変更していません。空きを作ってから、もう一度実行してください。"
	broken  = "ディスクを読み書きできません。何も変更していません。空き容量と、ディスクの故障がないかを確認してから、もう一度実行してください。"
	busy    = "ほかのプログラムが台帳を使用中です。しばらく待ってから、もう一度実行してください。"
)

// machine gives a failure of the machine that people can do something about
// its sentence. Words of the rules and everything else pass as they are.
func machine(err error) error {
	var e *app.Error
	switch {
	case err == nil || errors.As(err, &e) || errors.Is(err, context.Canceled):
		return err
	case vfs.Damaged(err):
		return app.Because(err, app.Damaged, damaged, "the replica is damaged or was altered; nothing was changed; restore it from a backup or the server")
	case readOnly(err):
		return because(err, cannotWrite)
	case vfs.Full(err):
		return app.Because(err, app.Failed, full, "the disk is full; nothing was changed; make room and try again")
	case vfs.Failing(err):
		return app.Because(err, app.Failed, broken, "the disk cannot be read or written; nothing was changed; see whether it has room and is sound, then try again")
	case vfs.Busy(err):
		return app.Because(err, app.Failed, busy, "another program is using the replica; wait and try again")
	}
	return err
}

// unwritten gives a failure to write files its sentence.
func unwritten(err error) error {
	var e *app.Error
	if err = machine(err); err == nil || errors.As(err, &e) || errors.Is(err, context.Canceled) {
		return err
	}
	return because(err, cannotWrite)
}

// readOnly says whether err is that the folder or its files cannot be written.
func readOnly(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return true
	}
	return false
}
