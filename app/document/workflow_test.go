package document_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules/modulestest"
	"daicho/app/people"
)

// office has the people of the story, and a plan.
type office struct{ *modulestest.Office }

func (o office) document(ref app.Ref) *document.Document {
	o.Helper()
	return modulestest.Load(o.Office, document.Register, ref)
}

func (o office) revision(ref app.Ref) *document.Revision {
	o.Helper()
	return modulestest.Load(o.Office, document.Revisions, ref)
}

// The people of the story, named by what they do.
var (
	author, first, second, leader, city, other = app.ID{1}, app.ID{2}, app.ID{3}, app.ID{4}, app.ID{5}, app.ID{6}
	plan                                       = app.Ref{Kind: document.Kind, ID: app.ID{100}}
)

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{modulestest.New(t)}
	for id, role := range map[app.ID]access.Role{author: access.FieldEngineer, first: access.Reviewer1, second: access.Reviewer2, leader: access.PM, city: access.CityApprover, other: access.Helpdesk} {
		o.Employ(id, role)
	}
	d := document.Register.Draft(plan.ID)
	d.Title, d.Type, d.Key = "運用計画書", document.Plan, document.OperationPlan
	o.OK(o.Save(author, d))
	return o
}

func (o office) grant(id app.ID, role access.Role) {
	o.Helper()
	g := people.Grants.Draft(app.ID{50, byte(len(o.Rows))})
	g.Person, g.Role = app.Ref{Kind: app.PersonKind, ID: id}, role
	o.OK(o.Save(app.ID{99}, g))
}

// draft begins a revision of the plan with a text.
func (o office) draft(by app.ID, id byte, body string) app.Ref {
	o.Helper()
	r := document.Revisions.Draft(app.ID{200, id})
	r.Document, r.Body, r.Reason = plan, body, "初版"
	o.OK(o.Save(by, r))
	return r.Ref
}

// pass takes a draft through every step.
func (o office) pass(ref app.Ref) {
	o.Helper()
	o.OK(o.Do(author, ref, "submit"))
	for _, who := range []app.ID{first, second, leader, city} {
		o.OK(o.Do(who, ref, "approve"))
	}
}

// Author, first review, second review, contractor, city: each step is another
// person of its role, and nothing is published before the last.
func TestEveryWrongApprovalIsRefused(t *testing.T) {
	o := newOffice(t)
	ref := o.draft(author, 1, "# 運用計画\n")
	o.Is(o.Do(city, ref, "approve"), app.Stale, "審査・承認待ちではありません")
	o.Is(o.Do(author, ref, "publish"), app.Stale, "承認されていない版")
	o.Is(o.Do(other, ref, "submit"), app.Forbidden, "作成に加わった者だけ")
	seen := o.Rows[ref]
	o.OK(o.Do(author, ref, "submit"))
	o.Is(o.Late(first, seen, ref, "approve"), app.Stale, "「状態」が先に変更")
	for _, step := range []struct {
		who   app.ID
		wrong map[app.ID]string
	}{
		{first, map[app.ID]string{author: "「1次レビューア」", second: "「1次レビューア」", city: "「1次レビューア」", other: "「1次レビューア」"}},
		{second, map[app.ID]string{first: "「2次レビューア」", leader: "「2次レビューア」"}},
		{leader, map[app.ID]string{second: "「PM」", city: "「PM」"}},
		{city, map[app.ID]string{leader: "「情報課承認者」", author: "「情報課承認者」"}},
	} {
		for who, word := range step.wrong {
			o.Is(o.Do(who, ref, "approve"), app.Forbidden, word)
			o.Is(o.Do(who, ref, "return", "reason=表が足りない"), app.Forbidden, word)
		}
		o.Is(o.Do(author, ref, "publish"), app.Stale, "承認されていない版")
		o.OK(o.Do(step.who, ref, "approve"))
	}
	o.Is(o.Do(city, ref, "approve"), app.Stale, "審査・承認待ちではありません")
	r, d := o.revision(ref), o.document(plan)
	if r.Version != "1.0" || r.State != document.Passed || d.Version != "1.0" || d.Current != ref || d.Approved != r.Approved || d.Issued != 0 {
		t.Errorf("%+v\n%+v", r, d)
	}
	o.OK(o.Do(author, ref, "publish"))
	o.Is(o.Do(author, ref, "publish"), app.Stale, "既に終わって")
	if d = o.document(plan); d.State != document.Issued || d.Issued.String() != "2026-11-20" || len(d.Revisions) != 1 || d.Revisions[0].Author != "担当 field_engineer" {
		t.Errorf("%+v", d)
	}
	approvals, err := o.Linked(ref, document.ApprovalKind)
	o.OK(err)
	for _, at := range approvals {
		if got := o.Rows[at].Get("hash").Text(); got != r.ContentHash() {
			t.Errorf("signed %q", got)
		}
	}
	if len(approvals) != 5 {
		t.Errorf("%d approvals", len(approvals))
	}
}

