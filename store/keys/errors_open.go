package keys

import (
	"fmt"
	"time"

	"daicho/app"
)

// What does not open is said in the words of its way.

func wrongPassphrase() error {
	return app.Because(ErrWrongPassphrase, app.Forbidden,
		"パスフレーズが違うため開けません。大文字・小文字と全角・半角を確かめて、もう一度入力してください。",
		"The passphrase does not open this. Check upper and lower case and type it again")
}

func wrongRecoveryKey() error {
	return app.Because(ErrWrongRecoveryKey, app.Forbidden,
		"この回復キーでは開けません。この台帳の、いちばん新しい回復キーの紙かどうかを確かめてください。",
		"This recovery key does not open this. Check that the paper is this replica's, and the latest one")
}

func wrongShares() error {
	return app.Because(ErrWrongShares, app.Forbidden,
		"この2枚の分割キーでは開けません。この台帳の分割キーかどうかを確かめてください。",
		"These two shares do not open this. Check that they are of this replica")
}

func otherSet(a, b Share) error {
	return app.Because(ErrOtherSet, app.Invalid,
		"2枚の分割キーは別の組のものです（"+a.Set()+"と"+b.Set()+"）。同じ組の2枚を使ってください。",
		"The two sheets are of different sets ("+a.Set()+" and "+b.Set()+"). Use two of the same set")
}

func earlierSet(typed, wanted string) error {
	return app.Because(ErrOtherSet, app.Invalid,
		"分割キーの組が違います（入力は"+typed+"、この台帳は"+wanted+"）。"+wanted+"の組の2枚を使ってください。",
		"These shares are of set "+typed+", this replica opens by set "+wanted+". Use two of that set")
}

func sameShare(s Share) error {
	return app.Because(ErrSameShare, app.Invalid,
		fmt.Sprintf("同じ分割キーが2回入力されました（%d枚目）。番号の違うもう1枚を入力してください。", s.Number()),
		fmt.Sprintf("Sheet %d was given twice. Type another sheet of the set", s.Number()))
}

// noWay says that an envelope is not opened by that way, and by which others.
func noWay(by Way, path string) error {
	switch by {
	case ByKeyring:
		return notInKeyring()
	case ByRecoveryKey:
		return app.Because(ErrNoRecoveryKey, app.NotFound,
			"この台帳には回復キーがありません（"+path+"）。パスフレーズなど別の方法で開いてください。",
			"This replica has no recovery key ("+path+"). Open it another way, such as the passphrase")
	case ByShares:
		return app.Because(ErrNoShares, app.NotFound,
			"この台帳には分割キーがありません（"+path+"）。パスフレーズなど別の方法で開いてください。",
			"This replica has no shares ("+path+"). Open it another way, such as the passphrase")
	}
	return app.Because(ErrNoPassphrase, app.NotFound,
		"この鍵ファイルはパスフレーズでは開けません（"+path+"）。OSのキーリングか回復キーで開いてください。",
		"This key file is not opened by a passphrase ("+path+"). Open it with the system's keyring or the recovery key")
}

func notInKeyring() error {
	return app.Because(ErrNotInKeyring, app.NotFound,
		"OSのキーリングにこの台帳の鍵がありません。パスフレーズで開き、キーリングに登録し直してください。",
		"The system's keyring does not hold the key of this replica. Open with the passphrase and add it again")
}

func lastWay() error {
	return app.Because(ErrLastWay, app.Invalid,
		"人が開ける最後の方法のため外せません。先にパスフレーズか回復キーを設定してください。",
		"This is the last way by which a person can open this. Set a passphrase or make a recovery key first")
}

// What is wrong with a paper that was typed in; never a character of it.

func (p paper) mistyped(group int) error {
	return app.Because(ErrMistyped, app.Invalid,
		fmt.Sprintf("%sの%d組目の4文字に打ち間違いがあります。紙と見比べて直してください。", p.ja, group),
		fmt.Sprintf("Group %d of the %s is mistyped. Compare it with the paper", group, p.en))
}

func (p paper) incomplete(typed int) error {
	want := groupSize * p.groups()
	return app.Because(ErrMistyped, app.Invalid,
		fmt.Sprintf("%sは%d文字ですが、%d文字入力されています。紙と見比べて直してください。", p.ja, want, typed),
		fmt.Sprintf("A %s has %d characters, and %d were typed. Compare them with the paper", p.en, want, typed))
}

func (p paper) other() error {
	return app.Because(ErrMistyped, app.Invalid,
		"これは"+p.ja+"ではありません。紙の見出しを確かめて、"+p.ja+"を入力してください。",
		"This is no "+p.en+". Check the heading of the paper and type a "+p.en)
}

// wait says how long, in whole minutes or, below one, in seconds, rounded up.
func wait(left time.Duration) error {
	n, ja, en := int((left+time.Second-1)/time.Second), "秒", "second"
	if left > time.Minute {
		n, ja, en = int((left+time.Minute-1)/time.Minute), "分", "minute"
	}
	if n != 1 {
		en += "s"
	}
	return app.Because(ErrWait, app.Forbidden,
		fmt.Sprintf("続けて間違えたため、あと %d %sお待ちください。そのあとで、もう一度入力してください。", n, ja),
		fmt.Sprintf("There were too many wrong tries. Wait %d %s and try again", n, en))
}
