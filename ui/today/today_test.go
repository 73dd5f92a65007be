package today_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/app/voided"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/today"
)

const (
	day  = 24 * time.Hour
	form = "2006-01-02 15:04"
)

// visit is an inquiry as a helpdesk takes it in: when a visit is wished, by whom
// it is done, and what has been done since.
type visit struct {
	title, department, assignee string
	left                        time.Duration // until the visit wished; 0: none is
	act                         string
}

var inquiries = []visit{
	{"議会中継用PCの音声が出ない", "議会事務局", "中村 彩", -18 * time.Minute, "do:start"},
	{"モニターの映像が乱れる・交換の依頼", "資産税課", "髙橋 直", 4 * time.Minute, "do:dispatch;who=髙橋 直"},
	{"窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", "市民課", "佐々木 健", 12 * time.Minute, "do:dispatch;who=佐々木 健"},
	{"会議室の無線LANにつながらない", "子育て支援課", "佐々木 健", 41 * time.Minute, "do:start"},
	{"複合機のスキャンデータが保存先に届かない", "税務課", "中村 彩", 75 * time.Minute, ""},
	{"保守業者の入館・作業立会いの依頼", "管財課", "", 130 * time.Minute, ""},
	{"迷惑メールの疑いがある添付ファイルを受信した", "国民健康保険課", "", 0, ""},
	{"図書館の利用者端末が再起動を繰り返す", "中央図書館", "髙橋 直", 26 * time.Hour, "do:start"},
	{"異動に伴うアカウント権限の変更依頼（11名分）", "人事課", "中村 彩", 0, "do:wait"},
	{"外字「髙」「﨑」が帳票で〓になる", "市民課", "山田 徹", 0, "do:start"},
	{"財務会計システムの起動が遅い", "財政課", "", 0, ""},
	{"パスワードの有効期限切れで業務システムに入れない", "福祉課", "中村 彩", 0, "do:wait"},
	{"庁内ポータルのお知らせが更新されない", "広報課", "佐々木 健", 0, ""},
}

// city makes the records of a day.
func city(t testing.TB, r *kittest.Replica) {
	for i, v := range inquiries {
		r.At = kittest.Now.Add(time.Duration(i-len(inquiries)) * 47 * time.Minute)
		lines := []string{"title=" + v.title, "department=" + v.department, "assignee=" + v.assignee, "channel=phone"}
		if v.left != 0 {
			lines = append(lines, "wished="+kittest.Now.Add(v.left).Format(form))
		}
		if v.act != "" {
			lines = append(lines, v.act)
		}
		r.Add(t, ticket.Kind, lines...)
	}
	r.Add(t, ticket.Kind, "title=プリンターの紙詰まり", "channel=phone", "answer=紙片を取り除いた。", "do:start", "do:close")
	for i, due := range []string{"2026-11-24", "2026-12-04", ""} {
		r.Add(t, document.Kind, fmt.Sprintf("title=障害対応手順書の照会（その%d）", i+1), "type=request", fmt.Sprintf("issued=2026-11-%d", 10+i), "reply_due="+due, "owner=山田 徹")
	}
	r.Add(t, document.Kind, "title=端末更新計画", "type=plan", "owner=中村 彩")
	r.At = kittest.Now
	r.Add(t, emergency.Kind, "way=two_persons", "at=2026-11-19 10:00", "reason=担当者が不在のため", "custodians=山田 徹、小林 良")
	r.Add(t, voided.Kind, "numbers=2026-000102〜2026-001101", "series=2026-{n}", "first=102", "last=1101", "reason=restored", "decided=2026-11-19 10:00", "by=山田 徹")
	r.Add(t, erasure.Kind, "about="+first(t, r, ticket.Kind).String(), "basis=claimed", "reason=本人からの請求（令和8年11月18日受付）")
	r.Add(t, people.GrantKind, "person="+r.Add(t, app.PersonKind, "name=山田 徹").String(), "role=pm", "from=2026-04-01", "until=2026-12-10")
	contest(t, r)
}

