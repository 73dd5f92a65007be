package retention

import (
	"fmt"

	"daicho/app"
	"daicho/app/people"
)

// DisposalKind is the kind of disposals.
const DisposalKind app.Kind = "disposal"

// Disposal is one document that somebody proposes to dispose of, and what became of that.
// It says of the document what stays of it: number, title and dates.
type Disposal struct {
	app.Head
	Document     app.Ref
	PaperNo      string
	Title        string
	Class        string
	Issued       app.Day
	Completed    app.Day
	Expires      app.Day
	Reason       string
	State        State
	By           app.Ref // who proposed it
	At           app.Stamp
	DecidedBy    app.Ref
	DecidedAt    app.Stamp
	Why          string // it was declined
	Disposed     app.Day
	Zone         app.Zone
	Organisation app.Ref
}

// State is where a disposal stands.
type State string

// The states.
const (
	Proposed  State = ""
	Done      State = "done"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
)

// Decline is why somebody does not approve.
type Decline struct{ Why string }

func disposals(shelf Shelf) *app.Register[Disposal] {
	return Disposals.Can(
		app.Do("approve", "承認して廃棄する", "Approve and dispose", approve(shelf)).Saw("state", "document", "expires").Finally(
			"承認すると、この文書の本文・添付・版が、サーバーと全ての端末から消去されます。番号・文書名・日付だけが残ります。元に戻すことはできません。",
			"Approving erases the text, the files and the versions of this document at the server and on every device. Its number, title and dates alone stay. Nobody can take that back."),
	).Rule(proposed(shelf))
}

// Disposals is the register of disposals (廃棄目録), without what touches documents:
// [Module] adds that.
var Disposals = app.Describe(DisposalKind, "文書の廃棄", "Disposals",
	app.Link("document", "文書", "Document", documentKind, func(d *Disposal) *app.Ref { return &d.Document }).Must().Index(),
	app.Text("paper_no", "文書番号", "Document number", func(d *Disposal) *string { return &d.PaperNo }).ByRule().Search().Index(),
	app.Text("title", "文書名", "Title", func(d *Disposal) *string { return &d.Title }).ByRule().Search().Index(),
	app.Text("class", "保存期間", "Retention", func(d *Disposal) *string { return &d.Class }).ByRule(),
	app.On("issued", "発行日", "Issued", func(d *Disposal) *app.Day { return &d.Issued }).ByRule(),
	app.On("completed", "完結日", "Completed on", func(d *Disposal) *app.Day { return &d.Completed }).ByRule(),
	app.On("expires", "保存期間満了日", "Kept until", func(d *Disposal) *app.Day { return &d.Expires }).ByRule().Index(),
	app.Long("reason", "理由", "Why", func(d *Disposal) *string { return &d.Reason }).Seal(),
	app.One("state", "状態", "State", func(d *Disposal) *State { return &d.State }, app.First(Proposed, "proposed", "承認待ち", "Waits for approval"),
		app.Is(Done, "廃棄済", "Disposed of"), app.Is(Declined, "却下", "Declined"), app.Is(Withdrawn, "取下げ", "Withdrawn")).ByRule().Index(),
	app.Link("by", "提案者", "Proposed by", app.PersonKind, func(d *Disposal) *app.Ref { return &d.By }).ByRule().Index(),
	app.At("at", "提案日時", "Proposed at", func(d *Disposal) *app.Stamp { return &d.At }).ByRule().Index(),
	app.Link("decided_by", "決定者", "Decided by", app.PersonKind, func(d *Disposal) *app.Ref { return &d.DecidedBy }).ByRule(),
	app.At("decided_at", "決定日時", "Decided at", func(d *Disposal) *app.Stamp { return &d.DecidedAt }).ByRule(),
	app.Long("why", "却下の理由", "Why it was declined", func(d *Disposal) *string { return &d.Why }).ByRule().Seal(),
	app.On("disposed", "廃棄日", "Disposed of", func(d *Disposal) *app.Day { return &d.Disposed }).ByRule().Index(),
	app.One("zone", "領域", "Zone", func(d *Disposal) *app.Zone { return &d.Zone }, app.Zones...).ByRule(),
	app.Link("organisation", "閲覧を限る組織", "Read by organisation", people.OrganisationKind, func(d *Disposal) *app.Ref { return &d.Organisation }).ByRule(),
).Clause("3.1.2").Zoned(func(d *Disposal) app.Zone { return d.Zone }).Of(func(d *Disposal) app.ID { return d.Organisation.ID }).Can(
	app.Do("decline", "却下する", "Decline", decline,
		app.Long("why", "却下の理由", "Why", func(d *Decline) *string { return &d.Why }).Must().Seal()).Saw("state"),
	app.Do("withdraw", "取り下げる", "Withdraw", withdraw).Saw("state"),
).Lists(
	app.Listed("proposed", "承認待ち", "Waiting", app.Where("state", "=", string(Proposed))).By("expires"),
	app.Listed("done", "廃棄目録", "Disposed of", app.Where("disposed", ">", int64(0))).Newest("disposed"),
	app.Listed("all", "全て", "All").Newest("at"),
)

