package server

import (
	"bytes"
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

var errNoClearance = app.Refuse(app.Invalid, "", "この版のプログラムは、閲覧範囲が限られた人の端末では同期できません。プログラムを更新してください。端末の変更は失われていません。",
	"this version of the program cannot sync for a person who may not read everything; update it; no change on this device is lost")

// asking is a device that asks for what its person may read.
type asking struct {
	tx        Tx
	book      app.Book
	device    app.ID
	clearance app.Clearance
	head      int64 // of the order
	pages     pages
	erases    bool // its program knows of erasures
}

// ask finds out who asks and what he may read now.
func (s *Sequencer) ask(ctx context.Context, device, epoch app.ID, at app.Stamp, fn func(*asking) error) error {
	return s.log.Read(ctx, func(tx Tx) error {
		if err := checkEpoch(tx, epoch); err != nil {
			return err
		}
		head, err := tx.Counter(counterGSN)
		if err != nil {
			return err
		}
		c, err := s.clearance(tx, device, at)
		if err != nil {
			return err
		}
		return fn(&asking{tx: tx, book: s.book, device: device, clearance: c, head: head, pages: s.pages})
	})
}

// clearance is what a device's person may read at a moment.
func (s *Sequencer) clearance(tx Tx, device app.ID, at app.Stamp) (app.Clearance, error) {
	d, known, err := tx.Device(device)
	if err != nil || !known {
		return nil, orElse(err, errUnknown)
	}
	c, err := s.book.ClearanceOf(tx, d.Person, at)
	if len(c) == 0 {
		c = app.ReadsNothing
	}
	return c, err
}

// knows refuses a device whose program knows no clearances, unless its person may
// read everything there is.
func (a *asking) knows(hash []byte) error {
	if len(hash) > 0 {
		return nil
	}
	may, err := a.may(nil)
	if err == nil && may != nil {
		err = errNoClearance
	}
	return err
}

// differs is the clearance if it is another than the one a device names by its
// hash; of one that names none, nothing is said.
func (a *asking) differs(hash []byte) []wire.Extent {
	if now := a.clearance.Hash(); len(hash) == 0 || bytes.Equal(hash, now[:]) {
		return nil
	}
	return wire.ExtentsOf(a.clearance)
}

// may says what may be read of some extents; none stand for all. It is nil if
// that is everything there is, so that nothing need be looked through.
func (a *asking) may(only []wire.Extent) (func(app.Scope) bool, error) {
	wanted := app.ReadsAll
	if len(only) > 0 {
		wanted = wire.ClearanceOf(only)
	}
	all, err := a.tx.Scopes()
	may, missing := map[app.Scope]bool{}, 0
	for _, s := range all {
		if may[s] = a.clearance.Reads(s) && wanted.Reads(s); !may[s] {
			missing++
		}
	}
	if missing == 0 {
		return nil, err
	}
	return func(s app.Scope) bool { return may[s] }, err
}
