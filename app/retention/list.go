package retention

import (
	"context"
	"fmt"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
)

// LoadDone reads all that was disposed of, in the order of the days.
func LoadDone(ctx context.Context, s app.Shelf) ([]*Disposal, error) {
	return app.Every(ctx, s, Disposals, app.Query{Where: []app.Cond{app.Where("disposed", ">", int64(0))}, Sort: "disposed"})
}

// People are those whose names the list says.
func People(all []*Disposal) (refs []app.Ref) {
	for _, d := range all {
		refs = append(refs, d.By, d.DecidedBy)
	}
	return refs
}

// List is the certificate of what was disposed of (廃棄目録) on A4 landscape: numbers,
// titles, dates and who decided, and nothing of the content. Names are what people are
// called.
func List(all []*Disposal, at time.Time, names app.Names) report.Document {
	t := report.Table{Note: fmt.Sprintf("%d件", len(all)), Columns: []report.Column{{Title: "No", Weight: .5, Right: true}, {Title: "文書番号", Weight: 2.4}, {Title: "文書名", Weight: 4}, {Title: "保存期間", Weight: 1.5},
		{Title: "発行日", Weight: 1.4}, {Title: "完結日", Weight: 1.4}, {Title: "満了日", Weight: 1.4}, {Title: "廃棄日", Weight: 1.4}, {Title: "提案", Weight: 1.5}, {Title: "承認", Weight: 1.5}, {Title: "廃棄番号", Weight: 1.8}}}
	for i, d := range all {
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), d.PaperNo, d.Title, d.Class, short(d.Issued), short(d.Completed), short(d.Expires), short(d.Disposed), names(d.By), names(d.DecidedBy), d.Number})
	}
	return report.Document{Title: "廃棄目録", Handling: "取扱注意", Made: at, Landscape: true, Blocks: []report.Block{
		report.Title{Text: "廃棄目録", At: at}, t,
		report.Paragraph{Text: "上記の文書の本文・添付・版は、承認の日に消去した。" + civil.DateOf(at).Wareki() + "現在。", Style: report.Small}}}
}

func short(d app.Day) string {
	if d == 0 {
		return "－"
	}
	return d.Civil().WarekiShort()
}
