package staffing

import "daicho/app"

var (
	errExamined = app.Refuse(app.Forbidden, "", "申請した交代の内容は変更できません。取り下げてから、新しく申請してください。", "what was asked for is never changed; withdraw it and ask anew")
	errPlain    = app.Refuse(app.Invalid, "member", "市の審査が必要なのは、マネージャとリーダーの交代だけです。", "only managers and leaders are replaced by the city's leave")
	errSame     = app.Refuse(app.Invalid, "substitute", "交代する要員と代替要員が同じ人です。", "the substitute is the person who goes")
	errNotFrom  = app.Refuse(app.Invalid, "on", "交代日が、交代する要員の着任日より前です。", "the day is before the person took the post")
	errBuild    = app.Refuse(app.Forbidden, "phase", "構築フェーズでは、要員の交代は原則として認められません。市の決定文書が発行され、市の承認者がそれを登録するまで、申請できません。",
		"nobody is replaced in a construction phase until a document of the city, issued and entered by its approver, says so")
	errNoBuild  = app.Refuse(app.Invalid, "phase", "構築フェーズの交代ではないため、市の決定文書は不要です。", "the day lies in no construction phase; no such decision is needed")
	errUnissued = app.Refuse(app.Invalid, "document", "この文書はまだ発行されていません。市が発行した決定文書を選んでください。", "the document is not issued; choose the city's decision as it was issued")
	errAskedFor = app.Refuse(app.Stale, "state", "この交代は既に申請されています。", "this was asked for already")
	errIdle     = app.Refuse(app.Stale, "state", "この交代は市の審査中ではありません。", "this is not with the city")
	errDone     = app.Refuse(app.Stale, "state", "この交代は既に終わっています。", "this is over already")
)

// prepared keeps what the city examines, and notes the phase and the gaps.
func prepared(a *app.Act, before, after *Replacement) error {
	if before.State != after.State || before.Paper != after.Paper {
		return nil // a command did it
	}
	if before.State != Prepared || !before.Paper.IsZero() {
		return errExamined
	}
	m, err := app.Get(a, Members, after.Member)
	if err != nil {
		return err
	}
	switch {
	case m.Rank == MemberRank:
		return errPlain
	case m.State != Approved:
		return errGone
	case m.Person == after.Substitute:
		return errSame
	case after.On <= m.From:
		return errNotFrom
	}
	if after.Build, err = building(a, after); err != nil {
		return err
	}
	p, err := app.Get(a, Posts, m.Post)
	if err != nil {
		return err
	}
	if after.Title, err = called(a, after.Substitute, p); err != nil {
		return err
	}
	after.Gaps, err = gapsOf(a, after.Substitute, m.Post, after.On)
	return err
}

// building notes the phase of a replacement's day, and says whether it is one of
// construction.
func building(a *app.Act, r *Replacement) (bool, error) {
	p, err := phaseOn(a, r.On)
	if err != nil {
		return false, err
	}
	r.Phase = p.Ref
	return p.Type == Construction, nil
}

// permit notes the city's decision, by which somebody may be replaced in a construction
// phase (原則交代を認めない).
func permit(paper Paper) func(*app.Act, *Replacement, Decision) error {
	return func(a *app.Act, r *Replacement, in Decision) error {
		switch build, err := building(a, r); {
		case err != nil:
			return err
		case r.State != Prepared:
			return errAskedFor
		case !build:
			return errNoBuild
		}
		number, issued, err := paper(a, in.Document)
		if err != nil {
			return err
		}
		if !issued {
			return errUnissued
		}
		r.Paper, r.PaperNo = in.Document, number
		return nil
	}
}

// allowed refuses a construction phase, unless the city's decision is there and issued.
func allowed(a *app.Act, r *Replacement, paper Paper) (err error) {
	if r.Build, err = building(a, r); err != nil || !r.Build {
		return err
	}
	if r.Paper.IsZero() {
		return errBuild
	}
	if _, issued, err := paper(a, r.Paper); err != nil || !issued {
		return errBuild
	}
	return nil
}

func request(paper Paper) func(*app.Act, *Replacement, struct{}) error {
	return func(a *app.Act, r *Replacement, _ struct{}) error {
		if r.State != Prepared {
			return errAskedFor
		}
		if err := complete(r.Experience, r.Ability, r.Similar, r.PassedOver); err != nil {
			return err
		}
		if err := allowed(a, r, paper); err != nil {
			return err
		}
		r.State = Examined
		return nil
	}
}

// pass is the one way by which the post of a manager or leader changes hands.
func pass(paper Paper) func(*app.Act, *Replacement, Finding) error {
	return func(a *app.Act, r *Replacement, in Finding) error {
		if err := r.decide(a, Passed, in); err != nil {
			return err
		}
		if err := allowed(a, r, paper); err != nil { // the phases may have moved
			return err
		}
		old, err := app.Get(a, Members, r.Member)
		switch {
		case err != nil:
			return err
		case old.State != Approved:
			return errGone
		}
		next := &Member{Head: app.Head{Ref: app.Ref{Kind: MemberKind, ID: a.NewID()}}}
		next.Title, next.Person, next.Post, next.Rank, next.State = r.Title, r.Substitute, old.Post, old.Rank, Approved
		next.Experience, next.Similar, next.PassedOver, next.Ability, next.Gaps = r.Experience, r.Similar, r.PassedOver, r.Ability, r.Gaps
		next.From, next.Decided, next.DecidedBy, next.Letter, next.Replaces = r.On, r.Decided, r.DecidedBy, r.Letter, old.Ref
		a.Save(next)
		old.State, old.Until = Left, r.On-1
		a.Save(old)
		r.Successor = next.Ref
		return nil
	}
}

func fail(a *app.Act, r *Replacement, in Finding) error { return r.decide(a, Failed, in) }

// decide is what an examination comes to.
func (r *Replacement) decide(a *app.Act, s Examination, in Finding) error {
	switch {
	case r.State != Examined:
		return errIdle
	case r.Substitute.ID == a.Actor.ID:
		return errOwn
	}
	r.State, r.Letter, r.Finding = s, in.Letter, in.Finding
	r.Decided, r.DecidedBy = day(a.At), app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	return nil
}

func drop(_ *app.Act, r *Replacement, _ struct{}) error {
	if r.State != Prepared && r.State != Examined {
		return errDone
	}
	r.State = Dropped
	return nil
}
