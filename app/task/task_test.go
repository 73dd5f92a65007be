package task_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/modules/modulestest"
	"daicho/app/task"
)

var leader, engineer, officer = app.ID{1}, app.ID{2}, app.ID{3}

func person(id app.ID) app.Ref { return app.Ref{Kind: app.PersonKind, ID: id} }

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

func newOffice(t *testing.T) *modulestest.Office {
	o := modulestest.New(t)
	o.Employ(leader, access.PM)
	o.Employ(engineer, access.FieldEngineer)
	o.Employ(officer, access.CityOfficer)
	return o
}

func draft(id byte) *task.Task {
	t := task.Register.Draft(app.ID{200, id})
	t.Title, t.Side, t.Owner, t.Reviewer, t.Due = "監視の当番表を作り直す", task.Contractor, person(engineer), person(leader), on(2026, 12, 1)
	return t
}

func at(o *modulestest.Office, t *task.Task) *task.Task {
	return modulestest.Load(o, task.Register, t.Ref)
}

// A task is done when its reviewer says so, and by nobody else's word.
func TestDoneByItsReviewer(t *testing.T) {
	o := newOffice(t)
	k := draft(1)
	o.OK(o.Save(leader, k))
	o.Is(o.Do(leader, k.Ref, "accept"), app.Stale, "まだ報告されていません")
	o.Is(o.Do(engineer, k.Ref, "report", "progress=100", "note=x"), app.Invalid, "1 から 99")
	o.OK(o.Do(engineer, k.Ref, "report", "progress=40", "note=半分まで作成"))
	o.OK(o.Do(engineer, k.Ref, "finish", "text=作成した"))
	if got := at(o, k); got.State != task.Reported || got.Progress != 100 || got.StaleOn != 0 || got.Late(on(2027, 1, 1)) {
		t.Errorf("%+v", got)
	}
	o.Is(o.Do(engineer, k.Ref, "report", "progress=40", "note=x"), app.Stale, "レビュー者の確認を待って")
	for _, who := range []app.ID{engineer, officer} {
		o.Is(o.Do(who, k.Ref, "accept"), app.Forbidden, "レビュー者だけ")
		o.Is(o.Do(who, k.Ref, "return", "text=x"), app.Forbidden, "レビュー者だけ")
		o.Is(o.Do(who, k.Ref, "judge", "quality=good"), app.Forbidden, "レビュー者だけ")
	}
	o.OK(o.Do(leader, k.Ref, "return", "text=12月分がない"))
	if got := at(o, k); got.State != task.Open || got.Quality != task.Wanting || got.StaleOn == 0 {
		t.Errorf("%+v", got)
	}
	o.OK(o.Do(engineer, k.Ref, "finish", "text=加えた"))
	seen := o.Rows[k.Ref]
	o.OK(o.Do(leader, k.Ref, "accept"))
	if got := at(o, k); got.State != task.Done || got.Quality != task.Good || got.Ended != on(2026, 11, 20) {
		t.Errorf("%+v", got)
	}
	o.Is(o.Late(leader, seen, k.Ref, "return", "text=x"), app.Stale, "「状態」が先に変更")
	o.Is(o.Do(leader, k.Ref, "drop", "text=x"), app.Stale, "既に終わって")
	got := at(o, k)
	got.Due++
	o.Is(o.Save(leader, got), app.Forbidden, "変更できません")
}

// The owner tells how far it is and that it is done, and nobody for him: least of all who
// accepts it. That it need not be done its reviewer says.
func TestTheOwnerReportsAndTheReviewerDrops(t *testing.T) {
	o := newOffice(t)
	k := draft(1)
	o.OK(o.Save(leader, k))
	for _, who := range []app.ID{leader, officer} {
		o.Is(o.Do(who, k.Ref, "report", "progress=40", "note=x"), app.Forbidden, "担当者だけ")
		o.Is(o.Do(who, k.Ref, "finish", "text=x"), app.Forbidden, "担当者だけ")
	}
	for _, who := range []app.ID{engineer, officer} {
		o.Is(o.Do(who, k.Ref, "drop", "text=x"), app.Forbidden, "レビュー者だけ")
	}
	o.OK(o.Do(leader, k.Ref, "drop", "text=不要になった"))
	named := draft(2)
	named.Owner, named.Charge = app.Ref{}, "人事課 印南"
	o.OK(o.Save(leader, named))
	o.OK(o.Do(officer, named.Ref, "finish", "text=作成したと聞いた"))
}

