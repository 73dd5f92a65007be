package tickets

import (
	"context"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/helpdesk"
	"daicho/app/report"
	"daicho/app/sla"
	"daicho/ui"
	"daicho/ui/kit/register"
)

// papers are the monthly reports of the helpdesk: of this month as far as it has come,
// and of the last one.
var papers = []register.Paper{
	{Label: app.Label{JA: "ヘルプデスク月次報告（今月）", EN: "Monthly report, this month"}, Of: monthly(0), Whole: true},
	{Label: app.Label{JA: "ヘルプデスク月次報告（先月）", EN: "Monthly report, last month"}, Of: monthly(-1), Whole: true},
}

// monthly makes the report of the month that is so many after this one.
func monthly(after int) func(context.Context, ui.Records, *ui.Desk, app.Record) (report.Document, error) {
	return func(ctx context.Context, records ui.Records, desk *ui.Desk, _ app.Record) (report.Document, error) {
		by, err := agreed(ctx, records)
		if err != nil {
			return report.Document{}, err
		}
		now := civil.DateOf(desk.Now())
		from := civil.DateOf(civil.Date{Year: now.Year, Month: now.Month, Day: 1}.Start().AddDate(0, after, 0))
		last := civil.DateOf(from.Start().AddDate(0, 1, -1))
		m, err := helpdesk.Read(ctx, records, by, from, last, sla.Exactly(desk.Now()))
		if err != nil {
			return report.Document{}, err
		}
		return m.Document(), nil
	}
}