// Whoever holds every role still does one step of a document alone.
func TestOnePersonDoesOneStep(t *testing.T) {
	o := newOffice(t)
	for _, role := range []access.Role{access.Reviewer1, access.Reviewer2, access.PM} {
		o.grant(author, role)
		o.grant(first, role)
	}
	ref := o.draft(author, 1, "本文")
	o.OK(o.Do(author, ref, "submit"))
	o.Is(o.Do(author, ref, "approve"), app.Forbidden, "作成に加わった者は")
	o.OK(o.Do(first, ref, "approve"))
	o.Is(o.Do(first, ref, "approve"), app.Forbidden, "既に1次レビュー")
	o.OK(o.Do(second, ref, "approve"))
	o.Is(o.Do(first, ref, "approve"), app.Forbidden, "既に1次レビュー")
}

// What was submitted stays as it was; sent back, its words begin a new draft, which
// goes the whole way again.
func TestSentBack(t *testing.T) {
	o := newOffice(t)
	ref := o.draft(author, 1, "本文")
	o.OK(o.Do(author, ref, "submit"))
	r := o.revision(ref)
	r.Body = "別の本文"
	o.Is(o.Save(author, r), app.Forbidden, "回付した版は変更できません")
	o.OK(o.Do(first, ref, "approve"))
	o.Is(o.Do(second, ref, "return"), app.Invalid, "差戻しの理由")
	o.OK(o.Do(second, ref, "return", "reason=別表1の連絡先が古い"))
	if r = o.revision(ref); r.State != document.SentBack || r.Version != "0.1" || r.Wanting != "別表1の連絡先が古い" {
		t.Errorf("%+v", r)
	}
	all, err := o.Linked(plan, document.RevisionKind)
	o.OK(err)
	again := o.revision(all[slices.IndexFunc(all, func(x app.Ref) bool { return x != ref })])
	if len(all) != 2 || again.Version != "0.2" || again.State != document.Draft || again.Body != "本文" {
		t.Errorf("%d revisions: %+v", len(all), again)
	}
	// Who sent it back has taken over no authorship, so he may review it again.
	if !slices.Contains(again.Authors, app.Ref{Kind: app.PersonKind, ID: author}) || slices.Contains(again.Authors, app.Ref{Kind: app.PersonKind, ID: second}) {
		t.Errorf("authors: %v", again.Authors)
	}
	o.pass(again.Ref)
}

// Two drafts of one version stand beside each other. When one is approved the
// other cannot follow before it was merged; what overlaps a person settles.
func TestTwoDraftsOfOneVersion(t *testing.T) {
	o := newOffice(t)
	o.pass(o.draft(author, 1, "# 連絡先\n甲府\n# 手順\n一\n"))
	a, b := o.draft(author, 2, "# 連絡先\n甲斐\n# 手順\n一\n"), o.draft(other, 3, "# 連絡先\n山梨\n# 手順\n一\n二\n")
	for ref, want := range map[app.Ref]string{a: "1.1案1", b: "1.1案2"} {
		if r := o.revision(ref); r.Version != want {
			t.Errorf("%s, want %s", r.Version, want)
		}
	}
	if r := o.revision(b); !slices.Equal(r.Beside, []app.Ref{a}) {
		t.Errorf("beside %v", r.Beside)
	}
	words := o.revision(a)
	words.Accord = document.Editorial
	o.OK(o.Save(author, words))
	o.pass(a)
	o.Is(o.Do(other, b, "submit"), app.Stale, "第1.1版が承認されています")
	o.Is(o.Do(author, a, "merge"), app.Forbidden, "回付した版")
	o.OK(o.Do(other, b, "merge"))
	r := o.revision(b)
	if r.Version != "1.2案1" || r.Base != a || !strings.Contains(r.Body, "甲斐") || !strings.Contains(r.Body, "山梨") || !strings.Contains(r.Body, "二") {
		t.Errorf("%+v", r)
	}
	o.Is(o.Do(other, b, "submit"), app.Invalid, "重なった箇所")
	r.Body = "# 連絡先\n甲斐・山梨\n# 手順\n一\n二\n"
	o.OK(o.Save(other, r))
	o.OK(o.Do(other, b, "submit"))
}

