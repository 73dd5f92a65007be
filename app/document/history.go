package document

import (
	"slices"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/report"
)

func decimal(n int) string { return strconv.Itoa(n) }

// history is the table of revisions (改訂履歴) of 3.1.2, the oldest first. What was
// entered by hand before there were revisions has no names of who approved it.
func (f *File) history(names app.Names) report.Table {
	t := report.Table{Columns: []report.Column{{Title: "版数", Weight: 1}, {Title: "日付", Weight: 1.4}, {Title: "改訂箇所", Weight: 3}, {Title: "改訂理由", Weight: 3.4},
		{Title: "作成", Weight: 1.5}, {Title: "確認", Weight: 1.5}, {Title: "承認", Weight: 1.5}}}
	known := map[string]bool{}
	for _, r := range slices.Backward(f.Versions) {
		if !slices.Contains([]Step{Passed, Published, Superseded}, r.State) {
			continue
		}
		known[r.Version] = true
		t.Rows = append(t.Rows, []string{r.Version, short(r.Approved), r.Place, r.Reason, names(r.Author), f.by(r, names, Review2, Review1), f.by(r, names, City, Vendor)})
	}
	var earlier [][]string
	for _, l := range f.Document.Revisions {
		if !known[l.Version] {
			earlier = append(earlier, []string{l.Version, short(l.Date), "", l.Change, l.Author, "", ""})
		}
	}
	t.Rows = append(earlier, t.Rows...)
	return t
}

// by is who said the last word at the first of some steps that has one.
func (f *File) by(r *Revision, names app.Names, steps ...Step) string {
	for _, s := range steps {
		if p := f.said(r, s); p != nil {
			return names(p.By)
		}
	}
	return ""
}

func short(d app.Day) string {
	if d == 0 {
		return ""
	}
	return d.Civil().WarekiShort()
}

// VersionTable is the 版数管理表 of 3.1.2 on A4 landscape: what versions documents have,
// who stands for them, and when they were submitted and are to be looked at again.
func VersionTable(files []File, at time.Time, names app.Names) report.Document {
	t := report.Table{Note: decimal(len(files)) + "件", Columns: []report.Column{{Title: "文書番号", Weight: 2.6}, {Title: "文書名", Weight: 4}, {Title: "版", Weight: .8}, {Title: "発行日", Weight: 1.4},
		{Title: "作成", Weight: 1.5}, {Title: "確認", Weight: 1.5}, {Title: "承認", Weight: 1.5}, {Title: "変更概要", Weight: 3.4}, {Title: "提出日", Weight: 1.4},
		{Title: "市承認日", Weight: 1.4}, {Title: "次回見直し", Weight: 1.5}, {Title: "保存", Weight: 1}}}
	for _, f := range files {
		t.Rows = append(t.Rows, f.row(names))
	}
	return report.Document{Title: "版数管理表", Handling: "取扱注意", Made: at, Landscape: true, Blocks: []report.Block{
		report.Title{Text: "版数管理表", At: at}, t, report.Paragraph{Text: "仕様書 3.1.2　承認された版だけを載せる。「－」はまだないもの。", Style: report.Small}}}
}

// row is a document as it was approved last.
func (f *File) row(names app.Names) []string {
	cells := []string{f.Number, f.Title, "", "", "", "", "", "", short(f.Submitted), "", short(f.ReviewOn), Register.Show(f.Document, "retention", app.JA)}
	if n := len(f.Document.Revisions); n > 0 {
		l := f.Document.Revisions[n-1]
		cells[2], cells[3], cells[4], cells[7] = l.Version, short(l.Date), l.Author, l.Change
	}
	for _, r := range f.Versions {
		if r.Ref != f.Current {
			continue
		}
		cells[2], cells[3], cells[4] = r.Version, short(r.Issued), names(r.Author)
		cells[5], cells[6], cells[7] = f.by(r, names, Review2, Review1), f.by(r, names, Vendor), r.Reason
		if p := f.said(r, City); p != nil {
			cells[9] = short(day(p.At))
		}
	}
	for i, c := range cells {
		if c == "" {
			cells[i] = "－"
		}
	}
	return cells
}
