package server

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// impoundKeys keeps the keys that came with impounded segments, so that these
// can be read if a person lets them in.
func (in *intake) impoundKeys(keys []wire.Key) error {
	there, err := in.tx.ImpoundedKeys(in.carrier, wire.MaxKeys)
	if err != nil {
		return err
	}
	for _, k := range keys[:min(len(keys), wire.MaxKeys-len(there))] {
		if err = in.tx.ImpoundKey(in.carrier, app.SubjectKey(k), in.at); err != nil {
			return err
		}
	}
	return nil
}

// Impounded are the segments of all devices that wait for a person, or were
// looked at and kept outside the order.
func (s *Server) Impounded(ctx context.Context) (all []Kept, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		all = nil
		devices, err := tx.Devices()
		for _, d := range devices {
			if err != nil {
				return err
			}
			var some []Kept
			some, err = tx.Impounded(d.ID)
			all = append(all, some...)
		}
		return err
	})
	return all, err
}

// Released is what came of a release.
type Released struct {
	Segments int // that are in the order now
	Changes  int // of them, those that were not there before
	Kept     int // segments that do not continue the device's chain
}

// ReleaseImpounded judges a device's impounded segments anew, in the order of
// its chain, although the device may not speak. What does not continue the chain
// stays where it is.
func (s *Server) ReleaseImpounded(ctx context.Context, device app.ID) (r Released, err error) {
	var in *intake
	err = s.log.Write(ctx, func(tx Tx) error {
		r = Released{}
		in = &intake{book: s.o.Book, random: s.o.Random, carrier: device, at: s.now()}
		in.within(tx)
		return in.review(device, &r)
	})
	if err == nil && in.erased {
		s.erasedSome(context.WithoutCancel(ctx))
	}
	s.news.tell()
	return r, err
}

func (in *intake) review(device app.ID, r *Released) error {
	d, known, err := in.tx.Device(device)
	if err != nil || !known {
		return orElse(err, errNoDevice)
	}
	keys, err := in.tx.ImpoundedKeys(device, wire.MaxKeys)
	if err != nil {
		return err
	}
	if err = in.putKeys(wire.KeysOf(keys)); err != nil {
		return err
	}
	all, err := in.tx.Impounded(device)
	for i := range all {
		if err == nil {
			err = in.unlock(&all[i].Segment)
		}
		if err == nil {
			err = in.again(&d, &all[i].Segment, r)
		}
	}
	return err
}

// unlock takes the keys along that a segment needs, whoever brought them: who carried
// it for its device may be shut out, too. A key is named by what it is, so one that
// was named is the right one, and goes before others.
func (in *intake) unlock(s *wire.Segment) error {
	for _, body := range s.Bodies {
		named, err := app.SealedBy(body)
		if err != nil {
			continue // it will be quarantined
		}
		if ref, ok := app.RefOf(body); ok {
			if _, sealed := named[ref.ID]; !sealed {
				named[ref.ID] = app.KeyID{} // any, of its attachments
			}
		}
		for subject, id := range named {
			keys, err := in.tx.ImpoundedKeysOf(subject)
			if err != nil {
				return err
			}
			slices.SortStableFunc(keys, func(a, b app.SubjectKey) int { return first(b.ID() == id) - first(a.ID() == id) })
			for _, k := range keys {
				if err := in.putKey(k); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func first(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// again takes in one segment if it continues the chain, or repeats a part of it.
func (in *intake) again(d *Device, s *wire.Segment, r *Released) error {
	before, refused := d.Watermark, len(in.refused)
	if s.First > d.Watermark+1 {
		r.Kept++
		return nil
	}
	state := d.State
	if err := in.chain(d, s); err != nil {
		return err
	}
	if len(in.refused) > refused { // it is severed or forked, and still impounded
		if state != Active {
			d.State = state
		}
		r.Kept++
		return in.tx.PutDevice(*d)
	}
	r.Segments++
	r.Changes += int(d.Watermark - before)
	return in.tx.Discharge(d.ID, s.First, s.Head)
}

// KeepImpounded notes that a person has looked at a device's impounded segments
// and decided to keep them outside the order.
func (s *Server) KeepImpounded(ctx context.Context, device app.ID) (n int, err error) {
	err = s.log.Write(ctx, func(tx Tx) error {
		all, err := tx.Impounded(device)
		n = len(all)
		for _, k := range all {
			if err == nil {
				err = tx.Keep(device, k.Segment.First, k.Segment.Head, s.now())
			}
		}
		return err
	})
	return n, err
}
