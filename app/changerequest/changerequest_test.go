package changerequest_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/changerequest"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules/modulestest"
)

var (
	leader, second, officer, head = app.ID{1}, app.ID{2}, app.ID{3}, app.ID{4}
	plan                          = app.Ref{Kind: document.Kind, ID: app.ID{100}}
)

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

// newOffice has an operation plan in version 1.0, whose revisions the contractor alone
// approves.
func newOffice(t *testing.T) *modulestest.Office {
	t.Helper()
	return newOfficeWith(t, document.OperationPlan)
}

func newOfficeWith(t *testing.T, key document.Key) *modulestest.Office {
	t.Helper()
	o := modulestest.New(t)
	o.Employ(leader, access.PM)
	o.Employ(second, access.PhaseLeader)
	o.Employ(officer, access.CityOfficer)
	o.Employ(head, access.CityApprover)
	d := document.Register.Draft(plan.ID)
	d.Title, d.Type, d.Key = "運用計画書", document.Plan, key
	d.Revisions = []document.Line{{Version: "1.0", Change: "初版"}}
	o.OK(o.Save(leader, d))
	f := document.Flows.Draft(app.ID{101})
	f.Vendor, f.Reason = true, "合意"
	o.OK(o.Save(head, f))
	return o
}

func ask(o *modulestest.Office, id byte) app.Ref {
	o.Helper()
	r := changerequest.Register.Draft(app.ID{200, id})
	r.Title, r.Document, r.Version, r.Before, r.After, r.Reason = "夜間の監視を二人とする", plan, "1.0", "一人で監視する。", "二人で監視する。", "見落としを防ぐため"
	r.Impact, r.Risk = "当番表を改める。", "要員が不足するときは一人に戻す。"
	o.OK(o.Save(leader, r))
	return r.Ref
}

func at(o *modulestest.Office, ref app.Ref) *changerequest.Request {
	o.Helper()
	return modulestest.Load(o, changerequest.Register, ref)
}

// revise is a revision of the plan that was approved.
func revise(o *modulestest.Office, id byte, fill func(*document.Revision)) app.Ref {
	o.Helper()
	r := document.Revisions.Draft(app.ID{210, id})
	r.Document, r.Body, r.Reason = plan, "夜間の監視は二人で行う。", "変更"
	fill(r)
	o.OK(o.Save(leader, r))
	o.OK(o.Do(leader, r.Ref, "submit"))
	o.OK(o.Do(second, r.Ref, "approve"))
	return r.Ref
}

// Asking, agreeing and approving take three people in that order; the city approves by
// its number.
func TestApprovedByContractorAndCity(t *testing.T) {
	o := newOffice(t)
	ref := ask(o, 1)
	o.Is(o.Do(second, ref, "agree"), app.Stale, "その段階にありません")
	o.OK(o.Do(leader, ref, "submit"))
	o.Is(o.Do(leader, ref, "agree"), app.Forbidden, "それぞれ別の者")
	o.Is(o.Do(head, ref, "approve", "letter=x"), app.Stale, "その段階にありません")
	seen := o.Rows[ref]
	o.OK(o.Do(second, ref, "agree"))
	o.Is(o.Late(second, seen, ref, "decline", "reason=x"), app.Stale, "先に変更")
	for _, who := range []app.ID{leader, second} {
		o.Is(o.Do(who, ref, "approve", "letter=x"), app.Forbidden, "それぞれ別の者")
	}
	o.Is(o.Do(head, ref, "approve"), app.Invalid, "市の文書番号")
	o.OK(o.Do(head, ref, "approve", "letter=8葉情第61号"))
	r := at(o, ref)
	if r.State != changerequest.Allowed || r.Letter != "8葉情第61号" || r.Approved != on(2026, 11, 20) || r.By.ID != leader || r.Checker.ID != second || r.Approver.ID != head || r.Number != "C2026-0001" {
		t.Errorf("%+v", r)
	}
	r.After = "三人で監視する。"
	o.Is(o.Save(leader, r), app.Forbidden, "審査に回した変更要求は変更できません")
	other := ask(o, 2)
	o.OK(o.Do(leader, other, "submit"))
	o.OK(o.Do(second, other, "decline", "reason=要員がいない"))
	o.Is(o.Do(leader, other, "withdraw", "reason=x"), app.Stale, "その段階にありません")
}

