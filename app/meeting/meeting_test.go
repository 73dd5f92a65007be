package meeting_test

import (
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/agreement"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/meeting"
	"daicho/app/modules"
	"daicho/app/modules/modulestest"
	"daicho/app/task"
)

var leader, engineer, officer, head = app.ID{1}, app.ID{2}, app.ID{3}, app.ID{4}

func on(y int, m time.Month, d int) app.Day { return app.DayOf(civil.Date{Year: y, Month: m, Day: d}) }

func at(y int, m time.Month, d, h int) app.Stamp {
	return app.StampOf(time.Date(y, m, d, h, 0, 0, 0, civil.Tokyo))
}

func person(id app.ID) app.Ref { return app.Ref{Kind: app.PersonKind, ID: id} }

// newOffice has a body that may decide with two people, and wants papers two business
// days before and minutes three after. It is Friday, 20 November 2026, 14:00.
func newOffice(t *testing.T) (*modulestest.Office, *meeting.Body) {
	t.Helper()
	o := modulestest.New(t)
	o.Employ(leader, access.PM)
	o.Employ(engineer, access.Helpdesk)
	o.Employ(officer, access.CityOfficer)
	o.Employ(head, access.CityApprover)
	b := meeting.Bodies.Draft(app.ID{100})
	b.Name, b.Host, b.Authority, b.Quorum, b.PapersDays, b.MinutesDays = "月次定例会", meeting.City, meeting.Decides, 2, 2, 3
	o.OK(o.Save(leader, b))
	return o, b
}

func plan(o *modulestest.Office, b *meeting.Body, id byte, begins app.Stamp) *meeting.Meeting {
	o.Helper()
	m := meeting.Register.Draft(app.ID{101, id})
	m.Body, m.Begins, m.Place = b.Ref, begins, "第1会議室"
	m.Present = []meeting.Attendee{{Name: "情報課長", Side: meeting.City}, {Name: "久米 渉", Side: meeting.Contractor}, {Name: "相馬 律", Side: meeting.Contractor, Absent: true}}
	o.OK(o.Save(leader, m))
	return now(o, m)
}

func now(o *modulestest.Office, m *meeting.Meeting) *meeting.Meeting {
	o.Helper()
	return modulestest.Load(o, meeting.Register, m.Ref)
}

func say(o *modulestest.Office, m *meeting.Meeting, id byte, fill func(*meeting.Item)) *meeting.Item {
	o.Helper()
	i := meeting.Items.Draft(app.ID{102, id})
	i.Meeting = m.Ref
	fill(i)
	o.Now = o.Now.Add(time.Minute)
	o.OK(o.Save(leader, i))
	return i
}

func item(o *modulestest.Office, i *meeting.Item) *meeting.Item {
	o.Helper()
	return modulestest.Load(o, meeting.Items, i.Ref)
}

func hold(o *modulestest.Office, m *meeting.Meeting) *meeting.Meeting {
	o.Helper()
	o.OK(o.Do(leader, m.Ref, "hold"))
	return now(o, m)
}

// revision is the draft of the minutes.
func revision(o *modulestest.Office, m *meeting.Meeting) *document.Revision {
	o.Helper()
	refs, err := o.Linked(m.Minutes, document.RevisionKind)
	o.OK(err)
	for _, ref := range refs {
		if r := modulestest.Load(o, document.Revisions, ref); r.State == document.Draft {
			return r
		}
	}
	o.Fatal("no draft of the minutes")
	return nil
}

func wantStage(o *modulestest.Office, m *meeting.Meeting, s meeting.Stage, given app.Day) {
	o.Helper()
	if m = now(o, m); m.Stage != s || m.GivenOn != given {
		o.Errorf("at %s, given on %s; want %s, %s", m.Stage, m.GivenOn, s, given)
	}
}

