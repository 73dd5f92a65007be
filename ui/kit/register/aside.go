package register

import (
	"context"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
)

// aside is what stands beside the form.
type aside struct {
	events []app.Event
	lacks  ui.Lacking // of the events
	hits   []ui.Hit
	names  []ui.Hit
	show   func() // the face of the section; nil: it has none
}

// pointsTo are the records that a record links to.
func pointsTo(g app.AnyRegister, r app.Record) (refs []app.Ref) {
	for _, s := range g.About().Fields {
		if s.Type == app.TLink || s.Type == app.TLinks {
			refs = append(refs, g.Column(r, s.Name).Refs()...)
		}
	}
	return refs
}

func (d *detail) loadAside(ref app.Ref) {
	records, rec, links := d.page.host.Records(), d.model.Record, pointsTo(d.page.cfg.Register, d.model.Record)
	task.Do(d.desk.Tasks, &d.aside, func(ctx context.Context) (a aside, err error) {
		if _, err = records.Get(ctx, ref); err == nil { // it may have left what the person may read
			a.events, err = records.History(ctx, ref)
		}
		if err == nil {
			a.lacks, err = records.Lacking(ctx, ref)
		}
		if err == nil {
			a.hits, err = records.Linked(ctx, ref)
		}
		if err == nil && len(links) > 0 {
			a.names, err = records.Names(ctx, links)
		}
		if err == nil && d.own != nil {
			a.show, err = d.own.Load(ctx, records, rec)
		}
		return a, err
	}, func(a aside, err error) {
		if app.IsCode(err, app.NotFound) {
			d.lose(ref)
			return
		}
		if err != nil {
			d.page.host.Say(kit.Late, d.desk.Words.Error(err))
			return
		}
		for _, h := range a.names {
			d.names[h.Ref] = h
		}
		d.history.SetLines(kit.HistoryLines(d.page.cfg.Register, a.events, d.desk.Words, d.desk.Now))
		d.history.SetLacking(a.lacks)
		d.past.Fit()
		d.links.set(a.hits)
		d.linked.Fit()
		d.tabs.Count(faceHistory, len(a.events))
		d.tabs.Count(faceLinks, len(a.hits))
		if a.show != nil {
			a.show()
			d.owned.Fit()
		}
		d.form.Named()
		d.Refresh()
	})
}
