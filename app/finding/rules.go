package finding

import (
	"daicho/app"
	"daicho/app/civil"
)

var (
	errByHand  = app.Refuse(app.Forbidden, "", "点検結果は点検の実行によって登録されます。手では登録できません。", "findings are made by runs of scans, not by hand")
	errState   = app.Refuse(app.Stale, "state", "今の状態からは行えません。記録を開いて状態を確認してください。", "not possible from the state it is in; look at it")
	errSelf    = app.Refuse(app.Forbidden, "exception", "自分が申請した例外は承認できません。別の人に承認を依頼してください。", "whoever asks for an exception does not approve it; ask another person to")
	errAsked   = app.Refuse(app.Stale, "exception", "承認待ちの例外はありません。", "no exception waits for a decision")
	errTwice   = app.Refuse(app.Stale, "exception", "例外は既に申請または承認されています。", "an exception is asked for or approved already")
	errPast    = app.Refuse(app.Invalid, "until", "期限が過去の日付です。今日以降の日付を指定してください。", "the last day has passed; name today or a later one")
	errLong    = app.Refuse(app.Invalid, "until", "例外の期限は1年以内にしてください。1年ごとに必要かどうかを見直します。", "an exception lasts a year at most, so that it is looked at again")
	errDue     = app.Refuse(app.Invalid, "due", "是正期限が過去の日付です。今日以降の日付を指定してください。", "the due day has passed; name today or a later one")
	errRunning = app.Refuse(app.Stale, "until", "例外の期限はまだ過ぎていません。", "the exception's last day has not passed")
)

// found refuses findings made by hand: what they say, a scan has seen.
func found(_ *app.Act, before, after *Finding) error {
	if before.IsNew() && after.Job.IsZero() {
		return errByHand
	}
	return nil
}

func today(a *app.Act) app.Day { return app.DayOf(civil.DateOf(a.At.Time())) }

func confirm(_ *app.Act, f *Finding, _ struct{}) error {
	if f.State != New {
		return errState
	}
	f.State = Confirmed
	return nil
}

// Correction is by when it is to be put right.
type Correction struct{ Due app.Day }

func correct(a *app.Act, f *Finding, in Correction, open OpenTicket) error {
	switch {
	case f.State != New && f.State != Confirmed:
		return errState
	case in.Due < today(a):
		return errDue
	}
	ticket, err := open(a, Request{f.Ref, f.Number, f.Department, f.Zone, in.Due})
	f.State, f.Ticket, f.Due = Correcting, ticket, in.Due
	return err
}

// Plea is what is said for an exception.
type Plea struct {
	Reason string
	Until  app.Day // its last day, in Tokyo
}

// longest is how many days an exception lasts at most.
const longest = 366

func ask(a *app.Act, f *Finding, p Plea) error {
	switch {
	case !f.Open():
		return errState
	case f.Exception == Asked || f.Exception == Approved:
		return errTwice
	case p.Until < today(a):
		return errPast
	case p.Until > today(a)+longest:
		return errLong
	}
	f.Exception, f.Reason, f.Until, f.AskedBy, f.AskedAt = Asked, p.Reason, p.Until, person(a), a.At
	f.DecidedBy, f.DecidedAt, f.Why = app.Ref{}, 0, ""
	return nil
}

func approve(a *app.Act, f *Finding, _ struct{}) error {
	switch {
	case f.Exception != Asked:
		return errAsked
	case f.AskedBy == person(a):
		return errSelf
	case f.Until < today(a):
		return errPast
	case !f.Open():
		return errState
	}
	f.State, f.Exception, f.DecidedBy, f.DecidedAt = Excepted, Approved, person(a), a.At
	return nil
}

// Refusal is why an exception is not approved.
type Refusal struct{ Why string }

func decline(a *app.Act, f *Finding, r Refusal) error {
	if f.Exception != Asked {
		return errAsked
	}
	f.Exception, f.DecidedBy, f.DecidedAt, f.Why = Declined, person(a), a.At, r.Why
	return nil
}

// withdraw ends an exception, or takes back that it was asked for.
func withdraw(_ *app.Act, f *Finding, _ struct{}) error {
	switch f.Exception {
	case Asked:
	case Approved:
		f.State = Confirmed
	default:
		return errAsked
	}
	f.Exception = Over
	return nil
}

// lapse reopens a finding whose exception has ended, between two runs.
func lapse(a *app.Act, f *Finding, _ struct{}) error {
	switch {
	case f.State != Excepted:
		return errState
	case !f.lapsed(a.At):
		return errRunning
	}
	f.reopen()
	return nil
}
