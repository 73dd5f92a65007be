package register

import (
	"bytes"
	"context"
	"io"

	"fyne.io/fyne/v2"

	"daicho/app"
	paper "daicho/app/report/register"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// printing puts records on paper: a PDF made in memory, which the person saves
// and prints from there. Nothing readable is written before they chose where.
type printing struct {
	page     *Page
	progress *kit.Progress // nil: nothing long is under way
	giveUp   func()
	slot     task.Slot
}

// printHigh is the height of the band that says how far a list is.
const printHigh = 108

// ask lets the person choose what goes on paper.
func (p *printing) ask() {
	words, record := p.page.desk.Words, p.page.detail.ref()
	var shut func()
	var buttons []*kit.Button
	offer := func(word string, key ui.Key, do func()) {
		style := kit.Secondary
		if len(buttons) == 0 {
			style = kit.Primary
		}
		buttons = append(buttons, kit.NewButton(p.page.desk, style, word, key, func() { shut(); do() }))
	}
	papers := func(whole bool) {
		for _, paper := range p.page.cfg.Papers {
			if paper.Whole == whole {
				offer(words.Of(paper.Label), ui.Key{}, func() { p.paper(paper) })
			}
		}
	}
	if !record.IsZero() { // what is open is most likely meant
		papers(false)
		offer(words.T(text.PrintRecord, p.page.detail.model.Record.Meta().Number), ui.Key{}, p.record)
	}
	papers(true)
	if marked := p.page.table.Marked(); p.page.table.MarkCount() > 0 {
		offer(words.T(text.PrintMarked, words.Count(len(marked))), ui.Key{}, func() { p.list(idsOf(marked), "") })
	}
	offer(words.T(text.PrintList, p.page.held()), ui.Key{}, func() { p.list(p.page.list.ids, p.page.which()) })
	if p.page.cfg.edits() && !p.page.alone {
		offer(words.T(text.PrintBook, p.page.held()), ui.Key{}, p.workbook)
	}
	offer(words.T(text.Leave), ui.Plain(fyne.KeyEscape), func() {})
	shut = p.page.host.Ask(p.card(buttons), fyne.NewSize(440, 122+float32(len(buttons))*36))
	p.page.desk.Focus(buttons[0])
}

// card is what there is to choose from, and what a person must know before.
func (p *printing) card(buttons []*kit.Button) fyne.CanvasObject {
	words := p.page.desk.Words
	return kit.NewSurface(p.page.desk.Look, func(d *kit.Pen, w, h float32) {
		d.Text(18, 8, w-36, 28, words.T(text.PrintTitle), d.Subject())
		d.Para(18, 40, w-36, 20, words.T(text.PrintSentence), d.Sub())
		for i, b := range buttons {
			d.Add(b, 18, h-float32(len(buttons)-i)*36-8, w-36, 28)
		}
	})
}

func idsOf(refs []app.Ref) (ids []app.ID) {
	for _, r := range refs {
		ids = append(ids, r.ID)
	}
	return ids
}

// record makes the form of the open record, as it is recorded.
func (p *printing) record() {
	ref, records, g, now := p.page.detail.ref(), p.page.host.Records(), p.page.cfg.Register, p.page.desk.Now()
	task.Do(p.page.desk.Tasks, &p.slot, func(ctx context.Context) (printed, error) {
		r, err := records.Get(ctx, ref)
		if err != nil {
			return printed{}, err
		}
		names, err := ui.NamesOf(ctx, records, pointsTo(g, r))
		if err != nil {
			return printed{}, err
		}
		return makePaper(paper.Sheet(g, r, paper.Reading{At: now, Names: names}), r.Meta().Number)
	}, p.made)
}

// paper makes a paper of the section, as the record is recorded.
func (p *printing) paper(of Paper) {
	ref, records, desk := p.page.detail.ref(), p.page.host.Records(), p.page.desk
	task.Do(desk.Tasks, &p.slot, func(ctx context.Context) (printed, error) {
		var r app.Record
		name := of.Label.JA + "-" + desk.Now().Format("20060102")
		if !of.Whole {
			var err error
			if r, err = records.Get(ctx, ref); err != nil {
				return printed{}, err
			}
			name = of.Label.JA + "-" + r.Meta().Number
		}
		doc, err := of.Of(ctx, records, desk, r)
		if err != nil {
			return printed{}, err
		}
		return makePaper(doc, name)
	}, p.made)
}

// list makes the list of records, in their order; it may take a while.
func (p *printing) list(ids []app.ID, which string) {
	records, g, now := p.page.host.Records(), p.page.cfg.Register, p.page.desk.Now()
	work := task.NewProgress(p.page.desk.Now)
	_ = work.Step(context.Background(), 0, int64(len(ids))) // neither rests nor ends
	p.begin(work, p.slot.Stop)
	task.Do(p.page.desk.Tasks, &p.slot, func(ctx context.Context) (printed, error) {
		rows, names, err := readAll(ctx, records, g, ids, work)
		if err != nil {
			return printed{}, err
		}
		name := g.About().Label.JA + "-" + now.Format("20060102")
		return makePaper(paper.List(g, rows, paper.Reading{At: now, Names: names, Which: which}), name)
	}, func(m printed, err error) {
		p.end()
		p.made(m, err)
	})
}

// begin shows how far a work is, and a way to give it up.
func (p *printing) begin(work *task.Progress, giveUp func()) {
	words := p.page.desk.Words
	p.end()
	p.giveUp = giveUp
	p.progress = kit.NewProgress(p.page.desk, work, words.T(text.Items, ""), ui.Key{}, ui.Plain(fyne.KeyEscape), p.stop)
	p.progress.Follow()
	p.page.Refresh()
}

// stop gives up what is under way.
func (p *printing) stop() {
	p.giveUp()
	p.end()
}

// end takes the band away.
func (p *printing) end() {
	if p.progress != nil {
		p.progress.End()
		p.progress = nil
		p.page.Refresh()
	}
}

// made lets the person save what was made.
func (p *printing) made(m printed, err error) {
	host, words := p.page.host, p.page.desk.Words
	if err != nil {
		host.Say(kit.Late, words.Error(err))
		return
	}
	file := fileName(m.file) + ".pdf"
	host.SaveFile(file, func(create func() (io.WriteCloser, error)) {
		task.Go(p.page.desk.Tasks, func(context.Context) error { return SaveTo(create, bytes.NewReader(m.pages)) }, func(err error) {
			switch {
			case err != nil:
				host.Say(kit.Late, words.Error(err))
			case m.missing > 0:
				host.Say(kit.Warn, words.T(text.PrintedLacking, file, m.missing))
			default:
				host.Say(kit.Good, words.T(text.Printed, file))
			}
		})
	})
}
