package register

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// marked is one thing that is done with many records.
type marked struct {
	refs    []app.Ref
	each    func(context.Context, app.Ref) error
	then    func(*marked) // when it has ended
	work    *task.Progress
	person  string // who began it: nobody else goes on with it
	done    int    // of refs, refused ones included
	refused []refusal
	stopped bool
	failed  error // of the machine: what follows would fail, too
}

// refusal is a record with which it could not be done.
type refusal struct {
	ref app.Ref
	why error
}

// left are the records with which it was not done, refused ones first.
func (m *marked) left() (refs []app.Ref) {
	for _, r := range m.refused {
		refs = append(refs, r.ref)
	}
	return append(refs, m.refs[m.done:]...)
}

// did are those with which it was done.
func (m *marked) did() []app.Ref {
	refused := map[app.Ref]bool{}
	for _, r := range m.refused {
		refused[r.ref] = true
	}
	return slices.DeleteFunc(slices.Clone(m.refs[:m.done]), func(ref app.Ref) bool { return refused[ref] })
}

const (
	markedStep = 20                     // records at once: between these the window is free
	markedRest = 200 * time.Millisecond // between looks at a work that rests
)

// run does something with records, in order. It shows how far it is; people let it rest
// and end it.
func (b *bulk) run(refs []app.Ref, each func(context.Context, app.Ref) error, then func(*marked)) {
	desk := b.page.desk
	m := &marked{refs: refs, each: each, then: then, work: task.NewProgress(desk.Now), person: b.page.host.Link().Status().Person}
	m.work.Note(0, int64(len(refs)))
	b.under = m
	b.progress = kit.NewProgress(desk, m.work, desk.Words.T(text.Items, ""), ui.Key{}, ui.Plain(fyne.KeyEscape), b.stop)
	b.progress.Follow()
	b.page.Refresh()
	b.step()
}

// stop ends what is under way after the records it is at.
func (b *bulk) stop() {
	b.under.stopped = true
	b.under.work.Resume()
}

// step does it with some records.
func (b *bulk) step() {
	m, tasks := b.under, b.page.desk.Tasks
	switch {
	case m.stopped, m.failed != nil, m.done == len(m.refs), m.person != b.page.host.Link().Status().Person:
		b.progress.End()
		b.under, b.progress = nil, nil
		b.page.Refresh()
		m.then(m)
		return
	case m.work.Measure().Rests:
		task.After(tasks, markedRest, b.step)
		return
	}
	some, did := m.refs[m.done:min(m.done+markedStep, len(m.refs))], 0
	var refused []refusal
	task.Go(tasks, func(ctx context.Context) error {
		for _, ref := range some {
			err := m.each(ctx, ref)
			if err != nil && app.ErrorOf(err).Code == app.Failed {
				return err
			}
			if did++; err != nil {
				refused = append(refused, refusal{ref, err})
			}
		}
		return nil
	}, func(err error) {
		m.done, m.failed, m.refused = m.done+did, err, append(m.refused, refused...)
		m.work.Note(int64(m.done), int64(len(m.refs)))
		b.step()
	})
}

// tell says what came of it. Marks stay where it was not done.
func (b *bulk) tell(m *marked, what, done string) {
	host, words := b.page.host, b.page.desk.Words
	b.page.table.MarkOnly(m.left())
	b.page.Changed(m.refs[:m.done])
	switch {
	case m.failed != nil:
		host.Say(kit.Late, words.Error(m.failed))
	case m.done < len(m.refs):
		host.Say(kit.Warn, words.T(text.MarkedStopped, what, words.Count(len(m.refs)), words.Count(m.done)))
	case len(m.refused) > 0:
		host.Say(kit.Warn, words.T(text.MarkedRefused, what, words.Count(len(m.refs)), words.Count(len(m.refused)), words.Error(m.refused[0].why)))
	default:
		host.Say(kit.Good, done)
	}
	if len(m.refused) > 0 {
		b.tellRefused(m, what)
	}
}

// tellRefused shows which records refused, and why.
func (b *bulk) tellRefused(m *marked, what string) {
	desk, g, records := b.page.desk, b.page.cfg.Register, b.page.host.Records()
	var ids []app.ID
	for _, r := range m.refused[:min(len(m.refused), markedMost)] {
		ids = append(ids, r.ref.ID)
	}
	task.Do(desk.Tasks, &b.telling, func(ctx context.Context) ([]app.Record, error) { return records.Rows(ctx, g.About().Kind, ids) }, func(rows []app.Record, err error) {
		if err != nil {
			b.page.host.Say(kit.Late, desk.Words.Error(err))
			return
		}
		v := newMarkedList(desk, len(m.refused)-len(rows))
		for i, r := range rows {
			l := markedLine{mark: kit.Mark{Glyph: "△", Word: desk.Words.T(text.NotDone), Tone: kit.Warn}, why: m.refused[i].why}
			if r != nil {
				l.number, l.title = r.Meta().Number, g.Show(r, b.page.cfg.Title, desk.Words.Lang())
			}
			v.lines = append(v.lines, l)
		}
		v.ask(b.page.host, what, desk.Words.T(text.MarkedLeft, what))
	})
}
