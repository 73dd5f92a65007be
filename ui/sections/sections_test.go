package sections_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"daicho/app"
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
	"daicho/ui/sections"
	"daicho/ui/shell"
	"daicho/ui/text"
)

// fill makes a small city: inquiries, documents, one conflict, a refused change, and
// a sample of each register that has nothing else.
func fill(t testing.TB, r *kittest.Replica) {
	for i := range 40 {
		r.At = kittest.Now.Add(time.Duration(i-46) * 23 * time.Minute)
		lines := []string{"title=" + []string{"議会中継用PCの音声が出ない", "窓口端末から住民票の帳票が印刷できない（トレイ2の給紙エラー）", "会議室の無線LANにつながらない", "異動に伴うアカウント権限の変更依頼（11名分）"}[i%4],
			"department=" + []string{"議会事務局", "市民課", "子育て支援課", "国民健康保険課"}[i%4], "channel=phone", "requester=印南 帳子", "extension=2231", "site=本庁舎1階", "assignee=佐々木 健",
			"body=トレイ2から給紙すると、用紙を補給しても「給紙エラー E-052」が表示される。"}
		acts := [][]string{{"do:start"}, {"do:dispatch;who=佐々木 健"}, {"do:wait"}, nil}[i%4]
		r.Add(t, ticket.Kind, append(lines, acts...)...)
	}
	for i := range 12 {
		r.At = kittest.Now.Add(time.Duration(i-20) * 24 * time.Hour)
		r.Add(t, document.Kind, fmt.Sprintf("title=帳票印刷 障害対応手順書（その%d）", i+1), "type="+[]string{"plan", "report", "minutes"}[i%3], fmt.Sprintf("issued=2026-11-%02d", i+1), "owner=山田 徹",
			"sender=情報課長", "recipient=各課長", "revisions=1.0|2026-04-01|初版|小林\n1.1|2026-09-30|連絡先の変更（別表1）|中村\n1.2|2026-11-19|トレイ交換の手順を追加（4.2）|山田")
	}
	r.Add(t, emergency.Kind, "way=two_persons", "at=2026-11-19 10:00", "reason=担当者が不在のため", "shares=1a2b: 1, 3", "custodians=山田 徹、小林 良")
	r.Add(t, voided.Kind, "numbers=2026-000102〜2026-001101", "series=2026-{n}", "first=102", "last=1101", "reason=restored", "decided=2026-11-19 10:00", "by=山田 徹")
	population(t, r)
	ids, _ := r.IDs(context.Background(), ticket.Kind, app.Query{})
	r.Add(t, erasure.Kind, "about="+app.Ref{Kind: ticket.Kind, ID: ids[0]}.String(), "basis=claimed", "reason=本人からの請求（令和8年11月18日受付）")
	conflict(t, r)
	samples(t, r)
	r.At = kittest.Now
}

func samples(t testing.TB, r *kittest.Replica) {
	for _, kind := range slices.Sorted(maps.Keys(r.Registers())) {
		if n, err := r.Count(context.Background(), kind, nil); err != nil || n == 0 {
			r.Sample(t, kind)
		}
	}
}

func population(t testing.TB, r *kittest.Replica) {
	it := r.Add(t, people.OrganisationKind, "name=葉月市 情報課", "side=city", "phone=055-200-2410")
	r.Add(t, people.OrganisationKind, "name=運用係", "side=city", "above="+it.String())
	r.Add(t, people.SiteKind, "name=本庁舎", "address=架空県葉月市本町1丁目1番1号")
	who := r.Add(t, app.PersonKind, "name=中村 彩", "kana=ナカムラ アヤ", "post=ヘルプデスク主任", "organisation="+it.String(), "phone=055-200-9001", "email=nakamura@example.jp")
	r.Add(t, people.GrantKind, "person="+who.String(), "role=helpdesk", "from=2026-04-01", "until=2027-03-31", "note=年度ごとに更新する。")
}

func conflict(t testing.TB, r *kittest.Replica) {
	ctx := context.Background()
	ids, _ := r.IDs(ctx, ticket.Kind, app.Query{})
	ref := app.Ref{Kind: ticket.Kind, ID: ids[len(ids)-1]}
	a, _ := r.Get(ctx, ref)
	b, _ := r.Get(ctx, ref)
	r.At, r.Author, r.Device = kittest.Now.Add(-21*time.Minute), "中村 彩", 7
	r.Edit(t, a, "assignee=中村 彩", "impact=hindered")
	r.At, r.Author, r.Device = kittest.Now.Add(-18*time.Minute), "髙橋 直", 3
	r.Edit(t, b, "assignee=髙橋 直", "impact=stopped")
	r.Author, r.Device = "中村 彩", 7
	waiting := app.Event{At: app.StampOf(kittest.Now), Name: "中村 彩", Cells: []app.Cell{{Field: "minutes", Now: app.IntValue(15)}}}
	r.AddEvent(ref, waiting)
	r.AddEvent(ref, app.Event{At: app.StampOf(kittest.Now), Name: "髙橋 直", Command: "close", Verdict: app.Rejected, Say: noAnswer})
	refuse(t, r, ref)
}

var noAnswer = app.Label{JA: "回答がありません。回答を入力してから完了にしてください。", EN: "no answer; write one, then close"}

