package main

import (
	"context"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/finding"
	"daicho/cmd/cli"
	"daicho/store"
)

// reportVerb writes the reports that the specification asks for.
type reportVerb struct {
	Scan reportScanVerb `cmd:"" help:"個人情報ファイル点検報告書: what scans found in a period, and what became of it."`

	Calendar reportCalendarVerb `cmd:"" help:"会議の予定: meetings for calendar programs."`
	Matrix   reportMatrixVerb   `cmd:"" name:"requirement" help:"充足度マトリクス: requirements with their evidence, and how contractor and city judged them."`
	Staffing reportStaffingVerb `cmd:"" help:"体制図: who holds which post on a day, what the city approved, vacancies and who comes next."`
	Helpdesk reportHelpdeskVerb `cmd:"" help:"ヘルプデスク月次報告書: indicators, visits and failures of a month, by both readings."`
}

type reportScanVerb struct {
	From   string `placeholder:"DATE" help:"The first day (default: that of this month)."`
	Until  string `placeholder:"DATE" help:"The last day (default: today)."`
	Number string `placeholder:"NUMBER" help:"文書番号 of the report, in its footer."`
	PDF    string `name:"pdf" placeholder:"FILE" xor:"to" required:"" help:"Write A4 pages, dates by era; - is the standard output."`
	XLSX   string `name:"xlsx" placeholder:"FILE" xor:"to" required:"" help:"Write a workbook, a sheet for each table; - is the standard output."`
}

// Run writes it from what is on this device.
func (v *reportScanVerb) Run(ctx context.Context, s *session) error {
	now := s.console.Now()
	from, until, err := v.period(now)
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		i, err := finding.Inspect(ctx, finding.Stored(r), from, until)
		if err != nil {
			return err
		}
		i.Number, i.Made = v.Number, now
		i.Name = func(who app.Ref) string { name, _ := r.Person(ctx, who.ID); return name }
		if v.PDF != "" {
			return (&exportVerb{PDF: v.PDF}).writePDF(s, i.Document())
		}
		return (&exportVerb{XLSX: v.XLSX}).writeXLSX(s, i.Document())
	})
}

func (v *reportScanVerb) period(now time.Time) (from, until civil.Date, err error) {
	until = civil.DateOf(now)
	if until, err = typedDay("--until", v.Until, until); err == nil {
		from, err = typedDay("--from", v.From, civil.Date{Year: until.Year, Month: until.Month, Day: 1})
	}
	if err == nil && until.Compare(from) < 0 {
		err = cli.Misused("--until %s は --from %s より前です。順を確かめてください。", "--until %s is before --from %s", until, from)
	}
	return from, until, err
}

// typedDay reads a date; without a text it is another.
func typedDay(flag, text string, otherwise civil.Date) (civil.Date, error) {
	if text == "" {
		return otherwise, nil
	}
	d, err := civil.ParseDate(text, otherwise)
	if err != nil {
		return d, cli.Misused("%s %q は日付として読めません。2026-11-20 または R8.11.20 のように指定してください。", "%s %q is no date; write 2026-11-20 or R8.11.20", flag, text)
	}
	return d, nil
}