// Nobody reviews his own task; whoever enters one for another reviews it unless he
// names somebody.
func TestEveryTaskHasAReviewerBesideItsOwner(t *testing.T) {
	o := newOffice(t)
	own := draft(1)
	own.Reviewer = person(engineer)
	o.Is(o.Save(leader, own), app.Invalid, "自分のタスク")
	none := draft(2)
	none.Owner = app.Ref{}
	o.Is(o.Save(leader, none), app.Invalid, "担当を選ぶか")
	named := draft(3)
	named.Owner, named.Charge, named.Reviewer = app.Ref{}, "人事課 印南", app.Ref{}
	o.OK(o.Save(officer, named))
	if got := at(o, named); got.Reviewer != person(officer) {
		t.Errorf("%s reviews it", got.Reviewer)
	}
	mine := draft(4)
	mine.Reviewer = app.Ref{}
	o.Is(o.Save(engineer, mine), app.Invalid, "自分のタスク")
}

// The owner chooses neither another reviewer nor another owner beside himself to accept
// what he did: the reviewer hands his part over, and not while he is asked.
func TestTheReviewerIsNotTheOwnersToChoose(t *testing.T) {
	o := newOffice(t)
	k := draft(1)
	o.OK(o.Save(leader, k))
	give := func(who, owner, reviewer app.ID) error {
		got := at(o, k)
		got.Owner, got.Reviewer = person(owner), person(reviewer)
		return o.Save(who, got)
	}
	o.Is(give(engineer, engineer, officer), app.Forbidden, "今のレビュー者だけ")
	o.Is(give(engineer, officer, engineer), app.Forbidden, "今のレビュー者だけ")
	o.OK(give(leader, engineer, officer))
	o.Is(give(leader, engineer, leader), app.Forbidden, "今のレビュー者だけ")
	o.OK(o.Do(engineer, k.Ref, "finish", "text=作成した"))
	o.Is(give(engineer, officer, engineer), app.Stale, "レビュー者の確認を待って")
	o.Is(give(engineer, leader, officer), app.Stale, "レビュー者の確認を待って")
	o.Is(give(officer, engineer, leader), app.Stale, "レビュー者の確認を待って")
	o.OK(o.Do(officer, k.Ref, "return", "text=12月分がない"))
	o.OK(give(engineer, leader, officer))
}

// A task is late the day after its day, and stale when nothing was heard for five
// business days of the city: 20 November 2026 is a Friday, Monday 23 a holiday.
func TestLateAndStale(t *testing.T) {
	o := newOffice(t)
	k := draft(1)
	o.OK(o.Save(leader, k))
	got := at(o, k)
	for _, c := range []struct {
		today       app.Day
		late, stale bool
	}{{on(2026, 11, 20), false, false}, {on(2026, 11, 27), false, false}, {on(2026, 11, 28), false, true}, {on(2026, 12, 1), false, true}, {on(2026, 12, 2), true, true}} {
		if got.Late(c.today) != c.late || got.Stale(c.today) != c.stale {
			t.Errorf("on %s: late %v, stale %v (by %s)", c.today, got.Late(c.today), got.Stale(c.today), got.StaleOn)
		}
	}
	got.Body = "夜間を二人とする。"
	o.Now = o.Now.AddDate(0, 0, 4)
	o.OK(o.Save(leader, got))
	if got = at(o, k); got.StaleOn != on(2026, 11, 27) {
		t.Errorf("an edit is no word of its owner, yet: %s", got.StaleOn)
	}
	o.OK(o.Do(engineer, k.Ref, "report", "progress=10", "note=始めた"))
	if got = at(o, k); got.StaleOn != on(2026, 11, 30) {
		t.Errorf("heard of on the 24th, stale after %s", got.StaleOn)
	}
}
