package helpdesk

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
	"daicho/app/sla"
)

// Document is the report on paper.
func (m *Month) Document() report.Document {
	title := "ヘルプデスク月次報告書"
	return report.Document{Title: title, Number: m.Number, Made: m.Made, Blocks: []report.Block{
		report.Approval{Sides: []report.Side{
			{Name: "受託者", Boxes: []report.Box{{Rank: "承認"}, {Rank: "審査"}, {Rank: "作成"}}},
			{Name: "市", Boxes: []report.Box{{Rank: "課長"}, {Rank: "係長"}, {Rank: "担当"}}},
		}},
		report.Title{Text: title, At: m.Made}, m.summary(), m.indicators(), m.waits(), m.visits(), m.failures(), report.Notes{Lines: notes},
	}}
}

var notes = []string{
	"率は、端数を切り捨てて小数第2位まで示しています。達成・未達は、切り捨てる前の分数で判定しています。",
	"解釈が分かれる指標は、合意した解釈と、他の解釈の値を並べています。合意文書の番号がないものは、仕様書の既定の解釈です。",
	"時刻の誤差が期限をまたぐものは、判定不能としています。",
	"現地対応の30分には割合の基準がありません。達成しなかったものを全て示しています。",
	"現地手配とした問い合わせで訪問の記録がないものは、駆けつけた時刻が分からないため、判定不能として示しています。",
}

func (m *Month) summary() report.Sheet {
	n := m.Intakes
	return report.Sheet{Pairs: []report.Pair{
		{Label: "期間", Value: m.From.Wareki() + "から" + m.Until.Wareki() + "まで", Wide: true},
		{Label: "問い合わせ", Value: count(n.Helpdesk+n.CityStaff) + "件"}, {Label: "うち情報課直受け", Value: fmt.Sprintf("%d件（即時引き継ぎ %d件）", n.CityStaff, n.AtOnce)},
		{Label: "直受けの引き継ぎまで", Value: m.handedOver(), Wide: true},
		{Label: "放棄呼", Value: count(n.Abandoned) + "件"}, {Label: "監視による起票", Value: count(n.Monitoring) + "件"},
		{Label: "再オープン", Value: strconv.Itoa(m.Reopened) + "回"}, {Label: "不要だった職員対応", Value: strconv.Itoa(m.Needless) + "件"},
	}}
}

// handedOver is how soon the city's staff passed on what it had taken.
func (m *Month) handedOver() string {
	d := slices.Sorted(slices.Values(m.HandedOver))
	if len(d) == 0 {
		return "－"
	}
	said := fmt.Sprintf("中央値 %s、最長 %s", civil.InWords(d[(len(d)-1)/2]), civil.InWords(d[len(d)-1]))
	if unknown := m.Intakes.CityStaff - int64(len(d)); unknown > 0 {
		said += fmt.Sprintf("（時刻の記録がない %d件を除く）", unknown)
	}
	return said
}

func (m *Month) indicators() report.Table {
	t := report.Table{Title: "指標", Columns: []report.Column{{Title: "指標", Weight: 2}, {Title: "基準", Weight: 1.4}, {Title: "値", Weight: 2, Right: true},
		{Title: "分数", Weight: 3, Right: true}, {Title: "判定", Weight: 1.2}, {Title: "解釈", Weight: 4.4}}}
	for _, i := range m.both() {
		for _, of := range []sla.Indicator{i.InForce, i.Other} {
			t.Rows = append(t.Rows, []string{i.name.JA, fmt.Sprintf("%d%%以上", of.Required), of.Percent(2), i.unit(of.Part) + "/" + i.unit(of.Whole),
				of.Verdict().Label().JA, m.reading(of.Reading)})
		}
	}
	return t
}

var choices = map[sla.Choice]string{
	sla.Staffed: "常駐時間のみ", sla.WithIntake: "システム受付を含む", sla.FirstTaken: "ヘルプデスクが受けたもの", sla.HandedOver: "即時引き継ぎを含む",
}

// reading names a reading with its agreement; the one in force stands without a mark.
func (m *Month) reading(r sla.Reading) string {
	if r.Agreement != "" {
		return choices[r.Choice] + "（" + r.Agreement + "）"
	}
	return choices[r.Choice]
}