// Each side declines in its turn, and only who asked, or approved, takes a request back.
func TestDeclinedInTurnWithdrawnByItsOwn(t *testing.T) {
	o := newOffice(t)
	ref := ask(o, 1)
	for _, who := range []app.ID{second, officer, head} {
		o.Is(o.Do(who, ref, "withdraw", "reason=x"), app.Forbidden, "申請した者か")
	}
	o.OK(o.Do(leader, ref, "submit"))
	o.Is(o.Do(head, ref, "decline", "reason=x"), app.Forbidden, "市承認待ちの間は市の承認者")
	o.OK(o.Do(second, ref, "agree"))
	for _, who := range []app.ID{leader, second} {
		o.Is(o.Do(who, ref, "decline", "reason=x"), app.Forbidden, "市承認待ちの間は市の承認者")
	}
	o.OK(o.Do(head, ref, "approve", "letter=8葉情第61号"))
	o.Is(o.Do(second, ref, "withdraw", "reason=x"), app.Forbidden, "申請した者か")
	o.OK(o.Do(head, ref, "withdraw", "reason=事情が変わった"))
	for id, who := range []app.ID{leader, head} {
		ref = ask(o, byte(id+2))
		o.OK(o.Do(leader, ref, "submit"))
		if who == head {
			o.OK(o.Do(second, ref, "agree"))
			o.OK(o.Do(head, ref, "decline", "reason=要員がいない"))
			continue
		}
		o.OK(o.Do(leader, ref, "withdraw", "reason=不要になった"))
	}
}

// A request is whole, and about a version that was approved, before others read it.
func TestSubmittedWhole(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		spoil func(*changerequest.Request)
		word  string
	}{
		{func(r *changerequest.Request) { r.Impact = " " }, "影響分析"},
		{func(r *changerequest.Request) { r.Risk = "" }, "リスクと切戻し"},
		{func(r *changerequest.Request) { r.Version = "2.0" }, "第2.0版はありません"},
	} {
		ref := ask(o, 1)
		r := at(o, ref)
		c.spoil(r)
		o.OK(o.Save(leader, r))
		o.Is(o.Do(leader, ref, "submit"), app.Invalid, c.word)
		delete(o.Rows, ref)
	}
}

// A version of a key document that differs from the one agreed on is published with an
// approved change alone, which is then in a document and in no second one.
func TestNothingIsPublishedThatDiffersWithoutAChange(t *testing.T) {
	o := newOffice(t)
	bare := revise(o, 1, func(*document.Revision) {})
	o.Is(o.Do(leader, bare, "publish"), app.Forbidden, "承認された変更要求がなければ")
	change := ask(o, 1)
	o.OK(o.Do(leader, change, "submit"))
	early := revise(o, 2, func(r *document.Revision) { r.Changes = []app.Ref{change} })
	o.Is(o.Do(leader, early, "publish"), app.Forbidden, "まだ反映されていないものではありません")
	o.OK(o.Do(second, change, "agree"))
	o.OK(o.Do(head, change, "approve", "letter=8葉情第61号"))
	o.OK(o.Do(leader, early, "publish"))
	if r := at(o, change); r.State != changerequest.Done || r.Applied != "1.2" || r.On != on(2026, 11, 20) {
		t.Errorf("%+v", r)
	}
	again := revise(o, 3, func(r *document.Revision) { r.Changes = []app.Ref{change} })
	o.Is(o.Do(leader, again, "publish"), app.Forbidden, "まだ反映されていないものではありません")
	strange := revise(o, 4, func(r *document.Revision) { r.Changes = []app.Ref{plan} })
	o.Is(o.Do(leader, strange, "publish"), app.Invalid, "変更要求でない記録")
}

