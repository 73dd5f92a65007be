package simtest

import (
	"context"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/client"
)

// Lost is part of [client.Port]. Of numbers it knows those of its own changes.
func (d *Device) Lost(_ context.Context, upTo int64) (l client.Lost, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for ref, r := range d.confirmed {
		if r.gsn > upTo {
			l.Refs = append(l.Refs, ref)
		}
	}
	slices.SortFunc(l.Refs, func(a, b app.Ref) int { return slices.Compare(a.ID[:], b.ID[:]) })
	for _, ref := range l.Refs {
		l.Keys = append(l.Keys, d.keys.all[ref.ID]...)
	}
	for _, c := range d.pending {
		if slices.Contains(l.Refs, c.Ref) {
			l.Stood = append(l.Stood, c.Seq)
		}
	}
	for _, seq := range slices.Sorted(maps.Keys(d.Said)) {
		o := d.Said[seq]
		if o.GSN <= upTo || o.Verdict != app.Accepted && o.Verdict != app.Contested {
			continue
		}
		l.Stood = append(l.Stood, seq)
		for _, e := range o.Effects {
			for _, c := range e.Cells {
				if c.Field == "number" && d.made(seq, e.Ref) {
					l.Given = append(l.Given, client.Given{Device: d.ID, Seq: seq, Kind: e.Ref.Kind, Number: c.Now.Text(), At: o.At})
				}
			}
		}
	}
	return l, nil
}

// Renew is part of [client.Port].
func (d *Device) Renew(_ context.Context, n client.Renewal) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Epoch == n.Epoch {
		return nil
	}
	d.keys.add(n.Keys)
	for _, r := range n.Rows {
		if d.confirmed[r.Ref] = (row{d.purified(r.Ref, r.Doc), r.GSN}); r.Doc.IsEmpty() {
			delete(d.confirmed, r.Ref)
			d.leaving[r.Ref] = true
		}
	}
	for _, lines := range d.history {
		maps.DeleteFunc(lines, func(gsn int64, _ bool) bool { return gsn > n.UpTo })
	}
	for i := range d.holds.past {
		d.holds.past[i].UpTo = min(d.holds.past[i].UpTo, n.UpTo)
	}
	d.Gone = 0
	d.holds.past = slices.DeleteFunc(d.holds.past, func(p client.Past) bool { return p.After >= p.UpTo })
	d.holds.head = min(d.holds.head, n.UpTo)
	d.Epoch, d.GSN, d.Acked = n.Epoch, min(d.GSN, n.UpTo), min(d.Acked, n.Watermark)
	d.reopen(n)
	d.forget()
	if n.To != nil {
		d.rescope(n.Epoch, n.To, 0)
	}
	d.replay()
	return nil
}

// reopen has own changes wait again that the server does not have.
func (d *Device) reopen(n client.Renewal) {
	maps.DeleteFunc(d.Said, func(seq uint64, o app.Outcome) bool { return seq > n.Watermark || o.GSN > n.UpTo })
	d.pending = nil
	for i, body := range d.bodies {
		if _, judged := d.Said[uint64(i+1)]; judged {
			continue
		}
		if c, err := app.DecodeChange(body, &d.keys); err == nil && c.Seq == uint64(i+1) {
			d.pending = append(d.pending, c)
		}
	}
	for id := range d.blobs {
		delete(d.sent, id)
	}
}

// made says whether an own change made a record: others that tell its number told
// it whole, since it moved.
func (d *Device) made(seq uint64, ref app.Ref) bool {
	c, err := app.DecodeChange(d.bodies[seq-1], &d.keys)
	return err == nil && (c.New || c.Ref != ref)
}
