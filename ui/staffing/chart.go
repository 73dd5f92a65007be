package staffing

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/report"
	"daicho/app/staffing"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/chart"
	"daicho/ui/kit/register"
	"daicho/ui/task"
	"daicho/ui/text"
)

var chartName = app.Label{JA: "体制図", EN: "Staff chart"}

// chartSection shows who holds which post on a day, as boxes.
func chartSection() ui.Section {
	return ui.Section{ID: "staff-chart", Icon: "chart-gantt", Label: chartName, Group: group, New: func(h ui.Host) ui.Page { return newChart(h) }}
}

// chartPage is the page of the chart.
type chartPage struct {
	kit.Surface
	host  ui.Host
	desk  *ui.Desk
	day   app.Day
	on    *kit.Entry
	print *kit.Button
	tree  *chart.Tree
	body  *kit.Scroller
	now   *staffing.Chart // nil: not read yet
	boxes []app.Ref       // what each box opens
	fault string          // of the day that was typed
	slot  task.Slot
}

func newChart(host ui.Host) *chartPage {
	p := &chartPage{host: host, desk: host.Desk(), day: host.Desk().Today()}
	w := p.desk.Words
	p.on = kit.NewEntry(p.desk)
	p.on.Name(w.Of(dayName))
	p.on.SetText(p.day.Civil().String())
	p.on.OnChanged = p.typed
	p.print = kit.NewButton(p.desk, kit.Secondary, w.T(text.PrintTitle), printKey, p.save)
	p.tree = chart.NewTree(p.desk, func(i int) { host.Open(p.boxes[i]) })
	p.body = kit.NewScroller(p.desk, p.tree)
	p.tree.In(p.body)
	p.Extend(p, p.desk.Look, p.paint)
	return p
}

var (
	printKey = ui.Ctrl(fyne.KeyP)
	dayName  = app.Label{JA: "基準日", EN: "On"}
	noDay    = app.Label{JA: "日付として読めません。2026-11-20 または R8.11.20 のように入力してください。", EN: "This is no date; write 2026-11-20."}
	noPosts  = app.Label{JA: "役割の登録がありません。「役割」で、PM やリーダーなどの役割を登録してください。", EN: "There are no posts yet. Enter them in the section of posts."}
	figures  = app.Label{JA: "フェーズ: %s　欠員: %d件", EN: "Phase: %s   vacant: %d"}
	noPhase  = app.Label{JA: "登録なし", EN: "none"}
	chartKey = app.Label{JA: "矢印 移動　Enter 記録を開く　＋ − 拡大・縮小", EN: "Arrows move   Enter opens   + - zoom"}
)

// View is what stands in the page area.
func (p *chartPage) View() fyne.CanvasObject { return p }

// Panes are the boxes and the day.
func (p *chartPage) Panes() []fyne.Focusable { return []fyne.Focusable{p.tree, p.on} }

// Shown reads the chart.
func (p *chartPage) Shown() { p.load() }

// Changed reads it anew where it shows what changed.
func (p *chartPage) Changed(refs []app.Ref) {
	ours := func(r app.Ref) bool {
		return slices.Contains([]app.Kind{staffing.PostKind, staffing.MemberKind, staffing.ReplacementKind, staffing.PhaseKind, app.PersonKind}, r.Kind)
	}
	if len(refs) == 0 || slices.ContainsFunc(refs, ours) {
		p.load()
	}
}

// Actions are what can be done.
func (p *chartPage) Actions() []ui.Action {
	return []ui.Action{
		{Label: text.PrintTitle.Label(), Icon: "file-text", Key: printKey, Do: p.save},
		{Label: app.Label{JA: "基準日を変える", EN: "Another day"}, Icon: "calendar-days", Key: ui.Ctrl(fyne.KeyF), Do: func() { p.desk.Focus(p.on) }},
	}
}

// typed takes another day.
func (p *chartPage) typed(typed string) {
	d, err := civil.ParseDate(typed, p.desk.Today().Civil())
	p.fault = ""
	if err != nil {
		p.fault = p.desk.Words.Of(noDay)
		p.Refresh()
		return
	}
	p.day = app.DayOf(d)
	p.load()
}

func (p *chartPage) load() {
	records, day := p.host.Records(), p.day
	task.Do(p.desk.Tasks, &p.slot, func(ctx context.Context) (*staffing.Chart, error) { return loadChart(ctx, records, day) }, func(c *staffing.Chart, err error) {
		if err != nil {
			p.host.Say(kit.Late, p.desk.Words.Error(err))
			return
		}
		p.show(c)
	})
}

