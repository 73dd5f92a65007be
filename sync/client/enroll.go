package client

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// Enroll binds the replica to a server and to the person whom the code was
// made for; changes made before count as that person's. Called again with the
// same code after a lost answer it comes to the same end.
func Enroll(ctx context.Context, p Port, code string, o Options) (app.Actor, error) {
	c, err := wire.ParseCode(code)
	if err != nil {
		return app.Actor{}, err
	}
	if err = sameServer(ctx, p, o.Now, c.Pin); err != nil {
		return app.Actor{}, err
	}
	place := Enrolment{Servers: c.Addresses, Pin: c.Pin}
	conn, err := connect(p.DeviceKey(), place, o)
	if err != nil {
		return app.Actor{}, err
	}
	defer conn.close()
	var out wire.Enrolled
	err = o.proving(ctx, func(p *wire.Proof) error {
		return conn.post(ctx, wire.PathEnroll, &wire.Enroll{Secret: c.Secret, Name: o.Name, Proof: p}, &out, &out.Times)
	})
	if err != nil {
		return app.Actor{}, err
	}
	place.Person = app.Actor{ID: out.Person.ID, Name: out.Person.Name}
	if place.Epoch, err = follows(ctx, p, out.Epoch); err != nil {
		return app.Actor{}, err
	}
	err = errors.Join(p.Enroll(ctx, place), p.Measured(ctx, conn.clock.offset, conn.clock.err))
	if first, bad := wire.ReadCertificate(out.Certificate, c.Pin); err == nil && bad == nil { // of an older server there is none; the next sync asks
		err = keepCertificate(ctx, p, out.Certificate, &first)
	}
	if err == nil {
		_ = conn.acquaint(ctx, p, true) // what fails here the next sync does
	}
	return place.Person, err
}

// follows is the order that a replica follows, or is about to. One that enrols once
// more, as a restored server does not know it, has its own and still has to go over.
func follows(ctx context.Context, p Port, other app.ID) (app.ID, error) {
	epoch, _, err := p.Cursor(ctx)
	if err != nil || !epoch.IsZero() {
		return epoch, err
	}
	trail, err := Trail(ctx, p)
	if last, seen := trail.Last(); seen {
		return last.Epoch, err
	}
	return other, err
}

var errElsewhere = app.Refuse(app.Invalid, "", "この端末は別のサーバーに登録されています。別の端末（フォルダー）を用意して登録してください。",
	"this device is enrolled with another server; set up another replica for this one")

// sameServer refuses to carry records of one server to another.
func sameServer(ctx context.Context, p Port, now app.Clock, pin wire.Pin) error {
	pins, err := Pins(ctx, p, now)
	switch {
	case app.IsCode(err, app.NotFound):
		return nil
	case err == nil && !slices.Contains(pins, pin):
		return errElsewhere
	}
	return err
}
