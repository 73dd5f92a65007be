package agreement_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/agreement"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules/modulestest"

	"pgregory.net/rapid"
)

var (
	leader, officer, head = app.ID{1}, app.ID{2}, app.ID{3}
	plan                  = app.Ref{Kind: document.Kind, ID: app.ID{100}}
)

func newOffice(t *testing.T) *modulestest.Office {
	t.Helper()
	o := modulestest.New(t)
	o.Employ(leader, access.PM)
	o.Employ(officer, access.CityOfficer)
	o.Employ(head, access.CityApprover)
	d := document.Register.Draft(plan.ID)
	d.Title, d.Type = "運用計画書", document.Plan
	d.Revisions = []document.Line{{Version: "0.9", Change: "案"}, {Version: "1.0", Change: "初版"}}
	o.OK(o.Save(leader, d))
	return o
}

func enter(o *modulestest.Office, id byte, typ agreement.Type) app.Ref {
	o.Helper()
	r := draft(id, typ)
	o.OK(o.Save(leader, r))
	return r.Ref
}

func draft(id byte, typ agreement.Type) *agreement.Agreement {
	r := agreement.Register.Draft(app.ID{200, id})
	r.Title, r.Type, r.Raised, r.Content = "夜間の監視を二人で行う", typ, agreement.City, "夜間の監視は二人で行う。"
	return r
}

func at(o *modulestest.Office, ref app.Ref) *agreement.Agreement {
	o.Helper()
	return modulestest.Load(o, agreement.Register, ref)
}

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

// Scenario 6: a decision that no document holds is late after ten business days of the
// city. 20 November 2026 is a Friday, Saturdays and Monday 23 (勤労感謝の日) do not
// count, Sundays do: 3.1.4 leaves them out of 常駐 alone.
func TestLateAfterTenBusinessDays(t *testing.T) {
	o := newOffice(t)
	ref := enter(o, 1, agreement.Decision)
	r := at(o, ref)
	if r.Held != on(2026, 11, 20) || r.ReflectBy != on(2026, 12, 3) || r.Number != "A2026-0001" {
		t.Fatalf("%s, by %s, %s", r.Held, r.ReflectBy, r.Number)
	}
	for _, c := range []struct {
		today app.Day
		age   int
		late  bool
	}{
		{on(2026, 11, 19), 0, false}, {on(2026, 11, 20), 0, false}, {on(2026, 11, 21), 0, false}, {on(2026, 11, 22), 1, false},
		{on(2026, 11, 23), 1, false}, {on(2026, 11, 24), 2, false}, {on(2026, 12, 2), 9, false}, {on(2026, 12, 3), 10, false}, {on(2026, 12, 4), 11, true},
	} {
		if age, err := r.Age(c.today); err != nil || age != c.age || r.Late(c.today) != c.late {
			t.Errorf("on %s: age %d, late %v, %v; want %d, %v", c.today, age, r.Late(c.today), err, c.age, c.late)
		}
	}
	o.OK(o.Do(leader, ref, "reflect", "document="+plan.String(), "version=1.0", "place=3.2"))
	if r = at(o, ref); r.Late(on(2027, 1, 1)) || r.State != agreement.Reflected || r.Target != plan || r.TargetPlace != "3.2" {
		t.Errorf("%+v", r)
	}
}

// The last day in time is the tenth business day, whatever holidays lie between.
func TestTheTenthBusinessDayIsTheLast(t *testing.T) {
	o := newOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		o.Now = time.Date(2026, 1, 1, 12, 0, 0, 0, civil.Tokyo).AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "day"))
		ref := app.Ref{Kind: agreement.Kind, ID: app.ID{200, 1}}
		delete(o.Rows, ref)
		r := at(o, enter(o, 1, agreement.Agreed))
		last, err := r.Age(r.ReflectBy)
		before, err2 := r.Age(r.ReflectBy - 1)
		if err != nil || err2 != nil || last != agreement.Limit || before != agreement.Limit-1 || r.Late(r.ReflectBy) || !r.Late(r.ReflectBy+1) {
			t.Fatalf("from %s to %s: %d and %d business days, %v, %v", r.Held, r.ReflectBy, before, last, err, err2)
		}
	})
}