// Merging takes over what the current version did with the files: one that it left out does
// not come again, one that it added is there, and the draft's own stay.
func TestMergedFiles(t *testing.T) {
	o := newOffice(t)
	file := func(n byte) app.Blob { return app.Blob{ID: app.BlobID{n}, Name: string('0'+rune(n)) + ".txt", Size: 1} }
	with := func(ref app.Ref, files ...app.Blob) app.Ref {
		r := o.revision(ref)
		r.Files, r.Accord = files, document.Editorial
		o.OK(o.Save(author, r))
		return ref
	}
	o.pass(with(o.draft(author, 1, "本文"), file(1), file(2)))
	a, b := with(o.draft(author, 2, "本文"), file(1), file(3)), with(o.draft(author, 3, "本文"), file(1), file(2), file(4))
	o.pass(a)
	o.OK(o.Do(author, b, "merge"))
	if got := o.revision(b).Files; !slices.Equal(got, []app.Blob{file(1), file(3), file(4)}) && !slices.Equal(got, []app.Blob{file(1), file(4), file(3)}) {
		t.Errorf("%v", got)
	}
}

// Two people publish at once: the second hears which version came first.
func TestTwoPublishAtOnce(t *testing.T) {
	o := newOffice(t)
	one := o.draft(author, 1, "一")
	two := o.draft(author, 2, "二")
	o.OK(o.Do(author, two, "submit"))
	o.pass(one)
	o.Is(o.Do(first, two, "approve"), app.Stale, "第1.0版が承認されています")
	saw := o.Rows[one]
	o.OK(o.Late(author, saw, one, "publish"))
	o.Is(o.Late(leader, saw, one, "publish"), app.Stale, "「状態」が先に変更")
	o.OK(o.Do(author, two, "withdraw"))
	three := o.draft(author, 3, "三")
	words := o.revision(three)
	words.Accord = document.Editorial
	o.OK(o.Save(author, words))
	o.pass(three)
	o.OK(o.Do(author, three, "publish"))
	if got := o.revision(one).State; got != document.Superseded {
		t.Errorf("the version before is %s", got)
	}
}

// A delegation counts from its first day to its last, for its step alone, and not
// for one who has had a hand in the revision, nor for whom he stands.
func TestDelegation(t *testing.T) {
	o := newOffice(t)
	d := document.Delegations.Draft(app.ID{60})
	d.To, d.Step, d.Reason = app.Ref{Kind: app.PersonKind, ID: other}, document.City, "出張"
	d.Since, d.Until = app.DayOf(civil.Date{Year: 2026, Month: 11, Day: 21}), app.DayOf(civil.Date{Year: 2026, Month: 11, Day: 22})
	o.OK(o.Save(city, d))
	ref := o.draft(author, 1, "本文")
	o.OK(o.Do(author, ref, "submit"))
	o.Now = o.Now.AddDate(0, 0, 1)
	o.Is(o.Do(other, ref, "approve"), app.Forbidden, "1次レビュー")
	for _, who := range []app.ID{first, second, leader} {
		o.OK(o.Do(who, ref, "approve"))
	}
	for _, c := range []struct {
		day  int
		want bool
	}{{20, false}, {23, false}, {22, true}} {
		o.Now = time.Date(2026, 11, c.day, 23, 59, 0, 0, civil.Tokyo)
		err := o.Do(other, ref, "approve")
		if c.want {
			o.OK(err)
		} else {
			o.Is(err, app.Forbidden, "その委任を受けた者")
		}
	}
	o.Is(o.Do(other, d.Ref, "revoke"), app.Forbidden, "委任した本人")
	o.OK(o.Do(city, d.Ref, "revoke"))
}

