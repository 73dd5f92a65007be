package document

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/people"
)

// typeKind stands for a type of documents in links; there are no records of it.
const typeKind app.Kind = "document_type"

// usualDays is how long a step may take where no flow says otherwise.
const usualDays = 5

var (
	errNoStep   = app.Refuse(app.Invalid, "", "承認経路には、少なくとも一つの段階が必要です。", "a flow needs a step")
	errOrder    = app.Refuse(app.Invalid, "until", "終了日が開始日より前です。日付を確認してください。", "the last day is before the first")
	errSelf     = app.Refuse(app.Invalid, "delegate", "自分に委任することはできません。", "nobody delegates to himself")
	errNotMine  = app.Refuse(app.Forbidden, "", "委任を取り消せるのは、委任した本人だけです。", "only who delegated may revoke")
	errRevoked  = app.Refuse(app.Stale, "revoked", "この委任は既に取り消されています。", "it is revoked already")
	errGiven    = app.Refuse(app.Forbidden, "", "委任は変更できません。取り消してから、新しく登録してください。", "a delegation is never changed; revoke it and enter another")
	errNotDraft = app.Refuse(app.Stale, "state", "作成中の版だけを回付できます。", "only a draft can be submitted")
	errAuthor   = app.Refuse(app.Forbidden, "", "回付できるのは、この版の作成に加わった者だけです。", "only an author may submit it")
	errEmpty    = app.Refuse(app.Invalid, "body", "本文も添付もない版は回付できません。", "there is neither text nor a file in it")
	errMarks    = app.Refuse(app.Invalid, "body", "統合で重なった箇所が残っています。どちらかを選んで、印の行を消してください。", "what overlapped still stands there twice; settle it and take the marks out")
	errIdle     = app.Refuse(app.Stale, "state", "この版は審査・承認待ちではありません。", "nobody has to review or approve it now")
	errUnasked  = app.Refuse(app.Stale, "state", "承認されていない版は発行できません。回付して、全ての承認を受けてください。", "it is not approved; submit it and have every step approve it")
	errOver     = app.Refuse(app.Stale, "state", "この版は既に終わっています。", "it is done with already")
)

func whole(_ *app.Act, _, f *Flow) error {
	f.Of = typeRef(f.Type)
	if !f.Review1 && !f.Review2 && !f.Vendor && !f.City {
		return errNoStep
	}
	return nil
}

func typeRef(t Type) app.Ref {
	return app.Ref{Kind: typeKind, ID: app.DerivedID(sha256.Sum256([]byte("daicho-document-type-1" + t)))}
}

// flowOf is how revisions of a type go.
func flowOf(a *app.Act, t Type) (*Flow, error) {
	for _, of := range []Type{t, ""} {
		refs, err := a.Linked(typeRef(of), FlowKind)
		if err != nil {
			return nil, err
		}
		if n := len(refs); n > 0 {
			return app.Get(a, Flows, refs[n-1])
		}
	}
	return usual(t), nil
}

// usual is how revisions go where no flow says otherwise: minutes are checked by the
// contractor and confirmed by the city, all else is reviewed twice before.
func usual(t Type) *Flow {
	reviewed := t != Minutes
	return &Flow{Review1: reviewed, Review2: reviewed, Vendor: true, City: true}
}

// order is the one that the steps have.
var order = []Step{Draft, Review1, Review2, Vendor, City}

// rank is a step's place; −1 for the ends.
func rank(s Step) int { return slices.Index(order, s) }

// after is the step that follows another; [Passed] after the last.
func (f *Flow) after(s Step) Step {
	asked := map[Step]bool{Review1: f.Review1, Review2: f.Review2, Vendor: f.Vendor, City: f.City}
	for _, next := range order[rank(s)+1:] {
		if asked[next] {
			return next
		}
	}
	return Passed
}

// roles are who may do a step.
var roles = map[Step]access.Roles{
	Review1: {access.Reviewer1}, Review2: {access.Reviewer2}, Vendor: {access.PM, access.PhaseLeader}, City: {access.CityApprover},
}

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }

func delegated(a *app.Act, before, after *Delegation) error {
	if !before.IsNew() {
		if before.To != after.To || before.Step != after.Step || before.Since != after.Since || before.Until != after.Until {
			return errGiven
		}
		return nil
	}
	after.From = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	switch {
	case after.Until < after.Since:
		return errOrder
	case after.To == after.From:
		return errSelf
	}
	return nil
}

