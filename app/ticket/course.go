package ticket

import (
	"daicho/app"
	"daicho/app/sla"
)

var (
	errClosed = app.Refuse(app.Stale, "state", "完了した問い合わせには行えません。差し戻してから実行してください。", "the ticket is closed; return it first")
	errOpen   = app.Refuse(app.Stale, "state", "まだ完了していません。完了にしてから確認を記録してください。", "the ticket is not closed yet; close it, then record who confirmed")
	errItself = app.Refuse(app.Invalid, "into", "自分自身には統合できません。統合先の問い合わせを選び直してください。", "a ticket cannot be merged into itself; name another")
	errKind   = app.Refuse(app.Invalid, "into", "統合先は問い合わせではありません。統合先を選び直してください。", "that is no ticket; name another")
	errChain  = app.Refuse(app.Invalid, "into", "統合先は、既に別の問い合わせに統合されています。最終の統合先を選んでください。", "that ticket was merged into another itself; take the last one")
)

// Said is an entry that a command writes.
type Said struct{ Text string }

// Wait is who is awaited, and what for.
type Wait struct {
	Party sla.Party // empty: the city, whose staff asked
	Text  string
}

// Triage is what was found out.
type Triage struct {
	Text   string
	OnSite Need
}

// Handover is who goes on with it.
type Handover struct{ To, Text string }

// Merge is which inquiry another is the same as.
type Merge struct{ Into app.Ref }

// StaffAct is what the city's staff had to do.
type StaffAct struct {
	Text string
	Need Need
}

// Confirmation is who of the city confirmed that it is done.
type Confirmation struct{ Who string }

// course are the commands that write the course of an inquiry.
func course() []app.Command[Ticket] {
	text := func(ja, en string) app.Field[Said] {
		return app.Long("text", ja, en, func(s *Said) *string { return &s.Text }).Must().Seal()
	}
	return []app.Command[Ticket]{
		app.Do("answer", "回答する", "Answer", answer, text("回答", "Answer")).Saw("state"),
		app.Do("triage", "切り分ける", "Triage", triage,
			app.Long("text", "切り分け結果", "Result", func(t *Triage) *string { return &t.Text }).Must().Seal(),
			app.One("on_site", "現地要否", "Visit needed", func(t *Triage) *Need { return &t.OnSite }, app.Is(Needed, "要", "Needed"), app.Is(Needless, "不要", "Not needed"))).Saw("state"),
		app.Do("hand_over", "引き継ぐ", "Hand over", handOver,
			app.Text("to", "引き継ぎ先", "To", func(h *Handover) *string { return &h.To }).Must().Seal(),
			app.Long("text", "引き継ぎ事項", "What to know", func(h *Handover) *string { return &h.Text }).Must().Seal()).Saw("state"),
		app.Do("staff", "職員対応を記録する", "City staff acted", staff,
			app.Long("text", "職員が行ったこと", "What they did", func(s *StaffAct) *string { return &s.Text }).Must().Seal(),
			app.One("need", "要否", "Needed", func(s *StaffAct) *Need { return &s.Need }, app.Is(Needed, "必要だった", "Needed"), app.Is(Needless, "不要だった", "Not needed"))),
		app.Do("merge", "統合する", "Merge", merge,
			app.Link("into", "統合先", "Into", Kind, func(m *Merge) *app.Ref { return &m.Into }).Must()).Saw("state"),
		app.Do("confirm", "確認を受けた", "Confirmed", confirm,
			app.Text("who", "確認した担当者", "Confirmed by", func(c *Confirmation) *string { return &c.Who }).Must().Seal()).Saw("state", "confirmed"),
	}
}

// note writes an entry of the course.
func (t *Ticket) note(a *app.Act, sort Sort, text string) *Note {
	n := Notes.Draft(a.NewID())
	n.About, n.Sort, n.Text = t.Ref, sort, text
	a.Save(n)
	return n
}

// responds notes when somebody first did something about it.
func (t *Ticket) responds(a *app.Act) {
	if t.FirstResponse == 0 {
		t.FirstResponse = a.At
	}
}

// resume ends a wait, if there is one.
func (t *Ticket) resume(a *app.Act) {
	if t.Awaits != "" {
		t.Awaits = ""
		t.note(a, Resumed, "対応を再開した。")
	}
}

// finish ends the course, until somebody re-opens it.
func (t *Ticket) finish(a *app.Act) {
	t.resume(a)
	t.ClosedAt = a.At
	t.note(a, Finished, "完了にした。")
}

func start(a *app.Act, t *Ticket, _ struct{}) error {
	if err := t.moveTo(Working, Open, Waiting, Returned); err != nil {
		return err
	}
	t.responds(a)
	t.resume(a)
	return nil
}

func wait(a *app.Act, t *Ticket, w Wait) error {
	if err := t.moveTo(Waiting, Open, Working, Dispatched); err != nil {
		return err
	}
	if w.Party == "" {
		w.Party = sla.City
	}
	if w.Text == "" {
		w.Text = w.Party.Label().JA + "の対応を待つ。"
	}
	t.Awaits = w.Party
	t.note(a, Waited, w.Text).Party = w.Party
	return nil
}

func giveBack(a *app.Act, t *Ticket, _ struct{}) error {
	closed := t.State == Closed
	if err := t.moveTo(Returned, Working, Dispatched, Waiting, Closed); err != nil {
		return err
	}
	t.resume(a)
	if closed {
		t.Reopened++
		t.MergedInto, t.ConfirmedBy, t.ConfirmedAt = app.Ref{}, "", 0
		t.note(a, Reopened, "完了を取り消し、再開した。")
	}
	return nil
}

func answer(a *app.Act, t *Ticket, s Said) error {
	if t.State == Closed {
		return errClosed
	}
	t.responds(a)
	t.Answer = s.Text
	t.note(a, Answered, s.Text)
	return nil
}

func triage(a *app.Act, t *Ticket, in Triage) error {
	if t.State == Closed {
		return errClosed
	}
	t.responds(a)
	t.Triage, t.OnSite = in.Text, in.OnSite
	t.note(a, Triaged, in.Text)
	return nil
}

func handOver(a *app.Act, t *Ticket, h Handover) error {
	if t.State == Closed {
		return errClosed
	}
	t.responds(a)
	t.HandedTo, t.HandedAt = h.To, a.At
	t.note(a, Handed, h.To+"へ引き継ぎ: "+h.Text)
	return nil
}

func staff(a *app.Act, t *Ticket, s StaffAct) error {
	t.note(a, Staff, s.Text).Need = s.Need
	return nil
}

// merge closes an inquiry that is the same as another. It stays with all that stands
// in it, and links there.
func merge(a *app.Act, t *Ticket, m Merge) error {
	if t.State == Closed {
		return errClosed
	}
	if m.Into == t.Ref {
		return errItself
	}
	_, other, err := a.Load(m.Into)
	if err != nil {
		return err
	}
	into, ok := other.(*Ticket)
	if !ok {
		return errKind
	}
	if !into.MergedInto.IsZero() {
		return errChain
	}
	t.State, t.MergedInto = Closed, m.Into
	t.note(a, Merged, into.Number+"へ統合した。")
	t.finish(a)
	into.note(a, Merged, t.Number+"を統合した。")
	return nil
}

func confirm(a *app.Act, t *Ticket, c Confirmation) error {
	if t.State != Closed {
		return errOpen
	}
	t.ConfirmedBy, t.ConfirmedAt = c.Who, a.At
	return nil
}