// A flow says which steps a type of documents passes: here the contractor's alone.
func TestAFlowOfOneType(t *testing.T) {
	o := newOffice(t)
	f := document.Flows.Draft(app.ID{70})
	f.Type, f.Reason = document.Plan, "8葉情第3号"
	o.Is(o.Save(city, f), app.Invalid, "少なくとも一つ")
	f.Vendor, f.Days = true, 3
	o.OK(o.Save(city, f))
	ref := o.draft(author, 1, "本文")
	o.OK(o.Do(author, ref, "submit"))
	if r := o.revision(ref); r.State != document.Vendor || r.Due.String() != "2026-11-23" {
		t.Errorf("%+v", r)
	}
	o.OK(o.Do(leader, ref, "approve"))
	if r := o.revision(ref); r.Version != "1.0" || r.Due != 0 {
		t.Errorf("%+v", r)
	}
}

// What has revisions is issued by them alone; it is submitted after that.
func TestNothingGoesRoundApproval(t *testing.T) {
	o := newOffice(t)
	ref := o.draft(author, 1, "本文")
	d := o.document(plan)
	d.Issued = 20_000
	o.Is(o.Save(author, d), app.Forbidden, "発行する")
	d = o.document(plan)
	d.Revisions = append(d.Revisions, document.Line{Version: "3.0"})
	o.Is(o.Save(author, d), app.Forbidden, "改訂履歴は")
	o.Is(o.Do(author, plan, "submit", "day=2026-11-21"), app.Stale, "まだ発行されていない")
	o.pass(ref)
	o.OK(o.Do(author, ref, "publish"))
	o.Is(o.Do(author, plan, "submit", "day=2026-11-19"), app.Invalid, "提出日が公表日より前")
	o.Is(o.Do(author, plan, "submit", "day=2026-11-21"), app.Invalid, "提出日が現在より後")
	o.OK(o.Do(author, plan, "submit", "day=2026-11-20"))
	o.OK(o.Do(author, plan, "revise", "level=major", "reason=体制の変更"))
	all, err := o.Linked(plan, document.RevisionKind)
	o.OK(err)
	if r := o.revision(all[slices.IndexFunc(all, func(x app.Ref) bool { return x != ref })]); r.Version != "2.0案1" || r.Body != "本文" || r.Base != ref {
		t.Errorf("%+v", r)
	}
}

// The type says who approves: it stays from the first submission on.
func TestATypeIsNotChangedOnTheWay(t *testing.T) {
	o := newOffice(t)
	retype := func(to document.Type) error {
		d := o.document(plan)
		d.Type = to
		return o.Save(leader, d)
	}
	ref := o.draft(author, 1, "本文")
	o.OK(retype(document.Design))
	o.OK(o.Do(author, ref, "submit"))
	o.Is(retype(document.Oral), app.Forbidden, "審査中の文書")
	for _, who := range []app.ID{first, second, leader, city} {
		o.OK(o.Do(who, ref, "approve"))
	}
	o.Is(retype(document.Oral), app.Forbidden, "承認済の版")
}

// Versions before there were revisions count on.
func TestARevisionAfterOldVersions(t *testing.T) {
	for version, want := range map[string]string{"": "0.1", "0.3": "0.4", "1.4": "1.5案1", "第3版": "0.1"} {
		o := newOffice(t)
		if version != "" {
			d := o.document(plan)
			d.Revisions = []document.Line{{Version: version}}
			o.OK(o.Save(author, d))
		}
		if r := o.revision(o.draft(author, 1, "本文")); r.Version != want {
			t.Errorf("after %q comes %q, want %q", version, r.Version, want)
		}
	}
}

