package tickets_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
	"daicho/ui/tickets"
)

var subjects = [][2]string{
	{"議会中継用PCの音声が出ない", "議会事務局"}, {"モニターの映像が乱れる・交換の依頼", "北公民館"}, {"窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", "市民課"},
	{"会議室の無線LANにつながらない", "子育て支援課"}, {"複合機のスキャンデータが保存先に届かない", "水道局 営業課"}, {"保守業者の入館・作業立会いの依頼", "資産税課"},
	{"迷惑メールの疑いがある添付ファイルを開いてしまった", "学校教育課"}, {"図書館の利用者端末が再起動を繰り返す", "都市計画課"}, {"異動に伴うアカウント権限の変更依頼（11名分）", "国民健康保険課"},
	{"マイナポータル連携の受付データが取り込めない", "議会事務局"}, {"外字「髙」「﨑」が帳票で〓になる", "福祉総務課"},
}

var acts = [][]string{{"do:start"}, {"do:start"}, {"do:dispatch;who=佐々木 健"}, nil, {"do:start"}, {"do:wait"}, nil, {"do:start"}, {"do:start", "do:return"}, {"do:start"}, {"do:wait"}}

// fill makes n inquiries, one every 23 minutes, the newest at half past one.
func fill(t testing.TB, r *kittest.Replica, n int) (last app.Ref) {
	at := kittest.Now.Add(-time.Duration(n)*23*time.Minute - 32*time.Minute)
	for i := range n {
		r.At = at.Add(time.Duration(i) * 23 * time.Minute)
		s := subjects[i%len(subjects)]
		lines := []string{"title=" + s[0], "department=" + s[1], "channel=phone", "impact=hindered", "requester=印南 帳子", "extension=2231", "site=本庁舎1階"}
		if i%3 > 0 {
			lines = append(lines, "assignee=中村 彩")
		}
		last = r.Add(t, ticket.Kind, append(lines, acts[i%len(acts)]...)...)
	}
	r.At = kittest.Now
	return last
}

type fixture struct {
	host *kittest.Host
	page ui.Page
	win  fyne.Window
	desk *ui.Desk
}

