package document_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/document"
	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/assets"
)

var update = flag.Bool("update", false, "write the goldens anew")

var made = time.Date(2026, 11, 24, 9, 30, 0, 0, civil.Tokyo)

func dayOf(year int, month time.Month, day int) app.Day {
	return app.DayOf(civil.Date{Year: year, Month: month, Day: day})
}

func person(n byte) app.Ref { return app.Ref{Kind: app.PersonKind, ID: app.ID{15: n}} }

func names(r app.Ref) string {
	return map[app.Ref]string{person(1): "長谷川 誠", person(2): "水野 恵美", person(3): "葉月 一郎", person(4): "印南 隆", person(5): "山﨑 直子"}[r]
}

func revisionRef(n byte) app.Ref { return app.Ref{Kind: document.RevisionKind, ID: app.ID{15: n}} }

// version is a revision that was approved at every step, or by nobody yet.
func version(n byte, number, body, place, reason string, state document.Step) (*document.Revision, []*document.Approval) {
	r := &document.Revision{Version: number, Body: body, Place: place, Reason: reason, State: state, Author: person(1), Made: app.StampOf(made.AddDate(0, 0, int(n)-30))}
	r.Ref = revisionRef(n)
	r.Hash = r.ContentHash()
	if state == document.Draft {
		return r, nil
	}
	r.Approved, r.Issued = dayOf(2026, 11, 18+int(n)), dayOf(2026, 11, 19+int(n))
	var all []*document.Approval
	for i, step := range []document.Step{document.Draft, document.Review1, document.Review2, document.Vendor, document.City} {
		verdict := document.Yes
		if step == document.Draft {
			verdict = document.Sent
		}
		all = append(all, &document.Approval{Revision: r.Ref, Step: step, Verdict: verdict, By: person(byte(i + 1)), At: app.StampOf(made.AddDate(0, 0, int(n)-8)), Hash: r.Hash})
	}
	return r, all
}

const letterBody = `市民課の住民票発行端末で発生した障害について、原因と対応を次のとおりまとめました。

# 発生日時
令和8年11月20日（金）13時頃から14時45分まで

# 影響の範囲
- 住民票発行端末3台のうち1台
- 窓口でお待ちいただいた方 4人（最長12分）

# 経過
| 時刻 | 内容 |
|---|---|
| 13:02 | 髙橋様から電話で連絡を受け、一次切分けを実施 |
| 13:31 | 技術者が到着し、定着器の予備品に交換 |
| 14:45 | 印刷の再開を確認し、印南様の了解を得て終了 |

# 再発防止
## 部品の管理
定着器の予備を2台とし、毎月1日に在庫を点検します。
## 手順の見直し
別紙「帳票印刷 障害対応手順書」第1.1版に反映します。`

func letterFile() document.File {
	d := &document.Document{Title: "住民票発行端末の障害について", Type: document.Report, Sender: "株式会社ダイチョウ運用\n運用責任者　長谷川　誠", Recipient: "情報政策課長、市民課長",
		Copies: "総務課長", Issued: dayOf(2026, 11, 24), Secrecy: document.Secret2, Current: revisionRef(1), Version: "1.0"}
	d.Number = "R8運報第41号"
	r, said := version(1, "1.0", letterBody, "全体", "初版", document.Published)
	r.Files = []app.Blob{{Name: "別紙1 監視記録（11月20日）.xlsx", Size: 48_211}, {Name: "別紙2 帳票印刷 障害対応手順書 第1.1版.pdf", Size: 312_004}}
	return document.File{Document: d, Versions: []*document.Revision{r}, Approvals: said}
}

func planFile() document.File {
	d := &document.Document{Title: "情報システム運用計画書", Type: document.Plan, Owner: "長谷川 誠", Charge: "水野 恵美", Issued: dayOf(2026, 11, 22), Submitted: dayOf(2026, 11, 23),
		ReviewOn: dayOf(2027, 4, 1), Current: revisionRef(3), Version: "1.1", Key: document.OperationPlan, Retention: document.InUse,
		Revisions: []document.Line{{Version: "0.9", Date: dayOf(2026, 4, 1), Change: "移行前の版", Author: "前任者"}}}
	d.Number = "R8運計第3号"
	old, said := version(1, "1.0", "古い本文", "全体", "初版", document.Superseded)
	now, more := version(3, "1.1", "# 目的\n　夜間の監視と連絡の手順を定める。\n# 体制\n## 平日\n  - 8:30から17:15まで 常駐2人\n## 夜間・休日\n  - 電話による待機1人\n### 交代\n交代の時刻は毎日8時30分とする。\n#### 引継ぎ\n引継ぎ簿に記録する。", "第2章 体制", "夜間の監視を二人から一人の待機に改めるため", document.Published)
	next, _ := version(5, "1.2案1", "書きかけ", "", "見直し", document.Draft)
	return document.File{Document: d, Versions: []*document.Revision{next, now, old}, Approvals: append(said, more...)}
}

// print writes a paper, and what pdftotext reads in it, line by line.
func print(t *testing.T, name string, doc report.Document) string {
	t.Helper()
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	missing, err := press.Write(&out, doc)
	if err != nil || len(missing) > 0 {
		t.Fatal(missing, err)
	}
	dir := t.TempDir()
	if kept := os.Getenv("DAICHO_PAPERS"); kept != "" {
		dir = kept // to be looked at
	}
	path := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command("pdftotext", "-enc", "UTF-8", "-layout", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(gaps.ReplaceAllString(line, "  ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// gaps are what versions of pdftotext fill differently.
var gaps = regexp.MustCompile(" {2,}")

// TestPapers compares what is read on the papers with the goldens.
func TestPapers(t *testing.T) {
	letter, plan := letterFile(), planFile()
	draft := planFile()
	draft.Document.Current, draft.Versions, draft.Approvals = app.Ref{}, draft.Versions[:1], nil
	own := letterFile()
	own.Versions[0].Body = "先般の件について、次のとおりといたします。\n\n記\n\n1 日時　令和8年12月1日\n2 場所　本庁舎301会議室\n\n以上"
	came := document.File{Document: &document.Document{Title: "庁内LANの停止について（依頼）", Type: document.Request, Sender: "情報政策課長", Recipient: "運用責任者　各位", Summary: "12月5日の停電に伴い、停止をお願いする。"}}
	for name, doc := range map[string]report.Document{
		"letter": letter.Paper(made, names), "plan": plan.Paper(made, names), "draft": draft.Paper(made, names), "own": own.Paper(made, names),
		"came": came.Paper(made, names), "versions": document.VersionTable([]document.File{letter, plan}, made, names),
	} {
		t.Run(name, func(t *testing.T) {
			got := print(t, name, doc)
			path := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil || got != string(want) {
				t.Errorf("differs from %s (%v); if the change is meant, run with -update.\n%s", path, err, got)
			}
		})
	}
}

// TestDraftsSaySo on each page.
func TestDraftsSaySo(t *testing.T) {
	f := planFile()
	if got := f.Paper(made, names).Number; got != "R8運計第3号 第1.1版" {
		t.Errorf("approved: %q", got)
	}
	f.Document.Current = app.Ref{}
	if got := f.Paper(made, names).Number; got != "R8運計第3号 第1.2案1版（案）" {
		t.Errorf("draft: %q", got)
	}
}
