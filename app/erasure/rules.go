package erasure

import "daicho/app"

var (
	errFixed = app.Refuse(app.Forbidden, "", "消去の請求は変更できません。取り下げてから、新しく請求してください。", "a request is never changed; withdraw it and ask anew")
	errTwice = app.Refuse(app.Invalid, "about", "消去の記録そのものは消去できません。別の記録を指定してください。", "what tells of an erasure cannot be erased; name another record")
	errSelf  = app.Refuse(app.Forbidden, "", "自分の請求を承認することはできません。別の承認者に依頼してください。", "nobody approves what he asked for himself; ask another approver")
	errDone  = app.Refuse(app.Stale, "state", "この請求は既に決定しているか、取り下げられています。", "this request was decided or withdrawn already")
	errMine  = app.Refuse(app.Forbidden, "", "取り下げられるのは、請求した本人だけです。", "only the person who asked can withdraw a request")
)

func person(a *app.Act) app.Ref { return app.Ref{Kind: app.PersonKind, ID: a.Actor.ID} }

// ask notes who asked, and keeps what was asked for as it was: it must be what
// another person approves.
func ask(a *app.Act, before, after *Erasure) error {
	if !before.IsNew() {
		if before.About != after.About || before.Basis != after.Basis || before.Reason != after.Reason {
			return errFixed
		}
		return nil
	}
	if after.About.Kind == Kind {
		return errTwice
	}
	if _, _, err := a.Load(after.About); err != nil && !a.WasErased(after.About) {
		return err // what was erased may come back later to a restored server
	}
	zone, err := a.ZoneOf(after.About)
	after.By, after.At, after.Zone = person(a), a.At, zone
	return err
}

// approve is the decision. Its change is what erases.
func approve(free Free) func(*app.Act, *Erasure, struct{}) error {
	return func(a *app.Act, e *Erasure, _ struct{}) (err error) {
		switch {
		case e.State != Asked:
			return errDone
		case e.By == person(a):
			return errSelf
		}
		if e.Erased, err = a.Erase(e.About); err != nil {
			return err
		}
		if err = free(a, e.Erased); err != nil {
			return err
		}
		e.decide(a, Approved)
		return nil
	}
}

func decline(a *app.Act, e *Erasure, d Decline) error {
	if e.State != Asked {
		return errDone
	}
	e.Why = d.Why
	e.decide(a, Declined)
	return nil
}

func withdraw(a *app.Act, e *Erasure, _ struct{}) error {
	switch {
	case e.State != Asked:
		return errDone
	case e.By != person(a):
		return errMine
	}
	e.decide(a, Withdrawn)
	return nil
}

func (e *Erasure) decide(a *app.Act, state State) {
	e.State, e.DecidedBy, e.DecidedAt = state, person(a), a.At
}
