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
	"daicho/app/dispatch"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/incident"
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

// duty is a city in which clocks run: of visits, one of them late, and of a failure that
// the city has been told of.
func duty(t testing.TB, r *kittest.Replica) {
	city(t, r)
	hall := r.Add(t, people.SiteKind, "name=本庁舎", "main=yes")
	school := r.Add(t, people.SiteKind, "name=北小学校")
	at := func(left time.Duration) string { return "wished=" + kittest.Now.Add(left).Format(form) }
	of := first(t, r, ticket.Kind).String()
	r.At = kittest.Now.Add(-2 * time.Hour)
	r.Add(t, dispatch.Kind, "ticket="+of, "site="+hall.String(), "engineer=佐々木 健", at(-42*time.Minute))
	r.Add(t, dispatch.Kind, "ticket="+of, "site="+hall.String(), "engineer=髙橋 直", at(-10*time.Minute), "do:depart")
	r.Add(t, dispatch.Kind, "ticket="+of, "site="+school.String(), "engineer=髙橋 直", at(20*time.Minute)) // nobody agreed on a limit
	r.Add(t, dispatch.Kind, "ticket="+of, "site="+hall.String(), "engineer=山田 徹", at(-90*time.Minute), "do:depart", "do:arrive")
	r.At = kittest.Now
	fails := func(title string, ago time.Duration, acts ...string) {
		r.Add(t, incident.Kind, append([]string{"title=" + title, "affects=yes", "impact=窓口での照会ができない。", "do:occur;at=" + kittest.Now.Add(-ago).Format(form) + ";source=monitoring"}, acts...)...)
	}
	fails("住民記録システムに接続できない", 25*time.Minute, "do:deliver;way=電話;who=情報課 髙橋", "do:scope")
	fails("財務会計の帳票が出ない", 7*time.Minute)
}

