package simtest

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/client"
)

var (
	errGap      = errors.New("the page leaves a gap")
	errScope    = app.Refuse(app.Stale, "", "閲覧できる範囲が変更されました。", "the page is of another clearance, or came while records were being fetched")
	errOlder    = app.Refuse(app.Damaged, "", "古い写しです。", "an older copy")
	errNowhere  = app.Refuse(app.NotFound, "", "サーバーに登録されていません。", "not enrolled")
	errNoBlob   = app.Refuse(app.NotFound, "", "添付ファイルがありません。", "no such attachment here")
	errToErased = app.Refuse(app.Forbidden, "", "個人情報が消去された記録には添付できません。", "nothing can be attached to a record that was erased")
	errHash     = app.Refuse(app.Damaged, "", "添付ファイルが壊れています。", "damaged attachment")
)

// Cursor is part of [client.Port].
func (d *Device) Cursor(context.Context) (app.ID, int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Epoch, d.GSN, nil
}

// Apply is part of [client.Port]: effects are taken in as data, then what is
// still pending is shown on top.
func (d *Device) Apply(_ context.Context, p client.Page) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p.From > d.GSN {
		return errGap
	}
	if p.Clearance != d.holds.hash() || len(d.holds.missing) > 0 {
		return errScope
	}
	d.keys.add(p.Keys)
	if p.People != nil {
		d.People = p.People
	}
	for _, text := range p.Outcomes {
		o, err := app.DecodeOutcome(text, &d.keys)
		if err != nil {
			return err
		}
		if o.GSN > d.GSN {
			d.confirmed.hear(o.Effects, o.GSN)
			d.purify(o.Effects)
			d.note(o)
			d.hear(o)
		}
	}
	d.Epoch, d.GSN = p.Epoch, max(d.GSN, p.UpTo)
	d.forget()
	d.lock(p.Keys)
	d.replay()
	return nil
}

// note keeps history of what is here.
func (d *Device) note(o *app.Outcome) {
	for _, e := range o.Effects {
		if _, here := d.confirmed[e.Ref]; !here {
			d.leaving[e.Ref] = true
			continue
		}
		delete(d.leaving, e.Ref)
		if d.history[e.Ref] == nil {
			d.history[e.Ref] = map[int64]bool{}
		}
		d.history[e.Ref][o.GSN] = true
	}
}

// forget drops keys, history and attachments of records that left, unless what
// is pending still needs them.
func (d *Device) forget() {
	for ref := range d.leaving {
		if slices.ContainsFunc(d.pending, func(c *app.Change) bool { return c.Ref == ref }) {
			continue
		}
		delete(d.leaving, ref)
		if _, back := d.confirmed[ref]; back {
			continue
		}
		delete(d.keys.all, ref.ID)
		delete(d.history, ref)
		d.dropBlobs(ref)
	}
}

// lock drops keys that came for nothing: of records that are not here any more.
func (d *Device) lock(keys []app.SubjectKey) {
	here := map[app.ID]bool{}
	for ref := range d.confirmed {
		here[ref.ID] = true
	}
	for _, c := range d.pending {
		here[c.Ref.ID] = true
	}
	for _, k := range keys {
		if !here[k.Subject] {
			delete(d.keys.all, k.Subject)
		}
	}
}

func (d *Device) dropBlobs(ref app.Ref) {
	for id, of := range d.blobOf {
		if of == ref {
			delete(d.blobs, id)
			delete(d.sent, id)
			delete(d.blobOf, id)
		}
	}
}

// hear takes the verdict on an own change.
func (d *Device) hear(o *app.Outcome) {
	if o.Device == d.ID {
		if _, here := d.confirmed[o.Ref]; !here {
			d.leaving[o.Ref] = true
		}
		d.Said[o.Seq] = *o
		d.pending = slices.DeleteFunc(d.pending, func(c *app.Change) bool { return c.Seq == o.Seq })
	}
}

// replay shows what is pending on top of what is confirmed. What the rules
// refuse by now waits for the server's word unseen.
func (d *Device) replay() {
	d.shown = maps.Clone(d.confirmed)
	for _, c := range d.pending {
		_ = d.shown.fold(d.book, c, d.isErased)
	}
}

// named are the attachments that records name, in the order of their ids.
func (d *Device) named(v rows) []app.BlobID {
	all := map[app.BlobID]bool{}
	for ref, r := range v {
		g := d.book.Registers[ref.Kind]
		if g == nil {
			continue // of a later version
		}
		_ = r.doc.Each(func(name string, value app.Value) {
			if spec, ok := app.SpecOf(g, name); ok && spec.Type == app.TFiles {
				for _, b := range value.Blobs() {
					all[b.ID], d.blobOf[b.ID] = true, ref
				}
			}
		})
	}
	return sorted(all)
}

func sorted(ids map[app.BlobID]bool) []app.BlobID {
	return slices.SortedFunc(maps.Keys(ids), func(a, b app.BlobID) int { return slices.Compare(a[:], b[:]) })
}

// UnsentBlobs is part of [client.Port].
func (d *Device) UnsentBlobs(_ context.Context, most int) (out []app.BlobID, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range append(d.named(d.shown), sorted(d.foreign)...) {
		if d.blobs[id] != nil && !d.sent[id] && len(out) < most {
			out = append(out, id)
		}
	}
	return out, nil
}

// MissingBlobs is part of [client.Port].
func (d *Device) MissingBlobs(_ context.Context, most int) (out []app.BlobID, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range d.named(d.confirmed) {
		if d.blobs[id] == nil && len(out) < most {
			out = append(out, id)
		}
	}
	return out, nil
}

// SealedBlob is part of [client.Port].
func (d *Device) SealedBlob(_ context.Context, id app.BlobID) (io.ReadSeekCloser, int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.blobs[id] == nil {
		return nil, 0, errNoBlob
	}
	return newReader(d.blobs[id]), int64(len(d.blobs[id])), nil
}

// BlobSent is part of [client.Port].
func (d *Device) BlobSent(_ context.Context, id app.BlobID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent[id] = true
	return nil
}

// PartialBlob is part of [client.Port]: nothing is kept of a download that was
// cut off.
func (d *Device) PartialBlob(context.Context, app.BlobID) (int64, error) { return 0, nil }

// StoreBlob is part of [client.Port].
func (d *Device) StoreBlob(_ context.Context, id app.BlobID, _ int64, src io.Reader) error {
	sealed, err := hashed(id, src)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.blobs[id], d.sent[id] = sealed, true
	return nil
}

// hashed reads an attachment's sealed bytes.
func hashed(id app.BlobID, src io.Reader) ([]byte, error) {
	sealed, err := io.ReadAll(src)
	if err == nil && sha256.Sum256(sealed) != id {
		err = errHash
	}
	return sealed, err
}

// Enrolment is part of [client.Port].
func (d *Device) Enrolment(context.Context) (client.Enrolment, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.place == nil {
		return client.Enrolment{}, errNowhere
	}
	return *d.place, nil
}

// Enroll is part of [client.Port].
func (d *Device) Enroll(_ context.Context, e client.Enrolment) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.place = &e
	return nil
}

// Contacted is part of [client.Port].
func (d *Device) Contacted(context.Context) error { return nil }

// Measured is part of [client.Port].
func (d *Device) Measured(_ context.Context, offset, err int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Offset, d.Err = offset, err
	return nil
}

// Setting is part of [client.Port].
func (d *Device) Setting(_ context.Context, name string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.settings[name], nil
}

// SetSetting is part of [client.Port].
func (d *Device) SetSetting(_ context.Context, name string, value []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settings[name] = value
	return nil
}