var (
	errFixed   = app.Refuse(app.Forbidden, "", "廃棄の提案は変更できません。取り下げてから、新しく提案してください。", "a proposal never changes; withdraw it and propose anew")
	errNever   = app.Refuse(app.Invalid, "document", "保存期間の満了日が決まっていない文書です。保存期間と完結日を確認してください。", "nothing says until when the document is kept; look at its retention and the day on which it was completed")
	errTwice   = app.Refuse(app.Stale, "document", "この文書の廃棄は既に提案されています。", "its disposal was proposed already")
	errThere   = app.Refuse(app.Stale, "document", "この文書は既に廃棄されています。", "the document was disposed of already")
	errOpen    = app.Refuse(app.Stale, "document", "作成中または審査中の版がある文書は廃棄できません。版の処理を終えてください。", "a version of the document is being written or judged; end that first")
	errSelf    = app.Refuse(app.Forbidden, "", "自分の提案を承認することはできません。別の承認者に依頼してください。", "nobody approves what he proposed himself; ask another approver")
	errDecided = app.Refuse(app.Stale, "state", "この提案は既に決定しているか、取り下げられています。", "this proposal was decided or withdrawn already")
	errMine    = app.Refuse(app.Forbidden, "", "取り下げられるのは、提案した本人だけです。", "only the person who proposed can withdraw it")
	errChanged = app.Refuse(app.Stale, "expires", "提案の後に、文書の保存期間が変更されています。却下し、改めて提案を受けてください。", "the retention of the document was changed after that; decline this and have it proposed anew")
)

// proposed takes over what stays of the document. One that is held, or still kept, is
// refused here already.
func proposed(shelf Shelf) func(*app.Act, *Disposal, *Disposal) error {
	return func(a *app.Act, before, after *Disposal) error {
		if !before.IsNew() {
			if before.Document != after.Document || before.Reason != after.Reason && !after.IsErased() {
				return errFixed
			}
			return nil
		}
		p, err := disposable(a, shelf, after.Document)
		if err != nil {
			return err
		}
		refs, err := a.Linked(after.Document, DisposalKind)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			_, r, err := a.Load(ref)
			if err != nil {
				return err
			}
			if d := r.(*Disposal); d.Ref != after.Ref && d.State == Proposed {
				return errTwice
			}
		}
		after.By, after.At = me(a), a.At
		after.PaperNo, after.Title, after.Class, after.Issued = p.Number, p.Title, p.Class, p.Issued
		after.Completed, after.Expires, after.Zone, after.Organisation = p.Completed, p.Expires, p.Zone, p.Organisation
		return Free(a, []app.Ref{after.Document})
	}
}

// disposable is what stays of a document that may be disposed of today.
func disposable(a *app.Act, shelf Shelf, ref app.Ref) (Paper, error) {
	p, err := shelf.Paper(a, ref)
	switch {
	case err != nil:
		return p, err
	case p.Disposed != 0:
		return p, errThere
	case p.Expires == 0:
		return p, errNever
	case day(a.At) <= p.Expires:
		last := p.Expires.Civil()
		return p, app.Refuse(app.Invalid, "document", fmt.Sprintf("この文書は%sまで保存します。満了日の翌日から廃棄できます。", last.Wareki()),
			fmt.Sprintf("the document is kept until %s; it can be disposed of from the day after", last))
	case p.Open:
		return p, errOpen
	}
	return p, nil
}

// approve is the decision. Its change is what erases: nothing that is held, nor what is
// to be kept longer by now.
func approve(shelf Shelf) func(*app.Act, *Disposal, struct{}) error {
	return func(a *app.Act, d *Disposal, _ struct{}) error {
		switch {
		case d.State != Proposed:
			return errDecided
		case d.By == me(a):
			return errSelf
		}
		p, err := disposable(a, shelf, d.Document)
		switch {
		case err != nil:
			return err
		case p.Expires != d.Expires || p.Class != d.Class || p.Completed != d.Completed:
			return errChanged
		}
		refs, err := a.Erase(d.Document)
		if err != nil {
			return err
		}
		if err = Free(a, refs); err != nil {
			return err
		}
		d.PaperNo, d.Title, d.Issued, d.Disposed = p.Number, p.Title, p.Issued, day(a.At)
		d.decide(a, Done)
		return shelf.Dispose(a, d.Document)
	}
}

func decline(a *app.Act, d *Disposal, in Decline) error {
	if d.State != Proposed {
		return errDecided
	}
	d.Why = in.Why
	d.decide(a, Declined)
	return nil
}

func withdraw(a *app.Act, d *Disposal, _ struct{}) error {
	switch {
	case d.State != Proposed:
		return errDecided
	case d.By != me(a):
		return errMine
	}
	d.decide(a, Withdrawn)
	return nil
}

func (d *Disposal) decide(a *app.Act, s State) {
	d.State, d.DecidedBy, d.DecidedAt = s, me(a), a.At
}

// Propose proposes to dispose of a document.
func Propose(a *app.Act, document app.Ref, reason string) {
	d := Disposals.Draft(a.NewID())
	d.Document, d.Reason = document, reason
	a.Save(d)
}
