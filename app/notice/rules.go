package notice

import "daicho/app"

var (
	errStands = app.Refuse(app.Forbidden, "", "通知の内容は変更できません。", "what a notice says is never changed")
	errTo     = app.Refuse(app.Invalid, "to", "宛先がありません。宛先を入力してください。", "nobody is named; write to whom it goes")
	errPhoned = app.Refuse(app.Invalid, "way", "電話の通知ではありません。「方法」を確かめてください。", "this notice does not go by telephone; look at its way")
	errState  = app.Refuse(app.Stale, "state", "今の状態からは行えません。記録を開いて状態を確認してください。", "not possible from the state the notice is in; look at it")
)

// maxUnknown is how often a notice is sent with nobody knowing how it ended.
const maxUnknown = 2

// kept lets commands alone change a notice.
func kept(a *app.Act, before, after *Notice) error {
	if before.IsNew() {
		return drafted(a, after)
	}
	if before.To != after.To || before.Subject != after.Subject || before.Body != after.Body || before.MessageID != after.MessageID {
		return errStands
	}
	return nil
}

func drafted(a *app.Act, n *Notice) error {
	if n.Due == 0 {
		n.Due = a.At
	}
	if n.To == "" && n.Way != Desktop {
		return errTo
	}
	return nil
}

// ByPeople says whether people carry the notice, not the server.
func (n *Notice) ByPeople() bool { return n.Way == Desktop || n.Way == Phone }

// ask tells people that it is their turn.
func ask(_ *app.Act, n *Notice, _ struct{}) error {
	if n.State != Waiting || !n.ByPeople() {
		return errState
	}
	n.State = Asked
	return nil
}

// begin notes an attempt before it is made. Whoever finds one begun and not ended,
// since the server was killed, may try once more; a third copy would only annoy.
func begin(a *app.Act, n *Notice, _ struct{}) error {
	if n.State != Waiting && n.State != Sending || n.ByPeople() {
		return errState
	}
	if n.unknown() >= maxUnknown {
		n.State = Unsure
		return nil
	}
	n.State = Sending
	n.attempt(a, Begun)
	return nil
}

// attempt adds one.
func (n *Notice) attempt(a *app.Act, r Result) *Attempt {
	n.Attempts = append(n.Attempts, Attempt{At: n.next(a.At), Result: r})
	return &n.Attempts[len(n.Attempts)-1]
}

// call notes a telephone call. One that nobody answered is made again.
func call(a *app.Act, n *Notice, c Call) error {
	switch {
	case n.Way != Phone:
		return errPhoned
	case n.State != Asked && n.State != Waiting:
		return errState
	}
	t := n.attempt(a, OK)
	t.Ended = t.At
	if off := a.Clock().Err; off >= 0 {
		t.Off = int(off/1000) + 1
	}
	if c.Outcome == Silent {
		t.Result = Failed
		return nil
	}
	n.State, n.Called = Sent, c.Who
	return nil
}

// next is a time that no attempt has: it is their key.
func (n *Notice) next(at app.Stamp) app.Stamp {
	if i := len(n.Attempts); i > 0 && n.Attempts[i-1].At >= at {
		return n.Attempts[i-1].At + 1
	}
	return at
}

// unknown counts the attempts whose end nobody knows.
func (n *Notice) unknown() (count int) {
	for _, t := range n.Attempts {
		if t.Result == Begun {
			count++
		}
	}
	return count
}

// Tries are the attempts since the notice was made, or a person had it sent again: what
// was before has failed.
func (n *Notice) Tries() []Attempt {
	for i := len(n.Attempts) - 1; i >= 0; i-- {
		if n.Attempts[i].Result == Failed {
			return n.Attempts[i+1:]
		}
	}
	return n.Attempts
}

func end(a *app.Act, n *Notice, e Ending) error {
	i := len(n.Attempts) - 1
	if n.State != Sending || i < 0 {
		return errState
	}
	n.Attempts[i].Result, n.Attempts[i].Detail, n.Attempts[i].Ended = e.Result, e.Detail, max(a.At, n.Attempts[i].At)
	switch e.Result {
	case OK:
		n.State = Sent
	case Later:
		n.State, n.Due = Waiting, e.Due
	default:
		n.State = Given
	}
	return nil
}

// reached is the usual outcome of a call, which asks for nothing.
func reached(a *app.Act, n *Notice, _ struct{}) error { return call(a, n, Call{}) }

// acknowledge stops what would follow in the chain.
func acknowledge(a *app.Act, n *Notice, _ struct{}) error {
	if n.State == Acknowledged {
		return errState
	}
	n.State, n.AckBy, n.AckAt = Acknowledged, app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, a.At
	return nil
}

// spare ends what nobody needs any more.
func spare(_ *app.Act, n *Notice, _ struct{}) error {
	if n.State != Waiting && n.State != Asked {
		return errState
	}
	n.State = Spared
	return nil
}

// again is a person's decision where the program has none left.
func again(a *app.Act, n *Notice, _ struct{}) error {
	if n.State != Given && n.State != Unsure {
		return errState
	}
	for i := range n.Attempts {
		if n.Attempts[i].Result == Begun {
			n.Attempts[i].Result = Failed
		}
	}
	n.State, n.Due = Waiting, a.At
	return nil
}

// Doc is the report as the arguments of the command end.
func (e Ending) Doc() app.Doc {
	return app.Doc(nil).Patch([]app.Cell{
		{Field: "result", Now: app.TextValue(string(e.Result))},
		{Field: "detail", Now: app.TextValue(e.Detail)},
		{Field: "due", Now: app.IntValue(int64(e.Due))},
	})
}
