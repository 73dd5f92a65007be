package agreement

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"daicho/app"
)

var (
	errSettled   = app.Refuse(app.Forbidden, "", "処理の終わった協議・合意・要望は変更できません。変更するときは、新しく登録してください。", "what has been settled is never changed; enter a new one")
	errFuture    = app.Refuse(app.Invalid, "held", "日付が現在より後です。日付を確認してください。", "the date lies in the future; check it")
	errType      = app.Refuse(app.Forbidden, "type", "種別は変更できません。協議と要望は「合意として登録する」で合意になります。", "the type never changes; conclude a consultation or a request to make an agreement of it")
	errOver      = app.Refuse(app.Stale, "state", "この件は既に処理が終わっています。", "this has been settled already")
	errTalk      = app.Refuse(app.Invalid, "type", "合意と決定には回答できません。文書に反映するか、反映不要を申請してください。", "an agreement or decision is not answered; write it into its document or ask for an exemption")
	errPlain     = app.Refuse(app.Invalid, "type", "文書への反映は、合意と決定だけに必要です。", "only agreements and decisions are written into documents")
	errAsked     = app.Refuse(app.Stale, "exemption", "反映不要は既に申請されています。", "an exemption was asked for already")
	errExempting = app.Refuse(app.Forbidden, "exemption", "反映不要を申請している間は、内容を変更できません。市の決定を待ってください。", "while an exemption is asked for, the agreement never changes; wait for the city")
	errUnasked   = app.Refuse(app.Stale, "exemption", "反映不要は申請されていません。", "nobody has asked for an exemption")
	errSelf      = app.Refuse(app.Forbidden, "", "自分の申請を自分で承認することはできません。市の別の承認者に依頼してください。", "nobody allows what he asked for himself; ask another approver of the city")
	errDay       = app.Refuse(app.Forbidden, "held", "合意と決定の日付は、登録した後は変更できません。取り消すときは、新しく登録してください。", "the day of an agreement or decision never changes once it is registered")
)

// Binds says whether an entry has to be written into a document.
func (t Type) Binds() bool { return t == Decision || t == Agreed }

// over says whether nothing is left to do.
func (s State) over() bool { return s != Open && s != Held }

// settled keeps what was agreed on: it does not change under those who act by it.
func settled(_ *app.Act, before, after *Agreement) error {
	switch {
	case before.IsNew():
		return nil
	case before.State.over():
		return errSettled
	case before.Type != after.Type:
		return errType
	case before.Type.Binds() && before.Held != after.Held: // it would move the limit
		return errDay
	case before.Exemption == Asked && after.Exemption == Asked && !after.IsErased() && !before.says(after):
		return errExempting
	}
	return nil
}

// says says whether an agreement binds to the same as another.
func (r *Agreement) says(o *Agreement) bool {
	return r.Title == o.Title && r.Content == o.Content && r.Source == o.Source && r.Paper == o.Paper && r.Letter == o.Letter && r.Clause == o.Clause &&
		r.Raised == o.Raised && r.City == o.City && r.Contractor == o.Contractor
}

// dated gives a new entry its day, and one that binds its limit.
func dated(a *app.Act, before, after *Agreement) (err error) {
	after.Held = cmp.Or(after.Held, day(a.At))
	switch {
	case after.Held != before.Held && after.Held > day(a.At):
		return errFuture
	case after.Type.Binds() && before.IsNew():
		after.ReflectBy, err = lastDay(after.Held)
	}
	return err
}

// answerable refuses what is no open question.
func (r *Agreement) answerable() error {
	switch {
	case r.Type.Binds():
		return errTalk
	case r.State.over():
		return errOver
	}
	return nil
}

// binding refuses what is no agreement that waits to be written down.
func (r *Agreement) binding() error {
	switch {
	case !r.Type.Binds():
		return errPlain
	case r.State.over():
		return errOver
	}
	return nil
}

func answer(a *app.Act, r *Agreement, in Reply) error {
	if err := r.answerable(); err != nil {
		return err
	}
	r.State, r.Answer, r.Answered = Answered, in.Answer, day(a.At)
	if in.Hold {
		r.State = Held
	}
	return nil
}

