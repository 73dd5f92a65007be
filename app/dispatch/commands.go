package dispatch

import (
	"slices"

	"daicho/app"
	"daicho/app/sla"
)

var (
	errWish  = app.Refuse(app.Invalid, "wished", "希望時間は「希望時間を変更する」で変更してください。変更の履歴が残ります。", "change the wished time by the command; it keeps the history")
	errMoved = app.Refuse(app.Invalid, "ticket", "現地対応を別の問い合わせに移すことはできません。取り消して、新しく手配してください。", "a visit stays with its ticket; cancel it and ask for another")
	errSite  = app.Refuse(app.Invalid, "site", "駆けつけた後に拠点は変更できません。", "the site cannot change once somebody has arrived")
	errState = app.Refuse(app.Stale, "state", "今の状態からは行えません。現地対応を開いて状態を確認してください。", "not possible from the state the visit is in; look at it")
	errWork  = app.Refuse(app.Invalid, "work", "作業内容がありません。作業内容を入力してから完了にしてください。", "what was done is missing; write it, then end the visit")
	errAway  = app.Refuse(app.Invalid, "photos", "不在の証拠がありません。写真などを添付してから記録してください。", "there is no evidence that nobody was there; attach a photo first")
	errSign  = app.Refuse(app.Invalid, "typed", "署名がありません。画面に署名するか、「署名に代えて氏名で確認」を選んでください。", "there is no signature; sign on the screen, or confirm by the name alone")
)

// typedNote says how the work was confirmed where nobody signed.
const typedNote = "署名に代えて氏名の入力で確認"

// When is the time that a person says of a step; none: now.
type When struct {
	sla.Saying
	Note string
}

// NewWish is another time that is wished for.
type NewWish struct {
	At  app.Stamp
	Who string
}

// Confirmation is who confirmed the work, and how.
type Confirmation struct {
	Who   string
	Typed bool // by the name alone, where nobody can sign
}

// Reason is why a visit is not made.
type Reason struct{ Reason string }

// sending tells the inquiry of a new visit.
func sending(send Send) func(*app.Act, *Visit, *Visit) error {
	return func(a *app.Act, before, after *Visit) error {
		if !before.IsNew() {
			return nil
		}
		return send(a, after.Ticket, after.Engineer, after.Wished)
	}
}

// commands are what people do with a visit.
func commands() []app.Command[Visit] {
	return []app.Command[Visit]{
		app.Do("wish", "希望時間を変更する", "Change the wish", wish,
			app.At("at", "希望時間", "Wished time", func(w *NewWish) *app.Stamp { return &w.At }).Must(),
			app.Text("who", "希望した者", "Wished by", func(w *NewWish) *string { return &w.Who }).Must().Seal()).Saw("wished"),
		app.Do("depart", "出発した", "Left", walk(Depart, OnTheWay, Asked, Remotely), when()...).Saw("state"),
		app.Do("arrive", "到着した", "Arrived", arrive, when()...).Saw("state"),
		app.Do("begin", "作業を始めた", "Began", walk(Begin, Working, There), when()...).Saw("state"),
		app.Do("remote", "遠隔で着手した", "Began from afar", walk(Remote, Remotely, Asked), when()...).Saw("state"),
		app.Do("absent", "不在だった", "Nobody was there", absent, when()...).Saw("state"),
		app.Do("finish", "完了した", "Done", finish, when()...).Saw("state", "work"),
		app.Do("confirm", "確認を受けた", "Confirmed", confirm,
			app.Text("who", "確認者", "Confirmed by", func(c *Confirmation) *string { return &c.Who }).Must().Seal(),
			app.Bool("typed", "署名に代えて氏名で確認", "By the name alone", func(c *Confirmation) *bool { return &c.Typed })).Saw("state", "confirmed"),
		app.Do("cancel", "取り消す", "Cancel", cancel,
			app.Long("reason", "理由", "Why", func(r *Reason) *string { return &r.Reason }).Must().Seal()).Saw("state"),
	}
}

// when are the arguments of a step.
func when() []app.Field[When] {
	return []app.Field[When]{
		app.At("at", "日時（空欄は現在）", "Time (empty: now)", func(w *When) *app.Stamp { return &w.At }),
		app.Int("error", "日時の誤差（秒）", "Error of the time (s)", func(w *When) *int { return &w.Error }).Range(0, 86_400),
		app.Long("note", "備考", "Note", func(w *When) *string { return &w.Note }).Seal(),
	}
}

// wishes keeps the history of the wished time, from the first on.
func wishes(a *app.Act, before, after *Visit) error {
	switch {
	case before.IsNew():
		s := after.step(a, Wish, sla.Tap(a.At, a.Clock()))
		s.Wish, s.Who = after.Wished, after.WishedBy
	case before.Ticket != after.Ticket:
		return errMoved
	case before.Site != after.Site && before.Arrived != 0:
		return errSite
	case before.Wished != after.Wished && a.Command() != "wish":
		return errWish
	}
	return nil
}

func wish(a *app.Act, v *Visit, w NewWish) error {
	if v.State == Done || v.State == Cancelled {
		return errState
	}
	v.Wished, v.WishedBy = w.At, w.Who
	s := v.step(a, Wish, sla.Tap(a.At, a.Clock()))
	s.Wish, s.Who = w.At, w.Who
	return nil
}

// walk makes an arrow: to one state, from some.
func walk(what What, to State, from ...State) func(*app.Act, *Visit, When) error {
	return func(a *app.Act, v *Visit, w When) error {
		_, err := v.walk(a, w, what, to, from...)
		return err
	}
}

func (v *Visit) walk(a *app.Act, w When, what What, to State, from ...State) (*Step, error) {
	if !slices.Contains(from, v.State) {
		return nil, errState
	}
	told, err := sla.Tell(w.Saying, a.At, a.Clock())
	if err != nil {
		return nil, err
	}
	v.State = to
	s := v.step(a, what, told)
	s.Note = w.Note
	return s, nil
}

func arrive(a *app.Act, v *Visit, w When) error {
	s, err := v.walk(a, w, Arrive, There, Asked, OnTheWay, Remotely)
	if err == nil {
		v.Arrived = s.At
	}
	return err
}

// absent records that nobody was there, which the evidence must show.
func absent(a *app.Act, v *Visit, w When) error {
	if len(v.Photos) == 0 {
		return errAway
	}
	_, err := v.walk(a, w, Absent, There, There)
	return err
}

func finish(a *app.Act, v *Visit, w When) error {
	if v.Work == "" {
		return errWork
	}
	s, err := v.walk(a, w, Finish, Done, There, Working, Remotely)
	if err == nil {
		v.Ended = s.At
	}
	return err
}

func confirm(a *app.Act, v *Visit, c Confirmation) error {
	switch {
	case v.State != Done || v.Confirmed != "":
		return errState
	case len(v.Signature) == 0 && !c.Typed:
		return errSign
	}
	v.Confirmed = c.Who
	s := v.step(a, Confirm, sla.Tap(a.At, a.Clock()))
	if s.Who = c.Who; c.Typed {
		s.Note = typedNote
	}
	return nil
}

func cancel(a *app.Act, v *Visit, r Reason) error {
	if v.State == Done || v.State == Cancelled {
		return errState
	}
	v.State = Cancelled
	v.step(a, Cancel, sla.Tap(a.At, a.Clock())).Note = r.Reason
	return nil
}
