package register

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// draft is what a person typed into a record and did not record.
type draft struct {
	record app.Record
	unread map[string]string // typed, and not yet a value: half a date
}

// keptDraft is a draft as it outlives the program: what the person saw, so that
// recording merges it with what came meanwhile, and what they made of it.
type keptDraft struct {
	At     app.Stamp         `json:"at"`
	GSN    int64             `json:"gsn"`
	Seen   app.Doc           `json:"seen"`
	Cells  []app.Cell        `json:"cells"`
	Unread map[string]string `json:"unread,omitempty"`
}

// Drafts is before every name under which what was typed and not recorded is kept;
// the reference of the record follows.
const Drafts = "draft/"

func draftName(ref app.Ref) string { return Drafts + ref.String() }

// keepSoon keeps what was typed in a moment.
func (d *detail) keepSoon() {
	if d.kept == nil {
		d.kept = task.After(d.desk.Tasks, kit.KeepPause, d.keep)
	}
}

// keep remembers what was typed, also for the next start of the program.
func (d *detail) keep() {
	if d.kept != nil {
		d.kept()
		d.kept = nil
	}
	switch {
	case d.model == nil:
	case d.dirty():
		d.keepAs(draft{d.model.Record, d.form.Unread()})
	default:
		d.forget(d.model.Record.Meta().Ref)
	}
}

// keepAs keeps a draft, here and on this device.
func (d *detail) keepAs(was draft) {
	d.drafts[was.record.Meta().Ref] = was
	KeepDraft(d.page.host, d.page.cfg.Register, was.record, was.unread)
}

// KeepDraft keeps what was typed into a record, and what of it is no value yet, so
// that it is found again on the page of its register.
func KeepDraft(host ui.Host, g app.AnyRegister, r app.Record, unread map[string]string) {
	value, err := json.Marshal(keptDraft{app.StampOf(host.Desk().Now()), r.Meta().GSN, r.Meta().Seen(), g.Diff(r), unread})
	if err == nil {
		writeDraft(host, r.Meta(), value)
	}
}

// WithFile is what is kept of a draft with one file in the place of another, for who
// takes a file back where no screen stands; draft is what KeepDraft has kept, nil for
// nothing: then the record as it stands counts.
func WithFile(g app.AnyRegister, ref app.Ref, r app.Record, draft []byte, at app.Stamp, field string, was app.BlobID, now app.Blob) ([]byte, error) {
	kept, ok := readDraft(g, ref, draft)
	if ok {
		r = kept.record
	}
	list := exchanged(g.Column(r, field).Blobs(), was, now)
	if err := g.Put(r, field, app.FilesValue(list)); err != nil {
		return nil, err
	}
	return json.Marshal(keptDraft{at, r.Meta().GSN, r.Meta().Seen(), g.Diff(r), kept.unread})
}

// ForgetDraft drops what KeepDraft has kept.
func ForgetDraft(host ui.Host, ref app.Ref) { writeDraft(host, &app.Head{Ref: ref}, nil) }

// forget drops a draft that was recorded, or that nobody wants.
func (d *detail) forget(ref app.Ref) {
	if _, ok := d.drafts[ref]; ok {
		delete(d.drafts, ref)
		ForgetDraft(d.page.host, ref)
	}
}

// writeDraft keeps a draft, or forgets it: also that of a record that was erased meanwhile,
// or may not be read here any more. It shows what the person saw, and stays on the
// screen alone.
func writeDraft(host ui.Host, of *app.Head, value []byte) {
	records, ref, saw, begun := host.Records(), of.Ref, of.IsErased(), of.IsNew()
	task.Go(host.Desk().Tasks, func(ctx context.Context) error {
		if value != nil && !begun {
			now, err := records.Get(ctx, ref)
			if app.IsCode(err, app.NotFound) || err == nil && now.Meta().IsErased() && !saw {
				value, err = nil, nil
			}
			if err != nil {
				return err
			}
		}
		return records.Keep(ctx, draftName(ref), value)
	}, func(err error) {
		if err != nil {
			host.Say(kit.Late, host.Desk().Words.Error(err))
		}
	})
}

// resume opens a draft.
func (d *detail) resume(was draft) {
	d.put(was.record)
	d.form.Retype(was.unread)
	d.Refresh()
}

