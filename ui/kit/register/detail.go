package register

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// The faces of the open record.
const (
	faceForm = iota
	faceHistory
	faceLinks
	faceOwn // of the section
)

// detail is the open record: its number and state, its subject, and its faces.
// What a person typed and did not record is kept while other records are
// looked at.
type detail struct {
	kit.Surface
	page      *Page
	desk      *ui.Desk
	model     *kit.RecordModel // nil: no record is open
	drafts    map[app.Ref]draft
	kept      func()             // stops the draft that is about to be kept; nil: none is
	names     map[app.Ref]ui.Hit // of linked records
	form      *kit.Form
	body      *kit.Scroller
	history   *kit.History
	past      *kit.Scroller
	links     *links
	linked    *kit.Scroller
	own       View // nil: the section has none
	owned     *kit.Scroller
	tabs      *kit.Tabs
	save      *kit.Button
	undo      *kit.Button
	more      *kit.Button
	does      []*kit.Button
	buttons   map[string]*kit.Button // of all commands that were offered once
	slot      task.Slot
	coming    app.Ref   // asked for and not here yet; zero: none
	wished    bool      // the keyboard goes into it when it is here
	aside     task.Slot // history and links
	after     task.Slot // of a recording
	recalling task.Slot
	naming    task.Slot // of a record that was picked, and of one that is begun elsewhere
	saving    bool
	waiting   func()  // what a person asked for meanwhile; nil: nothing
	gone      bool    // the record that was asked for is not here
	away      app.Ref // the record that was asked for stands in another window
	follow    *kit.Button
}

func newDetail(p *Page) *detail {
	w := p.desk.Words
	d := &detail{page: p, desk: p.desk, drafts: map[app.Ref]draft{}, names: map[app.Ref]ui.Hit{}, buttons: map[string]*kit.Button{}}
	d.history = kit.NewHistory(d.desk)
	d.past = kit.NewScroller(d.desk, d.history)
	d.links = newLinks(d.desk, p.host)
	d.linked = kit.NewScroller(d.desk, d.links)
	tabs := []kit.Tab{{Word: w.T(text.Content), Count: -1}, {Word: w.T(text.HistoryTitle), Count: -1}, {Word: w.T(text.Links), Count: -1}}
	if face := p.cfg.Face; face.New != nil {
		d.own = face.New(p.host, d.desk)
		d.owned = kit.NewScroller(d.desk, d.own)
		if f, ok := d.own.(Filler); ok {
			f.Fills(d.fill)
		}
		tabs = append(tabs, kit.Tab{Word: w.Of(face.Label), Count: -1})
	}
	d.tabs = kit.NewTabs(d.desk, func(int) { d.Refresh() }, tabs...)
	d.save = kit.NewButton(d.desk, kit.Primary, w.T(text.Record), ui.Ctrl(fyne.KeyReturn), d.record)
	d.undo = kit.NewButton(d.desk, kit.Linked, w.T(text.Discard), ui.Key{}, d.discard)
	d.more = kit.NewButton(d.desk, kit.Secondary, w.T(text.MoreActs), ui.Key{}, d.chooseCommand)
	d.follow = kit.NewButton(d.desk, kit.Secondary, w.T(text.ToThatWindow), apartKey, func() { p.host.Apart(d.away) })
	d.Extend(d, d.desk.Look, d.paintDetail)
	return d
}

// ref is the open record; zero for none and for a new one that was not saved.
func (d *detail) ref() app.Ref {
	if d.model == nil || d.model.Record.Meta().IsNew() {
		return app.Ref{}
	}
	return d.model.Record.Meta().Ref
}

// isNew says whether the open record was never recorded.
func (d *detail) isNew() bool { return d.model != nil && d.model.Record.Meta().IsNew() }

// show opens a record; with what was typed into it before, if there is that.
func (d *detail) show(ref app.Ref) {
	d.wished = false
	switch {
	case ref.IsZero():
		return
	case d.stands(ref):
		if d.coming != ref {
			d.await(app.Ref{})
		}
		return
	}
	d.keep()
	if d.page.parted[ref] != nil {
		d.giveAway(ref)
		return
	}
	if was, ok := d.drafts[ref]; ok {
		d.resume(was)
		return
	}
	d.load(ref)
}