// conclude makes an agreement of a consultation or a request.
func conclude(a *app.Act, r *Agreement, in Conclusion) error {
	if err := r.answerable(); err != nil {
		return err
	}
	made := &Agreement{Head: app.Head{Ref: app.Ref{Kind: Kind, ID: a.NewID()}}}
	made.Title, made.Type, made.Held, made.Raised, made.Content = cmp.Or(in.Title, r.Title), Agreed, day(a.At), r.Raised, in.Content
	made.City, made.Contractor, made.Source, made.Letter, made.Paper, made.Clause = r.City, r.Contractor, r.Ref, in.Letter, r.Paper, r.Clause
	a.Save(made)
	r.State, r.Answer, r.Answered, r.Result = Concluded, in.Content, day(a.At), made.Ref
	return nil
}

// reflect notes where an agreement stands now, in a version that was approved after it was
// made: an earlier one cannot hold it.
func reflect(versions Versions) func(*app.Act, *Agreement, Reflection) error {
	return func(a *app.Act, r *Agreement, in Reflection) error {
		if err := r.binding(); err != nil {
			return err
		}
		there, err := versions(a, in.Document, r.Held)
		if err != nil {
			return err
		}
		if !slices.Contains(there, in.Version) {
			return errVersion(in.Version, there)
		}
		r.State, r.Target, r.TargetVersion, r.TargetPlace, r.Reflected = Reflected, in.Document, in.Version, in.Place, day(a.At)
		return nil
	}
}

func errVersion(version string, there []string) error {
	have, has := strings.Join(there, "、"), strings.Join(there, ", ")
	return app.Refuse(app.Invalid, "version", fmt.Sprintf("反映先文書に、合意の日以後に承認された第%s版はありません（承認された版: %s）。合意を書き加えた版の承認を受けてから、もう一度実行してください。", version, cmp.Or(have, "なし")),
		fmt.Sprintf("the document has no version %s that was approved on the day of the agreement or later; it has: %s", version, cmp.Or(has, "none")))
}

func exempt(a *app.Act, r *Agreement, in Reason) error {
	if err := r.binding(); err != nil {
		return err
	}
	if r.Exemption == Asked {
		return errAsked
	}
	r.Exemption, r.ExemptionReason, r.ExemptionBy = Asked, in.Reason, app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	return nil
}

// allow is the city's: an agreement stays out of every document by its number alone.
func allow(a *app.Act, r *Agreement, in Permit) error {
	switch {
	case r.State.over():
		return errOver
	case r.Exemption != Asked:
		return errUnasked
	case r.ExemptionBy.ID == a.Actor.ID:
		return errSelf
	}
	r.State, r.Exemption, r.ExemptionLetter = Exempted, Allowed, in.Letter
	return nil
}

// decline leaves the agreement to be written down, by the day that it had.
func decline(_ *app.Act, r *Agreement, in Reason) error {
	switch {
	case r.State.over():
		return errOver
	case r.Exemption != Asked:
		return errUnasked
	}
	r.Exemption, r.ExemptionReply = Declined, in.Reason
	return nil
}

// withdraw ends a request or a consultation. An agreement is ended by another one.
func withdraw(a *app.Act, r *Agreement, in Reason) error {
	if err := r.answerable(); err != nil {
		return err
	}
	r.State, r.Answer, r.Answered = Withdrawn, in.Reason, day(a.At)
	return nil
}

// InForce is the number of an agreement that others may rest on: that of its document,
// or else its own.
func InForce(a *app.Act, ref app.Ref) (string, error) {
	r, err := app.Get(a, Register, ref)
	switch {
	case err != nil:
		return "", err
	case r.Type != Agreed:
		return "", errNoAgreement
	}
	return cmp.Or(r.Letter, r.Number), nil
}

var errNoAgreement = app.Refuse(app.Invalid, "agreement", "選んだ記録は合意ではありません。種別が「合意」の記録を選んでください。", "that entry is no agreement; choose one")
