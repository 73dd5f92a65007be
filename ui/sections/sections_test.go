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
	"daicho/app/changerequest"
	"daicho/app/dispatch"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/erasure"
	"daicho/app/finding"
	"daicho/app/incident"
	"daicho/app/meeting"
	"daicho/app/modules"
	"daicho/app/monitor"
	"daicho/app/notice"
	"daicho/app/numbering"
	"daicho/app/people"
	"daicho/app/requirement"
	"daicho/app/retention"
	"daicho/app/search"
	"daicho/app/staffing"
	"daicho/app/synonym"
	"daicho/app/task"
	"daicho/app/terms"
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
	over := r.Add(t, document.Kind, "title=帳票印刷 月次報告書", "type=report", "issued=2020-05-08", "completed=2020-05-11", "retention=1")
	r.Add(t, retention.DisposalKind, "document="+over.String(), "reason=保存期間の満了")
	r.Add(t, retention.HoldKind, "about="+over.String(), "basis=dispute", "reason=帳票の誤りについて係争中のため")
	conflict(t, r)
	scans(t, r)
	papers(t, r)
	clocks(t, r)
	watched(t, r)
	staff(t, r)
	talks(t, r)
	wish(t, r)
	r.Add(t, synonym.Kind, "words=複合機 コピー機 プリンター")
	r.Add(t, search.Kind, "name=帳票が印刷できない件", "words=帳票 印刷", "shared=yes")
	r.Add(t, search.Kind, "words=給紙エラー")
	r.Add(t, requirement.Kind, "code=2.1.1-S3", "clause=2.1.1", "tag=s", "origin=specification", "text=市との協議事項、合意事項、要望事項などを全て記録・管理する。", "version=サービス仕様書（インフラ系）",
		"do:judge;verdict=partly;measured=8件中7件;note=口頭の依頼が1件漏れていた。", "do:assess;verdict=partly")
	samples(t, r)
	r.At = kittest.Now
}

// watched is a server with what monitoring knows of it.
func watched(t testing.TB, r *kittest.Replica) {
	fin := r.Add(t, monitor.TargetKind, "title=財務会計サーバー", "host=fin01", "role=データベース", "managed=yes", "schedule=毎日 2:00", "do:unsettle;text=夜間の集計で応答が遅い。",
		"do:adjust;setting=接続数の上限;before=100;after=200;reason=接続待ちが多い。;result=経過を見る。")
	r.Add(t, monitor.TargetKind, "title=庁内ポータル", "host=web01", "managed=yes")
	ping := r.Add(t, monitor.MethodKind, "title=死活監視", "target="+fin.String(), "item=ICMP ping", "tool=Zabbix", "interval=180", "confirmations=3", "delivery=60",
		"settings=応答時間の上限|5s\n損失率の閾値|20%", "do:submit")
	r.Add(t, monitor.DriftKind, "title=fin01 ICMP ping: 損失率の閾値", "do:find;host=fin01;item=ICMP ping;setting=損失率の閾値;approved=20%;found=40%;method="+ping.String())
	r.Add(t, monitor.EventKind, "title=応答がありません", "key=zabbix:4711", "host=fin01", "severity=high", "occurred=2026-11-20 14:02")
	r.Add(t, monitor.SignKind, "title=ディスクの空きが減っている", "target="+fin.String(), "sort=trend", "seen=2026-11-19 9:00", "evidence=1日に2GB減っている。", "expected=2027-01-15")
	r.Add(t, monitor.BackupKind, "target="+fin.String(), "at=2026-11-20 02:10", "result=good", "size=12345")
	r.Add(t, monitor.RestoreKind, "target="+fin.String(), "on=2026-10-01", "what=財務会計の9月末分", "result=good", "minutes=95", "who=山田 徹")
	r.Add(t, monitor.LogKind, "target="+fin.String(), "log=error", "day=2026-11-19", "lines=8412", "errors=31", "gap=12", "file=messages.1")
}

