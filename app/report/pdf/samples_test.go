package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/assets"
)

var made = time.Date(2026, 11, 20, 5, 2, 0, 0, time.UTC)

// press is made once: reading two fonts for each test is waste.
var press = sync.OnceValues(func() (*pdf.Press, error) {
	return pdf.New(assets.PaperFonts())
})

func write(t testing.TB, doc report.Document) ([]byte, []report.Missing) {
	t.Helper()
	p, err := press()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	missing, err := p.Write(&out, doc)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), missing
}

// extract returns what pdftotext (poppler) reads in a PDF.
func extract(t testing.TB, data []byte, options ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"-enc", "UTF-8"}, options...)
	out, err := exec.Command("pdftotext", append(args, path, "-")...).Output()
	if err != nil {
		t.Fatalf("pdftotext (package poppler-utils): %v", err)
	}
	return string(out)
}

// list is a 管理表 of tickets in a made-up city.
func list(rows int) report.Document {
	columns := []report.Column{
		{Title: "番号", Weight: 2.4}, {Title: "受付", Weight: 1.5}, {Title: "件名", Weight: 6}, {Title: "区分", Weight: 2}, {Title: "問い合わせ担当者", Weight: 3},
		{Title: "担当", Weight: 2}, {Title: "期限", Weight: 2.2}, {Title: "件数", Weight: 1.2, Right: true}, {Title: "状態", Weight: 2},
	}
	subjects := []string{"住民票発行端末の印刷が途中で止まる", "グループウェアに「接続できません」と表示される（庁舎2階、会議室）。再起動しても変わらない。",
		"税務システムの帳票で髙橋様・山﨑様の氏名が正しく印字されるか確認したい", "回線速度の低下"}
	table := report.Table{Note: fmt.Sprintf("%d件", rows), Columns: columns}
	for i := range rows {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("2026-%06d", 4100+i), "11/20", subjects[i%4], "障害", "市民課　内線 2231", "小林", "11/24 14:02",
			fmt.Sprint(i * 111), "○未着手"})
	}
	return report.Document{Title: "問い合わせ管理表", Number: "情政-2026-0041 第1.2版", Handling: "取扱注意", Made: made, Landscape: true,
		Blocks: []report.Block{report.Title{Text: "問い合わせ管理表", At: made}, table}}
}

// ticket is the sheet of one ticket.
func ticket() report.Document {
	stamp := &report.Stamp{Office: "情報政策課", Date: made, Name: "小林", Code: "電子承認 7F3A-91C2"}
	return report.Document{Title: "問い合わせ票", Number: "2026-004129", Handling: "関係者限り", Made: made, Blocks: []report.Block{
		report.Approval{Sides: []report.Side{
			{Name: "受託者", Boxes: []report.Box{{Rank: "承認", Stamp: stamp}, {Rank: "審査"}, {Rank: "作成", Stamp: &report.Stamp{Office: "運用", Date: made, Name: "長谷川", Code: "電子承認 0B11-2D4E"}}}},
			{Name: "みどり市", Boxes: []report.Box{{Rank: "課長"}, {Rank: "係長"}, {Rank: "担当"}}},
		}},
		report.Title{Text: "問い合わせ票", At: made},
		report.Sheet{Pairs: []report.Pair{
			{Label: "番号", Value: "2026-004129"}, {Label: "状態", Value: "◎対応中"},
			{Label: "受付日時", Value: "令和8年11月20日（金）14:02"}, {Label: "期限", Value: "令和8年11月24日（火）14:02"},
			{Label: "件名", Value: "住民票発行端末の印刷が途中で止まる", Wide: true},
			{Label: "問い合わせ担当者", Value: "市民課　内線 2231　𠮷田様"},
			{Label: "内容", Value: "窓口の端末3台のうち1台で、「紙詰まりではないのに」印刷が止まります。\n・発生は本日13時頃から\n・電源の入れ直し、ケーブル（LAN）の差し替えでも変わらず、https://intra.example.jp/manual/printers/trouble.html の手順も試しました。", Wide: true},
		}},
		report.Heading{Level: 1, Text: "経過"},
		report.Table{Columns: []report.Column{{Title: "日時", Weight: 2}, {Title: "記録者", Weight: 1.5}, {Title: "内容", Weight: 7}},
			Rows: [][]string{{"11/20 14:05", "小林", "電話で一次受付。"}, {"11/20 14:20", "長谷川", "現地へ向かう。部品（定着器）を持参。"}}},
		report.Heading{Level: 1, Text: "添付"}, report.Table{Columns: []report.Column{{Title: "名前"}, {Title: "大きさ", Right: true}}},
		report.Heading{Level: 2, Text: "所見"}, report.Heading{Level: 3, Text: "原因"},
		report.Paragraph{Text: "　定着器の劣化と推定される。予備機への交換後は再発していない。"},
		report.Notes{Lines: []string{"時刻はすべて日本標準時。", "期限は初回の期限。"}},
	}}
}