// unfinished is a new record that was begun and is not open now; the latest
// one if there are several.
func (d *detail) unfinished() (draft, bool) {
	var found []draft
	for ref, was := range d.drafts {
		if was.record.Meta().IsNew() && (d.model == nil || d.model.Record.Meta().Ref != ref) {
			found = append(found, was)
		}
	}
	if len(found) == 0 {
		return draft{}, false
	}
	return slices.MaxFunc(found, func(a, b draft) int {
		return cmp.Compare(a.record.Meta().Ref.String(), b.record.Meta().Ref.String()) // ids begin with their time
	}), true
}

// begunFor is a new record that was begun for the same record as another: what both link
// to first.
func (d *detail) begunFor(r app.Record) (draft, bool) {
	g := d.page.cfg.Register
	for _, was := range d.drafts {
		old, now := pointsTo(g, was.record), pointsTo(g, r)
		if was.record.Meta().IsNew() && len(old) > 0 && len(now) > 0 && old[0] == now[0] {
			return was, true
		}
	}
	return draft{}, false
}

// recalled is a draft of an earlier run.
type recalled struct {
	draft
	at app.Stamp
}

// recall reads the drafts of earlier runs, the latest first, and forgets those
// that were recorded, whose record is gone, or that cannot be read. A failure
// forgets nothing.
func recall(ctx context.Context, d *detail) (found []recalled, err error) {
	records, g := d.page.host.Records(), d.page.cfg.Register
	prefix := Drafts + string(g.About().Kind) + ":"
	all, err := records.Recall(ctx, prefix)
	if err != nil {
		return nil, err
	}
	for name, value := range all {
		ref, err := app.ParseRef(name[len(Drafts):])
		if err != nil {
			continue
		}
		was, wanted := readDraft(g, ref, value)
		if wanted {
			if wanted, err = stillWanted(ctx, d, was.draft); err != nil {
				return nil, err
			}
		}
		if wanted {
			found = append(found, was)
			continue
		}
		if err := records.Keep(ctx, name, nil); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b recalled) int {
		return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(b.record.Meta().Ref.String(), a.record.Meta().Ref.String()))
	})
	return found, nil
}

// readDraft makes the record of a draft as it stood in the form.
func readDraft(g app.AnyRegister, ref app.Ref, value []byte) (was recalled, ok bool) {
	var k keptDraft
	rec := g.New()
	if json.Unmarshal(value, &k) != nil || g.Load(rec, ref, k.GSN, k.Seen) != nil || put(g, rec, k.Cells) != nil {
		return was, false
	}
	return recalled{draft{rec, k.Unread}, k.At}, true
}

// put enters values into a record.
func put(g app.AnyRegister, rec app.Record, cells []app.Cell) error {
	for _, c := range cells {
		if err := g.Put(rec, c.Field, c.Now); err != nil {
			return err
		}
	}
	return nil
}

// stillWanted says whether a draft differs from its record: the program may
// have been killed between recording it and forgetting it.
func stillWanted(ctx context.Context, d *detail, was draft) (bool, error) {
	now, err := d.page.host.Records().Get(ctx, was.record.Meta().Ref)
	if app.IsCode(err, app.NotFound) {
		return was.record.Meta().IsNew(), nil
	}
	if err != nil || was.record.Meta().IsNew() {
		return false, err
	}
	g := d.page.cfg.Register
	for _, c := range g.Diff(was.record) {
		if !g.Column(now, c.Field).Equal(c.Now) {
			return true, nil
		}
	}
	return len(was.unread) > 0, nil
}

// recallDrafts brings back what was typed before the program ended, and opens
// the latest of it.
func (p *Page) recallDrafts() {
	d := p.detail
	task.Do(p.desk.Tasks, &d.recalling, func(ctx context.Context) ([]recalled, error) { return recall(ctx, d) },
		func(found []recalled, err error) {
			if err != nil {
				p.host.Say(kit.Late, p.desk.Words.Error(err))
				return
			}
			for _, was := range found {
				if _, newer := d.drafts[was.record.Meta().Ref]; !newer {
					d.drafts[was.record.Meta().Ref] = was.draft
				}
			}
			if len(found) > 0 && !d.dirty() && !d.holds() {
				d.resume(found[0].draft)
				p.table.SetCursor(found[0].record.Meta().Ref)
				p.host.Say(kit.Warn, p.desk.Words.T(text.DraftsThere, len(found)))
			}
		})
}