// Papers and minutes are due by business days of the city: Saturdays and Monday 23
// November 2026 (勤労感謝の日) do not count, Sundays do (3.1.4).
func TestPapersAndMinutesAreDue(t *testing.T) {
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 25, 10))
	if m.Title != "月次定例会　R8.11.25" || m.PapersBy != on(2026, 11, 22) || m.PapersOn != 0 || m.Number != "MT2026-0001" {
		t.Fatalf("%s, papers by %s, %s", m.Title, m.PapersBy, m.Number)
	}
	o.Is(o.Do(leader, m.Ref, "hold"), app.Invalid, "まだ始まっていない")
	m.Papers = []app.Ref{{Kind: document.Kind, ID: app.ID{7}}}
	o.OK(o.Save(officer, m))
	if m = now(o, m); m.PapersOn != on(2026, 11, 20) {
		t.Errorf("papers were given on %s", m.PapersOn)
	}
	o.Now = time.Date(2026, 11, 25, 11, 0, 0, 0, civil.Tokyo)
	m = hold(o, m)
	if m.MinutesBy != on(2026, 11, 29) || m.Late(on(2026, 11, 29)) || !m.Late(on(2026, 11, 30)) {
		t.Errorf("minutes by %s", m.MinutesBy)
	}
	o.Is(o.Do(leader, m.Ref, "cancel", "reason=x"), app.Stale, "既に開催済み")
	m.Begins += 60_000
	o.Is(o.Save(leader, m), app.Forbidden, "開始日時は変更できません")
	usual := *b
	usual.Ref.ID = app.ID{103}
	usual.Head = app.Head{Ref: usual.Ref}
	usual.MinutesDays, usual.PapersDays = 0, 0
	o.OK(o.Save(leader, &usual))
	if m = hold(o, plan(o, &usual, 2, at(2026, 11, 24, 10))); m.MinutesBy != on(2026, 11, 30) || m.PapersBy != 0 {
		t.Errorf("unless said, minutes by %s, papers by %s", m.MinutesBy, m.PapersBy)
	}
}

// What an invitation says anew is counted, and nothing else.
func TestInvitationsAreCounted(t *testing.T) {
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 25, 10))
	m.Agenda = "先月の実績"
	o.OK(o.Save(leader, m))
	if m = now(o, m); m.Sequence != 0 {
		t.Errorf("an agenda is no new invitation: %d", m.Sequence)
	}
	m.Begins = at(2026, 11, 26, 10)
	o.OK(o.Save(leader, m))
	m = now(o, m)
	m.Ends = at(2026, 11, 26, 9)
	o.Is(o.Save(leader, m), app.Invalid, "終了が開始より前")
	o.OK(o.Do(leader, m.Ref, "cancel", "reason=議会と重なるため"))
	if m = now(o, m); m.Sequence != 2 || m.State != meeting.Cancelled || m.PapersBy != on(2026, 11, 24) {
		t.Errorf("%d, papers by %s", m.Sequence, m.PapersBy)
	}
}

// Decisions, actions and requests become records of their own, once; notes do not.
func TestWhatWasSaidBecomesRecords(t *testing.T) {
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 20, 10))
	decision := say(o, m, 1, func(i *meeting.Item) {
		i.Type, i.Text = meeting.Decision, "夜間は二人で監視する。\n来月から。"
	})
	action := say(o, m, 2, func(i *meeting.Item) {
		i.Type, i.Text, i.Due = meeting.Action, "当番表を作り直す。", on(2026, 12, 1)
	})
	request := say(o, m, 3, func(i *meeting.Item) { i.Type, i.Text = meeting.Request, "所属別の件数を知りたい。" })
	note := say(o, m, 4, func(i *meeting.Item) { i.Text = "先月の説明があった。" })
	struck := say(o, m, 5, func(i *meeting.Item) { i.Type, i.Text = meeting.Decision, "聞き違い" })
	o.OK(o.Do(leader, struck.Ref, "strike"))
	o.Is(o.Do(leader, m.Ref, "enter"), app.Stale, "まだ開催されていません")
	m = hold(o, m)
	o.Is(o.Do(leader, m.Ref, "enter"), app.Invalid, "1番目の対応事項に、担当と期限")
	action = item(o, action)
	action.Owner = person(engineer)
	o.OK(o.Save(leader, action))
	o.OK(o.Do(leader, m.Ref, "enter"))
	r := modulestest.Load(o, agreement.Register, item(o, decision).Record)
	if r.Type != agreement.Decision || r.Title != "夜間は二人で監視する。" || r.Held != on(2026, 11, 20) || r.Source != m.Ref || r.City != "情報課長" || r.Contractor != "久米 渉" || r.ReflectBy == 0 {
		t.Errorf("%+v", r)
	}
	if r = modulestest.Load(o, agreement.Register, item(o, request).Record); r.Type != agreement.Request || r.Raised != agreement.City {
		t.Errorf("%+v", r)
	}
	k := modulestest.Load(o, task.Register, item(o, action).Record)
	if k.Owner != person(engineer) || k.Reviewer != person(leader) || k.Side != task.Contractor || k.Due != on(2026, 12, 1) || k.Source != m.Ref {
		t.Errorf("%+v", k)
	}
	if !item(o, note).Record.IsZero() || !item(o, struck).Record.IsZero() {
		t.Error("a note, or what was struck out, became a record")
	}
	before := len(o.Rows)
	o.OK(o.Do(leader, m.Ref, "enter"))
	if len(o.Rows) != before {
		t.Error("what is a record became another one")
	}
	decision = item(o, decision)
	decision.Text = "一人で監視する。"
	o.Is(o.Save(leader, decision), app.Forbidden, "登録先の記録で変更")
}