// Clocks that run stand in the order of the time that is left, one a record, late ones
// first; what is done, or has no limit, is no clock.
func TestTheClocksThatRun(t *testing.T) {
	f := open(t, wide, duty, access.Helpdesk)
	kittest.Shot(t, f.win, "today-clocks")
	words := kittest.Words(f.win)
	for _, want := range []string{"× 超過 0:12", "駆けつけ　本庁舎", "△ 残り 0:03", "通知　財務会計の帳票が出ない", "△ 残り 0:20", "残り 1:35", "対応手法の策定　住民記録システムに接続できない"} {
		before, after, there := strings.Cut(words, want)
		if !there {
			t.Errorf("%s does not stand there in its order: %s", want, before)
		}
		words = after
	}
	if strings.Contains(words, "北小学校") {
		t.Error("a visit has a clock on whose limit nobody agreed")
	}
	if !f.shows(">今月の指標<") || !f.shows("一次受付率 100.00 %（14/14）") || !f.shows("30分の駆けつけ 未達 1件（4件中）") {
		t.Error("the figures of the month are not there")
	}
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
	d.Focus, d.Focused = f.win.Canvas().Focus, f.win.Canvas().Focused
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

func (f *fixture) key(k fyne.KeyName) { f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }

// pane gives the keyboard to the nth pane, as F6 does.
func (f *fixture) pane(n int) { f.win.Canvas().Focus(f.page.(ui.Paner).Panes()[n]) }

func (f *fixture) title(t *testing.T, ref app.Ref) string {
	t.Helper()
	r, err := f.rep.Get(context.Background(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return r.(*ticket.Ticket).Title
}

// The keyboard stands where it is needed first; every row, sentence and card leads
// to what it tells of.
func TestAMorningByKeyboard(t *testing.T) {
	f := open(t, wide, city, access.Helpdesk)
	f.key(fyne.KeyDown)
	f.key(fyne.KeyReturn)
	if got := f.title(t, f.host.Opened[0]); got != "モニターの映像が乱れる・交換の依頼" {
		t.Error("the second in the order of the time left:", got)
	}
	f.pane(2) // those of the person
	f.key(fyne.KeyReturn)
	if got := f.title(t, f.host.Opened[1]); got != "パスワードの有効期限切れで業務システムに入れない" {
		t.Error("the newest of the person's:", got)
	}
	f.pane(5) // the visits
	f.key(fyne.KeyReturn)
	if got := f.title(t, f.host.Opened[2]); got != "議会中継用PCの音声が出ない" {
		t.Error("the first visit of the day:", got)
	}
	f.pane(4) // what sync asks
	f.key(fyne.KeyReturn)
	if c, err := f.rep.Get(context.Background(), f.host.Opened[3]); err != nil || c.(*app.Conflict).WaitsFor.IsZero() {
		t.Error("what waits for the person stands first:", f.host.Opened[3], err)
	}
	f.key(fyne.KeyDown)
	f.key(fyne.KeyDown)
	f.key(fyne.KeyDown) // there is no more
	f.key(fyne.KeySpace)
	f.pane(6) // the cards
	f.key(fyne.KeyRight)
	f.key(fyne.KeyReturn)
	f.page.Actions()[0].Do()
	if want := []string{"dismissal/", "ticket/new"}; !slices.Equal(f.host.Listed, want) || !slices.Equal(f.host.Begun, []app.Kind{ticket.Kind}) {
		t.Error(f.host.Listed, f.host.Begun)
	}
}

func TestTheMouseOpensWhatItMeets(t *testing.T) {
	f := open(t, wide, city, access.Helpdesk)
	tap := func(pane int, x, y float32) {
		f.page.(ui.Paner).Panes()[pane].(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)})
	}
	tap(6, 500, 40)
	tap(4, 200, 60)
	if !slices.Equal(f.host.Listed, []string{"ticket/new"}) || len(f.host.Opened) != 1 || f.host.Opened[0].Kind != app.ConflictKind {
		t.Error(f.host.Listed, f.host.Opened)
	}
	for _, b := range kittest.Buttons(f.win) {
		if b.AccessibilityLabel() == "全6件を表示 →" {
			b.Tapped(nil)
		}
	}
	if got := f.host.Listed[len(f.host.Listed)-1]; got != "ticket/today" {
		t.Error("all visits are the list of today:", got)
	}
}

// Who has two roles has two pages, and finds the one looked at last.
func TestRolesHaveTheirPages(t *testing.T) {
	f := open(t, wide, city, access.FieldEngineer, access.Helpdesk)
	if !f.shows(">本日の受付<") || f.shows(">送信待ちの記録<") {
		t.Fatal("the helpdesk comes first")
	}
	panes := f.page.(ui.Paner).Panes()
	f.win.Canvas().Focus(panes[len(panes)-1])
	f.key(fyne.KeyRight)
	if f.shows(">本日の受付<") || !f.shows(">送信待ちの記録<") {
		t.Fatal("the page of those on site")
	}
	again := today.Section().New(f.host)
	f.win.SetContent(again.View())
	again.Shown()
	if !f.shows(">送信待ちの記録<") {
		t.Error("the page chosen last comes back")
	}
}

// A grant that is over or was revoked gives no page, nor does a device without a
// server know anybody.
func TestOnlyGrantsThatHold(t *testing.T) {
	f := open(t, wide, func(t testing.TB, r *kittest.Replica) {
		who := r.Person("中村 彩").String()
		r.Add(t, people.GrantKind, "person="+who, "role=helpdesk", "from=2025-04-01", "until=2026-03-31")
		r.Add(t, people.GrantKind, "person="+who, "role=field_engineer", "do:revoke")
	})
	if !f.shows(">回答期限のある文書<") || f.shows(">自分の担当<") || f.shows(">On site<") {
		t.Error("the page for everybody")
	}
	f = open(t, wide, empty, access.Helpdesk)
	f.host.State.Enrolled = false
	f.page.Shown()
	if f.shows(">自分の担当<") {
		t.Error("nobody is known without a server")
	}
}

// What may not be read has neither a card nor a panel.
func TestUnreadableIsLeftOut(t *testing.T) {
	f := open(t, wide, func(t testing.TB, r *kittest.Replica) {
		city(t, r)
		r.Reaches = map[app.Kind]ui.Reach{emergency.Kind: {None: true}, erasure.Kind: {None: true}}
	}, access.Security)
	if f.shows(">緊急解錠<") || f.shows(">消去の承認待ち<") || !f.shows(">終了予定の権限<") {
		t.Error("what the person may not read must be gone, and nothing else")
	}
}

// What happens while the page is in sight stands there: a change, an hour, a
// failure, a line that is gone.
func TestItKeepsUpWithTheDay(t *testing.T) {
	f := open(t, wide, city, access.Helpdesk)
	f.rep.Add(t, ticket.Kind, "title=新しい問い合わせ", "channel=phone")
	f.page.(ui.Watcher).Changed(nil)
	if !f.shows(">14件<") || !f.shows(">全14件を表示 →<") {
		t.Error("the inquiry that came is not counted")
	}
	f.host.Desk().Now = func() time.Time { return kittest.Now.Add(time.Hour) }
	f.page.(ui.Ticker).Tick()
	if !f.shows(">× 超過 1:18<") || !f.shows(">× 訪問超過 4件<") {
		t.Error("an hour later four visits are late")
	}
	f.host.State.Online, f.host.State.Waiting = false, 3
	f.page.(ui.Ticker).Tick()
	if !f.shows("3件の変更をまだ送信していません。") {
		t.Error("what waits without a line is not told")
	}
	f.rep.Fail = app.Refuse(app.Failed, "", "読み取れませんでした。", "cannot be read")
	f.page.(ui.Watcher).Changed(nil)
	if f.host.LastSaid() != "読み取れませんでした。" || !f.shows(">14件<") {
		t.Error("what was shown stays when reading fails:", f.host.Said)
	}
}

// Who has gone on before the page could be shown keeps the keyboard there.
func TestALatePageTakesTheKeyboardFromNobody(t *testing.T) {
	d, r := kittest.Desk(t), kittest.NewReplica(t, modules.Book())
	hold(t, r, access.Helpdesk)
	city(t, r)
	page := today.Section().New(kittest.NewHost(t, d, r))
	elsewhere := kit.NewButton(d, kit.Secondary, "次へ", ui.Key{}, func() {})
	win := kittest.Window(t, kittest.Stack(elsewhere, page.View()), wide.W, wide.H)
	d.Focus, d.Focused = win.Canvas().Focus, win.Canvas().Focused
	d.Focus(elsewhere)
	page.Shown()
	if win.Canvas().Focused() != elsewhere {
		t.Errorf("the keyboard went to %T", win.Canvas().Focused())
	}
	d.Focus(nil)
	page = today.Section().New(kittest.NewHost(t, d, r))
	win.SetContent(page.View())
	page.Shown()
	if _, ok := win.Canvas().Focused().(*kit.Table); !ok {
		t.Errorf("the keyboard went to %T", win.Canvas().Focused())
	}
}

// Who waits for the page to be read hears of it, also where reading fails and where
// it was read before.
func TestItTellsWhenItIsRead(t *testing.T) {
	d, r := kittest.Desk(t), kittest.NewReplica(t, modules.Book())
	page, told := today.Section().New(kittest.NewHost(t, d, r)), 0
	page.(ui.Reader).Read(func() { told++ })
	if told != 0 {
		t.Error("told before it was shown")
	}
	r.Fail = app.Refuse(app.Damaged, "", "読み取れませんでした。", "cannot be read")
	page.Shown()
	if told != 1 {
		t.Errorf("told %d times", told)
	}
	r.Fail = nil
	page.Shown()
	page.(ui.Reader).Read(func() { told++ })
	if told != 2 {
		t.Errorf("told %d times", told)
	}
}

// What was typed before the program ended is told, and its section opens it.
func TestDraftsAreTold(t *testing.T) {
	f := open(t, wide, func(t testing.TB, r *kittest.Replica) {
		for _, name := range []string{"draft/ticket:0192f3a4b5c6d7e8f9a0b1c2d3e4f506", "draft/ticket:0192f3a4b5c6d7e8f9a0b1c2d3e4f507", "draft/gone:0192f3a4b5c6d7e8f9a0b1c2d3e4f506", "draft/x"} {
			if err := r.Keep(t.Context(), name, []byte("{}")); err != nil {
				t.Fatal(err)
			}
		}
	}, access.Helpdesk)
	if !f.shows("「問い合わせ」に、まだ記録していない入力が 2件あります。") || !f.shows(">△ 未記録<") {
		t.Fatal("two inquiries were begun:", kittest.Words(f.win))
	}
	f.pane(1) // below the figures
	f.key(fyne.KeyReturn)
	if !slices.Equal(f.host.Listed, []string{"ticket/"}) {
		t.Error(f.host.Listed)
	}
}

// The chart gives each person a line, and says nothing of how long a visit takes.
func TestVisitsOfManyPeople(t *testing.T) {
	f := open(t, wide, func(t testing.TB, r *kittest.Replica) {
		for i := range 9 {
			r.Add(t, ticket.Kind, fmt.Sprintf("title=訪問%d", i), fmt.Sprintf("assignee=技術者%d", i), "channel=phone", "wished="+kittest.Now.Add(time.Duration(i-8)*time.Hour).Format(form))
		}
	}, access.Helpdesk)
	stand := func(who string) int { return strings.Count(test.RenderToMarkup(f.win.Canvas()), ">"+who+"<") }
	if stand("技術者5") != 2 || stand("技術者6") != 1 || !f.shows(">6:00<") {
		t.Error("six people, and the day begins with the first visit")
	}
}
