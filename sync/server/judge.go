package server

import (
	"errors"

	"daicho/app"
)

// maxAhead is how far in the future a device's clock may claim to be, in milliseconds.
const maxAhead = 5 * 60_000

// Unreadable is the kind that an outcome names where a change cannot be read
// at all: it is quarantined, and every replica hears that it is there.
const Unreadable app.Kind = "unreadable"

// maxBehind is how long before its receipt a change can have been made, in
// milliseconds: longer than any device may stay offline. A clock that lost its
// battery begins in 1970, and a number of that fiscal year could never be
// taken back.
const maxBehind = 400 * 24 * 60 * 60_000

// trusted is when a change counts as made: by its device's corrected clock, if
// that can be.
func trusted(claimed, received app.Stamp) app.Stamp {
	if claimed > received || received-claimed > maxBehind {
		return received
	}
	return claimed
}

var (
	errNotItsOwn = app.Refuse(app.Damaged, "", "変更に書かれた端末または番号が、署名と一致しません。", "the change names another device or number than its signature")
	errAuthor    = app.Refuse(app.Forbidden, "", "この端末は別の人に登録されています。ご自身の端末で操作してください。", "the device is enrolled for another person than the author")
	errBroken    = app.Refuse(app.Invalid, "", "規則がこの変更を処理できませんでした。変更は保管しています。管理者に連絡してください。", "a rule failed on this change; the change is kept; ask the administrator")
	errKeyless   = app.Refuse(app.Damaged, "", "封をした値の鍵がサーバーに届いていません。", "the key of a sealed value never reached the server")
)

// judge gives one change its place in the order and says a verdict. An error
// is a failure of the machine, never one of the change.
func (in *intake) judge(d *Device, seq uint64, p Point, body []byte) error {
	gsn, err := in.tx.Count(counterGSN, 1)
	if err != nil {
		return err
	}
	in.moves = nil
	o := &app.Outcome{GSN: gsn, Device: d.ID, Seq: seq, Author: d.Person, At: in.at, Received: in.at, Err: app.Unknown}
	c, err := in.read(d, seq, p, body)
	o.Ref, o.Command = c.Ref, c.Command
	if err != nil {
		o.Verdict = app.Quarantined
	} else {
		o.At, o.Claimed = in.before.when(trusted(c.Clock.Corrected(), in.at)), c.Clock.Wall
		c.Clock.Err = c.Clock.Vouched(o.At)
		o.Err = c.Clock.Err
		o.Verdict, err = in.decide(o, c)
	}
	if err = explain(o, err); err != nil {
		return err
	}
	in.verdicts = append(in.verdicts, o.Verdict)
	in.last = o
	return in.append(o, p, body)
}

// explain puts a refusal into an outcome and returns every other error.
func explain(o *app.Outcome, err error) error {
	var e *app.Error
	if err == nil || !errors.As(err, &e) || e.Code == app.Failed {
		return err
	}
	o.Code, o.Field, o.Say = e.Code, e.Field, e.Say
	return nil
}

// read decodes a change. One that cannot be read whole comes back with its
// error, and with as much of it as can.
func (in *intake) read(d *Device, seq uint64, p Point, body []byte) (*app.Change, error) {
	c, err := in.ahead.of(body), error(nil)
	if c == nil || in.reread {
		c, err = app.DecodeChange(body, in.keys)
	}
	if err != nil {
		var blindly error
		if c, blindly = app.DecodeChange(body, blind{}); blindly != nil {
			c = &app.Change{Ref: app.Ref{Kind: Unreadable, ID: app.DerivedID(p.Body)}}
		}
		return c, err
	}
	if c.Device != d.ID || c.Seq != seq {
		return c, errNotItsOwn
	}
	return c, nil
}

// decide asks the rules and keeps what they say. A refusal leaves no trace in
// rows, numbers and keys.
func (in *intake) decide(o *app.Outcome, c *app.Change) (app.Verdict, error) {
	if c.Author != o.Author && c.Author != app.LocalAuthor(c.Device) {
		return app.Rejected, errAuthor
	}
	c.Author = o.Author
	c.HLC = c.HLC.Clamp(in.at + maxAhead)
	numbers := &numbers{tx: in.tx, given: map[string]int64{}, kept: in.before.numbers}
	ticks := &ticks{tx: in.tx}
	act := &app.Act{Actor: app.Actor{ID: o.Author}, At: o.At, View: in.tx, Issue: numbers.issue, Last: numbers.last, Tick: ticks.last, Erased: ticks.erased}
	decision, err := in.ask(act, c)
	if ticks.err != nil {
		return "", ticks.err
	}
	if err != nil {
		return refusal(err), err
	}
	if err = in.keep(o, c, ticks, decision.Effects); err != nil {
		return "", err
	}
	if err = numbers.settle(o.GSN); err != nil {
		return "", err
	}
	if err = in.erase(o, decision.Erased); err != nil {
		return "", err
	}
	if len(decision.Conflicts) > 0 {
		return app.Contested, nil
	}
	return app.Accepted, nil
}

// refusal is the verdict on an error of the rules.
func refusal(err error) app.Verdict {
	if errors.Is(err, errBroken) {
		return app.Quarantined
	}
	return app.Rejected
}

// ask runs the rules. One that panics must not stop the queue of everybody. A
// right that is missing is told before all that the rules say: their words about
// a record are for those who may touch it.
func (in *intake) ask(a *app.Act, c *app.Change) (d app.Decision, err error) {
	defer func() {
		if recover() != nil {
			err = errBroken
		}
	}()
	d, err = in.book.Decide(a, c)
	if refused := in.permit(c, d.Effects); refused != nil {
		return app.Decision{}, refused
	}
	return d, err
}
