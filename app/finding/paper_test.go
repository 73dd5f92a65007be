package finding_test

import (
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/finding"
	"daicho/app/report"
)

// november is a report of a month in which two of three jobs were run.
func november(t *testing.T) *finding.Inspection {
	t.Helper()
	at := func(s string) app.Stamp { return app.StampOf(tokyo(t, s)) }
	jobOf := func(n byte, number, title, server string) *finding.Job {
		j := finding.Jobs.Draft(app.ID{n})
		j.Number, j.Title, j.Server = number, title, server
		return j
	}
	runOf := func(begun string, files, unread, protected, exposed int64, d ...finding.DepartmentCount) *finding.Run {
		return &finding.Run{State: finding.Done, Begun: at(begun), Files: files, Unread: unread, Protected: protected, Exposed: exposed, Departments: d, Edition: "標準"}
	}
	fukushi := runOf("2026-11-21 22:00", 182_340, 12, 1_021, 113, finding.DepartmentCount{"福祉課", 120_000, 0, 21, 100}, finding.DepartmentCount{"障害福祉課", 62_340, 0, 1_000, 13})
	fukushi.Kinds = []finding.KindCount{{detect.IndividualNumber, 3, 20, 5, 1}, {detect.PersonName, 40, 50, 20, 3}}
	fukushi.Errors = []finding.ErrorCount{{"permission denied", 11}, {"something of a later version", 1}}
	fukushi.Partial, fukushi.Unscannable = 42, 3_105
	soumu := runOf("2026-11-22 22:00", 48_000, 0, 0, 2, finding.DepartmentCount{"総務課", 48_000, 0, 0, 2})
	soumu.Kinds = []finding.KindCount{{detect.PersonName, 1, 0, 0, 1}}
	i := &finding.Inspection{From: civil.Date{Year: 2026, Month: 11, Day: 1}, Until: civil.Date{Year: 2026, Month: 11, Day: 30}, Number: "8葉情第201号", Made: tokyo(t, "2026-11-30 17:15"),
		Runs: []finding.Inspected{
			{jobOf(1, "J-0001", "福祉課の共有フォルダー", "fs1"), fukushi, runOf("2026-10-24 22:00", 180_000, 0, 900, 120, finding.DepartmentCount{"福祉課", 120_000, 0, 0, 101}, finding.DepartmentCount{"障害福祉課", 60_000, 0, 900, 19})},
			{jobOf(2, "J-0002", "総務課の共有フォルダー", "fs2"), soumu, runOf("2026-10-25 22:00", 47_000, 0, 0, 2, finding.DepartmentCount{"総務課", 47_000, 0, 0, 2})},
			{jobOf(3, "J-0003", "税務課の共有フォルダー", "fs3"), nil, nil},
		},
		Name: func(who app.Ref) string {
			return map[app.ID]string{asker: "守屋 誠", approver: "髙橋 直"}[who.ID]
		}}
	add := func(number string, f finding.Finding) {
		f.Number = number
		i.Findings = append(i.Findings, &f)
	}
	due := func(day int) app.Day { return app.DayOf(civil.Date{Year: 2026, Month: 11, Day: day}) }
	add("F2026-00001", finding.Finding{Department: "福祉課", FirstSeen: at("2026-11-21 23:00")})
	add("F2026-00002", finding.Finding{Department: "福祉課", FirstSeen: at("2026-10-24 23:00"), State: finding.Correcting, Due: due(29), Persons: detect.Hundreds})
	add("F2026-00003", finding.Finding{Department: "福祉課", FirstSeen: at("2026-10-24 23:00"), State: finding.Correcting, Due: due(30)})
	add("F2026-00004", finding.Finding{Department: "障害福祉課", FirstSeen: at("2026-10-24 23:00"), State: finding.Corrected, SettledAt: at("2026-11-21 23:30")})
	add("F2026-00005", finding.Finding{Department: "障害福祉課", FirstSeen: at("2026-09-24 23:00"), State: finding.Corrected, SettledAt: at("2026-10-24 23:30")})
	add("F2026-00006", finding.Finding{Department: "総務課", FirstSeen: at("2026-10-24 23:00"), State: finding.Excepted, Reason: "法令により、紙の台帳の写しを次の監査まで保存する必要があり、専用の端末からだけ読めるようにしている。", Until: due(30) + 60, AskedBy: person(asker), DecidedBy: person(approver), DecidedAt: at("2026-11-02 10:00")})
	add("F2026-00007", finding.Finding{Department: "総務課", FirstSeen: at("2026-08-24 23:00"), Reopened: 1, Unread: true})
	return i
}