func first(t testing.TB, r *kittest.Replica, kind app.Kind) app.Ref {
	ids, err := r.IDs(context.Background(), kind, app.Query{})
	if err != nil || len(ids) == 0 {
		t.Fatal(kind, err)
	}
	return app.Ref{Kind: kind, ID: ids[0]}
}

// contest makes a conflict that is asked of 中村 彩, another one, and a refusal.
func contest(t testing.TB, r *kittest.Replica) {
	ctx, ref := context.Background(), first(t, r, ticket.Kind)
	a, b := r.Load(ref), r.Load(ref)
	r.Edit(t, a, "assignee=中村 彩、佐々木 健", "impact=hindered")
	r.Author, r.Device = "髙橋 直", 3
	r.Edit(t, b, "assignee=髙橋 直", "impact=stopped")
	rec := r.Load(first(t, r, app.ConflictKind))
	if err := r.Do(ctx, rec, "ask", []string{"whom=" + r.Person("中村 彩").String(), "text=どちらが行きますか。"}); err != nil {
		t.Fatal(err)
	}
	r.Author, r.Device = "中村 彩", 7
	r.Refuse(r.Load(ref), app.Label{JA: "回答がありません。回答を入力してから完了にしてください。", EN: "no answer; write one, then close"}, "minutes=45")
}

// hold gives 中村 彩 roles.
func hold(t testing.TB, r *kittest.Replica, roles ...access.Role) {
	t.Helper()
	who := r.Employ(t, "中村 彩")
	for _, role := range slices.DeleteFunc(roles, func(r access.Role) bool { return r == "" }) {
		r.Add(t, people.GrantKind, "person="+who.String(), "role="+string(role), "from=2026-04-01", "until=2027-03-31")
	}
}

type fixture struct {
	host *kittest.Host
	page ui.Page
	win  fyne.Window
	rep  *kittest.Replica
}

func open(t testing.TB, v kittest.Variant, fill func(testing.TB, *kittest.Replica), roles ...access.Role) *fixture {
	d := kittest.Desk(t)
	v.Set(d)
	f := &fixture{rep: kittest.NewReplica(t, modules.Book())}
	hold(t, f.rep, roles...)
	fill(t, f.rep)
	f.host = kittest.NewHost(t, d, f.rep)
	f.page = today.Section().New(f.host)
	f.win = kittest.Window(t, f.page.View(), v.W, v.H)
	d.Focus = f.win.Canvas().Focus
	f.page.Shown()
	return f
}

// pageArea is what the shell leaves a page of a window.
func pageArea(v kittest.Variant) kittest.Variant {
	nav := float32(177)
	if v.W/v.Factor < 1200 {
		nav = 49
	}
	v.W, v.H = v.W-nav*v.Factor, v.H-24*v.Factor
	return v
}

var wide = kittest.Variant{W: 1103, H: 776, Lang: app.JA, Factor: 1}

func (f *fixture) shows(s string) bool {
	return strings.Contains(test.RenderToMarkup(f.win.Canvas()), s)
}

func empty(testing.TB, *kittest.Replica) {}

var oneOfEach = map[string]access.Role{"helpdesk": access.Helpdesk, "field": access.FieldEngineer, "lead": access.CityOfficer, "audit": access.Security, "general": ""}

func TestWholeInEveryVariant(t *testing.T) {
	for _, v := range kittest.Variants() {
		for name, role := range oneOfEach {
			f := open(t, pageArea(v), city, role)
			kittest.Whole(t, f.win)
			kittest.Spoken(t, f.win)
			kittest.Shot(t, f.win, "today-"+name+"-"+v.Name)
		}
		f := open(t, pageArea(v), empty, access.Helpdesk)
		kittest.Whole(t, f.win)
		kittest.Shot(t, f.win, "today-empty-"+v.Name)
		f = open(t, pageArea(v), city, access.PM, access.Helpdesk, access.FieldEngineer)
		kittest.Whole(t, f.win)
		kittest.Spoken(t, f.win)
		kittest.Shot(t, f.win, "today-roles-"+v.Name)
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

func TestGolden(t *testing.T) {
	f := open(t, wide, city, access.Helpdesk)
	test.AssertRendersToMarkup(t, "helpdesk.xml", f.win.Canvas())
}

var _ = slices.Contains[[]string]
var _ kit.Figure
