package register

import (
	"context"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
)

// How a record comes into the form: whatever takes the place of what stands there,
// nothing typed is lost, and the keyboard is never in what nobody sees.

// put shows a record. What stood there before is kept if it was edited.
func (d *detail) put(r app.Record) {
	d.keep()
	d.await(app.Ref{})
	d.place(r)
}

// place shows a record in the form that stands, where that has its fields: what a
// person types next is in it, and the keyboard stays in its field.
func (d *detail) place(r app.Record) {
	held, wished := d.holds(), d.wished
	d.gone, d.wished, d.away = false, false, app.Ref{}
	if d.fits(r) {
		d.model.Record = r
		d.form.Load()
	} else {
		d.makeForm(r)
	}
	d.makeCommands()
	if !r.Meta().IsNew() {
		d.loadAside(r.Meta().Ref)
	} else {
		d.nameLinks(r)
	}
	d.Refresh()
	if wished || held && !d.holds() {
		d.focus()
	}
}

// nameLinks learns what is called that a new record links to from its beginning.
func (d *detail) nameLinks(r app.Record) {
	links, records := pointsTo(d.page.cfg.Register, r), d.page.host.Records()
	if len(links) == 0 {
		return
	}
	task.Do(d.desk.Tasks, &d.naming, func(ctx context.Context) ([]ui.Hit, error) { return records.Names(ctx, links) }, func(hits []ui.Hit, err error) {
		d.page.sayError(err)
		for _, h := range hits {
			d.names[h.Ref] = h
		}
		if d.form != nil {
			d.form.Named()
		}
	})
}

// fits reports whether the form that stands has the fields of a record, as it is
// now.
func (d *detail) fits(r app.Record) bool {
	return d.stands(r.Meta().Ref) && d.model.Record.Meta().IsErased() == r.Meta().IsErased() && d.model.ReadOnly == d.page.cfg.reads(r)
}

// makeForm makes the form of another record, with nothing beside it yet.
func (d *detail) makeForm(r app.Record) {
	cfg := d.page.cfg
	hidden := map[string]bool{}
	for _, f := range cfg.Hidden {
		hidden[f] = true
	}
	model := &kit.RecordModel{Register: cfg.Register, Record: r, Lang: d.desk.Words.Lang(), Hidden: hidden, Labels: cfg.Labels, ReadOnly: cfg.reads(r)}
	var form *kit.Form
	form = kit.NewForm(d.desk, formHost{d, model}, model, func() { d.edited(model, form) })
	d.model, d.form, d.body = model, form, kit.NewScroller(d.desk, form)
	form.In(d.body)
	d.history.SetLines(nil)
	d.history.SetLacking(ui.Lacking{})
	d.links.set(nil)
	d.tabs.Count(faceHistory, -1)
	d.tabs.Count(faceLinks, -1)
}

// edited follows every edit of a form, also of one that another has taken the
// place of: a file that was chosen there is read by now.
func (d *detail) edited(of *kit.RecordModel, in *kit.Form) {
	ref := of.Record.Meta().Ref
	switch {
	case of == d.model:
	case d.stands(ref):
		d.take(d.page.cfg.Register.Diff(of.Record))
	default:
		d.keepAs(draft{of.Record, in.Unread()})
		return
	}
	d.keepSoon()
	d.Refresh()
}

// take puts values into the record that stands there.
func (d *detail) take(cells []app.Cell) {
	if err := put(d.page.cfg.Register, d.model.Record, cells); err != nil {
		d.page.host.Say(kit.Late, d.desk.Words.Error(err))
	}
	d.form.Load()
}

// focus puts the keyboard into the record; into one that is on its way once it is
// here, and not into what stands there until then.
func (d *detail) focus() {
	switch {
	case !d.coming.IsZero() && !d.stands(d.coming):
		d.wished = true
		if d.holds() || !kit.Holds(d.page, d.desk.Focused()) {
			d.page.rest()
		}
	case d.form == nil:
		d.page.rest()
	case d.tabs.At() != faceForm || !d.form.Focus():
		d.desk.Focus(d.tabs)
	}
}

// fill puts a text into a field of the form, below what stands there. A field that holds
// one thing keeps what it holds.
func (d *detail) fill(field, words string) {
	if was := d.model.Show(field); was != "" {
		if s, _ := app.SpecOf(d.page.cfg.Register, field); s.Type != app.TLong {
			return
		}
		words = was + "\n" + words
	}
	d.tabs.Choose(faceForm)
	d.page.enter()
	d.form.Fill(field, words)
}

// edit goes into the fields; who is in one stays there.
func (d *detail) edit() {
	if kit.Holds(d.body, d.desk.Focused()) {
		return
	}
	d.tabs.Choose(faceForm)
	d.page.enter()
}

// holds reports whether the keyboard is in here.
func (d *detail) holds() bool { return kit.Holds(d, d.desk.Focused()) }
