package task

import (
	"slices"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/civil"
)

// Silence is for how many business days of the city nothing need be heard of a task
// that is open: after that its reviewer cannot know how far it is (2.1.1).
const Silence = 5

var (
	errNobody   = app.Refuse(app.Invalid, "owner", "担当を選ぶか、名簿にない者の氏名を入力してください。", "choose the owner, or name somebody who is in no register")
	errSame     = app.Refuse(app.Invalid, "reviewer", "担当者は、自分のタスクのレビュー者になれません。別の者を選んでください。", "nobody reviews his own task; choose somebody else")
	errEnded    = app.Refuse(app.Stale, "state", "このタスクは既に終わっています。続きは新しく登録してください。", "this task has ended; enter a new one")
	errFixed    = app.Refuse(app.Forbidden, "", "終わったタスクは変更できません。続きは新しく登録してください。", "a task that has ended never changes; enter a new one")
	errReviewer = app.Refuse(app.Forbidden, "", "品質の確認と完了の承認ができるのは、レビュー者だけです。", "its reviewer alone can do that")
	errOwner    = app.Refuse(app.Forbidden, "", "状況と完了を報告できるのは、担当者だけです。", "its owner alone reports how far it is, and that it is done")
	errDrop     = app.Refuse(app.Forbidden, "", "タスクを取りやめられるのは、レビュー者だけです。レビュー者に依頼してください。", "its reviewer alone drops a task; ask him")
	errGiven    = app.Refuse(app.Forbidden, "reviewer", "レビュー者を変更できるのは、今のレビュー者だけです。今のレビュー者に変更を依頼してください。", "its reviewer alone hands a review over; ask him")
	errUndone   = app.Refuse(app.Stale, "state", "完了は、まだ報告されていません。", "nobody has reported it done")
	errWaits    = app.Refuse(app.Stale, "state", "完了が報告されています。レビュー者の確認を待ってください。", "it was reported done; wait for its reviewer")
)

// owned wants an owner and, beside him, a reviewer, whom he cannot choose anew: he
// would accept his own work. Both stay while the reviewer is asked, and what has ended
// stays as it was.
func owned(a *app.Act, before, after *Task) error {
	if after.Reviewer.IsZero() {
		after.Reviewer = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	}
	switch {
	case !before.IsNew() && before.State.ended():
		return errFixed
	case before.State == Reported && (before.Owner != after.Owner || before.Reviewer != after.Reviewer):
		return errWaits
	case !before.IsNew() && before.Reviewer != after.Reviewer && before.Reviewer.ID != a.Actor.ID:
		return errGiven
	case after.Owner.IsZero() && after.Charge == "":
		return errNobody
	case after.Owner == after.Reviewer:
		return errSame
	}
	return nil
}

// heard counts the days of silence anew when something was heard.
func heard(a *app.Act, before, after *Task) error {
	switch {
	case after.State != Open:
		after.StaleOn = 0
		return nil
	case !before.IsNew() && before.State == Open && before.Told == after.Told:
		return nil
	}
	city, err := calendar.CityByLaw()
	if err != nil {
		return err
	}
	d, err := city.BusinessDay(civil.DateOf(a.At.Time()), Silence)
	after.StaleOn = app.DayOf(d)
	return err
}

func (s State) ended() bool { return s == Done || s == Dropped }

// Late says whether a task should be done by now.
func (t *Task) Late(today app.Day) bool { return t.State == Open && t.Due < today }

// Stale says whether something should have been heard of it by now.
func (t *Task) Stale(today app.Day) bool { return t.StaleOn != 0 && t.StaleOn < today }

// workable refuses what its owner has nothing more to say of, and who is not its owner:
// else its reviewer could accept what he said was done. For an owner who is in no
// register somebody else has to speak.
func (t *Task) workable(a *app.Act) error {
	switch {
	case !t.Owner.IsZero() && t.Owner.ID != a.Actor.ID:
		return errOwner
	case t.State == Reported:
		return errWaits
	case t.State.ended():
		return errEnded
	}
	return nil
}

func report(a *app.Act, t *Task, in Report) error {
	if err := t.workable(a); err != nil {
		return err
	}
	t.Progress, t.Note, t.Told = in.Progress, in.Note, a.At
	return nil
}

// finish says that it is done; that it is, its reviewer says.
func finish(a *app.Act, t *Task, in Words) error {
	if err := t.workable(a); err != nil {
		return err
	}
	t.State, t.Progress, t.Note, t.Told = Reported, 100, in.Text, a.At
	return nil
}

func (t *Task) reviewedBy(a *app.Act) error {
	switch {
	case t.Reviewer.ID != a.Actor.ID:
		return errReviewer
	case t.State.ended():
		return errEnded
	}
	return nil
}

func judge(a *app.Act, t *Task, in Finding) error {
	if err := t.reviewedBy(a); err != nil {
		return err
	}
	t.Quality, t.Verdict = in.Quality, in.Note
	return nil
}

func accept(a *app.Act, t *Task, in Words) error {
	if err := t.reviewedBy(a); err != nil {
		return err
	}
	if t.State != Reported {
		return errUndone
	}
	t.State, t.Quality, t.Verdict, t.Ended = Done, Good, in.Text, app.DayOf(civil.DateOf(a.At.Time()))
	return nil
}

func sendBack(a *app.Act, t *Task, in Words) error {
	if err := t.reviewedBy(a); err != nil {
		return err
	}
	if t.State != Reported {
		return errUndone
	}
	t.State, t.Verdict, t.Told = Open, in.Text, a.At
	if !slices.Contains([]Quality{Wanting, Poor}, t.Quality) {
		t.Quality = Wanting
	}
	return nil
}

func drop(a *app.Act, t *Task, in Words) error {
	switch {
	case t.State.ended():
		return errEnded
	case t.Reviewer.ID != a.Actor.ID:
		return errDrop
	}
	t.State, t.Note, t.Ended = Dropped, in.Text, app.DayOf(civil.DateOf(a.At.Time()))
	return nil
}