func (m *Month) waits() report.Table {
	t := report.Table{Title: "対応時間と残件", Columns: []report.Column{{Title: "対応待ち先", Weight: 2}, {Title: "業務時間での計", Weight: 3, Right: true}}}
	for _, b := range bands {
		t.Columns = append(t.Columns, report.Column{Title: b.name, Weight: 1.6, Right: true})
	}
	for _, p := range parties {
		row := []string{p.Label().JA, civil.InWords(m.Work.Waited[p])}
		for i := range bands {
			n := 0
			if of := m.Work.Backlog[p]; of != nil {
				n = of[i]
			}
			row = append(row, strconv.Itoa(n))
		}
		t.Rows = append(t.Rows, row)
	}
	if d := slices.Sorted(slices.Values(m.Work.Took)); len(d) > 0 {
		t.Note = fmt.Sprintf("完了 %d件の対応時間: 中央値 %s、最長 %s", len(d), civil.InWords(d[(len(d)-1)/2]), civil.InWords(d[len(d)-1]))
	}
	return t
}

func (m *Month) visits() report.Table {
	t := report.Table{Title: "期限までに駆けつけなかった現地対応", Columns: []report.Column{{Title: "番号", Weight: 2.2}, {Title: "拠点", Weight: 2.4},
		{Title: "期限", Weight: 3}, {Title: "駆けつけ", Weight: 3}, {Title: "判定", Weight: 1.6}}}
	for _, v := range m.Visits {
		if v.Verdict == sla.Missed || v.Verdict == sla.Undecided || v.Verdict == sla.Unagreed {
			t.Rows = append(t.Rows, []string{v.Number, v.Site, at(v.Due), at(v.Start.At.Time()), v.Verdict.Label().JA})
		}
	}
	t.Note = fmt.Sprintf("現地対応 %d件", len(m.Visits))
	for _, u := range m.Unvisited {
		t.Rows = append(t.Rows, []string{u.Number, cmp.Or(u.Site, "－"), "－", "訪問の記録なし", sla.Undecided.Label().JA})
	}
	if n := len(m.Unvisited); n > 0 {
		t.Note += fmt.Sprintf("（ほかに、現地手配とした問い合わせで訪問の記録がないもの %d件）", n)
	}
	return t
}

func (m *Month) failures() report.Table {
	t := report.Table{Title: "業務に影響を与える障害", Columns: []report.Column{{Title: "番号", Weight: 2}, {Title: "発生", Weight: 2.8}, {Title: "通知", Weight: 2.6},
		{Title: "特定", Weight: 2.6}, {Title: "策定", Weight: 2.6}, {Title: "報告", Weight: 2.6}}}
	for _, f := range m.Failures {
		if f.Affects {
			t.Rows = append(t.Rows, []string{f.Number, at(f.Occurred.Time()), took(f.Notice), took(f.Scope), took(f.Plan), took(f.Report)})
		}
	}
	return t
}

// took is how long a clock ran, and what it says.
func took(r sla.Result) string {
	return civil.InWords(r.Used.Time) + " " + r.Verdict.Label().JA
}

func at(t time.Time) string {
	if t.IsZero() || app.StampOf(t) == 0 {
		return "－"
	}
	return t.In(civil.Tokyo).Format(time.DateTime)
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

// hours are nanoseconds as hours, minutes and seconds.
func hours(n int64) string {
	d := time.Duration(n)
	return fmt.Sprintf("%d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
}

// Lines are the indicators by both readings, that in force first, a line each.
func (m *Month) Lines(lang app.Lang) (lines []string) {
	for _, i := range m.both() {
		for _, of := range []sla.Indicator{i.InForce, i.Other} {
			lines = append(lines, fmt.Sprintf("%s  %s (%s/%s) %s  %s  %s", i.name.In(lang), of.Percent(2), i.unit(of.Part), i.unit(of.Whole),
				of.Verdict().Label().In(lang), of.Reading.Choice, of.Reading.Agreement))
		}
	}
	return lines
}

// named is an indicator with its name and how its parts are written.
type named struct {
	name app.Label
	unit func(int64) string
	sla.Both
}

func (m *Month) both() []named {
	return []named{
		{app.Label{JA: "稼働率", EN: "uptime"}, hours, m.Uptime},
		{app.Label{JA: "一次受付率", EN: "first line"}, count, m.Intakes.Both},
	}
}
