package retention_test

import (
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/erasure"
	"daicho/app/modules/modulestest"
	"daicho/app/retention"
	"daicho/app/ticket"
)

var (
	leader, officer, head, second = app.ID{1}, app.ID{2}, app.ID{3}, app.ID{4}
	old                           = app.Ref{Kind: document.Kind, ID: app.ID{100}}
	text                          = app.Ref{Kind: document.RevisionKind, ID: app.ID{101}}
)

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

// newOffice has a report of 2024 that was kept for a year, until the end of March 2026,
// with a version that was approved and published.
func newOffice(t *testing.T) *modulestest.Office {
	t.Helper()
	o := modulestest.New(t)
	o.Employ(leader, access.PM)
	o.Employ(officer, access.CityOfficer)
	o.Employ(head, access.CityApprover)
	o.Employ(second, access.CityApprover)
	f := document.Flows.Draft(app.ID{90})
	f.Vendor, f.Reason = true, "合意"
	o.OK(o.Save(head, f))
	o.Now = time.Date(2024, 6, 3, 10, 0, 0, 0, civil.Tokyo)
	d := document.Register.Draft(old.ID)
	d.Title, d.Type, d.Retention, d.Sender, d.Summary = "月次報告書", document.Report, document.Year1, "久米 渉", "先月の実績"
	o.OK(o.Save(officer, d))
	r := document.Revisions.Draft(text.ID)
	r.Document, r.Body, r.Reason = old, "問い合わせは49件であった。", "初版"
	o.OK(o.Save(officer, r))
	o.OK(o.Do(officer, text, "submit"))
	o.OK(o.Do(leader, text, "approve"))
	o.OK(o.Do(officer, text, "publish"))
	d = paper(o)
	d.Completed = on(2024, 6, 3)
	o.OK(o.Save(officer, d))
	o.Now = time.Date(2026, 11, 20, 14, 0, 0, 0, civil.Tokyo)
	return o
}

func paper(o *modulestest.Office) *document.Document {
	o.Helper()
	return modulestest.Load(o, document.Register, old)
}

func propose(o *modulestest.Office, by app.ID, id byte) app.Ref {
	o.Helper()
	d := retention.Disposals.Draft(app.ID{110, id})
	d.Document, d.Reason = old, "満了"
	o.OK(o.Save(by, d))
	return d.Ref
}

func hold(o *modulestest.Office, id byte, about app.Ref) app.Ref {
	o.Helper()
	h := retention.Holds.Draft(app.ID{120, id})
	h.About, h.Basis, h.Reason = about, retention.Dispute, "秘密の係争のため"
	o.OK(o.Save(officer, h))
	return h.Ref
}

// One person proposes, another approves; number, title and dates stay, and nothing else.
func TestDisposedOfByTwo(t *testing.T) {
	o := newOffice(t)
	if d := paper(o); d.Expires != on(2026, 3, 31) {
		t.Fatal(d.Expires)
	}
	ref := propose(o, head, 1)
	again := retention.Disposals.Draft(app.ID{110, 9})
	again.Document = old
	o.Is(o.Save(officer, again), app.Stale, "既に提案されています")
	o.Is(o.Do(head, ref, "approve"), app.Forbidden, "自分の提案")
	o.Is(o.Do(officer, ref, "withdraw"), app.Forbidden, "提案した本人だけ")
	p := modulestest.Load(o, retention.Disposals, ref)
	p.Document.ID = app.ID{77}
	o.Is(o.Save(head, p), app.Forbidden, "変更できません")
	seen := o.Rows[ref]
	o.OK(o.Do(second, ref, "approve"))
	o.Is(o.Late(second, seen, ref, "approve"), app.Stale, "先に変更")
	o.Is(o.Do(second, ref, "approve"), app.Stale, "既に決定")
	o.Is(o.Do(second, ref, "decline", "why=x"), app.Stale, "既に決定")
	o.Is(o.Do(head, ref, "withdraw"), app.Stale, "既に決定")

	d, r, done := paper(o), modulestest.Load(o, document.Revisions, text), modulestest.Load(o, retention.Disposals, ref)
	if !d.IsErased() || d.Disposed != on(2026, 11, 20) || d.Sender != "" || d.Summary != "" || len(d.Revisions) != 0 || d.Title != "月次報告書" || d.Number == "" || d.Issued != on(2024, 6, 3) {
		t.Errorf("%+v", d)
	}
	if !r.IsErased() || r.Body != "" || r.Version != "1.0" {
		t.Errorf("%+v", r)
	}
	if done.State != retention.Done || done.PaperNo != d.Number || done.Title != d.Title || done.Class != "1年" || done.Completed != on(2024, 6, 3) || done.Expires != on(2026, 3, 31) ||
		done.Disposed != on(2026, 11, 20) || done.By.ID != head || done.DecidedBy.ID != second || done.Number != "DP2026-0001" {
		t.Errorf("%+v", done)
	}

	d.Title = "別の名前"
	o.Is(o.Save(officer, d), app.Forbidden, "廃棄済み")
	o.Is(o.Do(officer, old, "revise", "reason=x"), app.Forbidden, "消去されている")
	o.Is(o.Do(officer, old, "circulate", "people="+app.Ref{Kind: app.PersonKind, ID: head}.String()), app.Forbidden, "廃棄済み")
	o.Is(o.Do(officer, old, "discard"), app.Forbidden, "廃棄済み")
	h := retention.Holds.Draft(app.ID{120, 9})
	h.About, h.Basis, h.Reason = old, retention.Audit, "監査"
	o.Is(o.Save(officer, h), app.Stale, "既に廃棄または消去")
}

