package staffing_test

import (
	"reflect"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/modules/modulestest"
	"daicho/app/staffing"
)

var (
	leader, head, next = app.ID{1}, app.ID{2}, app.ID{3}
	decision           = app.Ref{Kind: document.Kind, ID: app.ID{100}}
	manager, desk      = app.Ref{Kind: staffing.PostKind, ID: app.ID{110}}, app.Ref{Kind: staffing.PostKind, ID: app.ID{111}}
)

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

func person(id app.ID) app.Ref { return app.Ref{Kind: app.PersonKind, ID: id} }

// newOffice has a construction phase until 31 December 2026 and operation after it.
func newOffice(t *testing.T) *modulestest.Office {
	t.Helper()
	o := modulestest.New(t)
	for id, role := range map[app.ID]access.Role{leader: access.PM, head: access.CityApprover, next: access.PhaseLeader} {
		o.Employ(id, role)
	}
	for i, p := range []staffing.Phase{{Type: staffing.Construction, From: on(2026, 7, 1), To: on(2026, 12, 31)}, {Type: staffing.Operation, From: on(2026, 12, 1), To: on(2031, 3, 31)}} {
		made := staffing.Phases.Draft(app.ID{120, byte(i)})
		made.Name, made.Type, made.From, made.To = "期間", p.Type, p.From, p.To
		o.OK(o.Save(head, made))
	}
	for ref, rank := range map[app.Ref]staffing.Rank{manager: staffing.ManagerRank, desk: staffing.MemberRank} {
		p := staffing.Posts.Draft(ref.ID)
		p.Name, p.Rank, p.Needs = "役割", rank, []staffing.Need{{Skill: "ネットワーク", Level: 3}, {Skill: "折衝", Level: 2}}
		o.OK(o.Save(leader, p))
	}
	d := document.Register.Draft(decision.ID)
	d.Title, d.Type = "要員交代の特例について", document.Notice
	o.OK(o.Save(head, d))
	return o
}

func member(who app.ID, post app.Ref) *staffing.Member {
	m := staffing.Members.Draft(app.ID{130, who[0]})
	m.Person, m.Post, m.From, m.Experience, m.Ability, m.Similar = person(who), post, on(2026, 7, 1), "基幹系の更改を2件", "ネットワークスペシャリスト", true
	return m
}

// inPlace is a manager whom the city has approved.
func inPlace(o *modulestest.Office) app.Ref {
	o.Helper()
	m := member(leader, manager)
	o.OK(o.Save(leader, m))
	o.OK(o.Do(leader, m.Ref, "submit"))
	o.OK(o.Do(head, m.Ref, "approve", "letter=8葉情第12号"))
	return m.Ref
}

func at(o *modulestest.Office, ref app.Ref) *staffing.Member {
	o.Helper()
	return modulestest.Load(o, staffing.Members, ref)
}

func TestALeaderNeedsTheCity(t *testing.T) {
	o := newOffice(t)
	m := member(leader, manager)
	m.Similar = false
	o.OK(o.Save(leader, m))
	if got := at(o, m.Ref); got.State != staffing.Proposed || got.Rank != staffing.ManagerRank || len(got.Gaps) != 2 {
		t.Fatalf("%+v", got)
	}
	o.Is(o.Do(leader, m.Ref, "submit"), app.Invalid, "類似プロジェクトの経験がない")
	m = at(o, m.Ref)
	m.PassedOver, m.Experience = "経験者が他の契約に就いているため", ""
	o.OK(o.Save(leader, m))
	o.Is(o.Do(leader, m.Ref, "submit"), app.Invalid, "経験と能力・資格の両方")
	m = at(o, m.Ref)
	m.Experience = "庁内LANの構築を1件"
	o.OK(o.Save(leader, m))
	o.Is(o.Do(head, m.Ref, "approve", "letter=8葉情第12号"), app.Stale, "承認待ちではありません")
	o.OK(o.Do(leader, m.Ref, "submit"))
	m = at(o, m.Ref)
	m.Experience = "別の経験"
	o.Is(o.Save(leader, m), app.Forbidden, "提出した要員の内容は変更できません")
	o.Is(o.Do(head, m.Ref, "approve"), app.Invalid, "市の文書番号")
	o.Is(o.Do(leader, m.Ref, "approve", "letter=8葉情第12号"), app.Forbidden, "本人の承認")
	o.OK(o.Do(head, m.Ref, "approve", "letter=8葉情第12号"))
	if got := at(o, m.Ref); got.State != staffing.Approved || got.Letter != "8葉情第12号" || got.Decided != on(2026, 11, 20) || got.DecidedBy != person(head) {
		t.Errorf("%+v", got)
	}
	o.Is(o.Do(leader, m.Ref, "leave", "day=2026-12-31"), app.Forbidden, "要員交代を申請")
	other := member(next, manager)
	o.OK(o.Save(leader, other))
	o.OK(o.Do(leader, other.Ref, "submit"))
	o.OK(o.Do(head, other.Ref, "decline", "reason=折衝の経験が足りない"))
	if got := at(o, other.Ref); got.State != staffing.Declined || got.Reason == "" {
		t.Errorf("%+v", got)
	}
}