// letter is a reply to the city.
func letter() report.Document {
	return report.Document{Title: "障害の報告", Number: "情運第41号", Made: made, Mincho: true, Blocks: []report.Block{
		report.Letter{Number: "情運第41号", Date: made, To: []string{"情報課長　様"}, From: []string{"株式会社ダイチョウ運用", "運用責任者　長谷川　誠"}, Subject: "住民票発行端末の障害について（報告）"},
		report.Paragraph{Text: "　このことについて、下記のとおり報告します。"},
		report.Paragraph{Text: "記", Style: report.Centre},
		report.Heading{Level: 1, Text: "発生日時"}, report.Paragraph{Text: "　令和8年11月20日（金）13時頃"},
		report.Paragraph{Text: "以上", Style: report.Right}, report.Paragraph{Text: "資料: 監視記録 11月20日", Style: report.Small},
	}}
}

// issues is a 課題管理表 with all its columns on A4.
func issues() report.Document {
	columns := []report.Column{
		{Title: "No", Weight: 1, Right: true}, {Title: "発生日", Weight: 2.2}, {Title: "起票者", Weight: 2}, {Title: "区分", Weight: 1.5}, {Title: "件名", Weight: 4}, {Title: "内容", Weight: 5},
		{Title: "影響", Weight: 3}, {Title: "優先度", Weight: 1.3}, {Title: "担当(甲/乙)", Weight: 2}, {Title: "対応方針", Weight: 4}, {Title: "対応状況(経過)", Weight: 5}, {Title: "期限", Weight: 2.2},
		{Title: "変更後期限(承認)", Weight: 2.2}, {Title: "完了日", Weight: 2.2}, {Title: "確認者", Weight: 2}, {Title: "状態", Weight: 2.2}, {Title: "関連", Weight: 2.4},
	}
	table := report.Table{Note: "9件", Columns: columns}
	for i := range 9 {
		table.Rows = append(table.Rows, []string{fmt.Sprint(i + 1), "R8.11.2", "長谷川", "障害", "庁舎2階会議室の無線LANが切れる", "会議中に端末5台の接続が同時に切れ、再接続に3分かかる（週2回程度）。", "議会中継への影響", "高", "乙",
			"アクセスポイントのファームウェアを更新する。", "11/4 現地調査。\n11/10 更新を実施。\n11/17 再発なし。", "R8.11.30", "－", "－", "小林", "◎対応中", "2026-004129"})
	}
	return report.Document{Title: "課題管理表", Number: "情政-2026-0042 第1.0版", Handling: "取扱注意", Made: made, Landscape: true, Blocks: []report.Block{
		report.Approval{Sides: []report.Side{{Boxes: []report.Box{{Rank: "承認"}, {Rank: "審査"}, {Rank: "作成"}}}}},
		report.Title{Text: "課題管理表", At: made}, table}}
}