// clocks are a visit to a branch and a failure, each on its way.
func clocks(t testing.TB, r *kittest.Replica) {
	ids, _ := r.IDs(t.Context(), ticket.Kind, app.Query{})
	branch := r.Add(t, people.SiteKind, "name=南出張所")
	r.Add(t, terms.TravelKind, "site="+branch.String(), "minutes=25", "document=甲情第7号", "from=2026-04-01")
	r.Add(t, terms.TopicKind, "item=4", "clause=3.3.1", "question=一次受付率に、情報課が直接受けた問い合わせを含むか", "engine=first_line", "ways=first_taken|ヘルプデスクが自ら受けたものだけを一次受付とする\nhanded_over|即時に引き継がれたものも一次受付とする")
	r.Add(t, terms.ReadingKind, "question=first_line", "choice=handed_over", "from=2026-11-01", "agreement=甲情第15号")
	r.Add(t, terms.ExtraKind, "begins=2027-03-27 09:00", "ends=2027-03-27 17:00", "document=甲情第20号", "asked_by=市民課")
	r.Add(t, terms.OutageKind, "begins=2026-11-10 09:00", "ends=2026-11-10 09:20", "reason=電話交換機の更新", "excluded=甲情第18号")
	r.At = kittest.Now.Add(-20 * time.Minute)
	r.Add(t, dispatch.Kind, "ticket="+app.Ref{Kind: ticket.Kind, ID: ids[1]}.String(), "site="+branch.String(), "engineer=佐々木 健",
		"wished="+kittest.Now.Format(app.TypedTime), "wished_by=税務課 印南", "do:depart;note=公用車で移動")
	serious := r.Add(t, incident.SeverityKind, "name=重大", "serious=yes", "means=住民票の交付が全て止まる。", "agreement=甲情第12号")
	r.Add(t, incident.Kind, "title=住民記録システムに接続できない", "affects=yes", "target=gyomu01", "systems=住民記録", "people=40", "impact=窓口での照会ができない。",
		"do:occur;at="+kittest.Now.Add(-25*time.Minute).Format(app.TypedTime)+";source=monitoring", "do:deliver;way=電話;who=情報課 髙橋", "do:grade;grade="+serious.String(), "do:scope")
	r.Add(t, notice.LineKind, "name=情報課 当番", "way=phone", "to=055-200-2410", "after=5")
	r.At = kittest.Now
}

// scans makes a job that an agent has run.
func scans(t testing.TB, r *kittest.Replica) {
	agent := r.Employ(t, "ｆｓ１の点検")
	job := r.Add(t, finding.JobKind, "title=福祉課の共有フォルダー", "root=smb://fs1/fukushi", "server=fs1", "department=福祉課", "agent="+agent.String())
	defer func(was string) { r.Author = was }(r.Author)
	r.Author = "ｆｓ１の点検"
	mark := app.ID{1}
	r.Add(t, finding.PlaceKind, "path=名簿/受給者.xlsx", "job="+job.String())
	r.Add(t, finding.RunKind, "job="+job.String(), "files=48210", "exposed=1",
		`do:tell;files=`+mark.String()+`|seen|individual_number\|10-99\|high|10-99|xlsx|48213|none`)
}

// talks are a meeting of a body that may decide, what was said there, and a task.
func talks(t testing.TB, r *kittest.Replica) {
	body := r.Add(t, meeting.BodyKind, "name=月次定例会", "host=city", "chair=情報課長", "authority=decides", "every=毎月第4水曜日", "quorum=2", "papers_days=2",
		"members=情報課長|市|議長\n久米 渉|事業者|報告", "scope=運用計画書の範囲の変更")
	m := r.Add(t, meeting.Kind, "body="+body.String(), "begins=2026-11-18 10:00", "ends=2026-11-18 11:30", "place=第1会議室", "present=情報課長|市\n久米 渉|事業者\n相馬 律|事業者|はい", "agenda=先月の実績", "do:hold")
	r.Add(t, meeting.ItemKind, "meeting="+m.String(), "type=action", "text=当番表を作り直す。", "charge=久米 渉", "due=2026-12-01")
	r.Add(t, meeting.ItemKind, "meeting="+m.String(), "type=decision", "text=夜間の監視は二人で行う。")
	r.Add(t, task.Kind, "title=年度末の異動の人数を知らせる", "side=city", "charge=人事課 印南", "due=2026-12-04", "do:report;progress=40;note=各課に照会した。")
}