// A member is in place without the city, and never becomes a manager by an edit.
func TestAMemberIsInPlaceAtOnce(t *testing.T) {
	o := newOffice(t)
	m := member(next, desk)
	o.OK(o.Save(leader, m))
	o.Is(o.Do(leader, m.Ref, "submit"), app.Invalid, "マネージャとリーダーだけ")
	if m = at(o, m.Ref); m.State != staffing.Approved {
		t.Fatalf("%+v", m)
	}
	m.Post = manager
	o.Is(o.Save(leader, m), app.Forbidden, "新しく登録")
	p := modulestest.Load(o, staffing.Posts, desk)
	p.Rank = staffing.ManagerRank
	o.Is(o.Save(leader, p), app.Forbidden, "区分は変更できません")
	o.Is(o.Do(leader, m.Ref, "leave", "day=2026-06-30"), app.Invalid, "着任日より前")
	o.OK(o.Do(leader, m.Ref, "leave", "day=2026-11-30"))
	o.Is(o.Do(leader, m.Ref, "leave", "day=2026-11-30"), app.Stale, "配置されていません")
}

func TestGaps(t *testing.T) {
	needs := []staffing.Need{{Skill: "ネットワーク", Level: 3}, {Skill: "折衝", Level: 2}}
	has := []*staffing.Skill{{Skill: "ネットワーク", Level: 2, From: 10}, {Skill: "ネットワーク", Level: 4, From: 20, Until: 30}, {Skill: "折衝", Level: 2, From: 10}}
	for _, c := range []struct {
		on   app.Day
		want []staffing.Gap
	}{
		{9, []staffing.Gap{{Skill: "ネットワーク", Needed: 3}, {Skill: "折衝", Needed: 2}}}, {10, []staffing.Gap{{Skill: "ネットワーク", Needed: 3, Have: 2}}},
		{20, nil}, {30, nil}, {31, []staffing.Gap{{Skill: "ネットワーク", Needed: 3, Have: 2}}},
	} {
		if got := staffing.Gaps(needs, has, c.on); !reflect.DeepEqual(got, c.want) {
			t.Errorf("on day %d: %v, want %v", c.on, got, c.want)
		}
	}
}

func replacement(o *modulestest.Office, m app.Ref, day app.Day) *staffing.Replacement {
	r := staffing.Replacements.Draft(app.ID{140, byte(len(o.Rows))})
	r.Member, r.On, r.Reason, r.Substitute, r.Experience, r.Similar, r.Ability, r.Handover = m, day, "転勤", person(next), "基幹系の更改を1件", true, "情報処理安全確保支援士", "2週間並走する。"
	return r
}

// Scenario 7: in a construction phase nobody is replaced until a document of the city,
// issued, says so; and even then only who passes the city's examination.
func TestNobodyIsReplacedInConstruction(t *testing.T) {
	o := newOffice(t)
	m := inPlace(o)
	r := replacement(o, m, on(2026, 12, 15)) // operation has begun, construction goes on
	o.OK(o.Save(leader, r))
	o.Is(o.Do(leader, r.Ref, "request"), app.Forbidden, "構築フェーズでは、要員の交代は原則として認められません")
	o.Is(o.Do(head, r.Ref, "pass", "letter=8葉情第70号"), app.Stale, "審査中ではありません")
	o.Is(o.Do(head, r.Ref, "permit", "document="+decision.String()), app.Invalid, "まだ発行されていません")
	o.Is(o.Do(leader, r.Ref, "request"), app.Forbidden, "構築フェーズ")
	d := modulestest.Load(o, document.Register, decision)
	d.Issued = on(2026, 11, 19)
	o.OK(o.Save(head, d))
	o.OK(o.Do(head, r.Ref, "permit", "document="+decision.String()))
	r = modulestest.Load(o, staffing.Replacements, r.Ref)
	if r.On = on(2026, 12, 20); r.PaperNo != d.Number || d.Number == "" {
		t.Errorf("permitted by %q, want %q", r.PaperNo, d.Number)
	}
	o.Is(o.Save(leader, r), app.Forbidden, "申請した交代の内容は変更できません")
	o.OK(o.Do(leader, r.Ref, "request"))
	o.Is(o.Do(head, r.Ref, "pass"), app.Invalid, "市の文書番号")
	o.Is(o.Do(next, r.Ref, "pass", "letter=8葉情第70号"), app.Forbidden, "本人の承認")
	o.OK(o.Do(head, r.Ref, "pass", "letter=8葉情第70号"))
	r = modulestest.Load(o, staffing.Replacements, r.Ref)
	old, made := at(o, m), at(o, r.Successor)
	if r.State != staffing.Passed || !r.Build || old.State != staffing.Left || old.Until != on(2026, 12, 14) || made.State != staffing.Approved || made.Person != person(next) ||
		made.From != on(2026, 12, 15) || made.Replaces != m || made.Letter != "8葉情第70号" || made.Title != "担当 phase_leader（役割）" || len(made.Gaps) != 2 {
		t.Errorf("%+v\n%+v\n%+v", r, old, made)
	}
	o.Is(o.Do(leader, r.Ref, "drop"), app.Stale, "既に終わって")
}