// What is kept, is not complete or is being worked on is not disposed of, be it so only
// after somebody proposed it.
func TestWhatIsStillKept(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*modulestest.Office)
		code  app.Code
		word  string
		later string // what approval says, where the proposal came first
	}{
		"in use":    {func(o *modulestest.Office) { d := paper(o); d.Retention = document.InUse; o.OK(o.Save(officer, d)) }, app.Invalid, "満了日が決まっていない", ""},
		"not ended": {func(o *modulestest.Office) { d := paper(o); d.Completed = 0; o.OK(o.Save(officer, d)) }, app.Invalid, "満了日が決まっていない", ""},
		"longer":    {func(o *modulestest.Office) { d := paper(o); d.Retention = document.Years5; o.OK(o.Save(officer, d)) }, app.Invalid, "令和12年3月31日まで保存", ""},
		"revised":   {func(o *modulestest.Office) { o.OK(o.Do(officer, old, "revise", "reason=誤記")) }, app.Stale, "作成中または審査中", ""},
		"the contract": {func(o *modulestest.Office) {
			d := paper(o)
			d.Retention, d.ContractEnds = document.Contract1, on(2024, 12, 31)
			o.OK(o.Save(officer, d))
		}, "", "", "保存期間が変更"},
	} {
		o := newOffice(t)
		c.spoil(o)
		d := retention.Disposals.Draft(app.ID{110, 1})
		d.Document = old
		if err := o.Save(officer, d); c.code == "" {
			o.OK(err)
		} else {
			o.Is(err, c.code, c.word)
		}
		o = newOffice(t)
		ref := propose(o, officer, 1)
		c.spoil(o)
		if c.later != "" {
			o.Is(o.Do(head, ref, "approve"), app.Stale, c.later)
		} else {
			o.Is(o.Do(head, ref, "approve"), c.code, c.word)
		}
		if paper(o).IsErased() {
			t.Error(name, "was erased")
		}
	}
	o := newOffice(t)
	o.Now = time.Date(2026, 3, 31, 23, 59, 59, 0, civil.Tokyo)
	d := retention.Disposals.Draft(app.ID{110, 1})
	d.Document = old
	o.Is(o.Save(officer, d), app.Invalid, "令和8年3月31日まで保存")
	o.Now = o.Now.Add(time.Second)
	o.OK(o.Save(officer, d))
	o.OK(o.Do(head, d.Ref, "decline", "why=歴史的な資料のため"))
	o.Is(o.Do(officer, d.Ref, "withdraw"), app.Stale, "既に決定")
	again := propose(o, officer, 2)
	o.OK(o.Do(officer, again, "withdraw"))
}

// Nothing that is held, or a part of which is, is disposed of or erased: not what a hold
// came for after the proposal, and not until the last one is released.
func TestAHoldKeeps(t *testing.T) {
	for name, about := range map[string]app.Ref{"the document": old, "its version": text} {
		o := newOffice(t)
		ref := propose(o, officer, 1)
		e := erasure.Register.Draft(app.ID{130})
		e.About, e.Basis, e.Reason = text, erasure.Mistaken, "誤り"
		o.OK(o.Save(leader, e))
		first, other := hold(o, 1, about), hold(o, 2, about)
		if paper(o).Held != (about == old) {
			t.Error(name, "is marked", paper(o).Held)
		}
		err := o.Do(head, ref, "approve")
		o.Is(err, app.Forbidden, "凍結されているため、廃棄も消去もできません（H2026-0001、訴訟・紛争、令和8年11月20日から）")
		o.Is(o.Do(head, e.Ref, "approve"), app.Forbidden, "凍結されている")
		o.Is(o.Do(officer, first, "release"), app.Invalid, "解除の理由")
		o.OK(o.Do(head, first, "release", "why=終結"))
		o.Is(o.Do(head, first, "release", "why=再び"), app.Stale, "既に解除")
		o.Is(o.Do(head, ref, "approve"), app.Forbidden, "凍結されている")
		if paper(o).Held != (about == old) || paper(o).IsErased() {
			t.Errorf("%s: %+v", name, paper(o))
		}
		o.OK(o.Do(head, other, "release", "why=終結"))
		if paper(o).Held {
			t.Error(name, "is marked for ever")
		}
		o.OK(o.Do(head, ref, "approve"))
	}
	o := newOffice(t)
	hold(o, 1, old)
	o.Is(o.Do(officer, old, "discard", "reason=満了"), app.Forbidden, "凍結されている")
	h := modulestest.Load(o, retention.Holds, app.Ref{Kind: retention.HoldKind, ID: app.ID{120, 1}})
	h.Reason = "別の理由"
	o.Is(o.Save(officer, h), app.Forbidden, "凍結の内容は変更できません")
}

// A record of any register can be held.
func TestATicketIsHeld(t *testing.T) {
	o := newOffice(t)
	k := ticket.Register.Draft(app.ID{140})
	k.Title, k.Channel = "相談", ticket.Phone
	o.OK(o.Save(leader, k))
	e := erasure.Register.Draft(app.ID{130})
	e.About, e.Basis, e.Reason = k.Ref, erasure.Claimed, "請求"
	o.OK(o.Save(officer, e))
	held := hold(o, 1, k.Ref)
	o.Is(o.Do(head, e.Ref, "approve"), app.Forbidden, "凍結されている")
	o.OK(o.Do(head, held, "release", "why=終結"))
	o.OK(o.Do(head, e.Ref, "approve"))
	if !modulestest.Load(o, ticket.Register, k.Ref).IsErased() {
		t.Error("it was not erased")
	}
}
