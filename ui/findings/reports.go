package findings

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/finding"
	"daicho/app/report"
	"daicho/app/report/xlsx"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
	"daicho/ui/task"
	"daicho/ui/text"
)

// papers makes the 点検報告書 of a period, as pages or as a workbook, in memory, which
// the person saves and prints from there.
type papers struct {
	page     *overview
	period   int
	progress *kit.Progress // nil: none is being made
	slot     task.Slot
}

func newPapers(p *overview) *papers { return &papers{page: p} }

// period is a stretch of days with its name.
type period struct {
	name        string
	from, until civil.Date
}

// periods are those that people report on, at a moment.
func periods(now time.Time, w sayings) []period {
	today := civil.DateOf(now)
	month := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	last := month.AddDays(-1)
	return []period{
		{w.Of(app.Label{JA: "今月", EN: "This month"}), month, today},
		{w.Of(app.Label{JA: "先月", EN: "Last month"}), civil.Date{Year: last.Year, Month: last.Month, Day: 1}, last},
		{w.Of(app.Label{JA: "今年度", EN: "This fiscal year"}), civil.Date{Year: today.FiscalYear(), Month: time.April, Day: 1}, today},
	}
}

// paperHigh is the height of the band that says how far a report is.
const paperHigh = 104

// paint draws the band, if there is one, and returns where the page goes on.
func (p *papers) paint(d *kit.Pen, w, y float32) float32 {
	if p.progress == nil {
		return y
	}
	d.Add(p.progress, margin, y, w-2*margin, 92)
	return y + paperHigh
}

// ask lets the person choose the period and the form.
func (p *papers) ask() {
	desk, w := p.page.desk, p.page.words
	all := periods(desk.Now(), w)
	var names []string
	for _, x := range all {
		names = append(names, x.name)
	}
	var shut func()
	var card *kit.Surface
	choice := kit.NewChoices(desk, w.Of(app.Label{JA: "期間", EN: "Period"}), names, p.period, func(at int) { p.period = at; card.Refresh() })
	do := func(book bool) func() { return func() { shut(); p.make(all[p.period], book) } }
	buttons := []*kit.Button{
		kit.NewButton(desk, kit.Primary, w.Of(app.Label{JA: "PDF", EN: "PDF"}), ui.Key{}, do(false)), kit.NewButton(desk, kit.Secondary, w.Of(app.Label{JA: "Excel", EN: "Excel"}), ui.Key{}, do(true)),
		kit.NewButton(desk, kit.Secondary, w.T(text.Leave), ui.Plain(fyne.KeyEscape), func() { shut() }),
	}
	card = kit.NewSurface(desk.Look, func(d *kit.Pen, cw, ch float32) {
		d.Text(18, 8, cw-36, 28, w.Of(app.Label{JA: "個人情報ファイル点検報告書", EN: "Report of the scans"}), d.Subject())
		y := d.Para(18, 40, cw-36, 20, w.T(text.PrintSentence), d.Sub()) + 10
		d.Add(choice, 18, y, choice.Need(), 29)
		x := all[p.period]
		d.Text(18, y+34, cw-36, 22, w.Of(app.Label{JA: x.from.Wareki() + "から" + x.until.Wareki() + "まで", EN: x.from.String() + " to " + x.until.String()}), d.Label())
		d.Place(cw-18, ch-42, buttons...)
	})
	shut = p.page.host.Ask(card, fyne.NewSize(460, 236))
	desk.Focus(buttons[0])
}

// made is a report that was made.
type made struct {
	file    string
	body    []byte
	missing int // characters that the font has not
}

// make gathers the figures and writes the report, off the UI goroutine.
func (p *papers) make(of period, book bool) {
	desk, host := p.page.desk, p.page.host
	records, now := host.Records(), desk.Now()
	work := task.NewProgress(desk.Now)
	p.begin(work)
	task.Do(desk.Tasks, &p.slot, func(ctx context.Context) (made, error) {
		doc, err := inspected(ctx, records, of, now, work)
		if err != nil {
			return made{}, err
		}
		return written(doc, book, now)
	}, func(m made, err error) {
		p.end()
		p.save(m, err)
	})
}

func inspected(ctx context.Context, records ui.Records, of period, now time.Time, work *task.Progress) (report.Document, error) {
	read := reads(records, func(ctx context.Context, done, total int) error { return work.Step(ctx, int64(done), int64(total)) })
	i, err := finding.Inspect(ctx, read, of.from, of.until)
	if err != nil {
		return report.Document{}, err
	}
	if len(i.Findings) >= app.MaxList {
		return report.Document{}, errTooMany
	}
	var people []app.Ref
	for _, f := range i.Findings {
		if f.State == finding.Excepted {
			people = append(people, f.AskedBy, f.DecidedBy)
		}
	}
	i.Made = now
	i.Name, err = ui.NamesOf(ctx, records, people)
	return i.Document(), err
}

var errTooMany = app.Refuse(app.Invalid, "", fmt.Sprintf("点検結果が%d件以上あるため、この画面では報告書を作れません。daichoctl report scan で作成してください。", app.MaxList),
	"there are too many findings for a report made here; make it with daichoctl report scan")

func written(doc report.Document, book bool, now time.Time) (m made, err error) {
	m.file = doc.Title + "-" + now.In(civil.Tokyo).Format("20060102")
	var out bytes.Buffer
	if book {
		err = xlsx.Write(&out, doc)
		return made{file: m.file + ".xlsx", body: out.Bytes()}, err
	}
	pages, missing, err := register.Pages(doc)
	return made{m.file + ".pdf", pages, missing}, err
}

func (p *papers) begin(work *task.Progress) {
	p.end()
	p.progress = kit.NewProgress(p.page.desk, work, p.page.words.T(text.Items, ""), ui.Key{}, ui.Plain(fyne.KeyEscape), p.stop)
	p.progress.Follow()
	p.page.Refresh()
}

// stop gives the report up.
func (p *papers) stop() {
	p.slot.Stop()
	p.end()
}

// end takes the band away.
func (p *papers) end() {
	if p.progress != nil {
		p.progress.End()
		p.progress = nil
		p.page.Refresh()
	}
}

// save lets the person choose where it goes.
func (p *papers) save(m made, err error) {
	host, w := p.page.host, p.page.words
	if err != nil {
		host.Say(kit.Late, w.Error(err))
		return
	}
	host.SaveFile(m.file, func(create func() (io.WriteCloser, error)) {
		task.Go(p.page.desk.Tasks, func(context.Context) error { return register.SaveTo(create, bytes.NewReader(m.body)) }, func(err error) {
			switch {
			case err != nil:
				host.Say(kit.Late, w.Error(err))
			case m.missing > 0:
				host.Say(kit.Warn, w.T(text.PrintedLacking, m.file, m.missing))
			default:
				host.Say(kit.Good, w.T(text.Printed, m.file))
			}
		})
	})
}