// Who sends such a version on its way is told at once; the city does not approve it, and
// does once the change is approved.
func TestTheCityApprovesNothingThatDiffersWithoutAChange(t *testing.T) {
	o := newOffice(t)
	f := document.Flows.Draft(app.ID{102})
	f.Vendor, f.City, f.Reason = true, true, "合意"
	o.OK(o.Save(head, f))
	change := ask(o, 1)
	o.OK(o.Do(leader, change, "submit"))
	ref := revise(o, 1, func(r *document.Revision) { r.Changes = []app.Ref{change} })
	bare := revise(o, 2, func(*document.Revision) {})
	words := revise(o, 3, func(r *document.Revision) { r.Accord = document.Editorial })
	for ref, want := range map[app.Ref]document.Lacking{ref: document.Change, bare: document.Change, words: document.Nothing} {
		if r := modulestest.Load(o, document.Revisions, ref); r.State != document.City || r.Lacking != want {
			t.Errorf("%s lacks %q, want %q", r.State, r.Lacking, want)
		}
	}
	o.Is(o.Do(head, bare, "approve"), app.Forbidden, "承認された変更要求がなければ、市の承認も発行もできません")
	o.Is(o.Do(head, ref, "approve"), app.Forbidden, "まだ反映されていないものではありません")
	o.OK(o.Do(second, change, "agree"))
	o.OK(o.Do(head, change, "approve", "letter=8葉情第61号"))
	o.OK(o.Do(head, ref, "approve"))
	if r := modulestest.Load(o, document.Revisions, ref); r.Lacking != document.Nothing || at(o, change).State != changerequest.Allowed {
		t.Errorf("%+v", r)
	}
	o.OK(o.Do(leader, change, "withdraw", "reason=取りやめ"))
	o.Is(o.Do(leader, ref, "publish"), app.Forbidden, "まだ反映されていないものではありません")
}

// What differs from nothing that was agreed on needs no change: the first version of a
// document, one that is no key document, agreements written down, mended words.
func TestWhatNeedsNoChange(t *testing.T) {
	for name, spoil := range map[string]func(*document.Document, *document.Revision){
		"first":   func(d *document.Document, _ *document.Revision) { d.Revisions = nil },
		"agreed":  func(_ *document.Document, r *document.Revision) { r.Accord = document.Incorporates },
		"editing": func(_ *document.Document, r *document.Revision) { r.Accord = document.Editorial },
	} {
		o := newOffice(t)
		d := modulestest.Load(o, document.Register, plan)
		fill := func(r *document.Revision) { spoil(d, r) }
		fill(&document.Revision{})
		o.OK(o.Save(leader, d))
		if err := o.Do(leader, revise(o, 1, fill), "publish"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	o := newOfficeWith(t, "")
	o.OK(o.Do(leader, revise(o, 1, func(*document.Revision) {}), "publish"))
	o = newOffice(t)
	r := modulestest.Load(o, document.Revisions, revise(o, 1, func(*document.Revision) {}))
	r.Accord = document.Editorial
	o.Is(o.Save(leader, r), app.Forbidden, "回付した版")
}

// A key document stays one once a version was agreed on: else it would be published
// while it is none.
func TestAKeyDocumentStaysOne(t *testing.T) {
	clear := func(o *modulestest.Office) error {
		d := modulestest.Load(o, document.Register, plan)
		d.Key = ""
		return o.Save(leader, d)
	}
	o := newOffice(t)
	o.Is(clear(o), app.Forbidden, "「重要文書」は外せません")
	bare := revise(o, 1, func(*document.Revision) {})
	o.Is(clear(o), app.Forbidden, "「重要文書」は外せません")
	o.Is(o.Do(leader, bare, "publish"), app.Forbidden, "承認された変更要求がなければ")
	d := modulestest.Load(o, document.Register, plan)
	d.Key = document.FailurePlan // the wrong one of the list was chosen
	o.OK(o.Save(leader, d))
	o.Is(o.Do(leader, bare, "publish"), app.Forbidden, "承認された変更要求がなければ")
	o = newOfficeWith(t, "")
	d = modulestest.Load(o, document.Register, plan)
	d.Key = document.OperationPlan // nobody had said so yet
	o.OK(o.Save(leader, d))
	o.Is(o.Do(leader, revise(o, 1, func(*document.Revision) {}), "publish"), app.Forbidden, "承認された変更要求がなければ")
}
