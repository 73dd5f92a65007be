package client

import (
	"context"
	"crypto/ed25519"

	"daicho/app"
	"daicho/sync/wire"
)

// Order is the error of a contact in which the server's own identity ordered
// this device to erase itself: it was reported lost. Whoever opened the replica
// obeys; nothing here can close it. See [Order.Obey].
type Order struct {
	error
	device ed25519.PrivateKey
	place  Enrolment
	o      Options
}

// Unwrap is the error in words.
func (o *Order) Unwrap() error { return o.error }

var (
	errLostDevice = app.Refuse(app.Forbidden, "", "この端末は紛失として届け出られているため、データを消去します。見つかった場合は、管理者に連絡してください。",
		"this device was reported lost, so its data is erased; if it was found, tell the administrator")
	errErased = app.Refuse(app.Forbidden, "", "この端末は紛失として届け出られているため、データを消去しました。見つかった場合は、管理者に連絡し、新しい端末として登録してください。",
		"this device was reported lost, so its data was erased; if it was found, tell the administrator and enrol it anew")
)

// ordered is the order, if the server's identity gave it, to this device, in
// this order of changes. Another is no order.
func (s *session) ordered(ctx context.Context, out *wire.Standing) error {
	pins, err := Pins(ctx, s.port, s.now)
	if err != nil {
		return err
	}
	w, err := wire.ReadWipe(out.Wipe, pins...)
	if err != nil {
		return err
	}
	if w.Device != s.device || w.Epoch != s.place.Epoch {
		return errStrange
	}
	return &Order{errLostDevice, s.port.DeviceKey(), s.place, s.o}
}

// Obey erases the replica by a function of the caller's, which closes it first,
// and tells the server that it is done, if that can be reached: what keys a
// thief has copied before, nobody can erase. It returns what to tell the person
// at the device.
func (o *Order) Obey(ctx context.Context, erase func() error) error {
	if err := erase(); err != nil {
		return err
	}
	c, err := connect(o.device, o.place, o.o)
	if err != nil {
		return errErased
	}
	defer c.close()
	var out wire.Standing
	_ = c.post(ctx, wire.PathStanding, &wire.Stand{Wiped: true}, &out, &out.Times) // the server hears of it or not
	return errErased
}