// wish is a change of an agreed plan.
func wish(t testing.TB, r *kittest.Replica) {
	plan := r.Add(t, document.Kind, "title=運用計画書", "type=plan", "key=operation_plan", "revisions=1.0|2026-04-01|初版|所長")
	r.Add(t, changerequest.Kind, "title=夜間の監視を二人とする", "document="+plan.String(), "version=1.0", "before=一人で監視する。", "after=二人で監視する。", "reason=障害の見落としを防ぐため",
		"impact=当番表と要員計画を改める。", "risk=要員が不足するときは、一人に戻す。", "do:submit")
}

// staff is a manager whom the city has approved, and whom another shall replace.
func staff(t testing.TB, r *kittest.Replica) {
	r.Add(t, staffing.PhaseKind, "name=基幹系システム更改の構築", "type=construction", "from=2026-07-01", "to=2027-03-31")
	post := r.Add(t, staffing.PostKind, "name=プロジェクトマネージャ", "rank=manager", "needs=ネットワーク|3\n折衝|2")
	pm, next := r.Employ(t, "久米 渉"), r.Employ(t, "相馬 律")
	r.Add(t, staffing.SkillKind, "person="+pm.String(), "skill=ネットワーク", "level=3", "certificate=ネットワークスペシャリスト", "from=2024-04-01")
	at := r.Add(t, staffing.MemberKind, "person="+pm.String(), "post="+post.String(), "from=2026-07-01", "experience=基幹系システムの更改を2件", "similar=yes", "ability=ネットワークスペシャリスト", "do:submit", "do:approve;letter=8葉情第12号")
	r.Add(t, staffing.ReplacementKind, "member="+at.String(), "on=2026-12-15", "reason=転勤", "substitute="+next.String(), "experience=庁内LANの構築を1件", "similar=yes", "ability=情報処理安全確保支援士", "handover=2週間並走する。")
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
			for face, name := range []string{"", "history", "links", "own"} {
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
			return tabs.At() == n
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
	test.Type(w.win.Canvas().Focused(), "髙橋")
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

// papers are a plan on its way to approval, with the people it takes, and the
// settings of documents and numbers.
func papers(t testing.TB, r *kittest.Replica) {
	for name, role := range map[string]string{"鷲尾 誠": "reviewer1", "鷹野 航": "reviewer2"} {
		r.Add(t, people.GrantKind, "person="+r.Employ(t, name).String(), "role="+role)
	}
	plan := r.Add(t, document.Kind, "title=帳票印刷 障害対応手順書", "type=plan", "key=failure_plan", "owner=山田 徹", "secrecy=2")
	r.Add(t, document.FlowKind, "type=plan", "review1=yes", "vendor=yes", "reason=第3回定例会の合意（8葉情第3号）")
	rev := r.Add(t, document.RevisionKind, "document="+plan.String(), "reason=初版", "body=# 1 目的\n窓口の帳票印刷が止まったときの手順を定める。", "do:submit")
	r.Author = "鷲尾 誠"
	if err := r.Do(t.Context(), r.Load(rev), "approve", nil); err != nil {
		t.Fatal(err)
	}
	r.Author = "中村 彩"
	r.Add(t, numbering.LeaseKind, "register=ticket", "size=50", "reason=回線工事に備える")
	r.Add(t, numbering.FormatKind, "register=document", "year=2027", "template={年度:R}{課記号}第{n}号", "office=葉デ", "reason=組織改正")
}