// stands reports whether it is the record that stands on the screen.
func (d *detail) stands(ref app.Ref) bool {
	return d.model != nil && d.model.Record.Meta().Ref == ref
}

// await names the record that is asked for instead of the one before; zero for none.
func (d *detail) await(ref app.Ref) {
	d.slot.Stop()
	d.coming = ref
}

// reload shows the record anew unless a person is editing it: then recording
// merges what they saw with what came.
func (d *detail) reload() {
	if d.model == nil || d.saving || d.model.Record.Meta().IsNew() {
		return
	}
	switch ref := d.model.Record.Meta().Ref; {
	case !d.coming.IsZero():
		d.load(d.coming)
	case d.dirty():
		d.loadAside(ref)
	default:
		d.load(ref)
	}
}

// lose takes a record off the screen that the person may not read any more. What
// was typed into it stays until the person discards it: nobody else has it.
func (d *detail) lose(ref app.Ref) {
	if d.dirty() && d.ref() == ref {
		d.page.host.Say(kit.Warn, d.desk.Words.T(text.LeftWhileTyping))
		return
	}
	shown, held := d.ref() == ref, d.holds()
	d.keep()
	d.model, d.form, d.gone, d.away = nil, nil, true, app.Ref{}
	d.Refresh()
	if held {
		d.page.rest()
	}
	d.page.host.Say(kit.Warn, d.desk.Words.T(text.RecordLeft))
	if next := d.page.table.Cursor(); shown && next != ref && !d.page.narrow {
		d.show(next)
	}
}

func (d *detail) load(ref app.Ref) {
	records := d.page.host.Records()
	d.await(ref)
	task.Do(d.desk.Tasks, &d.slot, func(ctx context.Context) (app.Record, error) { return records.Get(ctx, ref) },
		func(r app.Record, err error) {
			d.coming = app.Ref{}
			switch {
			case app.IsCode(err, app.NotFound):
				d.lose(ref)
			case err != nil:
				d.page.host.Say(kit.Late, d.desk.Words.Error(err))
			case d.stands(ref) && d.dirty(), d.shows(r):
				d.loadAside(ref)
			default:
				d.put(r)
			}
		})
}

// shows reports whether the record stands on the screen just so: then its form
// keeps the keyboard and its place.
func (d *detail) shows(r app.Record) bool {
	if d.model == nil || d.dirty() {
		return false
	}
	if old, now := d.model.Record.Meta(), r.Meta(); old.Ref != now.Ref || old.GSN != now.GSN || old.Number != now.Number {
		return false
	}
	g := d.page.cfg.Register
	for _, s := range g.About().Fields {
		if !g.Column(d.model.Record, s.Name).Equal(g.Column(r, s.Name)) {
			return false
		}
	}
	return true
}

// begin opens a new record.
func (d *detail) begin(r app.Record) {
	d.put(r)
	d.tabs.Choose(faceForm)
}

func (d *detail) dirty() bool {
	return d.model != nil && (d.model.Dirty() || len(d.form.Unread()) > 0)
}

// discard forgets what was typed: the record stands there as the person saw it, and
// what has come since is read.
func (d *detail) discard() {
	if d.saving {
		return
	}
	was := d.model.Record
	d.forget(was.Meta().Ref)
	d.model = nil
	if was.Meta().IsNew() {
		d.leave()
		return
	}
	if seen, err := asSeen(d.page.cfg.Register, was); err == nil {
		d.place(seen)
	}
	d.load(was.Meta().Ref)
}

// leave takes a new record off the screen; that of the cursor takes its place.
func (d *detail) leave() {
	held := d.holds()
	d.form, d.page.inside = nil, false
	d.page.Refresh()
	if held {
		d.page.rest()
	}
	d.show(d.page.table.Cursor())
}