func open(t testing.TB, n int, v kittest.Variant) *fixture {
	f := &fixture{desk: kittest.Desk(t)}
	v.Set(f.desk)
	r := kittest.NewReplica(t, modules.Book())
	fill(t, r, n)
	f.host = kittest.NewHost(t, f.desk, r)
	f.page = tickets.Section().New(f.host)
	f.win = kittest.Window(t, f.page.View(), v.W, v.H)
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

func TestWholeInEveryVariant(t *testing.T) {
	for _, v := range kittest.Variants() {
		f := open(t, 42, pageArea(v))
		kittest.Whole(t, f.win)
		kittest.Shot(t, f.win, "tickets-"+v.Name)
		f.press(t, ui.Ctrl(fyne.KeyN))
		kittest.Whole(t, f.win)
		kittest.Shot(t, f.win, "tickets-new-"+v.Name)
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

// press does the action of a key.
func (f *fixture) press(t *testing.T, k ui.Key) {
	t.Helper()
	for _, a := range f.page.Actions() {
		if a.Key == k {
			a.Do()
			return
		}
	}
	t.Fatal("no action for", k)
}

func (f *fixture) shows(s string) bool {
	return strings.Contains(test.RenderToMarkup(f.win.Canvas()), s)
}

var wide = kittest.Variant{W: 1103, H: 776, Lang: app.JA, Factor: 1}

func TestTakeACallAndCloseIt(t *testing.T) {
	f := open(t, 5, wide)
	f.press(t, ui.Ctrl(fyne.KeyN))
	e := f.win.Canvas().Focused().(*kit.Entry)
	test.Type(e, "プリンターの紙が詰まる")
	f.press(t, ui.Ctrl(fyne.KeyReturn))
	if !f.shows("「受付経路」は必須です。") {
		t.Fatal("the channel is missing and must be asked for")
	}
	for _, o := range test.LaidOutObjects(f.win.Content()) {
		if s, ok := o.(*kit.Select); ok && s.Selected == "" && len(s.Options) == 7 {
			s.SetSelected("電話")
		}
	}
	f.press(t, ui.Ctrl(fyne.KeyReturn))
	if got := f.host.LastSaid(); got != "2026-000006 を記録しました。" {
		t.Fatal(got)
	}
	if n, _ := f.host.Replica.Count(context.Background(), ticket.Kind, nil); n != 6 {
		t.Error("records:", n)
	}
	f.act(t, "完了にする")
	if !f.shows("回答がありません。") {
		t.Error("the rule's reason must stand under the answer")
	}
	f.act(t, "着手する")
	if !f.shows("◎ 対応中") {
		t.Error("the state must change at once")
	}
}

func (f *fixture) act(t *testing.T, name string) {
	t.Helper()
	for _, a := range f.page.Actions() {
		if a.Label.JA == name {
			a.Do()
			return
		}
	}
	t.Fatal("no action", name)
}

// TestAVisitIsBegunWithWhatTheInquirySays: the site only where one alone is called so.
// What was typed into the inquiry is recorded first.
func TestAVisitIsBegunWithWhatTheInquirySays(t *testing.T) {
	f := open(t, 1, wide)
	r := f.host.Replica
	hall := r.Add(t, people.SiteKind, "name=本庁舎")
	r.Add(t, people.SiteKind, "name=出張所", "address=南町")
	r.Add(t, people.SiteKind, "name=出張所", "address=北町")
	wished := time.Date(2026, 11, 20, 15, 0, 0, 0, civil.Tokyo)
	for _, c := range []struct {
		site string
		want app.Ref
		acts []string
	}{{"本庁舎", hall, nil}, {"出張所", app.Ref{}, nil}, {"本庁舎1階", app.Ref{}, nil}, {"", app.Ref{}, nil}, {"本庁舎", hall, []string{"do:dispatch;who=佐々木 健"}}} {
		k := r.Add(t, ticket.Kind, append([]string{"title=端末が起動しない", "channel=phone", "assignee=佐々木 健", "wished=" + wished.Format(app.TypedTime), "site=" + c.site}, c.acts...)...)
		f.page.(ui.Opener).Open(k)
		f.press(t, ui.Ctrl(fyne.KeyD))
		if f.host.Asked != nil || len(f.host.Filled) == 0 {
			t.Fatal(f.host.Said)
		}
		v := f.host.Filled[len(f.host.Filled)-1].(*dispatch.Visit)
		if v.Ticket != k || v.Site != c.want || v.Engineer != "佐々木 健" || v.Wished != app.StampOf(wished) || !v.IsNew() {
			t.Errorf("%q: %+v", c.site, v)
		}
	}
	f.press(t, ui.Plain(fyne.KeyF2))
	test.Type(f.win.Canvas().Focused(), "急ぎ ")
	f.press(t, ui.Ctrl(fyne.KeyD))
	last := f.host.Filled[len(f.host.Filled)-1].(*dispatch.Visit)
	if k := r.Load(last.Ticket).(*ticket.Ticket); len(f.host.Filled) != 6 || !strings.Contains(k.Title, "急ぎ") {
		t.Errorf("%d visits begun of %q", len(f.host.Filled), k.Title)
	}
}

func TestTheKeysOfEveryStateAreAllowedByTheRules(t *testing.T) {
	f := open(t, 11, wide)
	ctx := context.Background()
	ids, err := f.host.Replica.IDs(ctx, ticket.Kind, app.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		f.page.(ui.Opener).Open(app.Ref{Kind: ticket.Kind, ID: id})
		for _, a := range f.page.Actions()[2:] {
			rec, _ := f.host.Replica.Get(ctx, app.Ref{Kind: ticket.Kind, ID: id})
			for _, c := range ticket.Register.About().Commands {
				if c.Label != a.Label || c.Name == "close" { // close needs an answer first
					continue
				}
				var args []string
				if len(c.Args) > 0 {
					args = []string{"who=佐々木"}
				}
				if err := f.host.Replica.Do(ctx, rec, c.Name, args); err != nil {
					t.Errorf("%s in state %q: %v", c.Name, rec.(*ticket.Ticket).State, err)
				}
				f.host.Replica.At = f.host.Replica.At.Add(time.Minute)
				break
			}
			break // the first one only: it changed the state
		}
	}
}

func TestGolden(t *testing.T) {
	f := open(t, 4, kittest.Variant{W: 980, H: 500, Lang: app.JA, Factor: 1})
	test.AssertRendersToMarkup(t, "tickets.xml", f.win.Canvas())
	if !f.shows(fmt.Sprintf(">%s<", "未完了 4件")) && !f.shows("未完了 4件") {
		t.Error("the head counts what the filter shows")
	}
}

// face turns the open record.
func (f *fixture) face(n int) {
	for _, o := range test.LaidOutObjects(f.win.Canvas().Content()) {
		if tabs, ok := o.(*kit.Tabs); ok {
			tabs.Choose(n)
		}
	}
}

// An inquiry's page tells of those that say the same, how far they are, and opens them.
func TestSimilarInquiriesStandOnThePage(t *testing.T) {
	f := open(t, 24, wide)
	f.face(3)
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "tickets-similar")
	_, words, there := strings.Cut(kittest.Words(f.win), "似た問い合わせ")
	if !there || !strings.Contains(words, "対応の記録") {
		t.Fatal(kittest.Words(f.win))
	}
	for _, b := range kittest.Buttons(f.win) {
		if strings.HasPrefix(b.AccessibilityLabel(), "2026-0") {
			b.Tapped(nil)
		}
	}
	if len(f.host.Opened) == 0 || f.host.Opened[0].Kind != ticket.Kind {
		t.Error("a similar inquiry does not open:", f.host.Opened)
	}
}

// The answer of a similar inquiry is one press away: it stands in the form, to be recorded.
func TestTheAnswerOfASimilarInquiry(t *testing.T) {
	f := open(t, 2, wide)
	r := f.host.Replica
	r.Add(t, ticket.Kind, "title=窓口端末で給紙エラーが出て印刷できない", "channel=phone", "answer=給紙ローラーを清掃し、トレイを差し直してください。", "do:close")
	now := r.Add(t, ticket.Kind, "title=給紙エラーが出て窓口端末から印刷できない", "channel=mail", "answer=確認します。")
	f.page.(ui.Opener).Open(now)
	f.face(3)
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "tickets-similar-answer")
	for _, b := range kittest.Buttons(f.win) {
		if b.AccessibilityLabel() == "回答を使う" {
			b.Tapped(nil)
			break
		}
	}
	e, there := f.win.Canvas().Focused().(*kit.Entry)
	if want := "確認します。\n給紙ローラーを清掃し、トレイを差し直してください。"; !there || e.Text != want {
		t.Fatal("the answer is not in the form:", kittest.Words(f.win))
	}
	f.press(t, ui.Ctrl(fyne.KeyReturn))
	if got := r.Load(now).(*ticket.Ticket).Answer; !strings.HasSuffix(got, "差し直してください。") {
		t.Error("recorded:", got)
	}
}

// The report of the month can be made at the desk.
func TestTheMonthOnPaper(t *testing.T) {
	f := open(t, 12, wide)
	for i := range 2 {
		f.press(t, ui.Ctrl(fyne.KeyP))
		paper := kittest.Window(t, f.host.Asked, 440, 400)
		kittest.Whole(t, paper)
		kittest.Buttons(paper)[1+i].Tapped(nil) // after the open inquiry
		want := []string{"ヘルプデスク月次報告（今月）-20261120.pdf", "ヘルプデスク月次報告（先月）-20261120.pdf"}[i]
		if !strings.HasPrefix(f.host.Wrote, "%PDF") || !strings.Contains(f.host.LastSaid(), want) {
			t.Errorf("%d bytes: %v", len(f.host.Wrote), f.host.Said)
		}
		f.host.Wrote = ""
	}
}

// A ready text fills a new inquiry, and answers one that there is.
func TestReadyTexts(t *testing.T) {
	f := open(t, 1, wide)
	r := f.host.Replica
	f.host.Pick = r.Add(t, ticket.TemplateKind, "name=再発行", "category=account", "channel=phone", "title=パスワードの再発行", "body=パスワードを忘れた。", "answer={担当者名}様 {番号} を{日付}に再発行しました。")
	f.press(t, ui.Ctrl(fyne.KeyN))
	f.press(t, ui.Ctrl(fyne.KeyT))
	kittest.Whole(t, f.win)
	kittest.Shot(t, f.win, "tickets-ready")
	f.press(t, ui.Ctrl(fyne.KeyReturn))
	all, err := r.IDs(t.Context(), ticket.Kind, app.Query{Where: []app.Cond{app.Where("title", "=", "パスワードの再発行")}})
	if err != nil || len(all) != 1 {
		t.Fatal(all, err, f.host.Said)
	}
	ref := app.Ref{Kind: ticket.Kind, ID: all[0]}
	if k := r.Load(ref).(*ticket.Ticket); k.Channel != ticket.Phone || k.Category != ticket.Account || k.Body != "パスワードを忘れた。" || k.Answer != "{担当者名}様 {番号} を令和8年11月20日に再発行しました。" {
		t.Errorf("%+v", k)
	}
	r.Edit(t, r.Load(ref), "answer=", "requester=印南 帳子", "title=別の件名")
	f.page.(ui.Watcher).Changed(nil)
	f.page.(ui.Opener).Open(ref)
	f.press(t, ui.Ctrl(fyne.KeyT))
	f.press(t, ui.Ctrl(fyne.KeyReturn))
	if k := r.Load(ref).(*ticket.Ticket); k.Answer != "印南 帳子様 2026-000002 を令和8年11月20日に再発行しました。" || k.Title != "別の件名" {
		t.Errorf("%q %q", k.Title, k.Answer)
	}
}