// A request is answered by the first reply that is issued; read marks are each
// person's own.
func TestCorrespondence(t *testing.T) {
	o := newOffice(t)
	var refs []app.Ref
	for i, name := range []string{"照会", "中間の回答", "回答"} {
		d := document.Register.Draft(app.ID{120, byte(i)})
		d.Title, d.Type = name, document.Reply
		if i > 0 {
			d.ReplyTo, d.Issued = refs[0], app.Day(20_400-i)
		}
		o.OK(o.Save(author, d))
		refs = append(refs, d.Ref)
	}
	if d := o.document(refs[0]); d.Answered != 20_398 || !slices.Equal(d.AnsweredBy, refs[1:]) {
		t.Errorf("%+v", d)
	}
	other := document.Register.Draft(app.ID{120, 9})
	other.Title, other.Type = "別の照会", document.Request
	o.OK(o.Save(author, other))
	want := func(ref app.Ref, on app.Day, by ...app.Ref) {
		t.Helper()
		if d := o.document(ref); d.Answered != on || !slices.Equal(d.AnsweredBy, by) {
			t.Errorf("%s answered on %d by %v", d.Title, d.Answered, d.AnsweredBy)
		}
	}
	for _, c := range []struct {
		to     app.Ref
		issued app.Day
	}{{other.Ref, 20_398}, {refs[0], 20_398}, {other.Ref, 20_398}} { // it was the wrong one, twice
		d := o.document(refs[2])
		d.ReplyTo, d.Issued = c.to, c.issued
		o.OK(o.Save(author, d))
	}
	want(refs[0], 20_399, refs[1])
	want(other.Ref, 20_398, refs[2])
	d := o.document(refs[1])
	d.Issued = 0
	o.OK(o.Save(author, d))
	want(refs[0], 0)
	person := func(id app.ID) string { return app.Ref{Kind: app.PersonKind, ID: id}.String() }
	o.OK(o.Do(author, refs[0], "circulate", "people="+person(first)+" "+person(second), "due=2026-11-25"))
	all, err := o.Linked(refs[0], document.ReceiptKind)
	o.OK(err)
	if len(all) != 2 {
		t.Fatalf("%d receipts", len(all))
	}
	firsts := slices.DeleteFunc(slices.Clone(all), func(r app.Ref) bool {
		return !slices.Contains(o.Rows[r].Get("person").Refs(), app.Ref{Kind: app.PersonKind, ID: first})
	})
	o.Is(o.Do(author, firsts[0], "read"), app.Forbidden, "本人だけ")
	o.OK(o.Do(first, firsts[0], "read"))
	o.Is(o.Do(first, firsts[0], "read"), app.Stale, "既に確認")
}

// A document stands where its revisions do, whichever way one of them ends.
func TestADocumentStandsWhereItsRevisionsDo(t *testing.T) {
	o := newOffice(t)
	stands := func(want document.State) {
		t.Helper()
		if got := o.document(plan).State; got != want {
			t.Errorf("it is %q, want %q", got, want)
		}
	}
	one := o.draft(author, 1, "一")
	stands(document.Drafted)
	o.OK(o.Do(author, one, "withdraw"))
	stands(document.Registered)
	two, three := o.draft(author, 2, "二"), o.draft(author, 3, "三")
	o.OK(o.Do(author, two, "submit"))
	o.OK(o.Do(author, three, "submit"))
	o.OK(o.Do(first, three, "return", "reason=古い"))
	stands(document.Reviewed) // the second goes on
	for _, who := range []app.ID{first, second, leader, city} {
		o.OK(o.Do(who, two, "approve"))
	}
	stands(document.Drafted) // what was returned is a draft again
	all, err := o.Linked(plan, document.RevisionKind)
	o.OK(err)
	again := all[slices.IndexFunc(all, func(x app.Ref) bool { return o.revision(x).State == document.Draft })]
	o.OK(o.Do(author, again, "withdraw"))
	stands(document.Agreed)
	four := o.draft(author, 4, "四")
	o.OK(o.Do(author, four, "submit"))
	o.OK(o.Do(author, two, "publish"))
	stands(document.Reviewed)
	o.OK(o.Do(author, four, "withdraw"))
	stands(document.Issued)
}
