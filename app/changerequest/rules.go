package changerequest

import (
	"fmt"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/people"
)

var (
	errFixed   = app.Refuse(app.Forbidden, "", "審査に回した変更要求は変更できません。取り下げて、新しく登録してください。", "a request that was submitted never changes; withdraw it and enter another")
	errStep    = app.Refuse(app.Stale, "state", "この変更要求は、今その段階にありません。状態を確認してください。", "the request is not at that step now; look at its state")
	errImpact  = app.Refuse(app.Invalid, "impact", "影響分析を入力してください。影響がないときは、その理由を書いてください。", "write the impact analysis; where there is none, why")
	errRisk    = app.Refuse(app.Invalid, "risk", "リスクと切戻しを入力してください。ないときは、その理由を書いてください。", "write the risks and the way back; where there are none, why")
	errSame    = app.Refuse(app.Forbidden, "", "申請した者、事業者の承認者、市の承認者は、それぞれ別の者が必要です。", "who asks, who agrees and who approves are different people")
	errTurn    = app.Refuse(app.Forbidden, "", "事業者審査待ちの間は事業者の責任者が、市承認待ちの間は市の承認者が決定します。", "while the contractor checks, his leaders decide; while the city approves, its approver does")
	errMine    = app.Refuse(app.Forbidden, "", "取り下げられるのは、申請した者か、市として承認した者だけです。", "only who asked, or who approved it for the city, can withdraw a request")
	errUnasked = app.Refuse(app.Forbidden, "changes", "合意した内容と異なる版は、承認された変更要求がなければ、市の承認も発行もできません。版の「変更要求」に登録するか、合意との関係を確認してください。", "a version that differs from what was agreed on is neither approved by the city nor published without an approved change request; name it in the revision, or say how it stands to what was agreed on")
)

// stands keeps what others judge, and have judged.
func stands(a *app.Act, before, after *Request) error {
	if before.IsNew() {
		after.By, after.Asked = me(a), day(a.At)
		return nil
	}
	edited := *before
	edited.Title, edited.Urgency, edited.Document, edited.Version, edited.Before, edited.After = after.Title, after.Urgency, after.Document, after.Version, after.Before, after.After
	edited.Reason, edited.Impact, edited.Risk, edited.Source = after.Reason, after.Impact, after.Risk, after.Source
	if before.State != Drafted && !same(before, &edited) && !after.IsErased() {
		return errFixed
	}
	return nil
}

func same(a, b *Request) bool {
	return a.Title == b.Title && a.Urgency == b.Urgency && a.Document == b.Document && a.Version == b.Version && a.Before == b.Before && a.After == b.After &&
		a.Reason == b.Reason && a.Impact == b.Impact && a.Risk == b.Risk && a.Source == b.Source
}

// submit sends a request on its way, whole, and about a version that was approved.
func submit(versions Versions) func(*app.Act, *Request, struct{}) error {
	return func(a *app.Act, r *Request, _ struct{}) error {
		switch {
		case r.State != Drafted:
			return errStep
		case strings.TrimSpace(r.Impact) == "":
			return errImpact
		case strings.TrimSpace(r.Risk) == "":
			return errRisk
		}
		there, err := versions(a, r.Document)
		if err != nil {
			return err
		}
		if !slices.Contains(there, r.Version) {
			return app.Refuse(app.Invalid, "version", fmt.Sprintf("対象文書に、承認された第%s版はありません。変更する版を確認してください。", r.Version),
				fmt.Sprintf("the document has no approved version %s", r.Version))
		}
		r.State, r.Asked = Submitted, day(a.At)
		return nil
	}
}

func agree(a *app.Act, r *Request, _ struct{}) error {
	switch {
	case r.State != Submitted:
		return errStep
	case r.By == me(a):
		return errSame
	}
	r.State, r.Checker, r.Checked = Agreed, me(a), day(a.At)
	return nil
}

// approve is the city's, by a document.
func approve(a *app.Act, r *Request, in Permit) error {
	switch {
	case r.State != Agreed:
		return errStep
	case r.By == me(a) || r.Checker == me(a):
		return errSame
	}
	r.State, r.Approver, r.Approved, r.Letter = Allowed, me(a), day(a.At), in.Letter
	return nil
}

// decline is the contractor's before he has agreed, and the city's after that: nobody
// decides in the other's place.
func decline(a *app.Act, r *Request, in Reason) error {
	by := access.Roles{access.PM, access.PhaseLeader}
	switch r.State {
	case Submitted:
	case Agreed:
		by = access.Roles{access.CityApprover}
	default:
		return errStep
	}
	holds, known, err := people.Holds(a.View, a.Actor.ID, by, a.At)
	switch {
	case err != nil:
		return err
	case !holds && (known || a.Decides()):
		return errTurn
	}
	r.State, r.Reply = Declined, in.Reason
	return nil
}

// withdraw gives a request up that is not in a document yet: who asked may, and who
// approved it. To others neither of these is theirs to undo.
func withdraw(a *app.Act, r *Request, in Reason) error {
	switch {
	case r.State == Done || r.State == Declined || r.State == Withdrawn:
		return errStep
	case r.By != me(a) && r.Approver != me(a):
		return errMine
	}
	r.State, r.Reply = Withdrawn, in.Reason
	return nil
}

// Ready refuses changes that a version of a document is to hold, unless each is approved
// and about that document. Without any it is refused if the version differs from what was
// agreed on.
func Ready(a *app.Act, document app.Ref, differs bool, changes []app.Ref) error {
	_, err := ready(a, document, differs, changes)
	return err
}

func ready(a *app.Act, document app.Ref, differs bool, changes []app.Ref) (all []*Request, err error) {
	if differs && len(changes) == 0 {
		return nil, errUnasked
	}
	for _, ref := range changes {
		if ref.Kind != Kind {
			return nil, app.Refuse(app.Invalid, "changes", "「変更要求」に、変更要求でない記録があります。版を確認してください。", ref.String()+" is no change request")
		}
		_, rec, err := a.Load(ref)
		if err != nil {
			return nil, err
		}
		r := rec.(*Request)
		if r.State != Allowed || r.Document != document {
			return nil, app.Refuse(app.Forbidden, "changes", fmt.Sprintf("変更要求 %s は、この文書について承認され、まだ反映されていないものではありません。", r.Number),
				fmt.Sprintf("change request %s is not an approved one of this document that waits to be applied", r.Number))
		}
		all = append(all, r)
	}
	return all, nil
}

// Apply notes that a version of a document, which is [Ready] for it, holds changes.
func Apply(a *app.Act, document app.Ref, version string, differs bool, changes []app.Ref) error {
	all, err := ready(a, document, differs, changes)
	for _, r := range all {
		r.State, r.Applied, r.On = Done, version, day(a.At)
		a.Save(r)
	}
	return err
}

func me(a *app.Act) app.Ref { return app.Ref{Kind: app.PersonKind, ID: a.Actor.ID} }

func day(at app.Stamp) app.Day { return app.DayOf(civil.DateOf(at.Time())) }