// A meeting that is moved says its new day; what a person named it stays.
func TestTheTitleFollowsTheDay(t *testing.T) {
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 20, 10))
	for _, c := range []struct{ typed, want string }{{m.Title, "月次定例会　R8.11.27"}, {"臨時会", "臨時会"}, {"11月20日の会", "11月20日の会"}} {
		m = now(o, m)
		m.Title, m.Begins = c.typed, at(2026, 11, 20, 10)
		o.OK(o.Save(leader, m))
		m = now(o, m)
		m.Begins = at(2026, 11, 27, 10)
		o.OK(o.Save(leader, m))
		if m = now(o, m); m.Title != c.want {
			t.Errorf("%s became %s, want %s", c.typed, m.Title, c.want)
		}
	}
	other := meeting.Bodies.Draft(app.ID{100, 1})
	other.Name, other.Host = "週次会", meeting.City
	o.OK(o.Save(leader, other))
	m = plan(o, b, 2, at(2026, 11, 20, 10))
	m.Body = other.Ref
	o.OK(o.Save(leader, m))
	if m = now(o, m); m.Title != "週次会　R8.11.20" {
		t.Error(m.Title)
	}
}

// What was said stays sealed: in no unsealed field of what is made of it, in no calendar
// and in no sentence of a refusal.
func TestWhatWasSaidStaysSealed(t *testing.T) {
	const said = "印南さんの病気"
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 20, 10))
	m.Agenda = said
	o.OK(o.Save(leader, m))
	for n, typ := range []meeting.Type{meeting.Note, meeting.Decision, meeting.Action, meeting.Request} {
		say(o, m, byte(n+1), func(i *meeting.Item) { i.Type, i.Text = typ, said })
	}
	m = hold(o, m)
	err := o.Do(leader, m.Ref, "minutes")
	o.Is(err, app.Invalid, "1番目の対応事項")
	if e := app.ErrorOf(err); strings.Contains(e.Say.JA+e.Say.EN, said) {
		t.Error(e.Say)
	}
	action := modulestest.Load(o, meeting.Items, app.Ref{Kind: meeting.ItemKind, ID: app.ID{102, 3}})
	action.Charge, action.Due = "久米 渉", on(2026, 12, 1)
	o.OK(o.Save(leader, action))
	o.OK(o.Do(leader, m.Ref, "minutes"))
	if e := now(o, m).Event(); strings.Contains(e.Summary+e.Text+e.Place, said) {
		t.Errorf("%+v", e)
	}
	found := 0
	for ref, doc := range o.Rows {
		for _, f := range modules.Book().Registers[ref.Kind].About().Fields {
			switch {
			case !strings.Contains(string(doc.Get(f.Name)), said):
			case f.Personal:
				found++
			default:
				t.Errorf("%s: %s stands open", ref.Kind, f.Name)
			}
		}
	}
	if found < 10 {
		t.Errorf("it stands in %d fields", found)
	}
}

