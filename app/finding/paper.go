package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
)

// Inspection is what a 個人情報ファイル点検報告 is made of: the last run of each job in
// a period, the one before it, and the findings.
type Inspection struct {
	From, Until civil.Date // the first day and the last
	Number      string     // 文書番号; may be empty
	Made        time.Time
	Runs        []Inspected
	Findings    []*Finding
	Name        func(app.Ref) string // of a person; empty: nobody knows
}

// Inspected is a job with its last run in the period and the last before that; nil:
// there was none.
type Inspected struct {
	Job    *Job
	Run    *Run
	Before *Run
}

// Document is the report on paper.
func (i *Inspection) Document() report.Document {
	title := "個人情報ファイル点検報告書"
	blocks := []report.Block{
		report.Approval{Sides: []report.Side{
			{Name: "受託者", Boxes: []report.Box{{Rank: "承認"}, {Rank: "審査"}, {Rank: "作成"}}},
			{Name: "市", Boxes: []report.Box{{Rank: "課長"}, {Rank: "係長"}, {Rank: "担当"}}},
		}},
		report.Title{Text: title, At: i.Made}, i.summary(), i.targets(), i.kinds(), i.departments(), i.states(), i.late(), i.exceptions(), i.unread(),
		report.Notes{Lines: notes}, report.Paragraph{Text: i.source(), Style: report.Small},
	}
	return report.Document{Title: title, Number: i.Number, Handling: "関係者限り", Made: i.Made, Blocks: blocks}
}

var notes = []string{
	"未保護率は、未保護の該当ファイル数÷（未保護の該当ファイル数＋保護済ファイル数）です。小数第3位以下を切り捨てています。",
	"保護済は、パスワードまたは暗号化で保護され、内容を読めないファイルです。個人情報等を含むものとみなして分母に入れています。",
	"OSの機能（EFS、BitLockerなど）による暗号化は、利用者の権限で読めるため、未保護に数えています。",
	"該当数は、値の種類ごとに、一つのファイルに含まれる異なる値の数で分けたファイル数です。一つのファイルが複数の種別に該当することがあります。",
	"前回比は、期間中に実施し、前回の実施もある点検だけを比べています。",
	"点検結果には、個人情報そのもの及びファイルの場所は含まれていません。場所は、セキュリティ担当だけが閲覧できます。",
}

func (i *Inspection) period() string {
	return i.From.Wareki() + "から" + i.Until.Wareki() + "まで"
}

// total adds up a figure of the runs in the period.
func (i *Inspection) total(of func(*Run) int64) (n int64) {
	for _, r := range i.Runs {
		if r.Run != nil {
			n += of(r.Run)
		}
	}
	return n
}

// change is by how much a figure is another than before, of the jobs that were run
// before; －, where none was.
func (i *Inspection) change(of func(*Run) int64) string {
	var by int64
	compared := false
	for _, r := range i.Runs {
		if r.Run != nil && r.Before != nil {
			by, compared = by+of(r.Run)-of(r.Before), true
		}
	}
	if !compared {
		return notApplicable
	}
	return signed(by)
}

func exposedIn(r *Run) int64   { return r.Exposed }
func protectedIn(r *Run) int64 { return r.Protected }

func (i *Inspection) summary() report.Sheet {
	exposed := i.total(exposedIn)
	files := func(of func(*Run) int64) string { return thousands(i.total(of)) + "件" }
	return report.Sheet{Pairs: []report.Pair{
		{Label: "期間", Value: i.period(), Wide: true},
		{Label: "対象", Value: fmt.Sprintf("点検 %d件（うち期間中に実施 %d件）", len(i.Runs), i.made()), Wide: true},
		{Label: "総ファイル数", Value: files(func(r *Run) int64 { return r.Files })},
		{Label: "読取不可", Value: files(func(r *Run) int64 { return r.Unread })},
		{Label: "一部のみ読取", Value: files(func(r *Run) int64 { return r.Partial })},
		{Label: "点検できない形式", Value: files(func(r *Run) int64 { return r.Unscannable })},
		{Label: "未保護数", Value: fmt.Sprintf("%s件（前回比 %s）", thousands(exposed), i.change(exposedIn))},
		{Label: "未保護率", Value: Rate(exposed, exposed+i.total(protectedIn))},
		{Label: "ルールの版", Value: i.editions(), Wide: true},
	}}
}

// made is how many jobs were run.
func (i *Inspection) made() (n int) {
	for _, r := range i.Runs {
		if r.Run != nil {
			n++
		}
	}
	return n
}

func (i *Inspection) editions() string {
	var all []string
	for _, r := range i.Runs {
		if r.Run != nil && r.Run.Edition != "" && !slices.Contains(all, r.Run.Edition) {
			all = append(all, r.Run.Edition)
		}
	}
	return cmp.Or(strings.Join(all, "\n"), notApplicable)
}