// Only a version that was approved holds an agreement.
func TestReflectedInAnApprovedVersion(t *testing.T) {
	o := newOffice(t)
	ref := enter(o, 1, agreement.Agreed)
	for _, version := range []string{"0.9", "1.1", "一"} {
		o.Is(o.Do(leader, ref, "reflect", "document="+plan.String(), "version="+version, "place=3.2"), app.Invalid, "承認された版: 1.0")
	}
	d := modulestest.Load(o, document.Register, plan)
	for version, approved := range map[string]app.Day{"2.0": on(2026, 11, 19), "2.1": on(2026, 11, 20)} {
		d.Revisions = append(d.Revisions, document.Line{Version: version, Date: approved, Change: "変更"})
	}
	o.OK(o.Save(leader, d))
	o.Is(o.Do(leader, ref, "reflect", "document="+plan.String(), "version=2.0", "place=3.2"), app.Invalid, "合意の日以後に承認された第2.0版はありません")
	later := enter(o, 3, agreement.Agreed)
	o.OK(o.Do(leader, later, "reflect", "document="+plan.String(), "version=2.1", "place=3.2"))
	gone := app.Ref{Kind: document.Kind, ID: app.ID{7}}
	o.Is(o.Do(leader, ref, "reflect", "document="+gone.String(), "version=1.0", "place=3.2"), app.NotFound, "この端末にありません")
	o.Is(o.Do(leader, ref, "reflect", "document="+plan.String(), "version=1.0"), app.Invalid, "箇所")
	seen := o.Rows[ref]
	o.OK(o.Do(leader, ref, "reflect", "document="+plan.String(), "version=1.0", "place=3.2"))
	o.Is(o.Late(officer, seen, ref, "reflect", "document="+plan.String(), "version=1.0", "place=4"), app.Stale, "「状態」が先に変更")
	o.Is(o.Do(officer, ref, "reflect", "document="+plan.String(), "version=1.0", "place=4"), app.Stale, "既に処理が終わって")
	r := at(o, ref)
	r.Content = "一人で行う。"
	o.Is(o.Save(leader, r), app.Forbidden, "新しく登録")
}

// An agreement stays out of every document only by the city's decision, which has a
// number, and never by the one who asks.
func TestExemptedByTheCity(t *testing.T) {
	o := newOffice(t)
	ref := enter(o, 1, agreement.Agreed)
	o.Is(o.Do(head, ref, "allow", "letter=8葉情第41号"), app.Stale, "申請されていません")
	o.Is(o.Do(leader, ref, "exempt"), app.Invalid, "理由")
	o.OK(o.Do(leader, ref, "exempt", "reason=一度限りの作業のため"))
	o.Is(o.Do(leader, ref, "exempt", "reason=重ねて"), app.Stale, "既に申請")
	o.Is(o.Do(head, ref, "allow"), app.Invalid, "市の文書番号")
	o.OK(o.Do(head, ref, "decline", "reason=運用計画書に残すこと"))
	if r := at(o, ref); r.State != agreement.Open || r.Exemption != agreement.Declined || r.ReflectBy == 0 || r.ExemptionReply == "" {
		t.Errorf("%+v", r)
	}
	o.OK(o.Do(head, ref, "exempt", "reason=市から申し出る"))
	o.Is(o.Do(head, ref, "allow", "letter=8葉情第41号"), app.Forbidden, "自分の申請")
	other := app.ID{4}
	o.Employ(other, access.CityApprover)
	o.OK(o.Do(other, ref, "allow", "letter=8葉情第41号"))
	if r := at(o, ref); r.State != agreement.Exempted || r.ExemptionLetter != "8葉情第41号" || r.Late(on(2027, 4, 1)) {
		t.Errorf("%+v", r)
	}
}

// The city allows what it read: neither another text nor another reason that came in its
// place, and nothing that was written down meanwhile.
func TestTheCityExemptsWhatItRead(t *testing.T) {
	o := newOffice(t)
	ref := enter(o, 1, agreement.Agreed)
	read := o.Rows[ref]
	r := at(o, ref)
	r.Content = "夜間の監視は一人で行う。"
	o.OK(o.Save(leader, r))
	o.OK(o.Do(leader, ref, "exempt", "reason=一度限りの作業のため"))
	o.Is(o.Late(head, read, ref, "allow", "letter=8葉情第41号"), app.Stale, "先に変更")
	r = at(o, ref)
	r.Content = "監視は行わない。"
	o.Is(o.Save(leader, r), app.Forbidden, "申請している間は")
	read = o.Rows[ref]
	o.OK(o.Do(head, ref, "decline", "reason=詳しく"))
	o.OK(o.Do(leader, ref, "exempt", "reason=別の理由"))
	o.Is(o.Late(head, read, ref, "allow", "letter=8葉情第41号"), app.Stale, "「反映不要の理由」が先に変更")
	o.OK(o.Do(leader, ref, "reflect", "document="+plan.String(), "version=1.0", "place=3.2"))
	o.Is(o.Do(head, ref, "allow", "letter=8葉情第41号"), app.Stale, "既に処理が終わって")
}