func table(t *testing.T, doc report.Document, title string) report.Table {
	t.Helper()
	for _, b := range doc.Blocks {
		if table, is := b.(report.Table); is && table.Title == title {
			return table
		}
	}
	t.Fatal("no table", title)
	return report.Table{}
}

func TestThePaper(t *testing.T) {
	doc := november(t).Document()
	if err := doc.Check(); err != nil {
		t.Fatal(err)
	}
	for _, b := range doc.Blocks {
		if s, is := b.(report.Sheet); is {
			for label, want := range map[string]string{"期間": "令和8年11月1日から令和8年11月30日まで", "総ファイル数": "230,340件", "読取不可": "12件", "未保護数": "115件（前回比 ▲7）", "未保護率": "10.12 %（115/1,136）", "点検できない形式": "3,105件"} {
				if !slices.Contains(s.Pairs, report.Pair{Label: label, Value: want, Wide: label == "期間"}) {
					t.Errorf("%s is not %s: %v", label, want, s.Pairs)
				}
			}
		}
	}
	for title, rows := range map[string][][]string{
		"点検の対象": {{"J-0001", "福祉課の共有フォルダー", "fs1", "R8.11.21", "182,340", "12", "113", "▲7"}, {"J-0002", "総務課の共有フォルダー", "fs2", "R8.11.22", "48,000", "0", "2", "±0"},
			{"J-0003", "税務課の共有フォルダー", "fs3", "未実施", "－", "－", "－", "－"}},
		"該当数（種別・件数帯）": {{"個人番号", "3", "20", "5", "1", "29"}, {"氏名", "41", "50", "20", "4", "115"}},
		"所属別":         {{"福祉課", "120,000", "21", "100", "82.64 %（100/121）", "▲1"}, {"障害福祉課", "62,340", "1,000", "13", "1.28 %（13/1,013）", "▲6"}, {"総務課", "48,000", "0", "2", "100.00 %（2/2）", "±0"}},
		"是正状況": {{"新規（未確認）", "2", "期間中に初めて検出したもの 1件（状態を問わない）"}, {"確認済", "0", ""}, {"是正中", "2", "うち期限超過 1件"}, {"是正済", "1", "期間中の再点検で確認したもの"}, {"例外", "1", "承認された例外"},
			{"移動", "0", "期間中に別の場所で見つかったもの。移動先を数える"}, {"再発", "1", "是正済または例外の終了後に再び検出したもの（上の内数）"}, {"確認できず", "1", "直近の点検で読み取れず、状態を判定していないもの（上の内数）"}},
		"是正期限を過ぎたもの": {{"F2026-00002", "福祉課", "100～999", "R8.10.24", "R8.11.29"}},
		"読み取れなかった理由": {{"読む権限がない", "11"}, {"その他", "1"}},
	} {
		got := table(t, doc, title).Rows
		if !slices.EqualFunc(got, rows, slices.Equal) {
			t.Errorf("%s:\n%q\nwant\n%q", title, got, rows)
		}
	}
	if e := table(t, doc, "例外").Rows; len(e) != 1 || e[0][4] != "守屋 誠" || e[0][5] != "髙橋 直" || e[0][3] != "R9.1.29" {
		t.Errorf("%q", e)
	}
}

// TestRate: a share is cut off, never rounded up, and says what it is of.
func TestRate(t *testing.T) {
	for _, c := range []struct {
		n, of int64
		want  string
	}{{1113, 1134, "98.14 %（1,113/1,134）"}, {99_999, 100_000, "99.99 %（99,999/100,000）"}, {0, 5, "0.00 %（0/5）"}, {5, 5, "100.00 %（5/5）"}, {0, 0, "－"}, {1, 1_000_000, "0.00 %（1/1,000,000）"}} {
		if got := finding.Rate(c.n, c.of); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.n, c.of, got, c.want)
		}
	}
}

// TestReasonsAreTranslated: why files could not be read is said in the language of who
// reads it; a reason of a later version stands as it came.
func TestReasonsAreTranslated(t *testing.T) {
	run := &finding.Run{Errors: []finding.ErrorCount{{"permission denied", 11}, {"something of a later version", 1}}}
	for lang, want := range map[app.Lang]string{app.JA: "読む権限がない|11\nsomething of a later version|1", app.EN: "permission denied|11\nsomething of a later version|1"} {
		if got := finding.Runs.Show(run, "errors", lang); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
