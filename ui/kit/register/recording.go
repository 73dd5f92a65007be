package register

import (
	"cmp"
	"context"

	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Recording takes a moment, and people type on meanwhile: what is recorded is a
// copy, and what was typed since goes into the record as it stands then.

// record saves what was typed.
func (d *detail) record() { d.saveThen(nil) }

// saveThen saves what was typed, if there is something, and goes on if that
// succeeded.
func (d *detail) saveThen(next func()) {
	switch {
	case d.model == nil:
		return
	case d.saving:
		d.waiting = func() {
			if next != nil || d.dirty() {
				d.saveThen(next)
			}
		}
		return
	case !d.commits():
		return
	}
	if !d.model.Dirty() {
		if next != nil {
			next()
		} else {
			d.page.host.Say(kit.Quiet, d.desk.Words.T(text.NothingToRecord))
		}
		return
	}
	d.send(d.page.host.Records().Save, func(of sending, err error) {
		if err != nil {
			d.refused(err)
			return
		}
		d.recorded(of, next)
	})
}

// commits enters what was typed; where something is wrong with it, that is in sight.
func (d *detail) commits() bool {
	if d.form.Commit() {
		return true
	}
	if d.tabs.At() != faceForm {
		d.tabs.Choose(faceForm)
		d.form.Commit()
	}
	return false
}

// sending is a record that is being recorded.
type sending struct {
	model *kit.RecordModel
	was   app.Record // as it was when it was sent
}

// send lets work have a copy of the open record, which it may change; until that is
// done nothing else is sent, and after a success not before it was read anew.
func (d *detail) send(work func(context.Context, app.Record) error, done func(sending, error)) {
	of := sending{model: d.model}
	r, err := remade(of.model.Register, of.model.Record)
	if err == nil {
		of.was, err = remade(of.model.Register, of.model.Record)
	}
	if err != nil {
		done(of, err)
		return
	}
	d.busy(true)
	d.waiting = nil
	task.Go(d.desk.Tasks, func(ctx context.Context) error { return work(ctx, r) }, func(err error) {
		d.busy(err == nil)
		done(of, err)
	})
}

// remade is a record as it is now, for work that goes on beside the form.
func remade(g app.AnyRegister, r app.Record) (app.Record, error) {
	out, err := asSeen(g, r)
	if err == nil {
		err = put(g, out, g.Diff(r))
	}
	return out, err
}

// asSeen is a record as the person saw it before they edited it.
func asSeen(g app.AnyRegister, r app.Record) (app.Record, error) {
	out, was := g.New(), r.Meta()
	return out, g.Load(out, was.Ref, was.GSN, was.Seen())
}

func (d *detail) busy(yes bool) {
	d.saving = yes
	d.save.Enable(!yes)
}

// refused says why: under the field at fault, or in the line above the status
// bar.
func (d *detail) refused(err error) {
	if d.form != nil && d.form.Has(app.ErrorOf(err).Field) {
		d.tabs.Choose(faceForm)
	}
	if d.form == nil || !d.form.Refuse(err) {
		d.page.host.Say(kit.Late, d.desk.Words.Error(err))
	}
}

// recorded shows the record as it stands now and says so.
func (d *detail) recorded(of sending, next func()) {
	ref, records := of.was.Meta().Ref, d.page.host.Records()
	task.Do(d.desk.Tasks, &d.after, func(ctx context.Context) (app.Record, error) { return records.Get(ctx, ref) },
		func(now app.Record, err error) {
			d.busy(false)
			if err != nil {
				d.refused(err)
				return
			}
			d.renew(of, now)
			d.page.load()
			d.page.host.Say(kit.Good, d.desk.Words.T(text.Recorded, cmp.Or(now.Meta().Number, d.desk.Words.Of(d.page.cfg.Register.About().Label))))
			if d.stands(ref) {
				d.page.table.SetCursor(ref)
				d.goOn(next)
			}
		})
}

// goOn does what a recording was for, else what a person asked for meanwhile.
func (d *detail) goOn(next func()) {
	if next == nil {
		next, d.waiting = d.waiting, nil
	}
	if next != nil {
		next()
	}
}

// renew takes the record as it stands now in the place of the one that was sent,
// with what was typed since.
func (d *detail) renew(of sending, now app.Record) {
	ref, g := now.Meta().Ref, d.page.cfg.Register
	typed := draft{record: now, unread: d.drafts[ref].unread}
	if err := put(g, now, since(g, of.was, of.model.Record)); err != nil {
		d.page.host.Say(kit.Late, d.desk.Words.Error(err))
	}
	switch {
	case d.stands(ref):
		d.place(now)
		d.keep()
	case len(g.Diff(now)) > 0 || len(typed.unread) > 0:
		d.keepAs(typed)
	default:
		d.forget(ref)
	}
}

// since is what was typed into a record since it was sent.
func since(g app.AnyRegister, sent, now app.Record) (cells []app.Cell) {
	for _, s := range g.About().Fields {
		if was, is := g.Column(sent, s.Name), g.Column(now, s.Name); !is.Equal(was) {
			cells = append(cells, app.Cell{Field: s.Name, Was: was, Now: is})
		}
	}
	return cells
}