// A consultation is answered, put on hold, and ends in an agreement of its own, which
// has to be written down from that day on.
func TestAConsultationBecomesAnAgreement(t *testing.T) {
	o := newOffice(t)
	ref := enter(o, 1, agreement.Consultation)
	if r := at(o, ref); r.ReflectBy != 0 {
		t.Errorf("a consultation must be written down by %s", r.ReflectBy)
	}
	o.Is(o.Do(leader, ref, "reflect", "document="+plan.String(), "version=1.0", "place=1"), app.Invalid, "合意と決定だけ")
	o.Is(o.Do(leader, ref, "exempt", "reason=x"), app.Invalid, "合意と決定だけ")
	o.OK(o.Do(officer, ref, "answer", "answer=持ち帰る。", "hold=yes"))
	if r := at(o, ref); r.State != agreement.Held || r.Answer != "持ち帰る。" {
		t.Errorf("%+v", r)
	}
	o.Now = o.Now.AddDate(0, 0, 7)
	o.OK(o.Do(officer, ref, "conclude", "content=夜間は二人、休日は一人とする。", "letter=8葉情第52号"))
	r := at(o, ref)
	made := at(o, r.Result)
	if r.State != agreement.Concluded || made.Type != agreement.Agreed || made.Source != ref || made.Letter != "8葉情第52号" || made.Title != r.Title ||
		made.Held != on(2026, 11, 27) || made.ReflectBy != on(2026, 12, 9) || made.Number != "A2026-0002" {
		t.Errorf("%+v\n%+v", r, made)
	}
	o.Is(o.Do(officer, ref, "answer", "answer=再び"), app.Stale, "既に処理が終わって")
	o.Is(o.Do(officer, made.Ref, "answer", "answer=再び"), app.Invalid, "回答できません")
	o.Is(o.Do(officer, made.Ref, "withdraw", "reason=x"), app.Invalid, "回答できません")
}

func TestARequestIsAnsweredInTime(t *testing.T) {
	o := newOffice(t)
	r := draft(1, agreement.Request)
	r.ReplyDue = on(2026, 11, 25)
	o.OK(o.Save(officer, r))
	r = at(o, r.Ref)
	if r.Unanswered(on(2026, 11, 25)) || !r.Unanswered(on(2026, 11, 26)) {
		t.Error("overdue from the wrong day on")
	}
	o.OK(o.Do(leader, r.Ref, "answer", "answer=次の点検で行う。"))
	if r = at(o, r.Ref); r.Unanswered(on(2026, 12, 26)) || r.State != agreement.Answered || r.Answered != on(2026, 11, 20) {
		t.Errorf("%+v", r)
	}
	other := enter(o, 2, agreement.Request)
	o.OK(o.Do(officer, other, "withdraw", "reason=不要になった"))
	o.Is(o.Do(officer, other, "conclude", "content=x"), app.Stale, "既に処理が終わって")
}

// What would move the limit, or was never so, is refused.
func TestEntriesThatCannotBe(t *testing.T) {
	o := newOffice(t)
	future := draft(1, agreement.Agreed)
	future.Held = on(2026, 11, 21)
	o.Is(o.Save(leader, future), app.Invalid, "現在より後")
	ref := enter(o, 2, agreement.Agreed)
	r := at(o, ref)
	r.Held--
	o.Is(o.Save(leader, r), app.Forbidden, "日付は、登録した後は変更できません")
	r = at(o, ref)
	r.Type = agreement.Request
	o.Is(o.Save(leader, r), app.Forbidden, "種別は変更できません")
	r = at(o, ref)
	r.City = "情報課長"
	o.OK(o.Save(leader, r))
	talk := at(o, enter(o, 3, agreement.Consultation))
	talk.Held--
	o.OK(o.Save(leader, talk))
}