// The city allows one person to take the place of one: not whom somebody named meanwhile.
func TestTheCityAllowsWhomItSaw(t *testing.T) {
	o := newOffice(t)
	m := inPlace(o)
	d := modulestest.Load(o, document.Register, decision)
	d.Issued = on(2026, 11, 19)
	o.OK(o.Save(head, d))
	r := replacement(o, m, on(2026, 12, 15))
	o.OK(o.Save(leader, r))
	read := o.Rows[r.Ref]
	r = modulestest.Load(o, staffing.Replacements, r.Ref)
	r.Substitute = person(head)
	o.OK(o.Save(leader, r))
	o.Is(o.Late(head, read, r.Ref, "permit", "document="+decision.String()), app.Stale, "「代替要員」が先に変更")
}

// Outside of construction the city's examination is enough; who fails stays out.
func TestOnlyWhoPassesTakesThePost(t *testing.T) {
	o := newOffice(t)
	m := inPlace(o)
	r := replacement(o, m, on(2027, 1, 4))
	o.OK(o.Save(leader, r))
	o.Is(o.Do(head, r.Ref, "permit", "document="+decision.String()), app.Invalid, "構築フェーズの交代ではない")
	o.OK(o.Do(leader, r.Ref, "request"))
	o.Is(o.Do(leader, r.Ref, "request"), app.Stale, "既に申請")
	o.OK(o.Do(head, r.Ref, "fail", "letter=8葉情第71号", "finding=構築の経験が浅い"))
	if got := at(o, m); got.State != staffing.Approved || got.Until != 0 {
		t.Errorf("%+v", got)
	}
	// a phase that becomes one of construction while the city examines counts, too
	again := replacement(o, m, on(2027, 1, 4))
	o.OK(o.Save(leader, again))
	o.OK(o.Do(leader, again.Ref, "request"))
	p := modulestest.Load(o, staffing.Phases, app.Ref{Kind: staffing.PhaseKind, ID: app.ID{120, 0}})
	p.To = on(2027, 3, 31)
	o.OK(o.Save(head, p))
	o.Is(o.Do(head, again.Ref, "pass", "letter=8葉情第72号"), app.Forbidden, "構築フェーズ")
}

func TestReplacementsThatCannotBe(t *testing.T) {
	o := newOffice(t)
	m := inPlace(o)
	plain := member(next, desk)
	o.OK(o.Save(leader, plain))
	for word, change := range map[string]func(*staffing.Replacement){
		"マネージャとリーダーの交代だけ": func(r *staffing.Replacement) { r.Member = plain.Ref },
		"同じ人です":          func(r *staffing.Replacement) { r.Substitute = person(leader) },
		"着任日より前":         func(r *staffing.Replacement) { r.On = on(2026, 6, 30) },
		"フェーズが登録されていません": func(r *staffing.Replacement) { r.On = on(2031, 4, 1) },
	} {
		r := replacement(o, m, on(2027, 1, 4))
		change(r)
		o.Is(o.Save(leader, r), app.Invalid, word)
	}
	p := modulestest.Load(o, staffing.Phases, app.Ref{Kind: staffing.PhaseKind, ID: app.ID{120, 0}})
	p.To = p.From - 1
	o.Is(o.Save(head, p), app.Invalid, "開始日より前")
}