// refuse makes two changes that the server did not take, and one that was dismissed.
func refuse(t testing.TB, r *kittest.Replica, ref app.Ref) {
	ctx := context.Background()
	for range 2 {
		rec, err := r.Get(ctx, ref)
		if err != nil {
			t.Fatal(err)
		}
		r.Refuse(rec, noAnswer, "body=トレイ2の給紙ローラーを交換した。\n翌朝に再確認する。", "minutes=45")
	}
	r.RefuseCommand(ref, []app.Cell{{Field: "state", Was: app.TextValue("working")}}, noAnswer, "dispatch", "who=水野 健")
	list, err := r.Rejected(ctx)
	if err == nil {
		err = r.Dismiss(ctx, list[0].Seq, "二重に入力したため")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// window is the whole window with every section of the product.
type window struct {
	*shell.Shell
	win  fyne.Window
	desk *ui.Desk
	rep  *kittest.Replica
	host *kittest.Host
}

func open(t testing.TB, v kittest.Variant) *window {
	r := kittest.NewReplica(t, modules.Book())
	fill(t, r)
	return over(t, v, r)
}

// over is a window over a replica.
func over(t testing.TB, v kittest.Variant, r *kittest.Replica) *window {
	w := &window{desk: kittest.Desk(t), rep: r}
	v.Set(w.desk)
	w.host = kittest.NewHost(t, w.desk, w.rep)
	w.host.State.Conflicts = 2
	w.win = kittest.Window(t, canvas.NewRectangle(nil), v.W, v.H)
	w.Shell = shell.New(w.win, w.desk, w.rep, w.host.Link(), sections.All())
	w.win.Resize(fyne.NewSize(v.W, v.H))
	return w
}

// Every page of the product, in every size, language and text size, holds
// every word whole, and shortens none of its own.
func TestEveryPageIsWhole(t *testing.T) {
	for _, v := range kittest.Variants() {
		w := open(t, v)
		w.Go("notices")
		w.look(t, "notices-"+v.Name)
		for _, s := range sections.All() {
			w.Go(s.ID)
			w.look(t, s.ID+"-"+v.Name)
			if len(s.Kinds) == 0 { // no register
				continue
			}
			ids, _ := w.rep.IDs(context.Background(), s.Kinds[0], app.Query{})
			w.Open(app.Ref{Kind: s.Kinds[0], ID: ids[0]}) // in a narrow window it takes the place of the list
			for face, name := range []string{"", "history", "links"} {
				if w.face(face) && name != "" {
					w.look(t, s.ID+"-"+name+"-"+v.Name)
				}
			}
			w.face(0)
		}
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

func (w *window) look(t *testing.T, name string) {
	t.Helper()
	kittest.Whole(t, w.win)
	kittest.Spoken(t, w.win)
	w.shortened(t, labels(w.desk.Words.Lang()))
	kittest.Shot(t, w.win, "window-"+name)
}

// face turns the open record; false if the page has none.
func (w *window) face(n int) bool {
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		if tabs, ok := o.(*kit.Tabs); ok && tabs.Visible() {
			tabs.Choose(n)
			return true
		}
	}
	return false
}

func TestSectionsAreDistinctAndOpenable(t *testing.T) {
	seen := map[string]bool{}
	kinds := map[app.Kind]string{}
	for _, s := range sections.All() {
		if seen[s.ID] || s.ID == "" || s.Label.JA == "" || s.Label.EN == "" || s.Group.EN == "" && len(s.Kinds) > 0 || s.New == nil {
			t.Errorf("%+v", s)
		}
		seen[s.ID] = true
		if _, err := os.Stat(filepath.Join(kittest.Root(), "assets", "icons", s.Icon+".svg")); err != nil {
			t.Error(s.ID, err)
		}
		for _, k := range s.Kinds {
			if kinds[k] != "" {
				t.Errorf("kind %s is opened by %s and %s", k, kinds[k], s.ID)
			}
			kinds[k] = s.ID
		}
	}
	for kind := range modules.Book().Registers {
		if kinds[kind] == "" {
			t.Errorf("no section opens records of kind %s", kind)
		}
	}
}

func TestEveryPageOpensItsRecords(t *testing.T) {
	w := open(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1})
	for _, s := range sections.All() {
		for _, kind := range s.Kinds {
			ids, err := w.rep.IDs(context.Background(), kind, app.Query{})
			if err != nil || len(ids) == 0 {
				t.Fatal(kind, err)
			}
			w.Open(app.Ref{Kind: kind, ID: ids[0]})
		}
	}
}

// A record that was picked is named in its field at once.
func TestAPickedRecordIsNamed(t *testing.T) {
	w := open(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1})
	w.New(people.GrantKind)
	before := strings.Count(kittest.Words(w.win), "髙橋 直")
	for _, b := range kittest.Buttons(w.win) {
		if b.AccessibilityLabel() == "選ぶ" {
			b.Tapped(nil)
			break
		}
	}
	w.press(fyne.KeyDown)
	w.press(fyne.KeyReturn)
	if words := kittest.Words(w.win); strings.Count(words, "髙橋 直") != before+1 {
		t.Error(words)
	}
}

// A link to a record that is not on this device says so; it is no empty box.
func TestALinkToWhatIsNotHere(t *testing.T) {
	w := open(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1})
	who := w.rep.Add(t, app.PersonKind, "name=水野 健")
	grant := w.rep.Add(t, people.GrantKind, "person="+who.String(), "role=helpdesk", "from=2026-04-01")
	w.rep.Drop(who)
	w.Open(grant)
	if words := kittest.Words(w.win); !strings.Contains(words, w.desk.Words.T(text.LinkNotHere)) {
		t.Error(words)
	}
}