// A body decides only with its authority and its quorum.
func TestDecisionsNeedAuthorityAndQuorum(t *testing.T) {
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 20, 10))
	m.Present = m.Present[:1]
	o.OK(o.Save(leader, m))
	say(o, m, 1, func(i *meeting.Item) { i.Type, i.Text = meeting.Decision, "夜間は二人で監視する。" })
	m = hold(o, m)
	o.Is(o.Do(leader, m.Ref, "minutes"), app.Forbidden, "定足数は2人ですが、出席は1人")
	b = modulestest.Load(o, meeting.Bodies, b.Ref)
	b.Authority, b.Quorum = meeting.Talks, 0
	o.OK(o.Save(officer, b))
	o.Is(o.Do(leader, m.Ref, "enter"), app.Forbidden, "決定の権限はありません")
}

// Minutes go the way of documents: the contractor checks, the city confirms; the
// meeting hears of each step.
func TestMinutesAreConfirmed(t *testing.T) {
	o, b := newOffice(t)
	m := plan(o, b, 1, at(2026, 11, 20, 10))
	m.Agenda, m.Next = "先月の実績", at(2026, 12, 18, 10)
	o.OK(o.Save(leader, m))
	say(o, m, 1, func(i *meeting.Item) { i.Text = "先月の説明があった。" })
	say(o, m, 2, func(i *meeting.Item) {
		i.Type, i.Text, i.Charge, i.Due = meeting.Action, "当番表を作り直す。", "久米 渉", on(2026, 12, 1)
	})
	o.Is(o.Do(engineer, m.Ref, "minutes"), app.Stale, "まだ開催されていません")
	m = hold(o, m)
	o.OK(o.Do(engineer, m.Ref, "minutes"))
	m = now(o, m)
	rev := revision(o, m)
	if want := strings.TrimLeft(`
# 月次定例会　R8.11.20

- 日時: 令和8年11月20日（金）10:00
- 場所: 第1会議室
- 出席者（甲）: 情報課長
- 出席者（乙）: 久米 渉
- 出席者（その他）: －
- 欠席: 相馬 律
- 配布資料: －

## 議題

先月の実績

## 内容（要点）

1. 先月の説明があった。

## 決定事項

該当なし

## 対応事項

1. 当番表を作り直す。（担当: 久米 渉、期限: 令和8年12月1日（火））

## 要望

該当なし

## 次回

令和8年12月18日（金）10:00
`, "\n"); rev.Body != want {
		t.Errorf("%s\nwant\n%s", rev.Body, want)
	}
	if m.Stage != meeting.Draft || modulestest.Load(o, document.Register, m.Minutes).Type != document.Minutes {
		t.Errorf("%+v", m)
	}
	o.Is(o.Do(leader, m.Ref, "minutes"), app.Stale, "既に作成")
	late := meeting.Items.Draft(app.ID{102, 9})
	late.Meeting, late.Text = m.Ref, "言い忘れ"
	o.Is(o.Save(leader, late), app.Stale, "議事録が作成されている")

	o.OK(o.Do(engineer, rev.Ref, "submit"))
	wantStage(o, m, meeting.Check, 0)
	o.Is(o.Do(head, rev.Ref, "approve"), app.Forbidden, "事業者承認")
	o.OK(o.Do(leader, rev.Ref, "return", "reason=要点が足りない"))
	wantStage(o, m, meeting.Draft, 0)
	rev = revision(o, m)
	o.OK(o.Do(engineer, rev.Ref, "submit"))
	o.Now = o.Now.AddDate(0, 0, 4)
	o.OK(o.Do(leader, rev.Ref, "approve"))
	wantStage(o, m, meeting.Confirm, on(2026, 11, 24))
	o.Now = o.Now.AddDate(0, 0, 1)
	o.OK(o.Do(head, rev.Ref, "approve"))
	if m = now(o, m); m.Stage != meeting.Confirmed || m.GivenOn != on(2026, 11, 24) || m.Final != on(2026, 11, 25) || m.Late(on(2027, 1, 1)) {
		t.Errorf("%+v", m)
	}
}