func loadChart(ctx context.Context, records ui.Records, day app.Day) (*staffing.Chart, error) {
	return staffing.LoadChart(ctx, records, day, func(ctx context.Context, refs []app.Ref) (app.Names, error) { return ui.NamesOf(ctx, records, refs) })
}

// show puts the chart into boxes.
func (p *chartPage) show(c *staffing.Chart) {
	lang := p.desk.Words.Lang()
	p.now, p.boxes = c, nil
	var tiers []chart.Tier
	for _, l := range c.Ranks {
		t := chart.Tier{Label: l.Rank.Label().In(lang)}
		for _, s := range l.Seats {
			t.Nodes = append(t.Nodes, node(s, lang))
			ref := s.Post.Ref
			if s.Member != nil {
				ref = s.Member.Ref
			}
			p.boxes = append(p.boxes, ref)
		}
		tiers = append(tiers, t)
	}
	p.tree.Set(tiers)
	p.Refresh()
}

// node is the box of a seat.
func node(s staffing.Seat, lang app.Lang) chart.Node {
	n := chart.Node{Head: s.Post.Name, Name: s.Name, Mark: kit.Mark{Word: staffing.Vacant.In(lang), Glyph: "△", Tone: kit.Warn}, Open: s.Member == nil}
	if s.Member == nil {
		n.Name = "―"
	} else {
		n.Mark = memberMark(s.Member, lang)
		n.Lines = append(n.Lines, s.Member.From.Civil().String()+" ―", s.Approval(lang))
	}
	for _, next := range s.Next {
		n.Lines = append(n.Lines, "→ "+next.Comes(lang))
	}
	return n
}

func (p *chartPage) paint(d *kit.Pen, w, h float32) {
	words := p.desk.Words
	d.Rect(0, 0, w, h, d.Sheet)
	right := d.Place(w-16, 8, p.print)
	d.Text(16, 0, right-32, 44, words.Of(chartName), d.Title())
	d.H(0, 44, w)
	x := 16 + d.Text(16, 48, 80, 29, words.Of(dayName), d.Label()) + 8
	d.Add(p.on, x, 48, 120, 29)
	x += 132
	if p.fault != "" {
		d.Text(x, 48, w-x-16, 29, "× "+p.fault, d.Caption().In(d.Late))
	} else if p.now != nil {
		phase := p.now.PhaseNames()
		if phase == "" {
			phase = words.Of(noPhase)
		}
		d.Text(x, 48, w-x-16, 29, fmt.Sprintf(words.Of(figures), phase, p.now.Vacancies()), d.Body())
	}
	d.H(0, 82, w)
	if p.now != nil && len(p.now.Ranks) == 0 {
		d.Para(16, 100, w-32, 22, words.Of(noPosts), d.Sub())
		return
	}
	d.Add(p.body, 0, 83, w, h-83-26)
	d.H(0, h-26, w)
	d.Text(12, h-26, w-24, 26, words.Of(chartKey), d.Caption().R())
}

// save makes the chart as pages and lets the person choose where they go.
func (p *chartPage) save() {
	words, records, now, day := p.desk.Words, p.host.Records(), p.desk.Now(), p.day
	var pages []byte
	missing := 0
	task.Go(p.desk.Tasks, func(ctx context.Context) error {
		c, err := loadChart(ctx, records, day)
		if err == nil {
			pages, missing, err = register.Pages(c.Document(now, ""))
		}
		return err
	}, func(err error) {
		if err != nil {
			p.host.Say(kit.Late, words.Error(err))
			return
		}
		file := chartName.JA + "-" + day.Civil().String() + ".pdf"
		p.host.SaveFile(file, func(create func() (io.WriteCloser, error)) {
			task.Go(p.desk.Tasks, func(context.Context) error { return register.SaveTo(create, bytes.NewReader(pages)) }, func(err error) {
				switch {
				case err != nil:
					p.host.Say(kit.Late, words.Error(err))
				case missing > 0:
					p.host.Say(kit.Warn, words.T(text.PrintedLacking, file, missing))
				default:
					p.host.Say(kit.Good, words.T(text.Printed, file))
				}
			})
		})
	})
}

// chartPaper is the chart of today, printed from the list of staff.
var chartPaper = register.Paper{Label: chartName, Whole: true, Of: func(ctx context.Context, records ui.Records, desk *ui.Desk, _ app.Record) (report.Document, error) {
	c, err := loadChart(ctx, records, desk.Today())
	if err != nil {
		return report.Document{}, err
	}
	return c.Document(desk.Now(), ""), nil
}}
