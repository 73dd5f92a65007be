package documents

import (
	"context"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/report"
	"daicho/ui"
	"daicho/ui/kit/register"
)

// papers are what is handed out of the library.
var papers = []register.Paper{
	{Label: app.Label{JA: "文書（承認欄・改訂履歴付き）", EN: "The document, with approvals and revisions"}, Of: paper},
	{Label: app.Label{JA: "版数管理表（重要文書）", EN: "Table of versions (key documents)"}, Of: versions, Whole: true},
}

// paper is a document as it is handed out.
func paper(ctx context.Context, records ui.Records, desk *ui.Desk, r app.Record) (report.Document, error) {
	f, err := document.Load(ctx, records, r.(*document.Document))
	if err != nil {
		return report.Document{}, err
	}
	names, err := ui.NamesOf(ctx, records, f.People())
	if err != nil {
		return report.Document{}, err
	}
	return f.Paper(desk.Now(), names), nil
}

// versions is the table of versions of the key documents.
func versions(ctx context.Context, records ui.Records, desk *ui.Desk, _ app.Record) (report.Document, error) {
	files, err := document.LoadVersioned(ctx, records, false)
	if err != nil {
		return report.Document{}, err
	}
	var people []app.Ref
	for _, f := range files {
		people = append(people, f.People()...)
	}
	names, err := ui.NamesOf(ctx, records, people)
	if err != nil {
		return report.Document{}, err
	}
	return document.VersionTable(files, desk.Now(), names), nil
}