func takeBack(a *app.Act, d *Delegation, _ struct{}) error {
	switch {
	case d.From.ID != a.Actor.ID:
		return errNotMine
	case d.RevokedAt != 0:
		return errRevoked
	}
	d.RevokedAt = a.At
	return nil
}

// mandate says by what right the actor does a step: his own role, or that of who
// delegated it to him. A device that does not know enough leaves it to the server.
func mandate(a *app.Act, s Step) (from app.Ref, err error) {
	own, known, err := people.Holds(a.View, a.Actor.ID, roles[s], a.At)
	if err != nil || own || !known && !a.Decides() {
		return app.Ref{}, err
	}
	refs, err := a.Linked(app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, DelegationKind)
	if err != nil {
		return app.Ref{}, err
	}
	for _, ref := range refs {
		d, err := get[Delegation](a, DelegationKind, ref)
		if err != nil {
			return app.Ref{}, err
		}
		if !d.counts(a, s) {
			continue
		}
		held, known, err := people.Holds(a.View, d.From.ID, roles[s], a.At)
		if err != nil || held || !known && !a.Decides() {
			return d.From, err
		}
	}
	return app.Ref{}, errNoMandate(s)
}

func errNoMandate(s Step) error {
	word, role := app.Label{}, app.Label{}
	for _, c := range Approvals.About().Fields {
		for _, o := range c.Choices {
			if c.Name == "step" && o.Value == string(s) {
				word = o.Label
			}
		}
	}
	for _, c := range people.Grants.About().Fields {
		for _, o := range c.Choices {
			if c.Name == "role" && o.Value == string(roles[s][0]) {
				role = o.Label
			}
		}
	}
	return app.Refuse(app.Forbidden, "", fmt.Sprintf("%sができるのは「%s」の役割を持つ者か、その委任を受けた者だけです。", word.JA, role.JA),
		fmt.Sprintf("this step (%s) needs the role %s, or its delegation", word.EN, role.EN))
}

func (d *Delegation) counts(a *app.Act, s Step) bool {
	today := day(a.At)
	return d.To.ID == a.Actor.ID && d.Step == s && d.RevokedAt == 0 && d.Since <= today && today <= d.Until
}

// another refuses whoever has had a hand in this revision before: author, first
// and second reviewer and approvers are different people. That goes for who stands
// behind a delegation, too.
func another(a *app.Act, r *Revision, from app.Ref) error {
	refs, err := a.Linked(r.Ref, ApprovalKind)
	if err != nil {
		return err
	}
	for _, who := range []app.Ref{{Kind: app.PersonKind, ID: a.Actor.ID}, from} {
		if who.IsZero() {
			continue
		}
		if slices.Contains(r.Authors, who) {
			return app.Refuse(app.Forbidden, "", "この版の作成に加わった者は、審査も承認もできません。別の者に依頼してください。", "an author neither reviews nor approves; ask somebody else")
		}
		for _, ref := range refs {
			p, err := app.Get(a, Approvals, ref)
			if err != nil {
				return err
			}
			if p.Verdict == Yes && (p.By == who || p.For == who) {
				word := Approvals.Show(p, "step", app.JA)
				return app.Refuse(app.Forbidden, "", fmt.Sprintf("この版は、あなた（または委任した者）が既に%sをしています。段階ごとに別の者が必要です。", word),
					fmt.Sprintf("you, or who delegated it to you, did another step (%s); each needs somebody else", Approvals.Show(p, "step", app.EN)))
			}
		}
	}
	return nil
}

// sign writes down what the actor said to a revision.
func sign(a *app.Act, r *Revision, v Verdict, from app.Ref, why string) {
	p := Approvals.Draft(a.NewID())
	p.Revision, p.Document, p.Version, p.Step, p.Verdict = r.Ref, r.Document, r.Version, r.State, v
	p.By, p.For, p.At, p.Station = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}, from, a.At, a.Device().Short()
	p.Hash, p.Reason = r.ContentHash(), why
	a.Save(p)
}

// onTop refuses a revision that is based on what is no longer the current one: two
// people's drafts of one version cannot both follow it.
func onTop(r *Revision, d *Document) error {
	if r.Base == d.Current {
		return nil
	}
	return app.Refuse(app.Stale, "base", fmt.Sprintf("この版の後に第%s版が承認されています。取り下げて改訂案を作り直すか、案を「現行版と統合する」で統合してください。", d.Version),
		fmt.Sprintf("version %s was approved meanwhile; merge the draft with it, or withdraw this and draft anew", d.Version))
}
