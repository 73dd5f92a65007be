package bundle

import (
	"errors"
	"fmt"
	"io"

	"daicho/app"
)

var (
	errNone  = app.Refuse(app.Invalid, "", "持ち運び用ファイル（.daicho）ではありません。ファイルを確認してください。", "this is not a bundle; check the file")
	errNewer = app.Refuse(app.Invalid, "", "この持ち運び用ファイルは新しい版の Daicho で作られています。このプログラムを更新してから取り込んでください。",
		"the bundle was made by a newer version; update this program, then import it")
	errDamaged = app.Refuse(app.Damaged, "", "持ち運び用ファイルが壊れています。作成元からもう一度コピーしてください。壊れた部分より前は取り込み済みで、もう一度取り込んでも重複しません。",
		"the bundle is damaged; copy it again from where it was made; what came before the damage is in, and importing it again does no harm")
	errShort    = app.Refuse(app.Damaged, "", "持ち運び用ファイルが途中で切れています。作成元からもう一度コピーしてください。", "the bundle is cut off; copy it again from where it was made")
	errNotForUs = app.Refuse(app.Forbidden, "", "この持ち運び用ファイルは、別の端末宛てです。宛先を指定してもう一度書き出すか、宛先の端末で取り込んでください。",
		"the bundle is addressed to somebody else; export it again for this one, or import it where it belongs")
	errCity = app.Refuse(app.Forbidden, "", "この持ち運び用ファイルは、別のサーバー（別の団体）のものです。取り込んでいません。",
		"the bundle belongs to another server; nothing was imported")
	errEpoch = app.Refuse(app.Stale, "", "この持ち運び用ファイルは、サーバーが復元される前か後の、別の同期の記録に属します。作成した端末を同期してから、もう一度書き出してください。変更は作成した端末に残っています。",
		"the bundle belongs to the server's order before or after a restore; sync the device that made it and export again; its changes are still there")
	errTooMuch = app.Refuse(app.Invalid, "", "持ち運び用ファイルに入れる内容が多すぎます。宛先を減らすか、先に同期してください。", "too much for one bundle; name fewer recipients, or sync first")
	errForeign = app.Refuse(app.Forbidden, "", "サーバーからの回答に、サーバーの署名がありません。取り込んでいません。", "an answer in the bundle is not signed by the server; it was not taken in")
)

// short tells a cut file from a disk that cannot be read.
func short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errShort
	}
	return unread(err)
}

func notOne(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errNone
	}
	return unread(err)
}

func unread(err error) error {
	return app.Because(err, app.Failed, "持ち運び用ファイルを読み取れません。媒体を確認してください。", "the bundle cannot be read; check the medium")
}

// Partial is the error of a bundle of which only some was taken in: why, and
// what is missing. Nothing is lost: it is still where the bundle was made.
func Partial(why error, done, all Counts) error {
	e := app.ErrorOf(why)
	return app.Because(errors.Unwrap(e), e.Code,
		fmt.Sprintf("%s（取り込み済み: 変更 %d / %d 件、添付ファイル %d / %d 個。残りは作成元にあります。）", e.Say.JA, done.Changes, all.Changes, done.Blobs, all.Blobs),
		fmt.Sprintf("%s (taken in: %d of %d changes, %d of %d attachments; the rest is still where the bundle was made)", e.Say.EN, done.Changes, all.Changes, done.Blobs, all.Blobs))
}
