package client

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"daicho/app"
	"daicho/store"
	"daicho/sync/wire"
)

// Settings of how the device stands: what the server signed, as it came.
const (
	settingCertificate = "identity/certificate"
	settingRevocations = "identity/revocations"
	settingSuccessions = "identity/successions" // a list, as a message
	settingPins        = "identity/pins"        // of the server's earlier identities, one after another
	settingNotices     = "identity/notices"     // the version of all that
)

// Certificate is the device's own, as it is shown to other devices; nil if it
// has none yet: the next sync brings one.
func Certificate(ctx context.Context, p Port) ([]byte, error) {
	return p.Setting(ctx, settingCertificate)
}

// Revocations are the devices that the server has shut out, as it signed them
// last; nil if it never told.
func Revocations(ctx context.Context, p Port) ([]byte, error) {
	return p.Setting(ctx, settingRevocations)
}

// Pins are the identities whose statements the replica believes: its server's,
// those before it, and those that were announced and may serve by now.
func Pins(ctx context.Context, p Port, now app.Clock) ([]wire.Pin, error) {
	place, err := p.Enrolment(ctx)
	if err != nil {
		return nil, err
	}
	earlier, err := p.Setting(ctx, settingPins)
	if err != nil {
		return nil, err
	}
	pins := []wire.Pin{place.Pin}
	for len(earlier) >= len(place.Pin) {
		pins, earlier = append(pins, wire.Pin(earlier)), earlier[len(place.Pin):]
	}
	successions, err := successions(ctx, p)
	if next := wire.Follow(place.Pin, successions, now()); next != place.Pin {
		pins = append(pins, next)
	}
	return pins, err
}

func successions(ctx context.Context, p Port) (all []wire.Succession, err error) {
	text, err := p.Setting(ctx, settingSuccessions)
	if err != nil || len(text) == 0 {
		return nil, err
	}
	var list [][]byte
	if err = wire.Decode(text, &list); err != nil {
		return nil, err
	}
	for _, der := range list {
		s, err := wire.ReadSuccession(der)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// certified has a certificate renewed that is due, or that an identity signed
// which does not serve any more. That the device may not speak is not its
// concern: what was journaled is brought before.
func (s *session) certified(ctx context.Context) error {
	have, err := s.port.Setting(ctx, settingNotices)
	if err != nil {
		return err
	}
	s.notices, s.noticed = version(have), version(have)
	text, err := s.port.Setting(ctx, settingCertificate)
	if err != nil {
		return err
	}
	c, err := wire.ReadCertificate(text, s.place.Pin)
	if err == nil && !c.IsDue(app.StampOf(s.now())) {
		return nil
	}
	var shut *shutOut
	if err = s.stand(ctx); errors.As(err, &shut) {
		err = nil
	}
	return err
}

// shutOut is why the server lets this device not speak, in its own answer to that.
type shutOut struct{ error }

func (s *shutOut) Unwrap() error { return s.error }

// stand asks how the device stands, and keeps the answer. A server that does not
// know the question has nothing to say to it.
func (s *session) stand(ctx context.Context) error {
	in, out := &wire.Stand{Renew: true}, &wire.Standing{}
	err := s.o.proving(ctx, func(p *wire.Proof) error {
		in.Proof = p
		return s.post(ctx, wire.PathStanding, in, out, &out.Times)
	})
	switch {
	case app.IsCode(err, app.NotFound):
		return nil
	case err != nil:
		return err
	case len(out.Wipe) > 0:
		return &shutOut{s.ordered(ctx, out)}
	case out.Problem != nil:
		return &shutOut{out.Problem.Err()}
	}
	return s.stood(ctx, out)
}

// proving does something that may want to see the person, and asks for the proof
// of that only then.
func (o *Options) proving(ctx context.Context, do func(*wire.Proof) error) error {
	err := do(nil)
	var e *app.Error
	if o.Prove == nil || !errors.As(err, &e) || e.Field != wire.FieldPassword {
		return err
	}
	p, err := o.Prove(ctx)
	if err != nil {
		return err
	}
	return do(&p)
}

// stood keeps what the server said.
func (s *session) stood(ctx context.Context, out *wire.Standing) error {
	if err := s.announced(ctx, out.Successions); err != nil {
		return err
	}
	pins, err := Pins(ctx, s.port, s.now)
	if err != nil {
		return err
	}
	c, err := wire.ReadCertificate(out.Certificate, pins...)
	if err != nil {
		return err
	}
	if err = s.succeeded(ctx, wire.PinOf(c.Server)); err != nil {
		return err
	}
	if _, err = wire.ReadRevocations(out.Revocations, pins...); err != nil {
		return err
	}
	if err = keepCertificate(ctx, s.port, out.Certificate, &c); err != nil {
		return err
	}
	if err = s.port.SetSetting(ctx, settingRevocations, out.Revocations); err != nil {
		return err
	}
	s.notices, s.noticed = out.Notices, out.Notices
	return s.port.SetSetting(ctx, settingNotices, binary.BigEndian.AppendUint64(nil, uint64(out.Notices)))
}

func keepCertificate(ctx context.Context, p Port, text []byte, c *wire.Certificate) error {
	if err := p.SetSetting(ctx, store.LeaseTerm, binary.BigEndian.AppendUint64(nil, uint64(c.Lease))); err != nil {
		return err
	}
	return p.SetSetting(ctx, settingCertificate, text)
}

// announced keeps the successions of the server's identity. One that cannot be
// read has no place among them.
func (s *session) announced(ctx context.Context, all [][]byte) error {
	for _, der := range all {
		if _, err := wire.ReadSuccession(der); err != nil {
			return err
		}
	}
	text, err := wire.Encode(all)
	if err != nil {
		return err
	}
	return s.port.SetSetting(ctx, settingSuccessions, text)
}

// succeeded pins the identity that serves now, once it has proved it: the one
// before serves no more.
func (s *session) succeeded(ctx context.Context, serving wire.Pin) error {
	if serving == s.place.Pin {
		return nil
	}
	earlier, err := s.port.Setting(ctx, settingPins)
	if err != nil {
		return err
	}
	if err = s.port.SetSetting(ctx, settingPins, append(slices.Clone(s.place.Pin[:]), earlier...)); err != nil {
		return err
	}
	s.place.Pin = serving
	return s.port.Enroll(ctx, s.place)
}

// refused finds out why the device was not let in, and says whether it is now.
func (s *session) refused(ctx context.Context, why error) (again bool, err error) {
	var e *app.Error
	if !errors.As(why, &e) || e.Code != app.Forbidden {
		return false, why
	}
	err = s.stand(ctx)
	switch order := (*Order)(nil); {
	case errors.As(err, &order):
		_ = s.push(ctx) // what is here alone must be there first: it is kept for a person
		return false, order
	case err != nil && e.Field == wire.FieldCertificate:
		return false, err // the reason why it could not be renewed says more
	case err != nil:
		return false, why
	}
	return e.Field == wire.FieldCertificate, why
}
